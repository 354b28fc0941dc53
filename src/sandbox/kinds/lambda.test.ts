import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const id = 'dcb2f3f0-7b55-4f6e-8f5c-0d8f2a9d7c4c';
const path = `/api/lambda/${id}`;
const required = { body: 'function populate(jwt) {}', name: 'Claims', type: 'JWTPopulate' };
const merge = { type: 'application/merge-patch+json' };
const operations = { type: 'application/json-patch+json' };

beforeEach(() => call('POST', path, { lambda: required }));

test('a lambda of little has the documented defaults, and a PUT goes back to them', async () => {
  const { insertInstant, ...lambda } = (await call('GET', path)).json.lambda;
  expect(lambda).toEqual({ id, ...required, debug: false, engineType: 'GraalJS', lastUpdateInstant: insertInstant });
  await call('PATCH', path, { lambda: { debug: true } });
  const put = await call('PUT', path, { lambda: { body: 'function populate() {}', name: 'Claims', enabled: true } });
  expect(put.json.lambda).toMatchObject({ debug: false, body: 'function populate() {}', type: 'JWTPopulate' });
  expect(put.json.lambda).not.toHaveProperty('enabled');
});

test('each PATCH changes what it names, and the type never changes', async () => {
  await call('PATCH', path, { lambda: { name: 'Claims 2' } });
  await call('PATCH', path, { lambda: { debug: true, type: 'SAMLv2Populate' } }, merge);
  await call('PATCH', path, [{ op: 'replace', path: '/lambda/body', value: 'function f() {}' }], operations);
  expect((await call('GET', path)).json.lambda).toMatchObject({
    body: 'function f() {}',
    debug: true,
    name: 'Claims 2',
    type: 'JWTPopulate',
  });
});

describe('a lambda is refused', () => {
  test.each([
    [{ body: ' ' }, '[blank]lambda.body'],
    [{ name: null }, '[blank]lambda.name'],
    [{ type: null }, '[missing]lambda.type'],
    [{ type: 'Magic' }, '[invalidJSON]'],
    [{ engineType: 'V8' }, '[invalidJSON]'],
    [{ name: 'a'.repeat(256) }, '[tooLong]lambda.name'],
  ])('with %j', async (fields, code) => {
    const { status, json } = await call('POST', '/api/lambda', { lambda: { ...required, ...fields } });
    expect(status).toBe(400);
    expect(Object.values(json.fieldErrors).flat()).toMatchObject([{ code }]);
  });
});

test('two may have one name, and are listed by type', async () => {
  expect((await call('POST', '/api/lambda', { lambda: required })).status).toBe(200);
  const { lambdas } = (await call('GET', '/api/lambda?type=JWTPopulate')).json;
  expect(lambdas.map(({ name }: { name: string }) => name)).toEqual(['Claims', 'Claims']);
});

test('is deleted, unless a tenant or an application uses it', async () => {
  const application = { name: 'Web', lambdaConfiguration: { idTokenPopulateId: id } };
  const { json } = await call('POST', '/api/application', { application });
  expect((await call('DELETE', path)).json.fieldErrors.lambdaId[0].code).toBe('[inUse]lambdaId');
  await call('DELETE', `/api/application/${json.application.id}?hardDelete=true`);
  expect((await call('DELETE', path)).status).toBe(200);
});
