import { codesOf, type Answer } from '../contract/target.js';
import type { Instance } from './probe.js';

/** Something that is said of FusionAuth, and how to see whether it is so. */
export interface Statement {
  readonly says: string;
  readonly expected: string;
  /** Gives what is seen in words that compare with the expected ones. */
  readonly observe: (instance: Instance) => Promise<string>;
  /** The sandbox's switch that stands for it, where there is one. */
  readonly switch?: string;
}

/** An answer in few words, none of them from its contents: status and wrapper, or the codes of its errors. */
export function inWords(answer: Answer, wrapper?: string): string {
  if (answer.status !== 200) return [answer.status, ...codesOf(answer)].join(' ');
  if (wrapper === undefined) return '200';
  return `200 ${answer.body?.[wrapper] === undefined ? 'without ' : ''}${wrapper}`;
}
