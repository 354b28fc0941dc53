import { defaultSwitches, switchNames } from '../../src/sandbox/switches.js';
import { ask, type Target } from '../contract/target.js';
import { createWorld } from '../contract/world.js';
import { contract } from './contract.js';
import { tidied } from './leftovers.js';
import { withInstance } from './probe.js';
import { probes } from './probes/index.js';
import type { Statement } from './statement.js';
import { traps, trapSwitches } from './traps.js';

/** What a run has found out. It says nothing of where the server is, and has nothing secret in it. */
export interface Report {
  readonly format: 'kedge-fusionauth-report';
  readonly version: 1;
  /** When the run began, ISO 8601. */
  readonly date: string;
  /** What the server calls its version. */
  readonly fusionAuth: string;
  readonly findings: readonly Finding[];
  /** What could not be made for the run, or taken away after it. */
  readonly leftUndone: readonly string[];
}

export interface Finding {
  readonly part: 'contract' | 'trap' | 'openQuestion';
  readonly statement: string;
  /** The sandbox's switch, where the statement is one. */
  readonly switch?: string;
  readonly expected: string;
  readonly observed: string;
}

/**
 * Tries on an instance everything that is said of FusionAuth here, one statement after the other. What the sandbox's defaults
 * are is expected; what is seen is never an error. What was made is deleted at the end.
 * @throws when the instance does not answer as a FusionAuth with a key that may do everything.
 */
export async function runSuite(given: Target, { now = new Date() }: { readonly now?: Date } = {}): Promise<Report> {
  const { status, body } = await ask(given, { method: 'GET', path: '/api/system/version' });
  if (status !== 200) throw new Error(`GET /api/system/version was answered ${status}: is the key unrestricted?`);
  const { target, tidy } = await tidied(given);
  const findings: Finding[] = [];
  const leftUndone: string[] = [];
  try {
    const world = await createWorld(target, (what) => leftUndone.push(what));
    for (const { part, statements } of parts) {
      for (const { says, expected, observe, ...of } of statements) {
        const observed = await withInstance({ target, world }, observe).catch(failure);
        findings.push({ part, statement: says, ...of, expected, observed });
      }
    }
  } finally {
    leftUndone.push(...(await tidy()));
  }
  return {
    format: 'kedge-fusionauth-report',
    version: 1,
    date: now.toISOString(),
    fusionAuth: body.version,
    findings,
    leftUndone,
  };
}

const defaults = defaultSwitches();

/** What the probes of switches expect: the sandbox's default. */
const questions = probes.flatMap(({ name, observe }) =>
  switchNames
    .filter((candidate) => candidate === name)
    .map((of): Statement => ({
      says: trapSwitches[of] ?? `the answer to ${of}`,
      switch: of,
      expected: defaults[of],
      observe,
    })),
);
const isTrap = ({ switch: of }: Statement): boolean => of !== undefined && trapSwitches[of] !== undefined;

const parts: readonly { readonly part: Finding['part']; readonly statements: readonly Statement[] }[] = [
  { part: 'contract', statements: contract },
  { part: 'trap', statements: [...traps, ...questions.filter(isTrap)] },
  { part: 'openQuestion', statements: questions.filter((question) => !isTrap(question)) },
];

/** Messages of this suite, of `fetch` and of what looks into an answer have nothing of the answer in them. */
function failure(cause: unknown): string {
  // That of a parser has the place where it stopped.
  if (cause instanceof SyntaxError) return 'not observed: what was answered is no JSON';
  return `not observed: ${cause instanceof Error ? cause.message : String(cause)}`;
}
