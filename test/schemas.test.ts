import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { catalog } from '../src/catalog/index.js';

const require = createRequire(import.meta.url);
const schemas = new URL('../schemas/', import.meta.url);
const load = (name: string): object => require(`../schemas/${name}`) as object;
// As the loader compiles them: an unknown keyword or a loose union is a fault of the schema.
const strict = { allErrors: true, strict: true, allowUnionTypes: true, keywords: ['deprecationMessage'] };
const ajv = new Ajv(strict);
const file = ajv.compile(load('kedge.schema.json'));
const faults = (body: object): readonly string[] =>
  file({ version: 1, ...body }) ? [] : (file.errors ?? []).map((error) => `${error.instancePath} ${error.keyword}`);

describe('the schemas', () => {
  const names = [
    ...readdirSync(schemas).filter((name) => name.endsWith('.json') && name !== 'kedge.schema.json'),
    ...readdirSync(new URL('kinds/', schemas)).map((name) => `kinds/${name}`),
  ];

  it.each(names)('%s compiles in strict mode', (name) => {
    expect(() => ajv.compile(load(name))).not.toThrow();
  });

  it.each([...names, 'kedge.schema.json'])('%s needs no network: it refers to nothing outside itself', (name) => {
    const text = readFileSync(new URL(name, schemas), 'utf8');
    expect([...text.matchAll(/"\$ref": "(?!#\/definitions\/)[^"]*"/g)]).toEqual([]);
    expect(text).toMatch(/"\$id": "urn:kedge:/);
  });

  it.each(catalog.kinds.map((kind) => [kind.kind, kind.defaults] as const))(
    'takes the defaults of a %s, which pull leaves out',
    (name, defaults) => {
      // A compiler of its own: these ids are taken above.
      const validate = new Ajv(strict).compile(load(`kinds/${name}.schema.json`));
      validate(defaults);
      expect(validate.errors ?? []).toEqual([]);
    },
  );

  it('has one for every kind', () => {
    const kinds = catalog.kinds.map((kind) => `${kind.kind}.schema.json`);
    expect(readdirSync(new URL('kinds/', schemas)).sort()).toEqual(kinds.sort());
  });
});

describe('the schema of a file', () => {
  it('takes what a user writes', () => {
    expect(
      faults({
        tenants: {
          main: {
            name: 'Main',
            jwtConfiguration: { accessTokenKeyId: 'access-2026' },
            emailConfiguration: { host: 'smtp.internal', password: 'SMTP_PASSWORD', port: null },
          },
        },
        applications: {
          web: {
            id: '44444444-4444-4444-8444-444444444444',
            tenantId: 'main',
            name: 'Web',
            roles: [
              { name: 'admin', isSuperRole: true },
              { name: 'crew', was: 'sailor', isDefault: true },
            ],
            oauthConfiguration: { enabledGrants: ['authorization_code'], authorizedRedirectURLs: [] },
          },
          shop: { forEach: { tenant: ['main', 'harbour'] }, name: 'Shop' },
          fusionauth: { id: 'builtin:fusionauth-app' },
        },
        webhooks: { 'audit-sink': { url: 'https://siem.internal', tenantIds: ['main'], headers: { A: null } } },
        absent: { webhooks: ['old-sink'], roles: ['web/crew'], keys: [{ id: '44444444-4444-4444-8444-444444444444' }] },
        existing: {
          themes: { brand: { name: 'Corporate' } },
          applications: { hub: { tenantId: 'main', name: 'Hub' } },
        },
        moved: [{ kind: 'application', from: 'portal', to: 'web' }],
      }),
    ).toEqual([]);
  });

  it('takes null for every field, at any depth', () => {
    expect(
      faults({ tenants: { main: { connectorPolicies: [{ migrate: null }], themeId: null, data: { note: null } } } }),
    ).toEqual([]);
  });

  it.each([
    ['an unknown collection', { aplications: {} }, ' additionalProperties'],
    ['an unknown field', { tenants: { main: { isuer: 'x' } } }, '/tenants/main additionalProperties'],
    ['a field of the server', { tenants: { main: { insertInstant: 1 } } }, '/tenants/main additionalProperties'],
    [
      'the side of a link that tenants do not own',
      { tenants: { main: { webhookIds: [] } } },
      '/tenants/main additionalProperties',
    ],
    ['a value that is not offered', { lambdas: { claims: { type: 'JWT' } } }, '/lambdas/claims/type enum'],
    [
      'a fraction where numbers are whole',
      { webhooks: { sink: { readTimeout: 1.5 } } },
      '/webhooks/sink/readTimeout type',
    ],
    [
      'a role without a name',
      { applications: { web: { roles: [{ isDefault: true }] } } },
      '/applications/web/roles/0 required',
    ],
    ['a key that looks like a path', { themes: { 'a/b': {} } }, '/themes pattern'],
    ['a key that looks like a generated one', { themes: { 'a@b': {} } }, '/themes pattern'],
    ['a key that is a UUID', { themes: { '44444444-4444-4444-8444-444444444444': {} } }, '/themes pattern'],
    ['an id that is no UUID', { themes: { brand: { id: 'brand' } } }, '/themes/brand/id pattern'],
    [
      'an object to look up by nothing',
      { existing: { themes: { brand: {} } } },
      '/existing/themes/brand minProperties',
    ],
    ['a move of nothing', { moved: [{ kind: 'theme', from: 'a' }] }, '/moved/0 required'],
  ])('reports %s', (_, body, fault) => {
    expect(faults(body)).toContain(fault);
  });
});
