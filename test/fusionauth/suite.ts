import { defaultSwitches, switchNames } from '../../src/sandbox/switches.js';
import { ask, type Target } from '../contract/target.js';
import { createWorld } from '../contract/world.js';
import { contract } from './contract.js';
import { tidied } from './leftovers.js';
import { notAsked } from './not-asked.js';
import { withInstance, type Probe, type SearchEngine } from './probe.js';
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
  /** Switches of the sandbox that the run says nothing of, each with the reason. */
  readonly notAsked: Readonly<Record<string, string>>;
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
export async function runSuite(given: Target, { now = new Date(), patienceMs }: SuiteOptions = {}): Promise<Report> {
  const { status, body } = await ask(given, { method: 'GET', path: '/api/system/version' });
  if (status !== 200) throw new Error(`GET /api/system/version was answered ${status}: is the key unrestricted?`);
  const state = await stateOf(given);
  const { target, tidy } = await tidied(given);
  const findings: Finding[] = [];
  const leftUndone: string[] = [];
  try {
    const world = await createWorld(target, (what) => leftUndone.push(what));
    for (const { part, statements } of parts(state)) {
      for (const { says, expected, observe, ...of } of statements) {
        const observed = await withInstance({ target, world, patienceMs }, observe).catch(failure);
        findings.push({ part, statement: says, ...of, expected, observed });
      }
    }
  } finally {
    leftUndone.push(...(await tidy()));
  }
  const order = (['contract', 'trap', 'openQuestion'] as const).flatMap((part) =>
    findings.filter((finding) => finding.part === part),
  );
  return {
    format: 'kedge-fusionauth-report',
    version: 1,
    date: now.toISOString(),
    fusionAuth: body.version,
    findings: order,
    notAsked: { ...notAsked, ...unfit(state) },
    leftUndone,
  };
}

interface SuiteOptions {
  readonly now?: Date;
  /** How long the server is given for what it does later; 5000 by default. */
  readonly patienceMs?: number;
}

/** What decides which questions there is an answer to. */
interface State {
  readonly engine: SearchEngine;
  readonly isFresh: boolean;
}

/** Elasticsearch takes a query that the database does not (FusionAuth docs lifecycle/manage-users/search). */
async function stateOf(target: Target): Promise<State> {
  const search = { query: '{"match_all":{}}', numberOfResults: 1 };
  const { status } = await ask(target, { method: 'POST', path: '/api/user/search', body: { search } });
  const { body } = await ask(target, { method: 'GET', path: '/api/system-configuration' });
  const { insertInstant, lastUpdateInstant } = body?.systemConfiguration ?? {};
  return {
    engine: status === 200 ? 'elasticsearch' : 'database',
    isFresh: insertInstant !== undefined && insertInstant === lastUpdateInstant,
  };
}

/** Why a probe sees nothing on a server. */
function whyUnfit({ engine, fresh }: Probe, state: State): string | undefined {
  if (engine !== undefined && engine !== state.engine) return `the search engine of the server is not ${engine}`;
  return fresh === true && !state.isFresh ? 'the system configuration was changed since the install' : undefined;
}

function unfit(state: State): Readonly<Record<string, string>> {
  return Object.fromEntries(
    probes.flatMap((probe) => {
      const why = whyUnfit(probe, state);
      return why === undefined ? [] : [[probe.name, why]];
    }),
  );
}

const defaults = defaultSwitches();

/** What the probes of switches expect: the sandbox's default. */
function questions(state: State): readonly Statement[] {
  return probes
    .filter((probe) => whyUnfit(probe, state) === undefined)
    .flatMap(({ name, observe }) =>
      switchNames
        .filter((candidate) => candidate === name)
        .map((of): Statement => ({
          says: trapSwitches[of] ?? `the answer to ${of}`,
          switch: of,
          expected: defaults[of],
          observe,
        })),
    );
}

const isTrap = ({ switch: of }: Statement): boolean => of !== undefined && trapSwitches[of] !== undefined;

/** In the order of the run: what is of a fresh install is looked at before anything writes there. */
function parts(state: State): readonly { readonly part: Finding['part']; readonly statements: readonly Statement[] }[] {
  const asked = questions(state);
  return [
    { part: 'openQuestion', statements: asked.filter((question) => !isTrap(question)) },
    { part: 'trap', statements: [...traps, ...asked.filter(isTrap)] },
    { part: 'contract', statements: contract },
  ];
}

/** Messages of this suite, of `fetch` and of what looks into an answer have nothing of the answer in them. */
function failure(cause: unknown): string {
  // That of a parser has the place where it stopped.
  if (cause instanceof SyntaxError) return 'not observed: what was answered is no JSON';
  return `not observed: ${cause instanceof Error ? cause.message : String(cause)}`;
}
