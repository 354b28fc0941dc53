import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refText } from '../../src/model/index.js';
import { parseSwitch, startSandbox, type Switches } from '../../src/sandbox/index.js';
import { switchChoices, switchNames } from '../../src/sandbox/switches.js';
import { realStates } from './real-states.js';
import { failuresOf, openLoop } from './support/loop.js';
import { pairwise, type Setting } from './support/pairwise.js';

/**
 * Nobody outside FusionAuth knows how each of the sandbox's switches stands on a real server. Whatever they say, kedge ends
 * in step with what was asked for, or says by name what it could not do; and it says so again instead of going on writing.
 */
const factors = Object.fromEntries(switchNames.map((name) => [name, switchChoices(name)]));
const singles: readonly Setting[] = switchNames.flatMap((name) =>
  switchChoices(name)
    .slice(1)
    .map((value) => ({ [name]: value })),
);

/** Values of switches under which what is asked for may be refused, each with what the refusal says. */
const mayRefuse: Readonly<Record<string, RegExp>> = {
  // What was written cannot be told from what was not: every apply says so, and none takes it for done.
  'webhookSecretsOnRead=hidden': /apply\/not-verified .*\/headers\//,
};

/** Failures that no value of the setting accounts for. A change that was left out names the one it waited for. */
function unexplained(setting: Setting, failures: readonly string[]): readonly string[] {
  const reasons = Object.entries(setting).flatMap(([name, value]) => mayRefuse[`${name}=${value}`] ?? []);
  const own = failures.filter((failure) => reasons.some((reason) => reason.test(failure)));
  return own.length === 0
    ? failures
    : failures.filter((failure) => !own.includes(failure) && !failure.endsWith(' failed'));
}

/** What goes wrong under a setting, with the states that show it; undefined when nothing does. */
async function counterexample(setting: Setting, numRuns: number): Promise<string | undefined> {
  const switches: Partial<Switches> = Object.assign(
    {},
    ...Object.entries(setting).map(([name, value]) => parseSwitch(`${name}=${value}`)),
  );
  const sandbox = await startSandbox({ switches });
  const loop = openLoop(sandbox);
  try {
    const property = fc.asyncProperty(realStates, realStates, async (a, b) => {
      await sandbox.reset();
      for (const state of [a, b]) {
        const failures = failuresOf(await loop.apply(state));
        const left = (await loop.plan(state)).changes.map(({ change }) => `${change.op} ${refText(change.ref)}`);
        expect({ unexplained: unexplained(setting, failures) }).toEqual({ unexplained: [] });
        // What failed is still to be done, and nothing else is.
        expect({ failed: failures.length > 0, left }).toEqual({ failed: left.length > 0, left });
      }
    });
    return fc.defaultReportMessage(await fc.check(property, { numRuns }));
  } finally {
    await loop.close();
    await sandbox.close();
  }
}

describe('whatever is not known of FusionAuth', { timeout: 120_000 }, () => {
  it.each(singles.map((setting) => [JSON.stringify(setting), setting] as const))(
    'with %s kedge converges or says why not',
    async (_, setting) => {
      expect(await counterexample(setting, 2)).toBeUndefined();
    },
  );
  it.each(pairwise(factors).map((setting, at) => [at + 1, setting] as const))(
    'with pairwise setting %i of all switches kedge converges or says why not',
    async (_, setting) => {
      expect(await counterexample(setting, 3)).toBeUndefined();
    },
  );
});
