import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/apply/index.js';
import { catalog } from '../../src/catalog/index.js';
import { diffStates, resourcesToDetail } from '../../src/diff/index.js';
import { createReader, createTransport, createWriter, type Transport } from '../../src/live/index.js';
import type { DesiredState, Outcome, Plan } from '../../src/model/index.js';
import { makePlan } from '../../src/plan/index.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { realStates } from './real-states.js';

const hashKey = 'http laws';
let sandbox: Sandbox;
let transport: Transport;

beforeAll(async () => {
  sandbox = await startSandbox();
  transport = createTransport({ url: sandbox.url, apiKey: sandbox.apiKey, version: 'test' });
});
afterAll(async () => {
  await transport.close();
  await sandbox.close();
});

async function plan(desired: DesiredState): Promise<Plan> {
  const reader = createReader({ transport, catalog });
  const live = await reader.readLive({ kinds: catalog.kinds.map((kind) => kind.kind) });
  const input = { catalog, desired, live, hashKey };
  expect(resourcesToDetail(input)).toEqual([]);
  return makePlan({
    catalog,
    desired,
    difference: diffStates(input),
    instance: sandbox.url,
    serverVersion: live.serverVersion,
  });
}

async function apply(desired: DesiredState): Promise<readonly Outcome[]> {
  const writer = createWriter({ transport, catalog, hashKey });
  const outcomes: Outcome[] = [];
  for await (const outcome of applyPlan(await plan(desired), { writer, clock: performance, concurrency: 8 }))
    outcomes.push(outcome);
  return outcomes;
}

const failures = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.flatMap((outcome) =>
    outcome.result === 'applied'
      ? []
      : [
          `${outcome.change.op} ${outcome.change.ref.kind}/${outcome.change.ref.key}: ${outcome.result === 'failed' ? outcome.error.message : outcome.because}`,
        ],
  );

describe('laws through HTTP, against the sandbox', { timeout: 280_000 }, () => {
  it('from a fresh instance to any state, from there to any other: each apply ends in step, and nothing is written twice', async () => {
    await fc.assert(
      fc.asyncProperty(realStates, realStates, async (a, b) => {
        await sandbox.reset();
        expect(failures(await apply(a))).toEqual([]);
        expect((await plan(a)).changes.map(({ change }) => change)).toEqual([]);
        expect(failures(await apply(b))).toEqual([]);
        expect((await plan(b)).changes.map(({ change }) => change)).toEqual([]);
        expect(await apply(b)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
