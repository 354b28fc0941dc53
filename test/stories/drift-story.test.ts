import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { type Captured, type CaptureOptions, kedge } from '../../src/cli/testing/captured-io.js';

const smtp = 'a-password-nobody-sees';
const env = { KEDGE_API_KEY: 'story-api-key', SMTP_PASSWORD: smtp };
let cwd = '';
let sandbox: Sandbox;

const run = (argv: readonly string[], more: Partial<CaptureOptions> = {}): Promise<Captured> =>
  kedge(argv, { cwd, env, ...more });

async function api(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: { authorization: env.KEDGE_API_KEY, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, unknown>;
}

function writes(): number {
  const asked = sandbox.requests().requests;
  return asked.filter(({ method, path }) => method !== 'GET' && !path.split('?')[0]!.endsWith('/search')).length;
}

/** Each step leans on the one before: a repository from its first day to its first drift. */
describe('a repository, from init to drift', () => {
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'kedge-story-'));
    sandbox = await startSandbox({ apiKey: env.KEDGE_API_KEY });
  });
  afterAll(() => sandbox.close());

  it('init makes one that validates', async () => {
    expect(await run(['init'])).toMatchObject({ exitCode: 0, stderr: '' });
    const settings = join(cwd, 'environments/production/environment.yaml');
    await writeFile(settings, (await readFile(settings, 'utf8')).replace('https://auth.example.com', sandbox.url));
    await writeFile(
      join(cwd, 'environments/base/applications.yaml'),
      [
        'version: 1',
        'applications:',
        '  web:',
        '    tenantId: main',
        '    name: Web',
        '    roles: [{ name: admin, isSuperRole: true }, { name: crew, isDefault: true }]',
        '    oauthConfiguration: { authorizedRedirectURLs: ["https://web.example/callback"] }',
        '',
      ].join('\n'),
    );
    expect(await run(['validate'])).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('plan shows what will be created, and writes nothing', async () => {
    const { exitCode, stdout } = await run(['plan', '-e', 'production']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('+ create  application/web');
    expect(stdout).toMatch(/\nPlan: 3 to create, 0 to update, 0 to delete; 1 in step\.\n$/);
    expect((await run(['plan', '-e', 'production', '--detailed-exitcode'])).exitCode).toBe(2);
    expect(writes()).toBe(0);
  });

  it('apply without a yes writes nothing', async () => {
    const refused = await run(['apply', '-e', 'production']);
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain('cli/confirmation-needed');
    const declined = await run(['apply', '-e', 'production'], { answer: 'y' });
    expect(declined.exitCode).toBe(3);
    expect(declined.stderr).toContain('Not confirmed: nothing was written.');
    expect(writes()).toBe(0);
  });

  it('apply creates it all when asked', async () => {
    const { exitCode, stdout, stderr } = await run(['apply', '-e', 'production'], { answer: 'yes' });
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('done     + create      application/web')]);
    expect(stdout).toMatch(/\nApplied: 3 done, 0 failed, 0 skipped\.\n$/);
  });

  it('plan then finds nothing to do, and drift none', async () => {
    const plan = await run(['plan', '-e', 'production', '--detailed-exitcode']);
    expect(plan).toMatchObject({ exitCode: 0 });
    expect(plan.stdout).toMatch(/Nothing to do: the instance is as the files say \(4 resources in step\)\.\n$/);
    expect((await run(['drift', '-e', 'production'])).exitCode).toBe(0);
    expect((await run(['apply', '-e', 'production'])).exitCode).toBe(0);
  });

  it('drift shows what somebody changed in the admin UI', async () => {
    const { applications } = (await api('GET', '/api/application')) as { applications: Record<string, unknown>[] };
    const web = applications.find((application) => application['name'] === 'Web')!;
    const path = `/api/application/${String(web['id'])}`;
    await api('PATCH', path, {
      application: { oauthConfiguration: { authorizedRedirectURLs: ['https://evil.example/'] } },
    });
    const { exitCode, stdout } = await run(['drift', '-e', 'production']);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('+ "https://evil.example/"');
    expect(stdout).toMatch(/authorizedRedirectURLs +drift +environments\/base\/applications\.yaml:7/);
    expect(stdout).toContain('Drift: 1 drifted, 0 in conflict;');
    const report = JSON.parse((await run(['drift', '-e', 'production', '--json'])).stdout);
    expect(report.environments[0]).toMatchObject({ drifted: true, summary: { drift: 1, pending: 0 } });
  });

  it('what the files changed is pending, and no drift', async () => {
    expect((await run(['apply', '-e', 'production', '--yes'])).exitCode).toBe(0);
    await writeFile(
      join(cwd, 'environments/base/tenants.yaml'),
      [
        'version: 1',
        'tenants:',
        '  main:',
        '    id: builtin:default-tenant',
        '    issuer: auth.example',
        '    emailConfiguration: { host: smtp.example, port: 25, password: !secret env:SMTP_PASSWORD }',
        '',
      ].join('\n'),
    );
    const drift = await run(['drift', '-e', 'production']);
    expect(drift.exitCode).toBe(0);
    expect(drift.stdout).toContain('Pending (changed in the files, waiting for an apply; instance → files)');
    expect(drift.stdout).toContain('(secret env:SMTP_PASSWORD)');
    expect((await run(['drift', '-e', 'production', '--pending'])).exitCode).toBe(2);
    const applied = await run(['apply', '-e', 'production', '--yes', '--json']);
    expect(applied.exitCode).toBe(0);
    expect(JSON.parse(applied.stdout)).toMatchObject({ kedge: 'apply', summary: { applied: 1, failed: 0 } });
    expect(drift.stdout + applied.stdout + applied.stderr).not.toContain(smtp);
    expect((await run(['plan', '-e', 'production', '--detailed-exitcode'])).exitCode).toBe(0);
  });

  it('pull writes what applies to the same instance without a change', async () => {
    const full = await run(['pull', '-e', 'production']);
    expect(full.exitCode).toBe(0);
    const before = await filesIn(join(cwd, 'environments'));
    expect((await run(['pull', '-e', 'production'])).exitCode).toBe(0);
    expect(await filesIn(join(cwd, 'environments'))).toEqual(before);
    const elsewhere = await run(['pull', '-e', 'production', '--to', 'pulled', '--json']);
    expect(JSON.parse(elsewhere.stdout)).toMatchObject({ kedge: 'pull', folder: 'pulled' });
    const secrets = full.stdout + (await readFile(join(cwd, 'pulled/tenants.yaml'), 'utf8'));
    expect(secrets).not.toContain(smtp);
    const byTenant = await run(['pull', '-e', 'production', '--to', 'tenants', '--layout', 'tenant', '--json']);
    const { files } = JSON.parse(byTenant.stdout) as { files: readonly string[] };
    expect(files.filter((file) => file.startsWith('tenant'))).not.toEqual([]);
    expect(files).not.toContain('applications.yaml');
    expect((await run(['pull', '-e', 'production', '--layout', 'team'])).exitCode).toBe(1);
  });

  it('init from an instance makes a repository that is in step with it', async () => {
    const other = await mkdtemp(join(tmpdir(), 'kedge-from-'));
    expect(await run(['init', '--url', sandbox.url], { cwd: other })).toMatchObject({ exitCode: 0 });
    const plan = await run(['plan', '-e', 'production'], { cwd: other });
    expect(plan.exitCode).toBe(0);
    expect(plan.stdout).toMatch(/Nothing to do|0 to create, \d+ to adopt, 0 to update, 0 to delete/);
  });
});

/** Path → text. */
async function filesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const)),
  );
}
