import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { kedge } from '../../src/cli/testing/captured-io.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { startTap } from './support/tap.js';

let sandbox: Sandbox;
let root = '';
const own = 'environments/harbour';
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  root = await mkdtemp(join(tmpdir(), 'kedge-in-place-'));
  await write('kedge.yaml', 'version: 1\nproject: 9b0f7d1c-6f0e-42b7-8a7e-0c3f2f6f1f22\n');
  await write(
    `${own}/environment.yaml`,
    `version: 1\nextends: base\ninstance: { url: "${sandbox.url}", apiKey: !secret env:KEDGE_API_KEY }\nvariables: { site: north }\n`,
  );
  await write(
    'environments/base/tenants.yaml',
    'version: 1\ntenants:\n  crew: { name: Crew, issuer: base.test, themeId: builtin:default-theme }\n',
  );
  await write(
    `${own}/main.yaml`,
    `# Who owns this: the harbour office
version: 1
applications:
  web: # the public site
    tenantId: crew
    name: "Web"
    data: { site: !var site, berth: 4 }
    oauthConfiguration:
      authorizedRedirectURLs:
        # kept in step with the load balancer
        - https://old.test/ # until May
        - https://stays.test/
      logoutURL: 'https://bye.test/' # see OPS-12
    roles: [{ name: admin }]
lambdas:
  claims: { name: claims, type: JWTPopulate, body: !file claims.js }
`,
  );
  await write(`${own}/claims.js`, 'function populate(jwt, user) {\n  jwt.old = true;\n}\n');
  const applied = await run('apply', '--yes');
  if (applied.exitCode !== 0) throw new Error(applied.stderr);
  await rm(join(root, '.kedge'), { recursive: true, force: true });
  return () => rm(root, { recursive: true });
});

describe('kedge pull on top of files', { timeout: 30_000 }, () => {
  test('writes nothing where the files say what the instance is', async () => {
    const before = await read(`${own}/main.yaml`);
    const { exitCode, stdout } = await run('pull');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('nothing was written');
    expect(await read(`${own}/main.yaml`)).toBe(before);
  });

  test('writes what changed where it stands, keeps comments, and leaves nothing to plan', async () => {
    await change('application', 'Web', {
      name: 'Web site',
      oauthConfiguration: {
        authorizedRedirectURLs: ['https://new.test/', 'https://stays.test/', 'https://more.test/'],
        logoutURL: 'https://goodbye.test/',
      },
    });
    await change('tenant', 'Crew', { issuer: 'harbour.test' });
    await change('lambda', 'claims', { body: 'function populate(jwt, user) {\n  jwt.fresh = true;\n}\n' });
    const { tenants } = await call('GET', '/api/tenant');
    const tenantId = tenants.find(({ name }: any) => name === 'Crew').id;
    await call('POST', '/api/application', { application: { name: 'Portal', tenantId } }, tenantId);

    const dry = await run('pull', '--dry-run');
    expect(dry.stdout).toContain('main.yaml:13:18 changed application/web oauthConfiguration.logoutURL');
    expect(await read(`${own}/main.yaml`)).toContain('bye.test');

    expect((await run('pull')).exitCode).toBe(0);
    const text = await read(`${own}/main.yaml`);
    expect(text).toContain(`  web: # the public site
    tenantId: crew
    name: "Web site"
    data: { site: !var site, berth: 4 }
    oauthConfiguration:
      authorizedRedirectURLs:
        # kept in step with the load balancer
`);
    expect(text).toContain('# until May');
    expect(text).toContain("      logoutURL: 'https://goodbye.test/' # see OPS-12\n");
    expect(text).toContain('\n  portal:\n');
    expect(await read(`${own}/claims.js`)).toContain('fresh');
    expect(await read('environments/base/tenants.yaml')).toContain('base.test');
    expect(await read(`${own}/tenants.yaml`)).toContain('issuer: harbour.test');
    expect(await run('plan', '--detailed-exitcode')).toMatchObject({ exitCode: 0 });
    expect((await run('pull')).stdout).toContain('nothing was written');
  });

  test('keeps what a variable gives, and names the place and the value', async () => {
    await change('application', 'Web', { data: { site: 'south', berth: 5 } });
    const { stdout } = await run('pull');
    expect(stdout).toContain(
      `${own}/main.yaml:7:24 application/web data.site: is "south" on the instance: !var gives it`,
    );
    expect(await read(`${own}/main.yaml`)).toContain('data: { site: !var site, berth: 5 }');
  });

  test('stops at a comment in the middle of brackets, before anything is written', async () => {
    const text = (await read(`${own}/main.yaml`)).replace(
      'data: { site: !var site, berth: 4 }',
      'data: { site: !var site, # which pier\n      berth: 4 }',
    );
    await write(`${own}/main.yaml`, text);
    await change('application', 'Web', { name: 'Web site', data: { site: 'north', berth: 4, crane: 'yes' } });
    const { exitCode, stderr } = await run('pull');
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`${own}/main.yaml:7:30`);
    expect(stderr).toContain('pull/comment-in-flow');
    expect(await read(`${own}/main.yaml`)).toBe(text);
  });

  test('leaves an entry that the instance does not have, until it is asked to take it out', async () => {
    const { lambdas } = await call('GET', '/api/lambda');
    await call('DELETE', `/api/lambda/${lambdas.find(({ name }: any) => name === 'claims').id}`);
    expect((await run('pull')).stdout).toContain('lambda/claims: is not on the instance');
    expect(await read(`${own}/main.yaml`)).toContain('claims:');
    const { exitCode, stdout } = await run('pull', '--prune', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).edits).toEqual([`${own}/main.yaml:16:3 removed lambda/claims`]);
    expect(await read(`${own}/main.yaml`)).not.toContain('claims');
    expect(await run('plan', '--detailed-exitcode')).toMatchObject({ exitCode: 0 });
  });

  test('adds nothing where it is asked to', async () => {
    await change('application', 'Web', { loginConfiguration: { allowTokenRefresh: true } });
    expect((await run('pull', '--owned')).stdout).toContain('nothing was written');
    expect((await run('pull')).stdout).toContain('added application/web loginConfiguration.allowTokenRefresh');
    expect(await run('plan', '--detailed-exitcode')).toMatchObject({ exitCode: 0 });
  });

  test('refuses another folder that has something in it', async () => {
    const { exitCode, stderr } = await run('pull', '--to', join(root, own));
    expect(exitCode).toBe(3);
    expect(stderr).toContain('pull/not-empty');
  });

  test('tells what is wrong with the files, and writes nothing', async () => {
    await write(`${own}/main.yaml`, 'version: 1\ntenants: { crew: { nam: Crew } }\n');
    const { exitCode, stderr } = await run('pull');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('desired/unknown-field');
  });

  test('names the place in a lower layer that still names what it would rename', async () => {
    await write(
      'environments/base/groups.yaml',
      'version: 1\ngroups:\n  crews: { name: Crews, tenantId: crew, roleIds: [web/admin] }\n',
    );
    expect(await run('apply', '--yes')).toMatchObject({ exitCode: 0 });
    const { applications } = await call('GET', '/api/application');
    const web = applications.find(({ name }: any) => name === 'Web');
    const [role] = web.roles;
    await call('PATCH', `/api/application/${web.id}/role/${role.id}`, { role: { name: 'captain' } }, web.tenantId);
    const { exitCode, stderr } = await run('pull');
    expect(stderr).toContain('environments/base/groups.yaml:3:51 desired/unknown-reference');
    expect(stderr).toContain('hint: write the reference in a file of this environment');
    expect(exitCode).toBe(3);
  });

  test('does not write over a file that somebody saves while the instance is read', async () => {
    await change('application', 'Web', { oauthConfiguration: { logoutURL: 'https://goodbye.test/' } });
    const before = await read(`${own}/main.yaml`);
    const saved = `${before}# saved by an editor\n`;
    const tap = await startTap(
      () => sandbox.url,
      () => {
        writeFileSync(join(root, own, 'main.yaml'), saved);
        return 'pass';
      },
    );
    onTestFinished(() => tap.close());
    const settings = await read(`${own}/environment.yaml`);
    await write(`${own}/environment.yaml`, settings.replace(sandbox.url, tap.url));
    const { exitCode, stderr } = await run('pull');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('pull/files-moved');
    expect(stderr).toContain(`${own}/main.yaml was changed while the instance was read`);
    expect(await read(`${own}/main.yaml`)).toBe(saved);
  });

  test('by force writes nothing where a file that stays would declare an object twice', async () => {
    const before = await read(`${own}/main.yaml`);
    const refused = await run('pull', '--force', '--layout', 'tenant');
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain('pull/declared-twice');
    expect(refused.stderr).toContain('main.yaml would stay beside the new files');
    expect(await readdir(join(root, own))).toEqual(['claims.js', 'environment.yaml', 'main.yaml']);
    expect(await read(`${own}/main.yaml`)).toBe(before);
    await rm(join(root, own, 'main.yaml'));
    expect(await run('pull', '--force', '--layout', 'tenant')).toMatchObject({ exitCode: 0 });
    expect(await readdir(join(root, own))).toContain('tenant-crew.yaml');
  });
});

function run(...argv: readonly string[]): ReturnType<typeof kedge> {
  return kedge([...argv, '-e', 'harbour', '-C', root], { cwd: root, env: { KEDGE_API_KEY: sandbox.apiKey } });
}

function read(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8');
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** Changes an object by its name, as somebody at the admin UI would. */
async function change(kind: string, name: string, body: object): Promise<void> {
  const found = (await call('GET', `/api/${kind}`))[`${kind}s`].find((item: any) => item.name === name);
  await call('PATCH', `/api/${kind}/${found.id}`, { [kind]: body }, found.tenantId);
}

async function call(method: string, path: string, body?: object, tenantId?: string): Promise<any> {
  const response = await fetch(sandbox.url + path, {
    method,
    headers: {
      authorization: sandbox.apiKey,
      'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      ...(tenantId !== undefined && { 'x-fusionauth-tenantid': tenantId }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
