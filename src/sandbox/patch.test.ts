import { beforeEach, describe, expect, test } from 'vitest';

import { mergePatch } from './patch.js';
import { useSandbox } from './testing/http.js';

const { call } = useSandbox();
const mergeType = 'application/merge-patch+json';
const patchType = 'application/json-patch+json';
const id = '9f0f7a3c-4a39-4ad0-9d0e-0f7f6b0a7b55';
const path = `/api/application/${id}`;
const urls = ['https://acme.test/a', 'https://acme.test/b'];

beforeEach(async () => {
  const application = { name: 'Web', data: { owner: 'crew' }, oauthConfiguration: { authorizedRedirectURLs: urls } };
  await call('POST', path, { application });
});

const redirects = (answer: { json: any }): unknown => answer.json.application.oauthConfiguration.authorizedRedirectURLs;

describe('a PATCH as application/json', () => {
  test('trap: appends to lists, twice what is sent twice', async () => {
    const header = { name: 'X-Site', value: 'ship' };
    const tenant = { name: 'Acme', emailConfiguration: { additionalHeaders: [header] } };
    const created = await call('POST', '/api/tenant', { tenant });
    const { json } = await call('PATCH', `/api/tenant/${created.json.tenant.id}`, {
      tenant: { emailConfiguration: { additionalHeaders: [header] } },
    });
    expect(json.tenant.emailConfiguration.additionalHeaders).toEqual([header, header]);
  });

  test('merges sets without doubles', async () => {
    const domains = (blockedDomains: string[]): object => ({
      tenant: { registrationConfiguration: { blockedDomains } },
    });
    const created = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    const tenant = `/api/tenant/${created.json.tenant.id}`;
    await call('PATCH', tenant, domains(['evil.test']));
    const { json } = await call('PATCH', tenant, domains(['bad.test', 'evil.test']));
    expect(json.tenant.registrationConfiguration.blockedDomains).toEqual(['evil.test', 'bad.test']);
  });

  const second = {
    authorizedOriginURLs: [urls[1]],
    authorizedRedirectURLs: [urls[1]],
    enabledGrants: ['refresh_token'],
  };
  const clientAfter = async (): Promise<unknown> => {
    await call('PATCH', path, { application: { oauthConfiguration: { enabledGrants: ['authorization_code'] } } });
    const { json } = await call('PATCH', path, { application: { oauthConfiguration: second } });
    return json.application.oauthConfiguration;
  };

  test('trap: appends to the URLs and grants of a client', async () => {
    expect(await clientAfter()).toMatchObject({
      authorizedOriginURLs: [urls[1]],
      authorizedRedirectURLs: [...urls, urls[1]],
      enabledGrants: ['authorization_code', 'refresh_token'],
    });
  });

  test('replaces the URLs and grants of a client where marked lists are not merged', async () => {
    await call('POST', '/__sandbox/switches', { legacyPatchOfLists: 'markedReplaced' });
    expect(await clientAfter()).toMatchObject(second);
  });

  test('replaces application.data instead of merging it', async () => {
    const { json } = await call('PATCH', path, { application: { data: { colour: 'blue' } } });
    expect(json.application.data).toEqual({ colour: 'blue' });
  });

  test('merges tenant.data', async () => {
    const created = await call('POST', '/api/tenant', { tenant: { name: 'Acme', data: { a: { b: 1 } } } });
    const { json } = await call('PATCH', `/api/tenant/${created.json.tenant.id}`, {
      tenant: { data: { a: { c: 2 } } },
    });
    expect(json.tenant.data).toEqual({ a: { b: 1, c: 2 } });
  });

  test('clears with null, which means the default where there is one', async () => {
    const { json } = await call('PATCH', path, {
      application: { name: 'Site', verificationStrategy: null, data: null },
    });
    expect(json.application).toMatchObject({ name: 'Site', verificationStrategy: 'ClickableLink', data: {} });
  });

  test('leaves everything else alone', async () => {
    const before = await call('GET', path);
    const { json } = await call('PATCH', path, { application: { name: 'Site' } });
    const { lastUpdateInstant, ...after } = json.application;
    expect(after).toEqual({ ...before.json.application, name: 'Site', lastUpdateInstant: undefined });
    expect(lastUpdateInstant).toBeGreaterThan(before.json.application.lastUpdateInstant);
  });
});

describe('a PATCH as merge-patch', () => {
  test('replaces lists and removes with null', async () => {
    const oauthConfiguration = { authorizedRedirectURLs: [urls[1]] };
    const patch = { application: { oauthConfiguration, data: { owner: null, colour: 'blue' } } };
    const answer = await call('PATCH', path, patch, { type: mergeType });
    expect(redirects(answer)).toEqual([urls[1]]);
    expect(answer.json.application.data).toEqual({ colour: 'blue' });
  });

  test('of a tenant fails where the reported bug is switched on', async () => {
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    const tenant = `/api/tenant/${json.tenant.id}`;
    const patch = { tenant: { issuer: 'acme.test' } };
    expect((await call('PATCH', tenant, patch, { type: mergeType })).json.tenant.issuer).toBe('acme.test');
    await call('POST', '/__sandbox/switches', { tenantMergePatchBug: 'on' });
    expect((await call('PATCH', tenant, patch, { type: mergeType })).status).toBe(500);
    expect((await call('PATCH', path, { application: {} }, { type: mergeType })).status).toBe(200);
  });
});

describe('a PATCH as json-patch', () => {
  test('has paths relative to the request’s envelope', async () => {
    const operations = [
      { op: 'replace', path: '/application/name', value: 'Site' },
      { op: 'remove', path: '/application/oauthConfiguration/authorizedRedirectURLs/0' },
    ];
    const answer = await call('PATCH', path, operations, { type: patchType });
    expect(answer.json.application.name).toBe('Site');
    expect(redirects(answer)).toEqual([urls[1]]);
  });

  test('changes nothing when one of its tests fails', async () => {
    const operations = [
      { op: 'replace', path: '/application/name', value: 'Site' },
      { op: 'test', path: '/application/data/owner', value: 'somebody else' },
    ];
    expect((await call('PATCH', path, operations, { type: patchType })).status).toBe(400);
    expect((await call('GET', path)).json.application.name).toBe('Web');
    operations[1] = { op: 'test', path: '/application/data/owner', value: 'crew' };
    expect((await call('PATCH', path, operations, { type: patchType })).status).toBe(200);
  });

  test('that is no list, or does what cannot be done, is answered 400', async () => {
    expect((await call('PATCH', path, { op: 'add' }, { type: patchType })).status).toBe(400);
    const nowhere = [{ op: 'remove', path: '/application/nowhere/at/all' }];
    expect((await call('PATCH', path, nowhere, { type: patchType })).status).toBe(400);
    const proto = [{ op: 'add', path: '/__proto__/polluted', value: true }];
    expect((await call('PATCH', path, proto, { type: patchType })).status).toBe(400);
  });
});

test('examples of RFC 7396 come out as it says', () => {
  const examples: readonly (readonly [unknown, unknown, unknown])[] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  for (const [target, patch, result] of examples) expect(mergePatch(target, patch)).toEqual(result);
});
