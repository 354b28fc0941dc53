import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.js';
import type { DesiredState } from '../../src/model/index.js';
import { loadPulled, pull } from '../../src/pull/testing/pulled-repository.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { lawRuns } from '../../src/testing/law-runs.js';
import { everyKindPairs, everyKindStates, kindsIn } from './every-kind-states.js';
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

/** What goes wrong where a fresh instance is made one state after the other: what fails, what is left, what is written twice. */
async function wrongWith(states: readonly DesiredState[]): Promise<readonly unknown[]> {
  await sandbox.reset();
  for (const state of states) {
    const failures = failuresOf(await loop.apply(state));
    const { changes } = await loop.plan(state);
    const wrong = [...failures, ...changes.map(({ change }) => change)];
    if (wrong.length > 0) return wrong;
  }
  const last = states.at(-1);
  return last ? loop.apply(last) : [];
}

const names = catalog.kinds.map(({ kind }) => kind).sort();

describe('laws through HTTP, against the sandbox', { timeout: 280_000 }, () => {
  it('from a fresh instance to any state, from there to any other: each apply ends in step, and nothing is written twice', async () => {
    await fc.assert(
      fc.asyncProperty(realStates, realStates, async (a, b) => {
        expect(await wrongWith([a, b])).toEqual([]);
      }),
      { numRuns: lawRuns.appliedManyOfAKind },
    );
  });

  it('so does each apply of objects of every kind, with those before it deleted', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(everyKindPairs, async ([a, b]) => {
        expect(await wrongWith([a, b])).toEqual([]);
        for (const kind of kindsIn(a, b)) seen.add(kind);
      }),
      { numRuns: lawRuns.appliedEveryKind },
    );
    expect([...seen].sort()).toEqual(names);
  });

  it('an instance is in step with what was pulled from it, of every kind', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(everyKindStates, async (state) => {
        expect(await wrongWith([state])).toEqual([]);
        const { files } = pull(await loop.readWhole());
        // What is no different from a fresh install needs no file.
        if (files.size === 0) return;
        const { changes, withheld } = await loop.plan(await loadPulled(files));
        expect(changes.map(({ change }) => change)).toEqual([]);
        expect(withheld).toEqual([]);
        for (const kind of kindsIn(state)) seen.add(kind);
      }),
      { numRuns: lawRuns.pulledEveryKind },
    );
    expect([...seen].sort()).toEqual(names);
  });
});
