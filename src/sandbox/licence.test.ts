import { expect, test } from 'vitest';

import { useSandbox } from './testing/http.js';

const { call } = useSandbox({ switches: { licensed: 'off' } });

test.each([
  [
    'tenant',
    { rateLimitConfiguration: { forgotPassword: { enabled: true } } },
    'rateLimitConfiguration.forgotPassword.enabled',
  ],
  [
    'tenant',
    { registrationConfiguration: { blockedDomains: ['evil.test'] } },
    'registrationConfiguration.blockedDomains',
  ],
  ['tenant', { usernameConfiguration: { unique: { enabled: true } } }, 'usernameConfiguration.unique.enabled'],
  ['application', { themeId: '75a068fd-e94b-451a-9aeb-3ddb9a3b5987' }, 'themeId'],
  ['application', { oauthConfiguration: { relationship: 'ThirdParty' } }, 'oauthConfiguration.relationship'],
])('a %s with %j is [notLicensed] without a licence', async (kind, fields, path) => {
  const { status, json } = await call('POST', `/api/${kind}`, { [kind]: { name: 'Acme', ...fields } });
  expect(status).toBe(400);
  expect(json.fieldErrors[`${kind}.${path}`][0].code).toBe(`[notLicensed]${kind}.${path}`);
});

test('everything else goes without', async () => {
  expect((await call('POST', '/api/tenant', { tenant: { name: 'Acme' } })).status).toBe(200);
});
