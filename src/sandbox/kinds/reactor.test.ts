import { expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox({ switches: { licensed: 'off' } });
const themed = { application: { name: 'Web', themeId: '75a068fd-e94b-451a-9aeb-3ddb9a3b5987' } };

test('a licence opens what needs one, until it is taken away', async () => {
  expect((await call('GET', '/api/reactor')).json.status).toMatchObject({
    licensed: false,
    applicationThemes: 'DISABLED',
  });
  expect((await call('POST', '/api/application', themed)).status).toBe(400);
  expect((await call('POST', '/api/reactor', {})).status).toBe(400);
  expect(await call('POST', '/api/reactor', { licenseId: 'acme' })).toMatchObject({ status: 200, text: '' });
  expect((await call('GET', '/api/reactor')).json.status).toMatchObject({
    licensed: true,
    applicationThemes: 'ACTIVE',
  });
  expect((await call('POST', '/api/application', themed)).status).toBe(200);
  await call('DELETE', '/api/reactor');
  expect((await call('GET', '/api/reactor')).json.status.licensed).toBe(false);
});
