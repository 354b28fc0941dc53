import { expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();

test('trap: `sourceTenantId` in a PUT or PATCH is answered 400, unless that is switched off (#2340)', async () => {
  const { json } = await call('GET', '/api/tenant');
  const { id } = json.tenants[0];
  const body = { sourceTenantId: id, tenant: { name: 'Default' } };
  for (const method of ['PUT', 'PATCH']) {
    const { status, json: errors } = await call(method, `/api/tenant/${id}`, body);
    expect(status).toBe(400);
    expect(errors.fieldErrors.sourceTenantId[0].message).toBe(
      'The [sourceTenantId] property should not be specified on a PATCH or PUT request. This property may only be used on a POST request.',
    );
  }
  await call('POST', '/__sandbox/switches', { copySourceOnUpdate: 'ignored' });
  expect((await call('PATCH', `/api/tenant/${id}`, body)).status).toBe(200);
});
