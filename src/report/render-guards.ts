import type { GuardFinding } from '../model/index.js';
import { createPaint, type TextOptions } from './text-style.js';
import { visibleText } from './visible-text.js';

/**
 * What the guards have against a plan, and the command that performs it all the same; empty without any.
 * @param options.command - what performs the plan: `kedge apply -e production`.
 */
export function renderGuards(
  guards: readonly GuardFinding[],
  options: TextOptions & { readonly command: string },
): string {
  if (guards.length === 0) return '';
  const paint = createPaint(options.color);
  const codes = [...new Set(guards.map(({ code }) => code))];
  const width = Math.max(...codes.map((code) => code.length));
  const lines = [
    paint.alarm('Guarded: an apply refuses this before its first write'),
    ...guards.map(({ code, message }) => `  ${code.padEnd(width)}  ${visibleText(message)}`),
    `  if it is meant: ${paint.strong([options.command, ...codes.map((code) => `--allow ${code}`)].join(' '))}`,
  ];
  return `${lines.join('\n')}\n`;
}
