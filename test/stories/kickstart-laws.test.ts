import fc from 'fast-check';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.js';
import { type ExportedKickstart, exportKickstart } from '../../src/kickstart/index.js';
import { type DesiredState, type DesiredValue, pathOf, refText, Secret, valueAt } from '../../src/model/index.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { lawRuns } from '../../src/testing/law-runs.js';
import { everyKindStates, kindsIn } from './every-kind-states.js';
import { openLoop } from './support/loop.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kedge-kickstart-laws-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('laws of kickstarts, against the sandbox', { timeout: 280_000 }, () => {
  it('a fresh instance that ran the kickstart of any state of every kind is in step with it', async () => {
    let run = 0;
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(everyKindStates.map(withoutMessages), fc.boolean(), async (desired, includes) => {
        const exported = exportKickstart({ catalog, desired, apiKeySource: 'env:KEDGE_API_KEY', includes });
        run += 1;
        const kickstart = await written(join(folder, String(run)), exported);
        const env = { ...valuesOf(exported, desired), KEDGE_API_KEY: 'an-api-key-that-is-long-enough' };
        const sandbox = await startSandbox({ kickstart, env });
        const loop = openLoop(sandbox);
        try {
          expect((await loop.plan(desired)).changes.map(({ change }) => change)).toEqual([]);
        } finally {
          await loop.close();
          await sandbox.close();
        }
        for (const kind of kindsIn(desired)) seen.add(kind);
      }),
      { numRuns: lawRuns.kickstartEveryKind },
    );
    expect([...seen].sort()).toEqual(catalog.kinds.map(({ kind }) => kind).sort());
  });
});

async function written(to: string, { files, text }: ExportedKickstart): Promise<string> {
  for (const [path, content] of [['kickstart.json', text] as const, ...files]) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await writeFile(join(to, path), content);
  }
  return join(to, 'kickstart.json');
}

/** FusionAuth takes all messages of a theme or none, and an export knows those that are written only. */
function withoutMessages(state: DesiredState): DesiredState {
  const resources = state.resources.map((resource) => {
    const { defaultMessages: _, ...fields } = resource.fields;
    return { ...resource, fields };
  });
  return { ...state, resources };
}

/** The values of secrets, and what was written in clear at a secret field, by the variable that each is asked for in. */
function valuesOf({ variables }: ExportedKickstart, desired: DesiredState): Record<string, string> {
  const secrets = new Map(
    desired.resources.flatMap(({ fields }) => secretsIn(fields)).map((secret) => [secret.source, secret.reveal()]),
  );
  return Object.fromEntries(
    variables.flatMap(({ name, source }) => {
      const value = secrets.get(source);
      if (value !== undefined) return [[name, value] as const];
      const [, ref, pointer = ''] = /^literal \((\S+) (\S+)\)$/.exec(source) ?? [];
      const resource = desired.resources.find((item) => refText(item.ref) === ref);
      return resource ? [[name, String(valueAt(resource.fields, pathOf(pointer)))] as const] : [];
    }),
  );
}

function secretsIn(value: DesiredValue): readonly Secret[] {
  if (value instanceof Secret) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsIn) : [];
}
