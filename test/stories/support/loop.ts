import { applyPlan } from '../../../src/apply/index.js';
import { catalog } from '../../../src/catalog/index.js';
import { diffStates, resourcesToDetail } from '../../../src/diff/index.js';
import { createReader, createTransport, createWriter, type Transport } from '../../../src/live/index.js';
import type { DesiredState, KindName, Outcome, Plan } from '../../../src/model/index.js';
import { makePlan } from '../../../src/plan/index.js';

const hashKey = 'http laws';

/** The rooms of kedge in the order that data flows through them, against one instance. */
export interface Loop {
  readonly plan: (desired: DesiredState) => Promise<Plan>;
  /** Plans, and performs the plan. */
  readonly apply: (desired: DesiredState) => Promise<readonly Outcome[]>;
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
    const live = await reader.readLive({ kinds: kindsFor(desired) });
    const input = { catalog, desired, live, hashKey };
    const undetailed = resourcesToDetail(input);
    if (undetailed.length > 0) throw new Error(`the generated states should need no details: ${undetailed.length} do`);
    const difference = diffStates(input);
    return makePlan({ catalog, desired, difference, instance: url, serverVersion: live.serverVersion });
  };
  const apply = async (desired: DesiredState): Promise<readonly Outcome[]> => {
    const writer = createWriter({ transport, catalog, hashKey });
    const outcomes: Outcome[] = [];
    for await (const outcome of applyPlan(await plan(desired), { writer, clock: performance, concurrency: 8 }))
      outcomes.push(outcome);
    return outcomes;
  };
  return { plan, apply, close: () => transport.close() };
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
