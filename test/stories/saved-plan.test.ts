import { cp, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Captured, kedge } from '../../src/cli/testing/captured-io.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

const smtp = 'a-password-nobody-sees';
const env = { KEDGE_API_KEY: 'story-api-key', SMTP_PASSWORD: smtp };
const applications = `version: 1
applications:
  web:
    id: 4f9a1a8e-2f0b-4c52-8a35-6b8f5a0b7f01
    tenantId: main
    name: Web
    roles: [{ name: admin }, { name: crew }]
    oauthConfiguration: { authorizedRedirectURLs: ["https://web.example/callback"] }
`;
let cwd = '';
let sandbox: Sandbox;

const run = (argv: readonly string[], at = cwd, more = {}): Promise<Captured> => kedge(argv, { cwd: at, env, ...more });

/** What of the instance's answers these tests look at. */
interface Answer {
  readonly application: {
    tenantId: string;
    oauthConfiguration: { authorizedRedirectURLs: readonly string[] };
  };
  readonly tenants: readonly { name: string; emailConfiguration: { password?: string } }[];
}

async function api(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: { authorization: env.KEDGE_API_KEY, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return (text === '' ? {} : JSON.parse(text)) as Answer;
}

function writes(): number {
  const asked = sandbox.requests().requests;
  return asked.filter(({ method, path }) => method !== 'GET' && !path.split('?')[0]!.endsWith('/search')).length;
}

async function edit(file: string, from: string, to: string, at = cwd): Promise<void> {
  const path = join(at, 'environments', file);
  const text = await readFile(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  await writeFile(path, text.replace(from, to));
}

const web = '/api/application/4f9a1a8e-2f0b-4c52-8a35-6b8f5a0b7f01';

/** A repository that is applied, and then asks for another redirect URL. */
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'kedge-saved-plan-'));
  sandbox = await startSandbox({ apiKey: env.KEDGE_API_KEY });
  await run(['init']);
  await edit('production/environment.yaml', 'https://auth.example.com', sandbox.url);
  await writeFile(join(cwd, 'environments/base/applications.yaml'), applications);
  await run(['apply', '-e', 'production', '--yes']);
  await edit('base/applications.yaml', 'web.example/callback', 'web.example/signed-in');
});
afterEach(() => sandbox.close());

describe('a saved plan', () => {
  it('is a private file, shown without network, and performed exactly once', async () => {
    const planned = await run(['plan', '-e', 'production', '-o', 'plan.json']);
    expect(planned).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('kedge apply plan.json') });
    expect((await stat(join(cwd, 'plan.json'))).mode & 0o777).toBe(0o600);
    const before = sandbox.requests().total;
    const shown = await run(['show', 'plan.json']);
    expect(shown.stdout).toBe(planned.stdout);
    expect(sandbox.requests().total).toBe(before);
    const written = writes();
    expect(await run(['apply', 'plan.json', '--yes'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Applied: 1 done, 0 failed, 0 skipped.'),
    });
    expect(writes() - written).toBe(1);
    expect((await api('GET', web)).application.oauthConfiguration.authorizedRedirectURLs).toEqual([
      'https://web.example/signed-in',
    ]);
    expect((await run(['plan', '-e', 'production', '--detailed-exitcode'])).exitCode).toBe(0);
    expect((await run(['drift', '-e', 'production'])).exitCode).toBe(0);
    expect(await run(['apply', 'plan.json', '--yes'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Applied: 1 done'),
    });
    expect(writes() - written).toBe(1);
  });

  it('is refused when an owned field has moved, naming the object, the field and the command that plans again', async () => {
    await run(['plan', '-e', 'production', '-o', 'plan.json']);
    const { application } = await api('GET', web);
    application.oauthConfiguration.authorizedRedirectURLs = ['https://elsewhere.example'];
    await api('PUT', web, { application });
    const written = writes();
    const refused = await run(['apply', 'plan.json', '--yes']);
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain('apply/live-moved');
    expect(refused.stderr).toContain('application/web has another oauthConfiguration.authorizedRedirectURLs');
    expect(refused.stderr).toContain('environments/base/applications.yaml:8:');
    expect(refused.stderr).toContain('kedge plan -e production -o <file>');
    expect(writes()).toBe(written);
  });

  it('carries along and names what moved in a field that no file owns', async () => {
    await run(['plan', '-e', 'production', '-o', 'plan.json']);
    await api('PATCH', web, { application: { data: { note: 'added by hand' } } });
    const applied = await run(['apply', 'plan.json', '--yes']);
    expect(applied.exitCode).toBe(0);
    expect(applied.stderr).toContain('application/web has changed since the plan was made');
    expect(applied.stderr).toContain('data.note');
    expect((await api('GET', web)).application).toMatchObject({
      data: { note: 'added by hand' },
      oauthConfiguration: { authorizedRedirectURLs: ['https://web.example/signed-in'] },
    });
  });

  it('is refused when the object is gone, or the name it would take is taken', async () => {
    await edit('base/applications.yaml', 'applications:\n', 'applications:\n  crew: { tenantId: main, name: Crew }\n');
    await run(['plan', '-e', 'production', '-o', 'plan.json']);
    const { tenantId } = (await api('GET', web)).application;
    await fetch(`${sandbox.url}/api/application`, {
      method: 'POST',
      headers: {
        authorization: env.KEDGE_API_KEY,
        'content-type': 'application/json',
        'x-fusionauth-tenantid': tenantId,
      },
      body: JSON.stringify({ application: { name: 'Crew' } }),
    });
    await api('DELETE', `${web}?hardDelete=true`);
    const refused = await run(['apply', 'plan.json', '--yes']);
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain('in 2 places');
    expect(refused.stderr).toContain("application/crew cannot be made: another application called 'Crew' is there now");
    expect(refused.stderr).toContain('application/web is no longer there');
  });

  it('is refused when the files ask for something else by now, and not when they only look otherwise', async () => {
    await run(['plan', '-e', 'production', '-o', 'plan.json']);
    await edit('base/applications.yaml', 'version: 1', '# moved down by a comment\n\nversion: 1');
    await edit('base/applications.yaml', 'name: Web', 'name: Web site');
    const refused = await run(['apply', 'plan.json', '--yes']);
    expect([refused.exitCode, refused.stderr]).toEqual([3, expect.stringContaining('apply/files-moved')]);
    await edit('base/applications.yaml', 'name: Web site', 'name: Web');
    expect((await run(['apply', 'plan.json', '--yes'])).exitCode).toBe(0);
  });

  it('is made on one machine and applied on another, which has its secrets from its own sources', async () => {
    await edit(
      'base/applications.yaml',
      'applications:',
      `tenants:
  shore:
    name: Shore
    issuer: shore.example
    emailConfiguration: { host: smtp.example, password: !secret env:SMTP_PASSWORD }
applications:`,
    );
    await run(['plan', '-e', 'production', '-o', 'plan.json']);
    const text = await readFile(join(cwd, 'plan.json'), 'utf8');
    expect(text).not.toContain(smtp);
    expect(text).toContain('"$secret": "env:SMTP_PASSWORD"');
    const other = await mkdtemp(join(tmpdir(), 'kedge-other-machine-'));
    for (const name of ['environments', 'kedge.yaml', 'plan.json'])
      await cp(join(cwd, name), join(other, name), { recursive: true });
    const applied = await run(['apply', 'plan.json', '--yes'], other, {
      env: { ...env, SMTP_PASSWORD: 'the-password-of-that-machine' },
    });
    expect(applied.exitCode).toBe(0);
    expect(applied.stderr).toContain('made with another hash key');
    const { tenants } = await api('GET', '/api/tenant');
    expect(tenants.find((tenant) => tenant.name === 'Shore')?.emailConfiguration.password).toBe(
      'the-password-of-that-machine',
    );
  });

  it('is refused where its bytes were changed, and says what is wrong', async () => {
    await run(['plan', '-e', 'production', '-o', 'plan.json']);
    const text = await readFile(join(cwd, 'plan.json'), 'utf8');
    await writeFile(join(cwd, 'plan.json'), text.replaceAll('signed-in', 'stolen'));
    const refused = await run(['apply', 'plan.json', '--yes']);
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      expect.stringContaining('its digest is not that of what it holds'),
    ]);
    expect((await run(['show', 'plan.json'])).exitCode).toBe(1);
    expect(await run(['apply', 'nowhere.json', '--yes'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('there is no such file or folder'),
    });
  });

  it('never holds a secret that the files hold in clear, and is not written where two of them could be mixed up', async () => {
    const tenant = (name: string): string =>
      `  ${name}: { name: ${name}, issuer: a.example, emailConfiguration: { host: smtp.example, password: in-clear-${name} } }\n`;
    await edit('base/applications.yaml', 'applications:\n', `tenants:\n${tenant('shore')}applications:\n`);
    expect((await run(['plan', '-e', 'production', '-o', 'plan.json'])).exitCode).toBe(0);
    expect(await readFile(join(cwd, 'plan.json'), 'utf8')).not.toContain('in-clear');
    expect((await run(['apply', 'plan.json', '--yes'])).exitCode).toBe(0);
    await edit('base/applications.yaml', 'tenants:\n', `tenants:\n${tenant('ship')}`);
    const refused = await run(['plan', '-e', 'production', '-o', 'other.json']);
    expect([refused.exitCode, refused.stderr]).toEqual([3, expect.stringContaining('plan/not-saved')]);
    expect(refused.stderr + refused.stdout).not.toContain('in-clear');
    await expect(stat(join(cwd, 'other.json'))).rejects.toThrow('ENOENT');
  });

  it('is for one environment', async () => {
    const refused = await run(['plan', '-e', 'production', '-e', 'base', '-o', 'plan.json']);
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('cli/usage')]);
  });
});
