import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { realStates } from './real-states.js';
import { failuresOf, type Loop, openLoop } from './support/loop.js';

let sandbox: Sandbox;
let loop: Loop;

beforeAll(async () => {
  sandbox = await startSandbox();
  loop = openLoop(sandbox);
});
afterAll(async () => {
  await loop.close();
  await sandbox.close();
});

describe('laws through HTTP, against the sandbox', { timeout: 280_000 }, () => {
  it('from a fresh instance to any state, from there to any other: each apply ends in step, and nothing is written twice', async () => {
    await fc.assert(
      fc.asyncProperty(realStates, realStates, async (a, b) => {
        await sandbox.reset();
        expect(failuresOf(await loop.apply(a))).toEqual([]);
        expect((await loop.plan(a)).changes.map(({ change }) => change)).toEqual([]);
        expect(failuresOf(await loop.apply(b))).toEqual([]);
        expect((await loop.plan(b)).changes.map(({ change }) => change)).toEqual([]);
        expect(await loop.apply(b)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
