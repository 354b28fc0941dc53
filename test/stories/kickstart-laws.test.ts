import fc from 'fast-check';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.js';
import { type ExportedKickstart, exportKickstart } from '../../src/kickstart/index.js';
import { type DesiredState, pathOf, refText, valueAt } from '../../src/model/index.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { realStates } from './real-states.js';
import { openLoop } from './support/loop.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kedge-kickstart-laws-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('laws of kickstarts, against the sandbox', { timeout: 280_000 }, () => {
  it('a fresh instance that ran the kickstart of any state is in step with it', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(realStates, fc.boolean(), async (desired, includes) => {
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
      }),
      { numRuns: 60 },
    );
  });
});

async function written(to: string, { files, text }: ExportedKickstart): Promise<string> {
  for (const [path, content] of [['kickstart.json', text] as const, ...files]) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await writeFile(join(to, path), content);
  }
  return join(to, 'kickstart.json');
}

/** What was written in clear at a secret field, by the variable that it is asked for in. */
function valuesOf({ variables }: ExportedKickstart, desired: DesiredState): Record<string, string> {
  return Object.fromEntries(
    variables.flatMap(({ name, source }) => {
      const [, ref, pointer = ''] = /^literal \((\S+) (\S+)\)$/.exec(source) ?? [];
      const resource = desired.resources.find((item) => refText(item.ref) === ref);
      return resource ? [[name, String(valueAt(resource.fields, pathOf(pointer)))] as const] : [];
    }),
  );
}
