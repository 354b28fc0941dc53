import { applyPlan } from '../../../src/apply/index.js';
import { catalog } from '../../../src/catalog/index.js';
import { diffStates, idsToRead, resourcesToDetail } from '../../../src/diff/index.js';
import { createReader, createTransport, createWriter, type Reader, type Transport } from '../../../src/live/index.js';
import type {
  DesiredState,
  KindName,
  LiveKind,
  LiveResource,
  LiveState,
  Outcome,
  Plan,
} from '../../../src/model/index.js';
import { makePlan } from '../../../src/plan/index.js';

const hashKey = 'http laws';

/** The rooms of kedge in the order that data flows through them, against one instance. */
export interface Loop {
  readonly plan: (desired: DesiredState) => Promise<Plan>;
  /** Plans, and performs the plan. */
  readonly apply: (desired: DesiredState) => Promise<readonly Outcome[]>;
  /** Everything that the instance has. */
  readonly readWhole: () => Promise<LiveState>;
  readonly close: Transport['close'];
}

/** What the built-in objects are found in, and all that the states speak of: the rest would be read for nothing. */
function kindsFor(desired: DesiredState): readonly KindName[] {
  const { prune } = desired.policy;
  const refs = [...desired.resources, ...desired.tombstones, ...desired.existing].map(({ ref }) => ref.kind);
  return [...new Set([...refs, ...prune, 'application', 'key', 'tenant', 'theme'])];
}

/** Reads and writes an instance over HTTP, without files. */
export function openLoop({ url, apiKey }: { readonly url: string; readonly apiKey: string }): Loop {
  const transport = createTransport({ url, apiKey, version: 'test' });
  const plan = async (desired: DesiredState): Promise<Plan> => {
    const reader = createReader({ transport, catalog });
    const listed = await reader.readLive({ kinds: kindsFor(desired) });
    const found = await reader.lookUp(idsToRead({ catalog, desired }));
    const whole = { ...listed, kinds: new Map([...listed.kinds, ...found]) };
    const asked = new Set(resourcesToDetail({ catalog, desired, live: whole, hashKey }));
    const live = await detailed(reader, whole, (resource) => asked.has(resource));
    const difference = diffStates({ catalog, desired, live, hashKey });
    return makePlan({ catalog, desired, difference, instance: url, serverVersion: live.serverVersion, hashKey });
  };
  const apply = async (desired: DesiredState): Promise<readonly Outcome[]> => {
    const writer = createWriter({ transport, catalog, hashKey });
    const outcomes: Outcome[] = [];
    for await (const outcome of applyPlan(await plan(desired), { writer, clock: performance, concurrency: 8 }))
      outcomes.push(outcome);
    return outcomes;
  };
  const readWhole = async (): Promise<LiveState> => {
    const reader = createReader({ transport, catalog });
    const live = await reader.readLive({ kinds: catalog.kinds.map(({ kind }) => kind) });
    return detailed(reader, live, () => true);
  };
  return { plan, apply, readWhole, close: () => transport.close() };
}

/** The live state with some of its resources read by id, where their list leaves something out. */
async function detailed(
  reader: Reader,
  live: LiveState,
  isAsked: (resource: LiveResource) => boolean,
): Promise<LiveState> {
  const kinds = [...live.kinds].map(async ([kind, read]): Promise<readonly [KindName, LiveKind]> => {
    if (!read.known) return [kind, read];
    const others = read.resources.filter((resource) => !isAsked(resource));
    const resources = await reader.detail(read.resources.filter(isAsked));
    return [kind, { known: true, resources: [...others, ...resources] }];
  });
  return { ...live, kinds: new Map(await Promise.all(kinds)) };
}

/** Changes that were not made, each with its object and the reason. */
export function failuresOf(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.result === 'applied') return [];
    const { op, ref } = outcome.change;
    const why = outcome.result === 'failed' ? `${outcome.error.code} ${outcome.error.message}` : outcome.because;
    return [`${op} ${ref.kind}/${ref.key}: ${why}`];
  });
}
