import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../sandbox/index.js';
import { type Captured, kedge } from './testing/captured-io.js';

let sandbox: Sandbox;
let root: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  root = await mkdtemp(join(tmpdir(), 'kedge-snapshot-command-'));
  await cp(fileURLToPath(new URL('../../test/fixtures/every-kind', import.meta.url)), root, { recursive: true });
  const settings = join(root, 'environments/all/environment.yaml');
  await writeFile(settings, (await readFile(settings, 'utf8')).replace('http://127.0.0.1:9011', sandbox.url));
});
afterAll(async () => {
  await sandbox.close();
  await rm(root, { recursive: true });
});

async function run(...argv: readonly string[]): Promise<Captured> {
  return kedge(argv, { cwd: root, env: { KEDGE_API_KEY: sandbox.apiKey } });
}

describe('kedge snapshot', () => {
  it('writes a file, and says what is in it and what is not', async () => {
    const { exitCode, stdout, stderr } = await run('snapshot', '-e', 'all');
    expect([exitCode, stderr]).toEqual([0, 'reading all …\n']);
    expect(stdout).toMatch(
      /^ {2}secrets left out: \d+\nWrote all\.snapshot\.json: \d+ objects of FusionAuth 1\.69\.0, in \d+ requests\.\n$/,
    );
  });

  it('tells the same as JSON', async () => {
    const { exitCode, stdout } = await run('--json', 'snapshot', '-e', 'all', '-o', 'out/live.json');
    expect([exitCode, JSON.parse(stdout)]).toEqual([
      0,
      { kedge: 'snapshot', version: 1, folder: '.', files: ['out/live.json'], notes: [expect.any(String)] },
    ]);
  });

  it.each(['plan', 'drift'])('is what %s --live reads, with no key and no secret', async (command) => {
    const { exitCode, stdout, stderr } = await kedge([command, '-e', 'all', '--live', 'out/live.json'], { cwd: root });
    expect([stderr, exitCode]).toEqual(['reading all …\n', command === 'plan' ? 0 : 2]);
    expect(stdout).toContain(`${sandbox.url}  (FusionAuth 1.69.0)`);
  });

  it('is one error where the file is none', async () => {
    await writeFile(join(root, 'cut.json'), '{"format": "kedge-sn');
    const { exitCode, stdout, stderr } = await run('plan', '-e', 'all', '--live', 'cut.json');
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^snapshot\/unreadable {2}.*cut\.json is no snapshot that kedge can read: it is not JSON/);
  });
});
