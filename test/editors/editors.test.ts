import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.js';
import { type LanguageServer, type Position, startLanguageServer } from './language-server.js';

const environments = new URL('../../environments/', import.meta.url);
let server: LanguageServer;
let count = 0;

beforeAll(async () => {
  server = await startLanguageServer();
});
afterAll(() => server.close());

/** Opens a file of the base environment; `|` in its text is where the cursor is. */
async function open(text: string): Promise<{ uri: string; at: Position; diagnostics: readonly string[] }> {
  const body = `# yaml-language-server: $schema=../../schemas/kedge.schema.json\nversion: 1\n${text}`;
  const before = body.slice(0, Math.max(body.indexOf('|'), 0)).split('\n');
  const uri = new URL(`base/editor-${(count += 1)}.yaml`, environments).href;
  const diagnostics = await server.open(uri, body.replace('|', ''));
  return { uri, at: { line: before.length - 1, character: before.at(-1)?.length ?? 0 }, diagnostics };
}

async function complete(text: string): Promise<readonly string[]> {
  const { uri, at } = await open(text);
  return server.complete(uri, at);
}

async function hover(text: string): Promise<string> {
  const { uri, at } = await open(text);
  return server.hover(uri, at);
}

describe('an editor with the YAML language server', { timeout: 60_000 }, () => {
  it('completes every collection', async () => {
    const collections = catalog.kinds.filter((kind) => kind.scope !== 'child').map((kind) => kind.collection);
    expect(await complete('|')).toEqual(expect.arrayContaining([...collections, 'absent', 'existing', 'moved']));
  });

  it.each([
    [
      'an application',
      'applications:\n  web:\n    name: Web\n    |',
      ['oauthConfiguration', 'tenantId', 'roles', 'id'],
    ],
    ['a part of a tenant', 'tenants:\n  acme:\n    emailConfiguration:\n      |', ['host', 'port', 'verifyEmail']],
    ['a webhook’s events', 'webhooks:\n  sink:\n    eventsEnabled:\n      |', ['user.create', 'entity.update']],
    ['the instance', 'systemConfiguration:\n  |', ['corsConfiguration', 'reportTimezone']],
  ])('completes the fields of %s', async (_, text, fields) => {
    expect(await complete(text)).toEqual(expect.arrayContaining(fields));
  });

  it('offers no field that the server owns or that only mirrors another', async () => {
    const offered = await complete('applications:\n  web:\n    |');
    expect(offered).not.toContain('insertInstant');
  });

  it('completes the values of a field, such as the types of identity providers', async () => {
    const types = await complete('identityProviders:\n  staff:\n    type: |\n');
    expect(types).toEqual(expect.arrayContaining(Object.keys(catalog.kind('identityProvider').types ?? {})));
    expect(await complete('lambdas:\n  claims:\n    type: |\n')).toEqual(expect.arrayContaining(['JWTPopulate']));
  });

  it('says what a field is, its default, since when, and that it is a secret', async () => {
    expect(await hover('tenants:\n  acme:\n    iss|uer: acme.example\n')).toContain('The iss claim of every token');
    expect(await hover('tenants:\n  acme:\n    base|URL: https://login.acme.example\n')).toContain(
      'Since FusionAuth 1.68.',
    );
    expect(await hover('tenants:\n  acme:\n    emailConfiguration:\n      pass|word: !secret env:SMTP\n')).toContain(
      '!secret env:NAME',
    );
    expect(await hover('applications:\n  web:\n    tenan|tId: acme\n')).toContain('logical key');
  });

  it('marks a field that does not exist, a value that is none, and a field that is no longer to be used', async () => {
    const { diagnostics } = await open(
      'tenants:\n  acme:\n    isuer: acme.example\nlambdas:\n  claims:\n    type: JWTPopulat\nwebhooks:\n  sink:\n    sslCertificate: PEM\n',
    );
    expect(diagnostics.join('\n')).toMatch(/^5: .*isuer/m);
    expect(diagnostics.join('\n')).toMatch(/^8: .*JWTPopulate/m);
    expect(diagnostics.join('\n')).toMatch(/^11: .*sslCertificateKeyId/m);
  });

  const files = readdirSync(environments, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  it.each(files)('has nothing against environments/%s', async (name) => {
    const uri = new URL(name, environments);
    expect(await server.open(uri.href, readFileSync(uri, 'utf8'))).toEqual([]);
  });
});
