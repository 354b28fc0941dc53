import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { parseSwitch, startSandbox, type Sandbox, type SandboxSnapshot } from '../../src/sandbox/index.js';
import { switchChoices, switchNames } from '../../src/sandbox/switches.js';
import type { World } from '../contract/resources.js';
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

let sandbox: Sandbox;
let world: World;
let untouched: SandboxSnapshot;
beforeAll(async () => {
  sandbox = await startSandbox();
  world = await createWorld(sandbox);
  untouched = sandbox.snapshot();
});
afterAll(() => sandbox.close());

/** What a probe sees on an instance where one switch is set and everything else is as it was. */
async function observed(probe: Probe, name: string, value: string): Promise<string> {
  await sandbox.restore({ ...untouched, switches: { ...untouched.switches, ...parseSwitch(`${name}=${value}`) } });
  return withInstance({ target: sandbox, world }, probe.observe);
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
