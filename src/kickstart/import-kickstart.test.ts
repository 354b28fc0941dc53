import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { catalog } from '../catalog/index.js';
import { KedgeError } from '../model/index.js';
import { importKickstart, type ImportKickstartOptions } from './import-kickstart.js';

const application = '6f2c1f4e-2a8d-4b0a-9d6c-0a4f0d1f7c11';
const other = '6f2c1f4e-2a8d-4b0a-9d6c-0a4f0d1f7c12';
const third = '6f2c1f4e-2a8d-4b0a-9d6c-0a4f0d1f7c13';

interface Written {
  readonly method?: string;
  readonly url?: string;
  readonly tenantId?: unknown;
  readonly contentType?: string;
  readonly body?: unknown;
  readonly [stranger: string]: unknown;
}

const post = (path: string, body: unknown): Written => ({ method: 'POST', url: `/api/${path}`, body });
const patch = (path: string, body: unknown, contentType?: string): Written => {
  return { method: 'PATCH', url: `/api/${path}`, body, ...(contentType !== undefined && { contentType }) };
};

function imported(kickstart: object | string, more: Partial<ImportKickstartOptions> = {}) {
  const result = importKickstart({
    catalog,
    file: 'kickstart.json',
    text: typeof kickstart === 'string' ? kickstart : JSON.stringify(kickstart, null, 1),
    environment: 'base',
    namespace: '',
    read: (path) => {
      throw new Error(`there is no file ${path}`);
    },
    ...more,
  });
  const notes = result.notes.map(({ kind, object, field = '', message }) => `${kind} ${object} ${field}: ${message}`);
  const yaml = (name: string) => parse(result.files.get(`${name}.yaml`) ?? 'null', { logLevel: 'silent' });
  const everything = JSON.stringify([...result.files, result.data, result.notes, result.secrets]);
  return { ...result, told: notes, yaml, everything };
}

function of(requests: readonly Written[], more: Partial<ImportKickstartOptions> = {}) {
  return imported({ requests }, more);
}

function refusal(requests: readonly unknown[]): readonly string[] {
  try {
    imported({ requests });
  } catch (error) {
    if (error instanceof KedgeError) return error.findings.map(({ message }) => message);
    throw error;
  }
  return [];
}

describe('what requests make, one after the other', () => {
  it('is written as it is at the end', () => {
    const { yaml } = of([
      post(`application/${application}`, {
        application: { name: 'Web', roles: ['crew', { name: 'admin', isSuperRole: true }] },
      }),
      patch(`application/${application}`, {
        application: { oauthConfiguration: { authorizedRedirectURLs: ['https://a.example/'] } },
      }),
      patch(`application/${application}`, {
        application: { oauthConfiguration: { authorizedRedirectURLs: ['https://b.example/'] } },
      }),
      {
        ...post(`/application/${application}/role/${other}`, { role: { name: 'guest' } }),
        url: `/api/application/${application}/role/${other}#x`,
      },
      post(`application/${application}/scope`, { scope: { name: 'ships' } }),
      post(`key/generate/${other}`, { key: { name: 'Access', algorithm: 'ES256' } }),
      {
        method: 'PUT',
        url: '/api/system-configuration',
        body: { systemConfiguration: { reportTimezone: 'Europe/Athens' } },
      },
    ]);
    expect(yaml('applications').applications).toEqual({
      web: {
        id: application,
        tenantId: 'builtin:default-tenant',
        name: 'Web',
        oauthConfiguration: { authorizedRedirectURLs: ['https://a.example/', 'https://b.example/'] },
        roles: [{ name: 'admin', isSuperRole: true }, { name: 'crew' }, { id: other, name: 'guest' }],
        scopes: [{ name: 'ships' }],
      },
    });
    expect(yaml('keys').keys).toEqual({ access: { id: other, name: 'Access', algorithm: 'ES256' } });
    expect(yaml('system-configuration').systemConfiguration).toEqual({ reportTimezone: 'Europe/Athens' });
  });

  it('gives references the names of what they lead to, and tenants of requests to objects', () => {
    const { yaml } = imported({
      variables: { crew: '#{UUID()}', theme: '#{UUID()}' },
      requests: [
        post('theme/#{theme}', { sourceThemeId: '75a068fd-e94b-451a-9aeb-3ddb9a3b5987', theme: { name: 'Harbour' } }),
        patch('theme/#{theme}', { theme: { stylesheet: 'body {}' } }),
        post('tenant/#{crew}', {
          sourceTenantId: '#{FUSIONAUTH_TENANT_ID}',
          tenant: { name: 'Crew', themeId: '#{theme}' },
        }),
        { ...post('group', { group: { name: 'Guests' }, roleIds: [] }), tenantId: '#{crew}' },
        { ...patch('tenant/#{FUSIONAUTH_TENANT_ID}', { tenant: { issuer: 'harbour.example' } }), tenantId: null },
        post(`tenant-manager/identity-provider/Google`, { typeConfiguration: { linkingStrategy: 'LinkByUsername' } }),
      ],
    });
    expect(yaml('tenants').tenants).toMatchObject({
      crew: { themeId: 'harbour' },
      default: { issuer: 'harbour.example' },
    });
    expect(yaml('groups').groups).toEqual({ guests: { tenantId: 'crew', name: 'Guests' } });
    expect(yaml('tenant-manager-configuration')).toMatchObject({
      tenantManagerConfiguration: {
        identityProviderTypeConfigurations: { Google: { linkingStrategy: 'LinkByUsername' } },
      },
    });
  });

  it('copies an application with its roles, less its credentials', () => {
    const { yaml } = of([
      post(`application/${application}`, {
        application: {
          name: 'Web',
          roles: [{ name: 'crew' }],
          oauthConfiguration: { clientId: application, logoutURL: 'https://a.example/' },
        },
      }),
      post(`application/${other}`, { sourceApplicationId: application, application: { name: 'App', roles: [] } }),
      post('application', { sourceApplicationId: application.toUpperCase(), application: { name: 'Kiosk' } }),
    ]);
    const oauthConfiguration = { logoutURL: 'https://a.example/' };
    expect(yaml('applications').applications).toMatchObject({
      app: { oauthConfiguration },
      kiosk: { oauthConfiguration, roles: [{ name: 'crew' }] },
    });
    expect(yaml('applications').applications.app).not.toHaveProperty('roles');
    expect(yaml('applications').applications.kiosk.oauthConfiguration).toEqual(oauthConfiguration);
  });

  it('keeps the ids of children, and has grants that it does not understand as data', () => {
    const { data, yaml } = of([
      post(`application/${application}`, { application: { name: 'Web', roles: [{ id: other, name: 'crew' }] } }),
      post(`entity/${other}/grant`, []),
      post('tenant-manager/identity-provider/Google', []),
    ]);
    expect(yaml('applications').applications.web.roles).toEqual([{ id: other, name: 'crew' }]);
    expect(JSON.parse(data ?? '').requests).toMatchObject([{ url: `/api/entity/${other}/grant` }]);
  });

  it('is what a JSON Patch makes of it', () => {
    const { yaml } = of([
      post(`application/${application}`, { application: { name: 'Web' } }),
      patch(
        `application/${application}`,
        [{ op: 'add', path: '/application/name', value: 'Crew' }],
        'application/json-patch+json',
      ),
      patch('tenant-manager/identity-provider/Google', {}),
    ]);
    expect(yaml('applications').applications).toMatchObject({ crew: { name: 'Crew' } });
  });

  it('has grants to entities as configuration, and those to users as data', () => {
    const { yaml, data } = of([
      post(`entity/type/${application}`, { entityType: { name: 'API', permissions: [{ name: 'read' }] } }),
      post(`entity/${other}`, { entity: { name: 'A', type: { id: application } } }),
      post(`entity/${third}`, { entity: { name: 'B', type: { id: application } } }),
      post(`entity/${other}/grant`, { grant: { recipientEntityId: third, permissions: ['read'] } }),
      post(`entity/${other}/grant`, { grant: { recipientEntityId: third, permissions: [] } }),
      post(`entity/${other}/grant`, { grant: { userId: application } }),
    ]);
    expect(yaml('entities').entities.a.grants).toHaveLength(2);
    expect(JSON.parse(data ?? '').requests).toMatchObject([
      { url: `/api/entity/${other}/grant`, body: { grant: { userId: application } } },
    ]);
  });
});

it('says which objects nothing would find where the kickstart ran', () => {
  const { told } = of([
    post('webhook', { webhook: { url: 'https://siem.example/' } }),
    post('group', { group: { name: 'Guests' } }),
    post(`lambda/${other}`, { lambda: { name: 'Claims', type: 'JWTPopulate', body: 'x' } }),
  ]);
  expect(told).toEqual([
    'webhook siem-example : has no id of its own: where the kickstart ran already, an apply would make a second one',
  ]);
});

describe('what is not imported is told, with its place', () => {
  it('beside the requests', () => {
    const { notes } = imported({
      apiKeys: [{ key: 'x' }, 7],
      settings: {},
      colour: 'red',
      license: 'x',
      licenseId: 'x',
    });
    expect(notes.map(({ at, object, message }) => [at?.line, object, message.replace(/:.*/, '')])).toEqual([
      [2, 'apiKeys', 'keys that are made before the first request are not imported'],
      [8, 'settings', 'is for the first start only'],
      [9, 'colour', 'is nothing that a kickstart has'],
      [10, 'license', 'is for the first start only'],
      [11, 'licenseId', 'is for the first start only'],
    ]);
  });

  it('in a request', () => {
    const { told } = of([
      { ...post('reactor', { license: 'x' }) },
      { ...post('tenant', { tenant: { name: 'Crew' }, webhookIds: [], eventInfo: {} }), headers: {} },
      { ...post('group?x=1', { group: { name: 'Guests' } }) },
    ]);
    expect(told).toEqual([
      'request POST /api/reactor : gives a licence, which is for one instance only: not imported',
      'request POST /api/tenant : headers means nothing to kedge: not imported',
      'request POST /api/tenant : webhookIds in its body is not imported',
      'request POST /api/group : what follows ? in the url means nothing to kedge: not imported',
    ]);
  });
});

describe('what is not understood', () => {
  it.each([
    [post('ship', {}), 'POST /api/ship is about nothing that kedge knows'],
    [post('application/search', {}), 'POST /api/application/search is about nothing that kedge knows'],
    [
      post(`system-configuration/${other}`, {}),
      `POST /api/system-configuration/${other} is about nothing that kedge knows`,
    ],
    [
      post(`application/x/role/${other}`, { role: {} }),
      `POST /api/application/x/role/${other} is about nothing that kedge knows`,
    ],
    [
      post(`application/${other}/role`, { role: {} }),
      `POST /api/application/${other}/role is about an object that no request before it made`,
    ],
    [
      patch(`tenant/${other}`, { tenant: {} }),
      `PATCH /api/tenant/${other} is about an object that no request before it made`,
    ],
    [
      post(`entity/${other}/grant`, { grant: {} }),
      `POST /api/entity/${other}/grant is about an object that no request before it made`,
    ],
    [post('tenant', { name: 'Crew' }), 'POST /api/tenant has no "tenant" in its body'],
    [post('tenant', 'Crew'), 'POST /api/tenant has no "tenant" in its body'],
    [post('tenant', { sourceTenantId: other, tenant: {} }), 'POST /api/tenant copies an object that is not there'],
    [
      post('application', { application: { name: 'x', roles: [7] } }),
      'POST /api/application has roles or scopes that are not understood',
    ],
    [
      post('application', { application: { name: 'x', scopes: {} } }),
      'POST /api/application has roles or scopes that are not understood',
    ],
    [post('tenant/3c219e58-ed0e-4b18-ad48-f4f92793ae32', { tenant: {} }), undefined],
    [
      post('application/3c219e58-ed0e-4b18-ad48-f4f92793ae32', { application: {} }),
      'POST /api/application/3c219e58-ed0e-4b18-ad48-f4f92793ae32 makes an object that is there already',
    ],
    [
      patch('application/3c219e58-ed0e-4b18-ad48-f4f92793ae32', [{ op: 'test' }], 'application/json-patch+json'),
      'PATCH /api/application/3c219e58-ed0e-4b18-ad48-f4f92793ae32 has a body that is not understood',
    ],
    [
      patch('application/3c219e58-ed0e-4b18-ad48-f4f92793ae32', []),
      'PATCH /api/application/3c219e58-ed0e-4b18-ad48-f4f92793ae32 has no "application" in its body',
    ],
  ])('is refused: %j', (request, message) => {
    expect(refusal([request])).toEqual(message === undefined ? [] : [`/requests/0: ${message}`]);
  });

  it('is told all at once', () => {
    const many = [post('ship', {}), post('tenant', { tenant: { name: 'Crew' } }), post('harbour', {})];
    expect(refusal(many)).toHaveLength(2);
    expect(() => of(many)).toThrow('2 requests are not understood; nothing was written');
    const odd = { method: 'DELETE', url: '/api/tenant' };
    expect(refusal([odd, post('harbour', {})])).toEqual([
      '/requests/0/method: "method" must be POST, PUT or PATCH',
      '/requests/1: POST /api/harbour is about nothing that kedge knows',
    ]);
    expect(() => of([post('ship', {})])).toThrow('/requests/0: POST /api/ship is about nothing that kedge knows');
  });

  it.each([
    ['[]', 'a kickstart must be an object'],
    [{ variables: [] }, '/variables: "variables" must be an object'],
    [{ variables: { defaultTenantId: 7 } }, '/variables/defaultTenantId: "defaultTenantId" must be an id'],
    [{ requests: {} }, '/requests: "requests" must be a list'],
    [{ requests: ['x'] }, '/requests/0: a request must be an object'],
    [
      { requests: [{ method: 'DELETE', url: '/api/tenant' }] },
      '/requests/0/method: "method" must be POST, PUT or PATCH',
    ],
    [{ requests: [{}] }, '/requests/0: "method" must be POST, PUT or PATCH'],
    [{ requests: [{ method: 'POST' }] }, '/requests/0: a request needs a "url"'],
    [{ requests: [{ method: 'POST', url: ['x'] }] }, '/requests/0/url: "url" must be a text'],
    [{ requests: ['&{x.json}'] }, '/requests/0: x.json cannot be included: there is no file x.json'],
  ])('ends the import where it is no kickstart: %j', (kickstart, message) => {
    expect(() => imported(kickstart)).toThrow(message);
  });

  it('is a bug where it is nothing of these', () => {
    const read = (): string => {
      throw new TypeError('bug');
    };
    expect(() => imported({ requests: [] }, { catalog: { ...catalog, kinds: undefined as never }, read })).toThrow(
      TypeError,
    );
  });
});

describe('what the environment decides', () => {
  const kickstart = {
    variables: { defaultTenantId: third, mail: '#{ENV.MAIL}' },
    requests: [
      post('application/#{ENV.APP_ID}', {
        application: {
          name: '#{ENV.BRAND} web',
          data: { '#{ENV.KEY}': 1 },
          oauthConfiguration: { clientSecret: '#{ENV.WEB_SECRET}', logoutURL: '#{ENV.LOGOUT}' },
          verificationEmailTemplateId: '#{mail}',
        },
      }),
      post(`webhook/${other}`, {
        webhook: {
          url: 'https://siem.example/',
          headers: { Authorization: 'Bearer #{ENV.TOKEN}' },
          httpAuthenticationPassword: 'hush-hush',
        },
      }),
      post(`user/registration`, {
        user: { email: '#{ENV.ADMIN}', id: '#{UUID()}' },
        registration: { applicationId: '#{ENV.APP_ID}' },
      }),
    ],
  };

  it('stays so, at a secret as a secret', () => {
    const { data, files, secrets, told, yaml } = imported(kickstart);
    const text = files.get('applications.yaml') ?? '';
    expect(text).toContain('clientSecret: !secret env:WEB_SECRET');
    expect(text).toContain('logoutURL: !env LOGOUT');
    expect(text).toContain('name: !sub ${BRAND} web');
    expect(text).not.toMatch(/^ {4}id:/m);
    expect(secrets).toEqual([
      { name: 'WEB_SECRET', kind: 'application', object: 'brand-web', field: 'oauthConfiguration.clientSecret' },
    ]);
    expect(yaml('webhooks').webhooks).toEqual({ 'siem-example': { id: other, url: 'https://siem.example/' } });
    expect(told).toEqual([
      'request POST /api/application/#{ENV.APP_ID} : its id is from the environment: kedge gives it another',
      'application brand-web verificationEmailTemplateId: refers to the emailTemplate #{ENV.MAIL}, which is not pulled: its id is written',
      'webhook siem-example headers.Authorization: a secret that is made of several parts: left un-owned',
      'webhook siem-example httpAuthenticationPassword: a secret, written in clear in the kickstart: left un-owned',
      'environment BRAND : write it into environment.yaml: variables: { BRAND: !env BRAND }',
      expect.stringMatching(/^environment #\{ENV\.KEY\} : is where YAML takes nothing from the environment: /),
      'data one request : are about users or other data, which kedge does not manage: listed apart, without passwords',
    ]);
    expect(JSON.parse(data ?? '').requests).toMatchObject([
      { body: { user: { email: '#{ENV.ADMIN}', id: '#{UUID()}' }, registration: { applicationId: 'brand-web' } } },
    ]);
  });

  it('gives all secrets where that is wished', () => {
    const { files, secrets } = imported(kickstart, { secrets: 'env' });
    expect(secrets.map(({ name }) => name)).toEqual([
      'WEBHOOKS_SIEM_EXAMPLE_HEADERS_AUTHORIZATION',
      'WEBHOOKS_SIEM_EXAMPLE_HTTP_AUTHENTICATION_PASSWORD',
      'WEB_SECRET',
    ]);
    expect(files.get('webhooks.yaml')).toContain(
      'Authorization: !secret env:WEBHOOKS_SIEM_EXAMPLE_HEADERS_AUTHORIZATION',
    );
  });

  it.each([
    [
      { name: 'Sign', algorithm: 'RS256', publicKey: 'public', privateKey: '#{ENV.PEM}' },
      undefined,
      { publicKey: 'public', privateKey: 'env:PEM', type: 'RSA' },
    ],
    [
      { name: 'Sign', algorithm: 'HS256', secret: 'hush-hush' },
      'env',
      { secret: 'env:KEYS_SIGN_SECRET', type: 'HMAC' },
    ],
    [{ name: 'Sign', algorithm: 'RS256', publicKey: 'public', privateKey: 'hush-hush' }, undefined, {}],
    [{ name: 'Sign', algorithm: 'HS256', secret: 'hush-hush' }, undefined, {}],
    [{ name: 'Sign', algorithm: 'Ed25519' }, undefined, {}],
  ] as const)('gives the material of the key %j', (key, secrets, material) => {
    const { algorithm, name } = key;
    const result = of([post(`key/import/${other}`, { key })], { secrets });
    expect(result.yaml('keys').keys.sign).toEqual({ id: other, name, algorithm, ...material });
    expect(result.everything).not.toContain('hush');
    expect(result.told).toHaveLength(Object.keys(material).length === 0 ? 1 : 0);
  });
});

describe('a secret of a kickstart', () => {
  it('lands nowhere, wherever else it stands', () => {
    const { told, everything, yaml } = imported({
      variables: { key: 'hush-api-key-1' },
      apiKeys: [{ key: '#{key}' }],
      license: 'hush-license-1',
      'hush-api-key-1': true,
      requests: [
        post(`lambda/${application}`, {
          lambda: { name: 'Claims', type: 'JWTPopulate', body: 'const key = "#{key}";\n// more\n' },
        }),
        post('webhook', { webhook: { url: 'https://siem.example/?key=hush-api-key-1' } }),
        post(`application/${other}`, {
          application: {
            name: 'hush-smtp-1',
            roles: [{ name: 'crew', description: 'hush-api-key-1' }, { name: 'hush-license-1' }],
            data: { 'hush-smtp-1': 1, list: ['hush-smtp-1'] },
          },
        }),
        patch('tenant/#{FUSIONAUTH_TENANT_ID}', {
          tenant: { emailConfiguration: { host: 'smtp.example', password: 'hush-smtp-1' } },
        }),
        { ...post('user', { user: { username: 'hush-smtp-1', password: 'hush-user-1' } }), 'hush-user-1': 1 },
        post('group/hush-user-1', { group: { name: 'Guests' } }),
      ].slice(0, 5),
    });
    expect(everything).not.toContain('hush');
    expect(told).toContain('kickstart (secret) : is nothing that a kickstart has: not imported');
    expect(told).toContain('lambda claims body: a secret, written in clear in the kickstart: left un-owned');
    expect(told).toContain(
      'role application/crew description: a secret, written in clear in the kickstart: left un-owned',
    );
    expect(told).toContain('webhook  url: has a secret in it: left out');
    expect(yaml('lambdas').lambdas).toEqual({ claims: { id: application, name: 'Claims', type: 'JWTPopulate' } });
  });

  it('is in no error either', () => {
    const requests = [
      post('user', { user: { password: 'hush-user-1' } }),
      post('ship/hush-user-1', {}),
      post('tenant', { tenant: { name: 'Crew' }, 'hush-user-1': 1 }),
    ];
    expect(refusal(requests)).toEqual(['/requests/1: POST /api/ship/… is about nothing that kedge knows']);
  });

  it('lands nowhere from any kickstart', () => {
    const secret = fc.stringMatching(/^[a-z0-9]{4}-hush-[a-z0-9]{4}$/);
    const texts = (value: string) =>
      fc.constantFrom(value, `x ${value} y`, `https://crew:${value}@siem.example/`, 'plain');
    const kickstarts = secret.chain((value) =>
      fc.record({
        value: fc.constant(value),
        requests: fc.tuple(
          fc.record({
            name: texts(value),
            description: texts(value),
            url: texts(value),
            clientSecret: fc.constant(value),
            key: fc.constantFrom(value, 'key'),
          }),
          fc.constantFrom('password', 'salt', 'secret', 'token'),
        ),
        secrets: fc.constantFrom('comment' as const, 'env' as const),
        apiKeys: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(kickstarts, ({ apiKeys, requests: [fields, name], secrets, value }) => {
        const { everything } = imported(
          {
            apiKeys: apiKeys ? [{ key: value }] : [],
            requests: [
              post('application', {
                application: {
                  name: fields.name,
                  data: { [fields.key]: fields.description },
                  roles: [{ name: fields.name, description: fields.description }],
                  oauthConfiguration: { clientSecret: fields.clientSecret, logoutURL: fields.url },
                },
              }),
              post('webhook', {
                webhook: { url: fields.url, description: fields.description, headers: { Authorization: value } },
              }),
              post('user/registration', { user: { username: fields.name, [name]: value, data: { note: value } } }),
            ],
          },
          { secrets },
        );
        expect(everything).not.toContain(value);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a file that is no kickstart', () => {
  it.each([
    ['main.tf', 'resource "fusionauth_tenant" "acme" {\n  name = "Acme"\n}\n', '1:1', 'Terraform'],
    ['acme.txt', '# ours\nprovider "fusionauth" {}\n', '1:1', 'Terraform'],
    ['main.tf.json', '{ "resource": { "fusionauth_tenant": {} } }', '1:1', 'Terraform'],
    ['state.json', '{ "terraform_version": "1.9.0", "values": {} }', '1:1', 'Terraform'],
    ['plan.json', '{ "environments": [] }', '1:1', 'correct the kickstart'],
  ])('is refused where it begins, with what to do: %s', (file, text, place, hint) => {
    const importing = (): unknown => imported(text, { file });
    expect(importing).toThrow(
      expect.objectContaining({ code: 'kickstart/bad-file', hint: expect.stringContaining(hint) }),
    );
    const [line, col] = place.split(':').map(Number);
    expect(importing).toThrow(expect.objectContaining({ at: { file, line, col } }));
  });
});
