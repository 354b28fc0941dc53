import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Captured, type CaptureOptions, kedge } from '../../src/cli/testing/captured-io.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

const env = { KEDGE_API_KEY: 'story-api-key', SMTP_PASSWORD: 'a-password-nobody-sees' };
let cwd = '';
let sandbox: Sandbox;

const run = (argv: readonly string[], more: Partial<CaptureOptions> = {}): Promise<Captured> =>
  kedge(argv, { cwd, env, ...more });
const apply = (...more: readonly string[]) => run(['apply', '-e', 'production', '--yes', ...more]);

function writes(): number {
  const asked = sandbox.requests().requests;
  return asked.filter(({ method, path }) => method !== 'GET' && !path.split('?')[0]!.endsWith('/search')).length;
}

const crews = (keys: readonly number[]): string =>
  keys.map((key) => `  crew-${key}: { name: Crew ${key}, tenantId: main }\n`).join('');
const declare = (text: string): Promise<void> =>
  writeFile(join(cwd, 'environments/base/groups.yaml'), `version: 1\n${text}`);
const all = Array.from({ length: 12 }, (_, index) => index);

/** Each step leans on the one before. */
describe('an apply that a guard refuses', () => {
  let settings = '';
  let plain = '';
  const policy = (text: string): Promise<void> => writeFile(settings, `${plain}policy:\n${text}`);

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'kedge-guards-'));
    sandbox = await startSandbox({ apiKey: env.KEDGE_API_KEY });
    await run(['init']);
    settings = join(cwd, 'environments/production/environment.yaml');
    plain = (await readFile(settings, 'utf8'))
      .replace('https://auth.example.com', sandbox.url)
      .replace(/^policy:\n(?:[ #].*\n|\n)*/m, '');
    await policy('  kinds: { groups: { prune: true } }\n');
    await declare(`groups:\n${crews(all)}`);
    const first = await apply();
    if (first.exitCode !== 0) throw new Error(first.stderr);
  });
  afterAll(() => sandbox.close());

  it('is one that deletes too much of a kind: exit 3, the numbers, the command, and no write', async () => {
    await declare(`groups:\n${crews(all.slice(4))}`);
    const before = writes();
    const plan = await run(['plan', '-e', 'production']);
    const command = 'kedge apply -e production --allow plan/too-many-deletes --allow plan/irreversible';
    expect(plan.exitCode).toBe(0);
    expect(plan.stdout).toContain('33 % of the groups would be deleted, more than 30 % (4 of 12)');
    expect(plan.stdout).toContain(command);
    const refused = await apply();
    expect(refused.exitCode).toBe(3);
    expect(refused.stdout).toContain('Guarded: an apply refuses this before its first write');
    expect(refused.stderr).toContain(command);
    const half = await apply('--allow', 'plan/too-many-deletes');
    expect([half.exitCode, half.stderr.includes('plan/irreversible')]).toEqual([3, true]);
    expect(writes()).toBe(before);
    const json = JSON.parse((await run(['plan', '-e', 'production', '--json'])).stdout) as {
      environments: { guards: { code: string }[] }[];
    };
    expect(json.environments[0]?.guards.map(({ code }) => code)).toEqual([
      'plan/too-many-deletes',
      'plan/irreversible',
    ]);
  });

  it('goes on where every guard is allowed by name, and says which', async () => {
    const done = await apply('--json', '--allow', 'plan/too-many-deletes', '--allow', 'plan/irreversible');
    expect(done.exitCode).toBe(0);
    expect(JSON.parse(done.stdout)).toMatchObject({
      summary: { applied: 4 },
      allowed: ['plan/too-many-deletes', 'plan/irreversible'],
    });
  });

  it('is one in a freeze, whatever it changes', async () => {
    await policy('  freeze: [{ from: 2000-01-01T00:00:00Z, to: 2999-01-01T00:00:00Z, reason: year end }]\n');
    await declare(`groups:\n${crews([...all.slice(4), 20])}`);
    const refused = await apply();
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain('plan/frozen');
    expect(refused.stderr).toContain('year end');
    expect((await apply('--allow', 'plan/frozen')).exitCode).toBe(0);
  });

  it('is none that the command line can misspell', async () => {
    const wrong = await apply('--allow', 'plan/everything');
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stderr).toContain('The guards are plan/too-many-updates');
  });

  it('never takes an empty file or folder for a wish to delete all', async () => {
    await policy('  kinds: { groups: { prune: true } }\n');
    const before = writes();
    for (const text of ['', '# nothing\n']) {
      await writeFile(join(cwd, 'environments/base/groups.yaml'), text);
      const refused = await apply('--allow', 'plan/too-many-deletes', '--allow', 'plan/irreversible');
      expect([refused.exitCode, refused.stderr.includes('desired/empty')]).toEqual([1, true]);
    }
    await declare('groups: {}\n');
    expect((await apply()).exitCode).toBe(3);
    expect(writes()).toBe(before);
  });
});
