import { expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox({ fusionauth: '1.62.1' });

test('trap: a merge-patch of a tenant fails with 500 on 1.62.1, other PATCHes and other kinds do not (#3338)', async () => {
  const { json } = await call('GET', '/api/tenant');
  const path = `/api/tenant/${json.tenants[0].id}`;
  const body = { tenant: { data: { ship: 'north' } } };
  const type = 'application/merge-patch+json';
  const refused = await call('PATCH', path, body, { type });
  expect(refused.status).toBe(500);
  expect(refused.json.generalErrors).toMatchObject([{ code: '[Exception]' }]);
  expect((await call('PATCH', path, body)).status).toBe(200);
  const { json: made } = await call('POST', '/api/application', { application: { name: 'Crew portal' } });
  const patched = await call('PATCH', `/api/application/${made.application.id}`, { application: {} }, { type });
  expect(patched.status).toBe(200);
});
