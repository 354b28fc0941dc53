import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CaptureOptions, type Captured, createCapturedIo, kedge } from './testing/captured-io.js';
import { runCli } from './run-cli.js';

let cwd = '';
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'kedge-sandbox-'));
});

/** Starts a sandbox that is stopped as soon as it listens. */
async function startAndStop(argv: readonly string[], options: Partial<CaptureOptions> = {}): Promise<Captured> {
  const { io, out } = createCapturedIo({ cwd, ...options });
  const exitCode = await runCli(['sandbox', ...argv], { ...io, interrupted: () => AbortSignal.abort() });
  return { exitCode, ...out };
}

const broken = JSON.stringify(
  { apiKeys: [{ key: 'bridge' }], requests: [{ method: 'DELETE', url: '/api/tenant' }] },
  undefined,
  2,
);

describe('a broken kickstart', () => {
  it('is one line that names file, place and pointer, what is wrong and what to do; nothing starts', async () => {
    await writeFile(join(cwd, 'kickstart.json'), broken);
    const { exitCode, stdout, stderr } = await kedge(['sandbox', '--kickstart', 'kickstart.json'], { cwd });
    const place = `${join(cwd, 'kickstart.json')}:9:17 /requests/0/method`;
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        `cli/sandbox-not-started  ${place} "method" must be POST, PUT or PATCH; a kickstart neither reads nor deletes\n` +
        '    hint: nothing of the kickstart was kept: correct its file and start again\n',
    });
  });

  it('is so too when it is no JSON, is not there, or is refused by the server', async () => {
    const refused = {
      apiKeys: [{ key: 'bridge' }],
      requests: [{ method: 'POST', url: '/api/tenant', body: { tenant: {} } }],
    };
    const texts = { 'comment.json': '{\n  // keys\n}', 'refused.json': JSON.stringify(refused) };
    for (const [name, text] of Object.entries(texts)) await writeFile(join(cwd, name), text);
    for (const [name, message] of [
      ['comment.json', 'comment.json:2:3 not valid JSON: unexpected "/"; write strict JSON'],
      ['missing.json', 'missing.json: there is no such file'],
      [
        'refused.json',
        'refused.json:1:43 /requests/0 POST /api/tenant was answered 400: {"fieldErrors":{"tenant.name"',
      ],
    ] as const) {
      const { exitCode, stdout, stderr } = await kedge(['sandbox', '--kickstart', name], { cwd });
      expect([name, exitCode, stdout]).toEqual([name, 1, '']);
      expect(stderr).toContain(message);
      expect(stderr).toMatch(/^cli\/sandbox-not-started {2}.*\n(?: {4}because: .*\n)? {4}hint: .*\n$/);
    }
  });
});

describe('the kickstart file', () => {
  const env = { FUSIONAUTH_APP_KICKSTART_FILE: 'kickstart.json' };

  it('may be named by the environment as for FusionAuth, and the option goes before', async () => {
    await writeFile(join(cwd, 'kickstart.json'), broken);
    await writeFile(join(cwd, 'whole.json'), JSON.stringify({ apiKeys: [{ key: 'bridge' }] }));
    expect((await startAndStop([], { env })).stderr).toContain('/requests/0/method');
    expect((await startAndStop(['--kickstart', 'whole.json'], { env })).exitCode).toBe(0);
    expect((await startAndStop([], { env: { FUSIONAUTH_APP_KICKSTART_FILE: '' } })).exitCode).toBe(0);
  });

  it('does not run where there is a state already, and that is said', async () => {
    expect((await startAndStop(['--data', 'data'])).exitCode).toBe(0);
    // Not even read.
    const { exitCode, stderr } = await startAndStop(['--data', 'data'], { env });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: 'sandbox: there is a state already, so the kickstart does not run\n',
    });
  });
});
