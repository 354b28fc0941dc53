import { describe, expect, it } from 'vitest';
import { derivedId } from '../model/index.js';
import {
  acmeFiles,
  acmeProject,
  acmeSettings,
  findingLines,
  loadAcme,
  loadMain,
  resourcesOf,
} from '../testing/acme-repository.js';
import { createMemorySource, type FileSource } from './index.js';

/** The example that the README begins with. */
const example = `# yaml-language-server: $schema=../../schemas/kedge.schema.json
version: 1
tenants:
  main:
    name: Main
    issuer: !var issuer
    jwtConfiguration: { accessTokenKeyId: access-2026 }
    emailConfiguration: { host: smtp.internal, password: !secret env:SMTP_PASSWORD }
applications:
  web:
    tenantId: main
    name: Web
    roles: [{ name: admin, isSuperRole: true }, { name: crew, was: staff, id: 00000000-0000-4000-8000-00000000000A }]
    oauthConfiguration:
      authorizedRedirectURLs: [!sub "https://\${domain}/callback"]
webhooks:
  audit-sink: { url: !sub "https://siem.\${domain}/fusionauth", tenantIds: [main] }
lambdas:
  claims: { name: claims, type: JWTPopulate, body: !file lambdas/claims.js }
existing: { keys: { access-2026: { name: Access 2026 } } }
absent:
  webhooks: [old-sink]
`;

const exampleFiles = {
  'environments/base/tenants.yaml': example,
  'environments/base/lambdas/claims.js': 'function populate(jwt) {}\n',
};

describe('loadEnvironment', () => {
  it('turns a repository into the desired state', async () => {
    const result = await loadAcme(exampleFiles, { env: { ACME_KEY: 'k', SMTP_PASSWORD: 'hunter2' } });
    if (!result.ok) throw new Error(findingLines(result).join('\n'));
    const { desired } = result;
    const file = 'environments/base/tenants.yaml';
    expect(
      desired.resources.map(({ ref, parent, fields, at, id, was }) => [
        ref.kind,
        ref.key,
        parent?.key,
        at.line,
        id,
        was,
        fields,
      ]),
    ).toMatchObject([
      [
        'application',
        'web',
        undefined,
        10,
        undefined,
        undefined,
        {
          tenantId: 'main',
          name: 'Web',
          oauthConfiguration: { authorizedRedirectURLs: ['https://acme.test/callback'] },
        },
      ],
      ['lambda', 'claims', undefined, 19, undefined, undefined, { body: 'function populate(jwt) {}\n' }],
      ['role', 'web/roles/admin', 'web', 13, undefined, undefined, { name: 'admin', isSuperRole: true }],
      ['role', 'web/roles/crew', 'web', 13, '00000000-0000-4000-8000-00000000000a', 'staff', { name: 'crew' }],
      [
        'tenant',
        'main',
        undefined,
        4,
        undefined,
        undefined,
        { issuer: 'acme', emailConfiguration: { password: { source: 'env:SMTP_PASSWORD' } } },
      ],
      [
        'webhook',
        'audit-sink',
        undefined,
        17,
        undefined,
        undefined,
        { url: 'https://siem.acme.test/fusionauth', tenantIds: ['main'] },
      ],
    ]);
    expect(desired.childLists).toEqual([
      { parent: { kind: 'application', key: 'web' }, kind: 'role', mode: 'only', at: { file, line: 13, col: 12 } },
    ]);
    expect(desired.tombstones).toEqual([
      { ref: { kind: 'webhook', key: 'old-sink' }, at: { file, line: 22, col: 14 } },
    ]);
    expect(desired.existing).toMatchObject([
      { ref: { kind: 'key', key: 'access-2026' }, match: { name: 'Access 2026' } },
    ]);
    expect([desired.environment, desired.namespace]).toEqual(['production', acmeProject]);
    expect(result.warnings).toEqual([]);
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it('knows the place of every leaf and container, in the layer that won', async () => {
    const result = await loadMain('tenants:\n  main:\n    data: { list: [1, { "a/b": x }] }\n    name: Head\n');
    const file = 'environments/production/main.yaml';
    expect(Object.fromEntries(resourcesOf(result)['tenant/main']?.locations ?? [])).toEqual({
      '': { file, line: 4, col: 5 },
      '/name': { file, line: 5, col: 11 },
      '/data': { file, line: 4, col: 11 },
      '/data/list': { file, line: 4, col: 19 },
      '/data/list/0': { file, line: 4, col: 20 },
      '/data/list/1': { file, line: 4, col: 23 },
      '/data/list/1/a~1b': { file, line: 4, col: 32 },
    });
  });

  it('forEach makes one resource per tenant, with its roles', async () => {
    const result = await loadMain(`tenants: { fleet: { name: Fleet } }
applications:
  web:
    forEach: { tenant: [main, fleet] }
    name: !sub "Web of \${tenant}"
    roles: [{ name: admin, description: !var tenant }]
webhooks: { sink: { forEach: { tenant: [main] }, url: !sub "https://\${tenant}.acme.test", tenantIds: [!var tenant] } }
groups: { crew: { forEach: { tenant: [main] }, tenantId: fleet, name: Crew, roleIds: [!sub "web@\${tenant}/admin"] } }
`);
    const resources = resourcesOf(result);
    expect(resources['application/web@fleet']?.fields).toEqual({ tenantId: 'fleet', name: 'Web of fleet' });
    expect(resources['application/web@fleet']?.locations.get('/tenantId')).toMatchObject({ line: 5, col: 31 });
    expect(resources['role/web@main/roles/admin']?.fields).toEqual({ name: 'admin', description: 'main' });
    expect(resources['webhook/sink@main']?.fields).toEqual({ url: 'https://main.acme.test', tenantIds: ['main'] });
    expect(resources['group/crew@main']?.fields['tenantId']).toBe('fleet');
  });

  it('a forEach that makes no sense is refused', async () => {
    const result = await loadMain(`applications:
  a: { name: A, forEach: { tenants: [main] } }
  b: { name: B, forEach: { tenant: [] } }
  c: { name: C, forEach: { tenant: [main, main, 3, a/b, mian] } }
`);
    expect(findingLines(result)).toEqual([
      expect.stringContaining('3:26 desired/bad-type forEach takes one list, named tenant'),
      expect.stringContaining('4:36 desired/bad-type forEach has no tenants'),
      expect.stringContaining("5:43 desired/bad-type the tenant 'main' is in this forEach twice"),
      expect.stringContaining('5:49 desired/bad-type forEach takes logical keys of tenants, not a number'),
      expect.stringContaining("5:52 desired/bad-type 'a/b' is not a logical key of a tenant"),
      expect.stringContaining("5:57 desired/unknown-reference tenantId of the application 'c@mian'"),
    ]);
  });

  it('a resource that is wrong in its own words is refused', async () => {
    const result = await loadMain(`tenants:
  a: { name: A, id: my-tenant }
  b: { name: B, id: "builtin:default-tenan" }
  c: !only { name: C }
  d: { name: D, id: 3 }
  e: { name: E, id: "builtin:default-tenant" }
applications:
  w1: { name: W1, roles: { admin: {} } }
  w2: { name: W2, roles: [admin, { isDefault: true }, { name: a }, { name: a }, { name: !var none }] }
  w3: !atLeast { name: W3 }
`);
    expect(findingLines(result).map((line) => line.replace(/ \(.*/, '').replace('production/main.yaml:', ''))).toEqual([
      '3:21 desired/bad-type id is a UUID or builtin:<name>',
      "4:21 desired/unknown-reference no tenant is built in under the name 'default-tenan'",
      '5:12 desired/bad-tag !only stands on a list or map inside a tenant, not on the tenant itself',
      '6:21 desired/bad-type id is text, not a number',
      "9:26 desired/bad-type roles of the application 'w1' is a list, not a map",
      '10:27 desired/bad-type roles has text where a role should be',
      "10:34 desired/missing-field a role of 'w2' has no name",
      "10:68 desired/duplicate-identity roles of the application 'w2' has 'a' twice, first at environments/production/main.yaml:10:55",
      "10:94 desired/missing-variable there is no variable 'none'",
      '11:16 desired/bad-tag !atLeast stands on a list or map inside an application, not on the application itself',
    ]);
  });

  it('tells everything that is wrong in all files at once, by file and line', async () => {
    const result = await loadAcme({
      'environments/base/b.yaml': 'version: 1\ntenants: { b: { isuer: x, name: !var nme } }\n',
      'environments/production/a.yaml': 'version: 1\napplications: { web: { name: W, tenantId: nowhere } }\n',
      'environments/production/c.yaml': 'tenants: "\n',
      'environments/production/environment.yaml': acmeSettings.replace('ACME_KEY', 'OTHER_KEY'),
    });
    expect(findingLines(result).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'base/b.yaml:2:17 desired/unknown-field',
      'base/b.yaml:2:38 desired/missing-variable',
      'production/c.yaml:2:1 desired/yaml-syntax',
      'production/environment.yaml:3:58 desired/missing-secret',
    ]);
    expect(result.ok || result.findings[0]?.excerpt).toBe('tenants: { b: { isuer: x, name: !var nme } }');
  });

  it('a very long line is cut in the excerpt', async () => {
    const result = await loadMain(`tenants: { a: { name: A, isuer: ${'x'.repeat(500)} } }\n`);
    expect(result.ok || result.findings[0]?.excerpt).toHaveLength(201);
  });

  it('the order of files in the folder changes nothing', async () => {
    const files = acmeFiles({
      'environments/base/a.yaml': 'version: 1\napplications: { web: { name: Web, tenantId: main } }\n',
      'environments/base/z.yaml': 'version: 1\nlambdas: { claims: { body: x } }\n',
    });
    const memory = createMemorySource(files);
    const backwards: FileSource = {
      ...memory,
      list: async (folder) => [...((await memory.list(folder)) ?? [])].reverse(),
    };
    expect(await loadAcme({}, { source: backwards })).toEqual(await loadAcme({}, { source: memory }));
  });

  it('files larger than asked for are refused', async () => {
    const result = await loadAcme({}, { limits: { fileBytes: 60, depth: 10, aliasedNodes: 10 } });
    expect(findingLines(result)).toEqual([expect.stringContaining('desired/file-too-large')]);
  });
});

describe('map keys that are ids', () => {
  const id = '00000000-0000-4000-8000-000000000001';
  const derived = derivedId({ namespace: acmeProject, kind: 'application', key: 'portal' });
  const applications = `applications: { web: { name: Web, id: ${id} }, portal: { name: Portal } }\n`;
  const provider = (configuration: string): string =>
    `version: 1\nproviders: { google: { name: G, applicationConfiguration: ${configuration} } }\n`;

  it('are merged by what they name', async () => {
    const { withProviders, schemas } = await import('../testing/provider-catalog.js');
    const result = await loadAcme(
      {
        'environments/base/apps.yaml': `version: 1\n${applications}`,
        'environments/base/p.yaml': provider('{ web: { enabled: true }, portal: { enabled: true } }'),
        'environments/production/p.yaml': provider(
          `{ ${id}: { createRegistration: true }, ${derived}: { enabled: false } }`,
        ),
      },
      { catalog: withProviders, schemas },
    );
    expect(resourcesOf(result)['provider/google']?.fields['applicationConfiguration']).toEqual({
      web: { enabled: true, createRegistration: true },
      portal: { enabled: false },
    });
  });

  it('that name one application twice in one layer are refused, and unknown ones named', async () => {
    const { withProviders, schemas } = await import('../testing/provider-catalog.js');
    const result = await loadAcme(
      {
        'environments/base/apps.yaml': `version: 1\n${applications}`,
        'environments/base/p.yaml': provider(`{ web: {}, ${id}: {}, portl: {} }`),
      },
      { catalog: withProviders, schemas },
    );
    expect(findingLines(result)).toEqual([
      expect.stringContaining(
        `2:70 desired/duplicate-key '${id}' and 'web' at environments/base/p.yaml:2:61 are one object`,
      ),
      expect.stringContaining(
        "desired/unknown-reference applicationConfiguration.portl of the provider 'google' names the application 'portl'",
      ),
    ]);
  });

  it('that no file names stay ids, and what is no map is left as it is for the schema', async () => {
    const { withProviders, schemas } = await import('../testing/provider-catalog.js');
    const unknown = '00000000-0000-4000-8000-000000000002';
    const stamped = derivedId({ namespace: acmeProject, kind: 'application', key: 'shop' });
    const load = (file: string) => loadAcme({ 'environments/base/p.yaml': file }, { catalog: withProviders, schemas });
    const result = await load(provider(`{ ${unknown}: { enabled: true }, ${stamped}: { enabled: true } }`));
    expect(Object.keys(Object(resourcesOf(result)['provider/google']?.fields['applicationConfiguration']))).toEqual([
      unknown,
      stamped,
    ]);
    const list = resourcesOf(await load(provider('[web]')))['provider/google'];
    expect(list?.fields['applicationConfiguration']).toEqual(['web']);
    const bare = await load('version: 1\nproviders: { google: { name: G } }\n');
    expect(resourcesOf(bare)['provider/google']?.fields).toEqual({ name: 'G' });
  });
});
