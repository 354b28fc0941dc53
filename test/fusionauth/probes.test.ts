import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { parseSwitch, startSandbox, type Sandbox, type SandboxSnapshot } from '../../src/sandbox/index.js';
import { switchChoices, switchNames } from '../../src/sandbox/switches.js';
import type { World } from '../contract/resources.js';
import { createWorld } from '../contract/world.js';
import { notAsked } from './not-asked.js';
import { probes } from './probes/index.js';
import { withInstance, type Probe, type SearchEngine } from './probe.js';

/** The suite for a real FusionAuth, tried on the sandbox: each probe finds out what its switch is set to. */
const settings = probes.flatMap((probe) =>
  switchNames
    .filter((name) => name === probe.name)
    .flatMap((name) => switchChoices(name).map((value) => [name, value, probe] as const)),
);

interface Untouched {
  readonly sandbox: Sandbox;
  readonly world: World;
  readonly snapshot: SandboxSnapshot;
}

/** One of each search engine, restored between probes. */
const ready: Partial<Record<SearchEngine, Untouched>> = {};
beforeAll(async () => {
  for (const search of ['database', 'elasticsearch'] as const) {
    const sandbox = await startSandbox({ search });
    ready[search] = { sandbox, world: await createWorld(sandbox), snapshot: sandbox.snapshot() };
  }
});
afterAll(() => Promise.all(Object.values(ready).map(({ sandbox }) => sandbox.close())));

/** The sandbox does at once what it does, but for one thing. */
function patienceFor(name: string, value: string): number {
  return name === 'webhookRetryWait' && value === 'backoff' ? 5000 : 200;
}

/** What a probe sees on an instance where one switch is set and everything else is as it was. */
async function observed(probe: Probe, name: string, value: string): Promise<string> {
  const { engine = 'database' } = probe;
  const untouched = ready[engine];
  if (untouched === undefined) throw new Error(`no sandbox with ${engine}`);
  const { sandbox, world, snapshot } = untouched;
  await sandbox.restore({ ...snapshot, switches: { ...snapshot.switches, ...parseSwitch(`${name}=${value}`) } });
  return withInstance({ target: sandbox, world, patienceMs: patienceFor(name, value) }, probe.observe);
}

/** What a probe sees on an install that began with the switch. */
async function observedFresh(probe: Probe, name: string, value: string): Promise<string> {
  const sandbox = await startSandbox({ switches: parseSwitch(`${name}=${value}`) });
  try {
    return await withInstance({ target: sandbox, world: {} }, probe.observe);
  } finally {
    await sandbox.close();
  }
}

describe('a question that the documentation leaves open', () => {
  test.each(settings)('%s is seen to be %s from outside', async (name, value, probe) => {
    expect(await (probe.fresh === true ? observedFresh : observed)(probe, name, value)).toBe(value);
  });

  test('has one probe, or a reason why it cannot be asked from outside', () => {
    const answered = [...probes.map(({ name }) => name), ...Object.keys(notAsked)];
    expect(answered.toSorted()).toEqual([...switchNames].toSorted());
  });
});
