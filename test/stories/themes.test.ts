import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Captured, kedge } from '../../src/cli/testing/captured-io.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

/** Themes the way people keep them. The numbers of issues are those of FusionAuth's Terraform provider. */
const env = { KEDGE_API_KEY: 'theme-story-key-that-is-long-enough' };
const defaultTheme = '75a068fd-e94b-451a-9aeb-3ddb9a3b5987';
let cwd = '';
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ apiKey: env.KEDGE_API_KEY });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  cwd = await mkdtemp(join(tmpdir(), 'kedge-themes-'));
  await files({
    'kedge.yaml': 'version: 1\nproject: 6f1c0e1e-5a0b-4a3e-9d5e-0d9a4c1b2a33\n',
    'environments/prod/environment.yaml': `version: 1\ninstance: { url: "${sandbox.url}", apiKey: !secret env:KEDGE_API_KEY }\n`,
  });
  return () => rm(cwd, { recursive: true });
});

async function files(texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(texts)) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), text);
  }
}

const themes = (yaml: string, more: Readonly<Record<string, string>> = {}): Promise<void> =>
  files({
    'environments/prod/themes.yaml': `version: 1\n${yaml}\n`,
    ...Object.fromEntries(Object.entries(more).map(([path, text]) => [`environments/prod/${path}`, text])),
  });

const run = (command: string, ...more: readonly string[]): Promise<Captured> =>
  kedge([command, '-e', 'prod', ...more], { cwd, env });

async function apply(): Promise<void> {
  const { exitCode, stdout, stderr } = await run('apply', '--yes', '--allow', 'plan/irreversible');
  expect([exitCode, stdout + stderr]).toEqual([0, expect.anything()]);
}

async function inStep(): Promise<void> {
  const { exitCode, stdout, stderr } = await run('plan', '--detailed-exitcode');
  expect([stdout + stderr, exitCode]).toEqual([expect.stringContaining('Nothing to do'), 0]);
}

interface Theme {
  readonly id: string;
  readonly name: string;
  readonly defaultMessages: string;
  readonly localizedMessages: Readonly<Record<string, string>>;
  readonly stylesheet: string;
  readonly templates: Readonly<Record<string, string>>;
  readonly variables: { readonly favicons: readonly unknown[] };
}

async function api(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly theme: Theme; readonly themes: readonly Theme[] }> {
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: { authorization: env.KEDGE_API_KEY, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect([response.status, text]).toEqual([200, text]);
  return JSON.parse(text) as { readonly theme: Theme; readonly themes: readonly Theme[] };
}

async function live(name: string): Promise<Theme> {
  const found = (await api('GET', '/api/theme')).themes.find((theme) => theme.name === name);
  if (found === undefined) throw new Error(`the instance has no theme ${name}`);
  return found;
}

/** The writes since the last look, with the fields of the theme in them. */
function writes(): readonly string[] {
  const { requests } = sandbox.requests();
  sandbox.clearRequests();
  return requests
    .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search'))
    .map(({ method, path }) => `${method} ${path.split('/').slice(0, 3).join('/')}`);
}

/** What an upgrade of FusionAuth does to a theme of one's own: the default theme gets new parts, and it does not. */
async function upgrade(name: string, lacks: { readonly messages?: string; readonly page?: string }): Promise<void> {
  const snapshot = sandbox.snapshot();
  const theme = (snapshot.objects['theme'] ?? []).map((item) => {
    // What the sandbox stores of a theme is a theme.
    const { defaultMessages, templates } = item as unknown as Theme;
    if (item['name'] !== name) return item;
    const lines = defaultMessages.split('\n').filter((line) => !line.startsWith(`${lacks.messages ?? ''}=`));
    const pages = Object.entries(templates).filter(([page]) => page !== lacks.page);
    return { ...item, defaultMessages: lines.join('\n'), templates: Object.fromEntries(pages) };
  });
  await sandbox.restore({ ...snapshot, objects: { ...snapshot.objects, theme } });
}

describe('a new theme', () => {
  it('Terraform #173, #172: has its own helpers over the copy, and each other page of the default theme under its own name', async () => {
    await themes('themes: { brand: { name: Brand, templates: { helpers: !file helpers.ftl } } }', {
      'helpers.ftl': '[#macro html][/#macro]\n',
    });
    await apply();
    const { templates } = await live('Brand');
    const shipped = (await live('FusionAuth')).templates;
    expect(templates).toEqual({ ...shipped, helpers: '[#macro html][/#macro]' });
    await inStep();
  });

  it('Terraform #249, #365: has all that is written after the first apply, and the second has nothing to do', async () => {
    await themes(
      'themes: { brand: { name: Brand, stylesheet: !file brand.css, defaultMessages: !file brand.properties } }',
      {
        'brand.css': 'body { color: navy }\n',
        'brand.properties': '# what we say\nlogin=Come aboard\n',
      },
    );
    await apply();
    expect(writes()).toEqual(['POST /api/theme', 'PUT /api/theme']);
    expect(await live('Brand')).toMatchObject({ stylesheet: 'body { color: navy }\n' });
    expect((await live('Brand')).defaultMessages).toMatch(/^# what we say\nlogin=Come aboard\n[^]*submit=Send\n/);
    await inStep();
    await apply();
    expect(writes()).toEqual([]);
  });

  it('Terraform #224: is updated without a word of what it is a copy of', async () => {
    await themes('themes: { brand: { name: Brand } }');
    await apply();
    await themes('themes: { brand: { name: Brand, stylesheet: "a {}" } }');
    await apply();
    expect((await live('Brand')).stylesheet).toBe('a {}');
    await inStep();
  });

  it('whose apply stopped between the copy and the parts is whole after the next one', async () => {
    await themes('themes: { brand: { name: Brand, stylesheet: "a {}", templates: { index: ours } } }');
    sandbox.addFault({ kind: 'status', status: 400, method: 'PUT', path: '^/api/theme/', count: 0 });
    expect((await run('apply', '--yes', '--allow', 'plan/irreversible')).exitCode).not.toBe(0);
    expect((await live('Brand')).stylesheet).not.toBe('a {}');
    sandbox.clearFaults();
    await apply();
    expect(await live('Brand')).toMatchObject({ stylesheet: 'a {}', templates: { index: 'ours' } });
    await inStep();
  });

  it('of type simple has the variables that are written, and those of the simple theme', async () => {
    await themes(
      'themes: { plain: { name: Plain, type: simple, variables: { primaryButtonColor: "#123456", favicons: [{ href: "https://acme.example/icon.png", sizes: 32x32, rel: icon, type: image/png }] } } }',
    );
    await apply();
    const plain = await live('Plain');
    expect(plain).toMatchObject({ type: 'simple', variables: { primaryButtonColor: '#123456' } });
    expect(plain.variables.favicons).toHaveLength(1);
    await inStep();
  });

  it('keeps its type: another one is withheld with what a new theme would cost', async () => {
    await themes('themes: { plain: { name: Plain, type: simple } }');
    await apply();
    await themes('themes: { plain: { name: Plain, type: advanced } }');
    const { stdout } = await run('plan');
    expect(stdout).toContain('must be pointed to the new one');
    expect(stdout).toContain('plan/immutable-field');
  });
});

describe('what is written of a theme is owned, and nothing else', () => {
  it('CRLF, outer white space of pages and the order and comments of messages are no drift', async () => {
    await themes(
      'themes: { brand: { name: Brand, stylesheet: !file b.css, templates: { index: !file i.ftl }, defaultMessages: !file m.properties } }',
      {
        'b.css': 'a {}\r\nb {}\r\n',
        'i.ftl': '\r\n[#ftl/]\r\n<p/>\r\n\r\n',
        'm.properties': 'next=Ahead\r\n! comment\r\nlogin : Come aboard\r\n',
      },
    );
    await apply();
    await inStep();
    expect((await live('Brand')).stylesheet).toBe('a {}\nb {}\n');
  });

  it('a message is owned by itself: the plan shows it and no other, and a message changed by hand stays', async () => {
    await themes('themes: { brand: { name: Brand, defaultMessages: "login=Come aboard" } }');
    await apply();
    const brand = await live('Brand');
    const text = brand.defaultMessages.replace('submit=Send', 'submit=Post').replace('login=Come aboard', 'login=Hi');
    await api('PATCH', `/api/theme/${brand.id}`, { theme: { defaultMessages: text } });
    const { stdout } = await run('plan');
    expect(stdout).toMatch(/defaultMessages\.login +"Hi" → "Come aboard"/);
    expect(stdout).not.toContain('submit');
    await apply();
    expect((await live('Brand')).defaultMessages).toMatch(/login=Come aboard\n[^]*submit=Post/);
    await inStep();
  });

  it('a localized text is one text: a line that is gone from the file goes from the theme', async () => {
    await themes('themes: { brand: { name: Brand, localizedMessages: { de: "login=An Bord\\nnext=Weiter" } } }');
    await apply();
    await themes('themes: { brand: { name: Brand, localizedMessages: { de: "login=An Bord" } } }');
    await apply();
    expect((await live('Brand')).localizedMessages).toEqual({ de: 'login=An Bord' });
    await inStep();
  });

  it('the deprecated names of pages are neither drift nor sent', async () => {
    await themes('themes: { brand: { name: Brand, templates: { emailSent: ours, registrationSent: ours } } }');
    await apply();
    expect((await live('Brand')).templates).toMatchObject({ emailSend: 'ours', registrationSend: 'ours' });
    await themes('themes: { brand: { name: Brand, templates: { emailSent: new, registrationSent: new } } }');
    await apply();
    expect((await live('Brand')).templates).toMatchObject({ emailSent: 'new', registrationSent: 'new' });
    await inStep();
  });
});

describe('an upgrade of FusionAuth', () => {
  it('that brings a page is no drift, and the page stays unwritten', async () => {
    await themes('themes: { brand: { name: Brand, templates: { index: ours } } }');
    await apply();
    await upgrade('Brand', { page: 'oauth2Consent' });
    await inStep();
    await themes('themes: { brand: { name: Brand, templates: { index: newer } } }');
    await apply();
    expect((await live('Brand')).templates).not.toHaveProperty('oauth2Consent');
  });

  it('Terraform #271, #279: that refuses themes without its page gets it from the default theme, with the write of another', async () => {
    await themes('themes: { brand: { name: Brand, templates: { index: ours } } }');
    await apply();
    await upgrade('Brand', { page: 'oauth2Consent' });
    await themes('themes: { brand: { name: Brand, templates: { index: newer } } }');
    const field = 'theme.templates.oauth2Consent';
    const body = { fieldErrors: { [field]: [{ code: `[blank]${field}`, message: 'You must specify it.' }] } };
    sandbox.addFault({ kind: 'status', status: 400, body, method: 'PUT', path: '^/api/theme/' });
    await apply();
    const shipped = (await live('FusionAuth')).templates;
    expect((await live('Brand')).templates).toEqual({ ...shipped, index: 'newer' });
    await inStep();
  });

  it('that asks for a message names it before any write, and the next write takes it from the default theme', async () => {
    await themes('themes: { brand: { name: Brand, stylesheet: "a {}" } }');
    await apply();
    await upgrade('Brand', { messages: 'submit' });
    const { stdout, stderr } = await run('plan', '--detailed-exitcode');
    expect(stdout + stderr).toContain(
      'theme/brand lacks 1 of the messages that FusionAuth 1.69.0 asks of every theme: submit',
    );
    await themes('themes: { brand: { name: Brand, stylesheet: "b {}" } }');
    await apply();
    expect(await live('Brand')).toMatchObject({
      stylesheet: 'b {}',
      defaultMessages: expect.stringContaining('submit=Send\n'),
    });
    expect((await run('plan')).stderr).not.toContain('plan/missing-messages');
    await inStep();
  });

  it('that asks for a message which the file says in words of its own is no matter', async () => {
    await themes('themes: { brand: { name: Brand, defaultMessages: "login=Come aboard" } }');
    await apply();
    await upgrade('Brand', { messages: 'submit' });
    await themes('themes: { brand: { name: Brand, defaultMessages: "login=Come aboard\\nsubmit=Post it" } }');
    expect((await run('plan')).stderr).not.toContain('plan/missing-messages');
    await apply();
    expect((await live('Brand')).defaultMessages).toContain('submit=Post it\n');
    await inStep();
  });
});

describe('a pulled theme', () => {
  it('has what differs from the default theme and nothing else: one page, one message', async () => {
    const made = await api('POST', '/api/theme', { sourceThemeId: defaultTheme, theme: { name: 'Brand' } });
    const { id, defaultMessages } = made.theme;
    const messages = `${defaultMessages.replace('login=Log in', 'login=Come aboard')}ours=Only here\n`;
    await api('PATCH', `/api/theme/${id}`, { theme: { defaultMessages: messages, templates: { index: '<p>\n</p>' } } });
    expect((await run('pull')).exitCode).toBe(0);
    const pulled = await readFile(join(cwd, 'environments/prod/themes.yaml'), 'utf8');
    expect(await readFile(join(cwd, 'environments/prod/themes/brand/messages.properties'), 'utf8')).toBe(
      'login=Come aboard\nours=Only here\n',
    );
    expect(pulled).not.toContain('stylesheet');
    expect(pulled.match(/!file/g)).toHaveLength(2);
    await inStep();
  });
});

describe('a theme that is in use', () => {
  it('is not deleted, and the plan says by whom it is worn before anything is written', async () => {
    await themes('themes: { brand: { name: Brand } }\ntenants: { crew: { name: Crew, themeId: brand } }');
    await apply();
    writes();
    await themes('absent: { themes: [brand] }\ntenants: { crew: { name: Crew } }');
    const { stdout } = await run('plan');
    expect(stdout).toContain('plan/in-use');
    expect(stdout).toContain('tenant Crew');
    await run('apply', '--yes', '--allow', 'plan/irreversible');
    expect(writes()).toEqual([]);
    expect(await live('Brand')).toBeDefined();
  });

  it('is deleted once the same plan points its tenants to another one', async () => {
    await themes('themes: { brand: { name: Brand } }\ntenants: { crew: { name: Crew, themeId: brand } }');
    await apply();
    await themes('absent: { themes: [brand] }\ntenants: { crew: { name: Crew, themeId: "builtin:default-theme" } }');
    await apply();
    await expect(live('Brand')).rejects.toThrow('no theme Brand');
    await inStep();
  });
});
