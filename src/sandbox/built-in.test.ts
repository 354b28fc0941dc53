import { expect, test } from 'vitest';

import { useSandbox } from './testing/http.js';

const { call } = useSandbox();

test.each([
  ['generalError', 400, '"code":"[protected]"'],
  ['fieldError', 400, '"code":"[invalid]tenantId"'],
  ['forbidden', 403, ''],
])('with `builtInRefusal=%s` a DELETE of the default tenant is answered %i, and it stays', async (how, code, body) => {
  await call('POST', '/__sandbox/switches', { builtInRefusal: how });
  const { json: before } = await call('GET', '/api/tenant');
  const { status, text } = await call('DELETE', `/api/tenant/${before.tenants[0].id}`);
  expect(status).toBe(code);
  expect(text).toContain(body);
  expect((await call('GET', '/api/tenant')).json).toEqual(before);
});
