import { afterEach, expect, test } from 'vitest';
import { catalog, createCatalog } from '../catalog/index.js';
import { diffStates } from '../diff/index.js';
import { createReader, createTransport, createWriter } from '../live/index.js';
import type { ApplyRecord, DesiredState, Outcome, Plan } from '../model/index.js';
import { makePlan } from '../plan/index.js';
import { type AcmeInstance, startAcmeInstance } from '../testing/acme-instance.js';
import { desiredState, idOf, wanted } from '../testing/small-catalog.js';
import { applyPlan, hashKept, nextRecord } from './index.js';

const open: { close: () => Promise<void> }[] = [];
const hashKey = 'hash-key';
const lambdas = createCatalog([catalog.kind('lambda')]);
const lambda = (key: string, body: string) =>
  wanted({ kind: 'lambda', key }, { name: key, type: 'JWTPopulate', body, debug: null });

afterEach(async () => {
  await Promise.all(open.splice(0).map((item) => item.close()));
});

interface Round {
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  readonly record: ApplyRecord;
}

/** Reads, compares, plans, applies and records, as one run of kedge. */
async function reconcile(instance: AcmeInstance, desired: DesiredState, previous?: ApplyRecord): Promise<Round> {
  const transport = createTransport({ url: instance.url, apiKey: 'key', version: '1' });
  open.push(transport);
  const live = await createReader({ transport, catalog: lambdas }).readLive({ kinds: ['lambda'] });
  const difference = diffStates({ catalog: lambdas, desired, live, record: previous, hashKey });
  const plan = makePlan({
    catalog: lambdas,
    desired,
    difference,
    instance: instance.url,
    serverVersion: undefined,
    hashKey,
  });
  const writer = createWriter({ transport, catalog: lambdas, hashKey });
  const outcomes: Outcome[] = [];
  for await (const outcome of applyPlan(plan, { writer, clock: { now: () => 0 }, concurrency: 4 }))
    outcomes.push(outcome);
  const hashes = hashKept({ plan, live: difference.live, catalog: lambdas, hashKey });
  return { plan, outcomes, record: nextRecord({ previous, plan, outcomes, hashes, instant: 1 }) };
}

test('what is applied is there, and the next plan has nothing to do', async () => {
  const instance = await startAcmeInstance('lambda');
  open.push(instance);
  const desired = desiredState([lambda('claims', 'a'), lambda('audit', 'b')]);
  const first = await reconcile(instance, desired);
  expect(first.outcomes.map((outcome) => [outcome.result, outcome.change.op])).toEqual([
    ['applied', 'create'],
    ['applied', 'create'],
  ]);
  const second = await reconcile(instance, desired, first.record);
  expect(second.plan.changes).toEqual([]);
  expect({ ...second.record, planDigest: '' }).toEqual({ ...first.record, planDigest: '' });
});

test('what somebody changed shows as drift against the record, and is hauled back', async () => {
  const instance = await startAcmeInstance('lambda');
  open.push(instance);
  const desired = desiredState([lambda('claims', 'a')]);
  const { record } = await reconcile(instance, desired);
  const id = idOf('lambda', 'claims');
  instance.objects.set(id, { ...instance.objects.get(id), body: 'theirs', comment: 'not ours' });
  const back = await reconcile(instance, desired, record);
  expect(back.plan.changes[0]?.change).toMatchObject({ op: 'update', edits: [{ pointer: '/body', origin: 'drift' }] });
  expect(back.outcomes).toMatchObject([{ result: 'applied' }]);
  expect(instance.objects.get(id)).toMatchObject({ body: 'a', comment: 'not ours' });
});

test('what the files change shows as pending', async () => {
  const instance = await startAcmeInstance('lambda');
  open.push(instance);
  const { record } = await reconcile(instance, desiredState([lambda('claims', 'a')]));
  const { plan } = await reconcile(instance, desiredState([lambda('claims', 'b')]), record);
  expect(plan.changes[0]?.change).toMatchObject({ edits: [{ pointer: '/body', origin: 'pending' }] });
});
