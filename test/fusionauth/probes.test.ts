import { describe, expect, test } from 'vitest';

import { parseSwitch, startSandbox } from '../../src/sandbox/index.js';
import { switchChoices, switchNames } from '../../src/sandbox/switches.js';
import { createWorld } from '../contract/world.js';
import { probes } from './probes/index.js';
import { withInstance, type Probe } from './probe.js';

/** The suite for a real FusionAuth, tried on the sandbox: each probe finds out what its switch is set to. */
const settings = probes.flatMap((probe) =>
  switchNames
    .filter((name) => name === probe.name)
    .flatMap((name) => switchChoices(name).map((value) => [name, value, probe] as const)),
);

/** How many switches can be seen from outside. It only goes up. */
const probedAtLeast = 24;

async function observed(probe: Probe, name: string, value: string): Promise<string> {
  const sandbox = await startSandbox({ switches: parseSwitch(`${name}=${value}`) });
  try {
    return await withInstance({ target: sandbox, world: await createWorld(sandbox) }, probe.observe);
  } finally {
    await sandbox.close();
  }
}

describe('a question that the documentation leaves open', () => {
  test.each(settings)('%s is seen to be %s from outside', async (name, value, probe) => {
    expect(await observed(probe, name, value)).toBe(value);
  });

  test('has a probe more often than before, and no probe is of anything else', () => {
    expect(probes.map(({ name }) => name).filter((name) => !switchNames.some((other) => other === name))).toEqual([]);
    expect(probes.length).toBeGreaterThanOrEqual(probedAtLeast);
  });
});
