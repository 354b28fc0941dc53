import { connect } from 'node:net';

import { afterEach, describe, expect, test } from 'vitest';

import { type HttpAnswer, useSandbox } from './testing/http.js';

const { call, sandbox } = useSandbox({ maxBodyBytes: 4 * 1024 * 1024 });

const someId = '25a872da-bb44-4af8-a43d-e7bcb5351ebc';

/** Kinds of every make: of the instance and of a tenant, with subtypes, with parts, and what is no configuration. */
const kinds = [
  { path: '/api/tenant', one: 'tenant', parameter: 'tenantId' },
  { path: '/api/application', one: 'application', parameter: 'applicationId' },
  { path: '/api/email/template', one: 'emailTemplate', parameter: 'emailTemplateId' },
  { path: '/api/entity/type', one: 'entityType', parameter: 'entityTypeId' },
  { path: '/api/form/field', one: 'field', parameter: 'fieldId' },
  { path: '/api/group', one: 'group', parameter: 'groupId' },
  { path: '/api/identity-provider', one: 'identityProvider', parameter: 'identityProviderId' },
  { path: '/api/lambda', one: 'lambda', parameter: 'lambdaId' },
  { path: '/api/theme', one: 'theme', parameter: 'themeId' },
  { path: '/api/user', one: 'user', parameter: 'userId' },
  { path: '/api/webhook', one: 'webhook', parameter: 'webhookId' },
] as const;

/** Calls that have a body and are no create of a kind. */
const others = [
  '/api/entity/grant/search',
  '/api/group/member',
  '/api/jwt/refresh',
  '/api/key/generate',
  '/api/login',
  '/api/reactor',
  '/api/user/import',
  '/api/user/search',
] as const;

const paths = [...kinds.map(({ path }) => path), ...others];

afterEach(async () => {
  // Whatever was sent, it goes on.
  const { status } = await call('GET', '/api/tenant');
  if (status !== 200) throw new Error(`the sandbox answers ${status} after this`);
  // The sandbox runs in this process: a prototype it spoils is ours.
  const spoilt = Object.keys(Object.prototype);
  if (spoilt.length > 0) throw new Error(`every object now has ${spoilt.join(', ')}`);
});

describe('a body that is no JSON object is a general [invalidJSON]', () => {
  const bodies = ['{"a":', '{a: 1}', "{'a': 1}", '{"a": 1,}', '[1]', '"acme"', '5', 'true', 'NaN', '{} {}'];
  test.each(paths)('POST %s', async (path) => {
    for (const body of bodies) {
      const { status, json } = await call('POST', path, body);
      expect([body, status, codesOf(json)]).toEqual([body, 400, ['[invalidJSON]']]);
    }
  });
});

describe('the bytes and the type of a body', () => {
  const post = (body: Uint8Array<ArrayBuffer> | string, headers: Record<string, string>): Promise<Response> =>
    fetch(`${sandbox().url}/api/tenant`, {
      method: 'POST',
      headers: { authorization: sandbox().apiKey, ...headers },
      body,
    });
  const bytes = (...between: number[]): Uint8Array<ArrayBuffer> =>
    Uint8Array.from([...Buffer.from('{"tenant":{"name":"Acme '), ...between, ...Buffer.from('"}}')]);
  const json = { 'content-type': 'application/json' };

  test.each([
    ['a byte that begins nothing', [0xff]],
    ['half a character', [0xc3]],
    ['too long a form of a slash', [0xc0, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
  ])('%s is no UTF-8, and an [invalidJSON]', async (_, between) => {
    const answer = await post(bytes(...between), json);
    expect([answer.status, codesOf(await answer.json())]).toEqual([400, ['[invalidJSON]']]);
  });

  test('UTF-8 is what it is, with a byte order mark or without', async () => {
    const name = 'Żółć 🚢';
    for (const [at, mark] of ['', '\uFEFF'].entries()) {
      const answer = await post(`${mark}${JSON.stringify({ tenant: { name: `${name} ${at}` } })}`, json);
      expect(await answer.json()).toMatchObject({ tenant: { name: `${name} ${at}` } });
    }
  });

  test.each(['text/plain', 'application/xml', 'application/jsonp', 'multipart/form-data', 'x'])(
    'of type %s it is an [InvalidContentType], or read all the same where the switch says so',
    async (type) => {
      for (const headers of [{ 'content-type': type }, { 'content-type': '' }]) {
        const answer = await post(bytes(), headers);
        expect([answer.status, codesOf(await answer.json())]).toEqual([400, ['[InvalidContentType]']]);
      }
      await call('POST', '/__sandbox/switches', { bodyContentType: 'ignored' });
      expect((await post(bytes(), { 'content-type': type })).status).toBe(200);
    },
  );

  test.each(['application/json', 'Application/JSON; charset=utf-8', 'application/json;charset=ISO-8859-1'])(
    'of type %s it is read',
    async (type) => {
      expect((await post(bytes(), { 'content-type': type })).status).toBe(200);
    },
  );
});

describe('a request without its object says which is missing', () => {
  test.each(kinds)('POST $path', async ({ path, one }) => {
    for (const body of [undefined, '', 'null', {}, { acme: {} }, { [one]: null }]) {
      const { status, json } = await call('POST', path, body);
      expect([body, status, codesOf(json)]).toEqual([body, 400, [`[missing]${one}`]]);
    }
  });
});

describe('an object that is none is an [invalidJSON] of its property', () => {
  test.each(kinds)('POST $path', async ({ path, one }) => {
    for (const value of [1, 'acme', true, []]) {
      const { status, json } = await call('POST', path, { [one]: value });
      expect([value, status, Object.keys(json.fieldErrors), codesOf(json)]).toEqual([
        value,
        400,
        [one],
        ['[invalidJSON]'],
      ]);
    }
  });
});

describe('a wrong type is named by its place, however deep', () => {
  const name = 'Acme';
  test.each([
    ['/api/tenant', { tenant: { name: {} } }, 'tenant.name'],
    ['/api/tenant', { tenant: { name, jwtConfiguration: 5 } }, 'tenant.jwtConfiguration'],
    [
      '/api/tenant',
      { tenant: { name, externalIdentifierConfiguration: { passwordlessLoginGenerator: { length: 'long' } } } },
      'tenant.externalIdentifierConfiguration.passwordlessLoginGenerator.length',
    ],
    [
      '/api/tenant',
      { tenant: { name, connectorPolicies: [{ migrate: 'maybe' }] } },
      'tenant.connectorPolicies[0].migrate',
    ],
    [
      '/api/tenant',
      { tenant: { name, httpSessionMaxInactiveInterval: 9223372036854775808 } },
      'tenant.httpSessionMaxInactiveInterval',
    ],
    ['/api/application', { application: { name, roles: {} } }, 'application.roles'],
    ['/api/application', { application: { name, roles: [7] } }, 'application.roles[0]'],
    [
      '/api/application',
      { application: { name, oauthConfiguration: { enabledGrants: ['password', 'telepathy'] } } },
      'application.oauthConfiguration.enabledGrants[1]',
    ],
    ['/api/lambda', { lambda: { name, body: '', type: 'NoSuchType' } }, 'lambda.type'],
    ['/api/webhook', '{"webhook":{"connectTimeout":1e400}}', 'webhook.connectTimeout'],
    ['/api/webhook', { webhook: { eventsEnabled: [] } }, 'webhook.eventsEnabled'],
    ['/api/group', { group: { name }, roleIds: 'admin' }, 'roleIds'],
    ['/api/user', { user: { memberships: [{ data: 1 }] } }, 'user.memberships[0].data'],
    ['/api/key/generate', { key: { name, length: 'long' } }, 'key.length'],
  ])('POST %s %j', async (path, body, field) => {
    const { status, json } = await call('POST', path, body);
    expect([status, json]).toEqual([
      400,
      { fieldErrors: { [field]: [{ code: '[invalidJSON]', message: expect.stringContaining(`[${field}]`) }] } },
    ]);
  });
});

describe('a text that should be a UUID is a [couldNotConvert]', () => {
  test.each(kinds)('in the path of $path, of every method', async ({ path, one, parameter }) => {
    const bad = [
      'acme',
      '__proto__',
      'constructor',
      `${someId}0`,
      '%zz',
      '%E0%A4%A',
      '%00',
      'a%2Fb',
      '..%2F..',
      '%F0%9F%98%80',
    ];
    for (const id of bad) {
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'POST']) {
        const body = method === 'GET' || method === 'DELETE' ? undefined : { [one]: { name: 'Acme' } };
        const { status, json } = await call(method, `${path}/${id}`, body);
        expect([method, id, status, codesOf(json)]).toEqual([method, id, 400, [`[couldNotConvert]${parameter}`]]);
      }
    }
  });

  test.each([
    ['/api/tenant', { tenant: { themeId: 'acme' } }, 'tenant.themeId'],
    [
      '/api/application',
      { application: { jwtConfiguration: { accessTokenKeyId: 'k' } } },
      'application.jwtConfiguration.accessTokenKeyId',
    ],
    ['/api/webhook', { webhook: { tenantIds: [someId, 'acme'] } }, 'webhook.tenantIds[1]'],
    ['/api/group', { group: { name: 'Crew' }, roleIds: ['admin'] }, 'roleIds[0]'],
    ['/api/user', { user: { memberships: [{ groupId: 'crew' }] } }, 'user.memberships[0].groupId'],
    ['/api/user/search', { search: { ids: ['acme'] } }, 'search.ids[0]'],
    ['/api/group/member/search', { search: { groupId: 'crew' } }, 'search.groupId'],
    ['/api/application/search', { search: { tenantId: '__proto__' } }, 'search.tenantId'],
  ])('in a body, POST %s %j', async (path, body, field) => {
    const { status, json } = await call('POST', path, body);
    expect([status, Object.keys(json.fieldErrors), codesOf(json)]).toEqual([
      400,
      [field],
      [`[couldNotConvert]${field}`],
    ]);
  });

  test.each([
    ['/api/application/search?tenantId=acme', 'tenantId'],
    ['/api/group/member/search?groupId=crew', 'groupId'],
    ['/api/identity-provider/search?applicationId=constructor', 'applicationId'],
    ['/api/user/search?ids=acme', 'ids[0]'],
    ['/api/entity/search?ids=__proto__', 'ids[0]'],
  ])('in a query, GET %s', async (path, field) => {
    const { status, json } = await call('GET', path);
    expect([status, codesOf(json)]).toEqual([400, [`[couldNotConvert]${field}`]]);
  });
});

describe('a text that should be a number', () => {
  test.each([
    ['/api/group/search?numberOfResults=many', 'numberOfResults'],
    ['/api/application/search?startRow=1.5', 'startRow'],
    ['/api/lambda/search?numberOfResults=1e999', 'numberOfResults'],
    ['/api/user/search?numberOfResults=many', 'numberOfResults'],
    ['/api/entity/search?startRow=%7B%7D', 'startRow'],
    ['/api/system/audit-log/search?start=yesterday', 'start'],
    ['/api/system/event-log/search?end=today', 'end'],
    ['/api/system/login-record/search?start=__proto__', 'start'],
    ['/api/user/recent-login?limit=ten', 'limit'],
  ])('is a [couldNotConvert] in a query, GET %s', async (path, field) => {
    const { status, json } = await call('GET', path);
    expect([status, Object.keys(json.fieldErrors), codesOf(json)]).toEqual([
      400,
      [field],
      [`[couldNotConvert]${field}`],
    ]);
  });

  test.each(['application', 'group', 'lambda', 'user', 'entity', 'system/audit-log', 'system/login-record'])(
    'is an [invalidJSON] in a body, POST /api/%s/search',
    async (path) => {
      for (const value of ['many', [], {}, true]) {
        const { status, json } = await call('POST', `/api/${path}/search`, { search: { numberOfResults: value } });
        expect([status, Object.keys(json.fieldErrors), codesOf(json)]).toEqual([
          400,
          ['search.numberOfResults'],
          ['[invalidJSON]'],
        ]);
      }
    },
  );

  test('is one where it is written as one, in both', async () => {
    expect((await call('GET', '/api/lambda/search?numberOfResults=2&startRow=0')).json.lambdas).toHaveLength(2);
    const { json } = await call('POST', '/api/lambda/search', { search: { numberOfResults: '2', startRow: null } });
    expect(json.lambdas).toHaveLength(2);
  });
});

describe('a property that the API does not know', () => {
  const lambda = { name: 'claims', type: 'JWTPopulate', body: 'function populate() {}' };
  test.each([
    [{ lambda, acme: 1 }, 'acme'],
    [{ lambda: { ...lambda, acme: 1 } }, 'lambda.acme'],
  ])('is dropped, or refused where the switch says so: %j', async (body, field) => {
    const dropped = await call('POST', '/api/lambda', body);
    expect([dropped.status, dropped.text.includes('acme')]).toEqual([200, false]);
    await sandbox().reset();
    await call('POST', '/__sandbox/switches', { unknownProperties: 'reject' });
    const refused = await call('POST', '/api/lambda', body);
    expect([refused.status, refused.json.fieldErrors[field]?.[0].code]).toEqual([400, '[invalidJSON]']);
  });
});

describe('the tenant of a request', () => {
  test.each(['application', 'group', 'user'])('%s: with two tenants it must be said', async (one) => {
    await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    const { status, json } = await call('POST', `/api/${one}`, { [one]: { name: 'Crew' } });
    expect([status, codesOf(json)]).toEqual([400, ['[TenantIdRequired]']]);
  });

  test.each(['acme', someId, '__proto__', 'a b', '%zz'])(
    'a header [%s] that names none is refused',
    async (tenantId) => {
      const { status, json } = await call('GET', '/api/application', undefined, { tenantId });
      expect([status, codesOf(json)]).toEqual([400, ['[InvalidTenantId]']]);
    },
  );
});

describe('JSON with something odd in it', () => {
  test('of a key written twice the last one counts', async () => {
    const { status, json } = await call('POST', '/api/tenant', '{"tenant":{"name":"Globex","name":"Acme"}}');
    expect([status, json.tenant.name]).toEqual([200, 'Acme']);
  });

  test('a thousand levels are taken, more are an [invalidJSON]', async () => {
    const nested = (depth: number): string =>
      `{"tenant":{"name":"Acme","data":${'{"a":'.repeat(depth - 3)}{}${'}'.repeat(depth - 3)}}}`;
    expect((await call('POST', '/api/tenant', nested(1000))).status).toBe(200);
    for (const body of [nested(1001), nested(200_000), `${'['.repeat(200_000)}${']'.repeat(200_000)}`]) {
      const { status, json } = await call('POST', '/api/tenant', body);
      expect([status, codesOf(json)]).toEqual([400, ['[invalidJSON]']]);
    }
  });

  test('a JSON Patch cannot make what a body could not bring', async () => {
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme', data: { a: { a: {} } } } });
    const copies = Array.from({ length: 14 }, (_, times) => ({
      op: 'copy',
      from: '/tenant/data',
      path: `/tenant/data${'/a'.repeat(2 ** times + 1)}`,
    }));
    const type = 'application/json-patch+json';
    const { status } = await call('PATCH', `/api/tenant/${json.tenant.id}`, copies, { type });
    expect(status).toBe(400);
  });

  test('numbers beyond 2^53 are taken where there may be any, to the precision of a double', async () => {
    const body = '{"tenant":{"name":"Acme","data":{"snowflake":9007199254740993,"huge":1e308}}}';
    const { status, json } = await call('POST', '/api/tenant', body);
    expect([status, json.tenant.data]).toEqual([200, { snowflake: 9007199254740992, huge: 1e308 }]);
  });

  test.each([
    [
      'POST',
      '/api/tenant',
      '{"tenant":{"name":"Acme","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
    ],
    [
      'POST',
      '/api/tenant',
      '{"__proto__":{"polluted":1},"constructor":1,"tenant":{"name":"Acme","data":{"__proto__":{"polluted":1}}}}',
    ],
    ['POST', '/api/group', '{"group":{"name":"Crew","data":{"constructor":{"prototype":{"polluted":1}}}}}'],
    ['POST', '/api/user', '{"user":{"username":"ann","password":"correct horse","data":{"__proto__":{"polluted":1}}}}'],
    ['POST', '/api/entity/grant/search', '{"search":{"__proto__":{"polluted":1},"name":"constructor"}}'],
    ['POST', '/api/application/search', '{"search":{"orderBy":"__proto__ ASC, constructor","name":"__proto__"}}'],
    ['GET', '/api/application?__proto__=1&constructor=2&inactive=__proto__', undefined],
    ['GET', '/api/application/search?__proto__[polluted]=1&orderBy=constructor&startRow=-1', undefined],
  ])('names of prototypes are names like any other: %s %s %s', async (method, path, body) => {
    expect((await call(method, path, body)).status).toBe(200);
  });

  test.each([
    ['/api/group/member', '{"members":{"__proto__":[{"userId":"acme"}],"constructor":[]}}'],
    [
      '/api/identity-provider',
      '{"identityProvider":{"type":"Google","applicationConfiguration":{"__proto__":{"enabled":true}}}}',
    ],
    ['/api/identity-provider', '{"identityProvider":{"type":"constructor","name":"Acme"}}'],
    ['/api/connector', '{"connector":{"type":"__proto__","name":"Acme"}}'],
    ['/api/theme', '{"theme":{"name":"Acme","localizedMessages":{"__proto__":"a=b"},"templates":{"__proto__":"x"}}}'],
    ['/api/webhook', '{"webhook":{"eventsEnabled":{"__proto__":true}}}'],
    ['/api/lambda', '{"lambda":{"name":"a","body":"b","type":"constructor"}}'],
    ['/api/user/search', '{"search":{"query":"{\\"__proto__\\":{\\"polluted\\":1}}"}}'],
  ])('and no reason to fail where they mean nothing: POST %s %s', async (path, body) => {
    expect((await call('POST', path, body)).status).toBe(400);
  });

  test.each(['application/json', 'application/merge-patch+json'])('a PATCH as %s spoils no prototype', async (type) => {
    const { json } = await call('POST', '/api/group', { group: { name: 'Crew', data: { deck: 1 } } });
    const body = '{"group":{"data":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}}';
    const { status, json: patched } = await call('PATCH', `/api/group/${json.group.id}`, body, { type });
    expect([status, patched.group.data.deck]).toEqual([200, 1]);
  });

  test('nor does a JSON Patch', async () => {
    const { json } = await call('POST', '/api/group', { group: { name: 'Crew', data: { deck: 1 } } });
    const type = 'application/json-patch+json';
    for (const path of [
      '/group/__proto__/polluted',
      '/__proto__/polluted',
      '/group/data/constructor/prototype/polluted',
    ]) {
      const { status } = await call('PATCH', `/api/group/${json.group.id}`, [{ op: 'add', path, value: 1 }], { type });
      expect([path, status]).toEqual([path, 400]);
    }
  });
});

describe('paths and methods', () => {
  test.each([
    '/api/no-such-thing',
    '/api',
    '/api/',
    '/api//tenant',
    '/api/tenant//',
    '/__proto__',
    '/api/constructor',
    '/api/%zz',
    '/api/tenant/%2e%2e/%2e%2e',
  ])('an unknown path is a bare 404: %s', async (path) => {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(bare(await call(method, path))).toEqual({ status: 404, text: '', length: '0', type: null });
    }
  });

  test.each([
    ['DELETE', '/api/tenant', 'GET, OPTIONS, POST'],
    ['PROPFIND', '/api/tenant', 'GET, OPTIONS, POST'],
    ['PATCH', `/api/key/${someId}`, 'DELETE, GET, OPTIONS, PUT'],
  ])('a method that a path does not have is a bare 405 with the others: %s %s', async (method, path, allow) => {
    const answer = await call(method, path);
    expect(bare(answer)).toEqual({ status: 405, text: '', length: '0', type: null });
    expect(answer.headers.get('allow')?.split(', ').toSorted().join(', ')).toBe(allow);
  });

  test.each([
    ['404', 'GET', `/api/tenant/${someId}`, {}],
    ['401', 'GET', '/api/tenant', { key: null }],
    ['401', 'GET', '/api/tenant', { key: 'nobody' }],
  ])('a bare %s has neither body nor type: %s %s', async (status, method, path, options) => {
    const answer = bare(await call(method, path, undefined, options));
    expect(answer).toEqual({ status: Number(status), text: '', length: '0', type: null });
  });

  test('so has a fault without a body, and a DELETE', async () => {
    const { json } = await call('POST', '/api/group', { group: { name: 'Crew' } });
    expect(bare(await call('DELETE', `/api/group/${json.group.id}`))).toMatchObject({
      status: 200,
      text: '',
      type: null,
    });
    sandbox().addFault({ kind: 'status', status: 503, retryAfter: 7 });
    const answer = await call('GET', '/api/tenant');
    expect(bare(answer)).toEqual({ status: 503, text: '', length: '0', type: null });
    expect(answer.headers.get('retry-after')).toBe('7');
  });

  test('OPTIONS needs no key and says what there is', async () => {
    const { status, text, headers } = await call('OPTIONS', '/api/tenant', undefined, { key: null });
    expect([status, text, headers.get('allow')]).toEqual([200, '', 'GET, POST, OPTIONS']);
  });

  test('HEAD is a GET without its body, and needs a key as well', async () => {
    expect(await call('HEAD', '/api/tenant')).toMatchObject({ status: 200, text: '' });
    expect(await call('HEAD', `/api/tenant/${someId}`)).toMatchObject({ status: 404, text: '' });
    expect(await call('HEAD', '/api/tenant', undefined, { key: null })).toMatchObject({ status: 401, text: '' });
  });
});

describe('what is no proper HTTP', () => {
  test.each([
    ['a header of 40,000 characters', `GET /api/tenant HTTP/1.1\r\nHost: acme\r\nX-Acme: ${'a'.repeat(40_000)}`, 431],
    ['a request line that is none', 'HELLO', 400],
    ['a URL that is none', 'GET http://[ HTTP/1.1\r\nHost: acme', 400],
    ['a host that is none', 'GET /api/tenant HTTP/1.1\r\nHost: a[b', 400],
    ['two lengths', 'POST /api/tenant HTTP/1.1\r\nHost: acme\r\nContent-Length: 2\r\nContent-Length: 3', 400],
    ['a method with no key', 'TRACE /api/tenant HTTP/1.1\r\nHost: acme', 405],
  ])('%s is answered, and the server goes on', async (_, head, status) => {
    expect(await send(`${head}\r\nConnection: close\r\n\r\n`)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect((await call('GET', '/api/tenant')).status).toBe(200);
  });

  test('a body over the limit is a bare 413, its length announced or not', async () => {
    const long = JSON.stringify({ tenant: { name: 'Acme', data: { text: 'a'.repeat(4 * 1024 * 1024) } } });
    expect(await call('POST', '/api/tenant', long)).toMatchObject({ status: 413, text: '' });
    const head = `POST /api/tenant HTTP/1.1\r\nHost: acme\r\nAuthorization: ${sandbox().apiKey}\r\nContent-Type: application/json`;
    const chunk = `${long.length.toString(16)}\r\n${long}\r\n0\r\n\r\n`;
    expect(await send(`${head}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk}`)).toMatch(
      /^HTTP\/1.1 413 /,
    );
  });
});

function bare({ status, text, headers }: HttpAnswer): object {
  return { status, text, length: headers.get('content-length'), type: headers.get('content-type') };
}

/** All codes of an answer, of whatever field. */
function codesOf(json: any): readonly string[] {
  const lists: { code: string }[][] = [...Object.values<any>(json?.fieldErrors ?? {}), json?.generalErrors ?? []];
  return lists.flat().map(({ code }) => code);
}

/** Sends bytes as they are, and gives what comes back. */
function send(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(sandbox().port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer')));
    socket.on('data', (piece) => (answer += piece.toString()));
    socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)));
    socket.on('close', () => resolve(answer));
  });
}
