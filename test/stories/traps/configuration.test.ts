import { describe, expect, test } from 'vitest';
import { changesOf, useRepository } from '../support/repository.js';

const repository = useRepository();
const { call } = repository;

async function named(path: string, list: string, name: string): Promise<any> {
  return (await call('GET', path))[list].find((item: { name: string }) => item.name === name);
}

test('trap: a PUT of a tenant names its webhooks, or the tenant loses them', async () => {
  const files = (issuer: string): string => `tenants:
  fleet: { name: Fleet, issuer: ${issuer} }
webhooks:
  ours: { url: "https://ours.example", connectTimeout: 1000, readTimeout: 1000, tenantIds: [fleet] }`;
  await repository.files(files('old.example'));
  await repository.settle();
  const { id } = await named('/api/tenant', 'tenants', 'Fleet');
  const webhook = { url: 'https://theirs.example', connectTimeout: 1000, readTimeout: 1000, tenantIds: [id] };
  await call('POST', '/api/webhook', { webhook });
  await repository.files(files('new.example'));
  await repository.settle();
  const { webhooks } = await call('GET', '/api/webhook');
  expect(webhooks.map(({ tenantIds }: { tenantIds: unknown }) => tenantIds)).toEqual([[id], [id]]);
});

test('trap: a webhook for all tenants that names some keeps them through a PUT of the tenant', async () => {
  const files = (issuer: string, timeout: number): string => `tenants:
  fleet: { name: Fleet, issuer: ${issuer} }
webhooks:
  ours: { url: "https://ours.example", connectTimeout: 1000, readTimeout: ${timeout}, global: true, tenantIds: [fleet] }`;
  await repository.files(files('old.example', 1000));
  await repository.settle();
  await repository.files(files('new.example', 2000));
  await repository.settle();
  const { id } = await named('/api/tenant', 'tenants', 'Fleet');
  const { webhooks } = await call('GET', '/api/webhook');
  expect(webhooks).toMatchObject([{ tenantIds: [id], readTimeout: 2000 }]);
});

test('trap: a PUT of a group has its roles beside it, also where the files do not own them', async () => {
  const files = (more: string): string => `applications:
  web: { name: Web, roles: [{ name: admin }] }
groups:
  crew: { name: Crew, ${more} }`;
  await repository.files(files('roleIds: [web/admin]'));
  await repository.settle();
  await repository.files(files('data: { site: north }'));
  await repository.settle();
  const { roles } = await named('/api/group', 'groups', 'Crew');
  expect(Object.values(roles).flat()).toMatchObject([{ name: 'admin' }]);
});

test('trap: a PATCH appends to lists: kedge sends none, and a list becomes what is written', async () => {
  const files = (urls: string): string =>
    `applications:\n  web: { name: Web, oauthConfiguration: { authorizedRedirectURLs: [${urls}] } }`;
  await repository.files(files('"https://a.example", "https://b.example"'));
  await repository.settle();
  await repository.files(files('"https://b.example", "https://c.example"'));
  repository.writes();
  await repository.settle();
  expect(repository.writes()).toEqual(['PUT /api/application/{applicationId}']);
  const { oauthConfiguration } = await named('/api/application', 'applications', 'Web');
  expect(new Set(oauthConfiguration.authorizedRedirectURLs)).toEqual(
    new Set(['https://b.example', 'https://c.example']),
  );
});

describe('trap: what FusionAuth rewrites is no drift', () => {
  test.each([
    ['names of tenants', 'tenants: { fleet: { name: " Fleet " } }'],
    [
      'names and texts of roles',
      'applications: { web: { name: Web, roles: [{ name: admin, description: " all " }] } }',
    ],
    [
      'texts of templates',
      'emailTemplates: { hello: { name: Hello, defaultSubject: " Hi ", defaultHtmlTemplate: "<p>Hi\\r\\n</p>\\n", defaultTextTemplate: "Hi\\n" } }',
    ],
    ['texts of reasons', 'userActionReasons: { late: { code: " late ", text: " Late " } }'],
    ['fields of forms that it knows', 'formFields: { mail: { name: Mail, key: user.email, required: true } }'],
    ['control and type of a password', 'formFields: { word: { name: Word, key: user.password } }'],
    [
      'options of yes and no',
      'formFields: { news: { name: News, key: user.data.news, control: checkbox, type: bool, options: ["False", "True"] } }',
    ],
    ['the producer of Kafka', 'integrations: { kafka: { enabled: false, producer: { acks: all } } }'],
    ['the order of methods', 'systemConfiguration: { corsConfiguration: { allowedMethods: [PUT, GET, PATCH] } }'],
    [
      'the order of address ranges',
      'ipAccessControlLists: { office: { name: Office, entries: [{ startIPAddress: 10.0.0.9, endIPAddress: 10.0.0.10, action: Allow }, { startIPAddress: 10.0.0.1, endIPAddress: 10.0.0.8, action: Allow }, { startIPAddress: "*", action: Block }] } }',
    ],
    [
      'domains in capitals',
      'identityProviders: { partner: { name: Partner, type: OpenIDConnect, domains: [Partner.Example], oauth2: { client_id: a, client_secret: !secret env:PROVIDER_SECRET, issuer: "https://partner.example" } } }',
    ],
    [
      'the permission for API keys',
      'apiKeys: { deploy: { name: Deploy, permissions: { endpoints: { /api/api-key: [GET], /api/user: [GET] } } } }',
    ],
  ])('%s', async (_, files) => {
    await repository.files(files);
    await repository.settle();
    await repository.forget();
    expect(changesOf(await repository.plan())).toEqual([]);
  });
});

test('trap: the endpoints of an API key are complete, and one that somebody added is taken away', async () => {
  await repository.files('apiKeys: { deploy: { name: Deploy, permissions: { endpoints: { /api/user: [GET] } } } }');
  await repository.settle();
  const [planned] = (await repository.plan()).kept;
  const path = `/api/api-key/${planned?.id}`;
  const { apiKey } = await call('GET', path);
  apiKey.permissions.endpoints['/api/tenant'] = ['DELETE'];
  await call('PUT', path, { apiKey });
  expect(changesOf(await repository.plan())).toEqual(['update apiKey/deploy: /permissions/endpoints']);
  await repository.settle();
  expect((await call('GET', path)).apiKey.permissions.endpoints).toEqual({ '/api/user': ['GET'] });
});

describe('trap: the default tenant and the FusionAuth application', () => {
  const builtIns = (tenant: string): string => `tenants:
  main: { id: "builtin:default-tenant", ${tenant} }
applications:
  admin: { id: "builtin:fusionauth-app", data: { managed: kedge } }`;

  test('are managed by what they are, whatever they are called, and never made or deleted', async () => {
    await repository.files(builtIns('issuer: north.example'));
    await repository.settle();
    const { id, name } = (await call('GET', '/api/tenant')).tenants[0];
    await call('PATCH', `/api/tenant/${id}`, { tenant: { name: 'Harbour' } });
    await repository.files(builtIns('issuer: south.example'));
    await repository.settle();
    expect((await call('GET', '/api/tenant')).tenants).toMatchObject([
      { id, name: 'Harbour', issuer: 'south.example' },
    ]);
    expect(name).not.toBe('Harbour');
    await repository.write({
      'environments/harbour/environment.yaml': `instance: { url: "${repository.sandbox().url}", apiKey: !secret env:KEDGE_API_KEY }
policy: { kinds: { tenants: { prune: true }, applications: { prune: true } } }`,
    });
    await repository.files('lambdas: { claims: { name: Claims, type: JWTPopulate, body: "function populate() {}" } }');
    expect(changesOf(await repository.plan())).toEqual(['create lambda/claims']);
  });

  test('roles of the FusionAuth application cannot be changed', async () => {
    await repository.files('applications: { admin: { id: "builtin:fusionauth-app", roles: [{ name: captain }] } }');
    await expect(repository.apply()).rejects.toMatchObject({ code: 'plan/protected' });
  });
});

test('trap: singletons are written as one map, and what nobody wrote stays', async () => {
  await repository.files('systemConfiguration: { auditLogConfiguration: { delete: { enabled: true } } }');
  await repository.settle();
  const { systemConfiguration } = await call('GET', '/api/system-configuration');
  expect(systemConfiguration.auditLogConfiguration.delete).toMatchObject({ enabled: true, numberOfDaysToRetain: 365 });
  expect(systemConfiguration.reportTimezone).toBe('America/Denver');
});

test('trap: a permission of an entity type cannot be renamed: it is planned as another one, with what it costs', async () => {
  const files = (permission: string): string => `entityTypes: { ship: { name: Ship, permissions: [${permission}] } }`;
  await repository.files(files('{ name: read }'));
  await repository.settle();
  await repository.files(files('{ name: watch, was: read }'));
  repository.writes();
  const { plan } = await repository.apply();
  expect(plan.withheld).toMatchObject([{ code: 'plan/immutable-field', change: { op: 'replace' } }]);
  expect(repository.writes()).toEqual([]);
});

test('trap: address ranges that overlap are refused by the server, and nothing else is lost', async () => {
  await repository.files(`lambdas: { claims: { name: Claims, type: JWTPopulate, body: "function populate() {}" } }
ipAccessControlLists:
  office:
    name: Office
    entries:
      - { startIPAddress: 10.0.0.1, endIPAddress: 10.0.0.9, action: Allow }
      - { startIPAddress: 10.0.0.5, endIPAddress: 10.0.0.20, action: Allow }
      - { startIPAddress: "*", action: Block }`);
  const { outcomes } = await repository.apply();
  expect(outcomes.map(({ result, change }) => `${result} ${change.ref.key}`)).toContain('applied claims');
});

describe('trap: `keyId` and `defaultKeyId` repeat the first of the verification keys since 1.69', () => {
  const files = (name: string, keys: string): string => `keys:
  first: { name: First, algorithm: RS256, length: 2048 }
  second: { name: Second, algorithm: RS256, length: 2048 }
identityProviders:
  tokens: { name: ${name}, type: ExternalJWT, headerKeyParameter: kid, ${keys}, oauth2: { uniqueIdClaim: sub } }`;

  test('another list is sent without the copy, which would win', async () => {
    await repository.files(files('Tokens', 'verificationKeyIds: [first]'));
    await repository.settle();
    await repository.files(files('Tokens', 'verificationKeyIds: [second]'));
    await repository.settle();
    const { verificationKeyIds, defaultKeyId } = await named('/api/identity-provider', 'identityProviders', 'Tokens');
    expect(verificationKeyIds).toEqual([defaultKeyId]);
  });
});

describe('trap: what is written empty becomes empty', () => {
  test('a blank text of a scope, beside another change of it', async () => {
    const files = (scope: string): string =>
      `applications: { web: { name: Web, scopes: [{ name: ships, ${scope} }] } }`;
    await repository.files(files('defaultConsentMessage: See your ships, description: Ships'));
    await repository.settle();
    await repository.files(files('defaultConsentMessage: "", description: All ships'));
    await repository.settle();
    const { scopes } = await named('/api/application', 'applications', 'Web');
    expect(scopes).toMatchObject([{ name: 'ships', description: 'All ships' }]);
    expect(scopes[0].defaultConsentMessage ?? '').toBe('');
  });

  test('the data of a theme', async () => {
    await repository.files('themes: { brand: { name: Brand, data: { owner: crew } } }');
    await repository.settle();
    await repository.files('themes: { brand: { name: Brand, data: {} } }');
    await repository.settle();
    expect((await named('/api/theme', 'themes', 'Brand')).data ?? {}).toEqual({});
  });

  test('the settings of a Kafka producer, which FusionAuth fills with those of a local one', async () => {
    await repository.files('integrations: { kafka: { producer: { "bootstrap.servers": "kafka.example:9092" } } }');
    await repository.settle();
    await repository.files('integrations: { kafka: { producer: {} } }');
    await repository.settle();
    const { integrations } = await call('GET', '/api/integration');
    expect(integrations.kafka.producer['bootstrap.servers']).toBe('localhost:9092');
  });
});
