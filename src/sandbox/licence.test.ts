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

test.each([
  ['application', { scopes: [{ name: 'orders:read' }] }, 'scopes'],
  [
    'application',
    { formConfiguration: { selfServiceFormConfiguration: { requireCurrentPasswordOnPasswordChange: true } } },
    'formConfiguration.selfServiceFormConfiguration.requireCurrentPasswordOnPasswordChange',
  ],
  [
    'tenant',
    { eventConfiguration: { events: { 'user.password.update': { enabled: true } } } },
    'eventConfiguration.events[user.password.update].enabled',
  ],
  [
    'webhook',
    { url: 'https://siem.test', connectTimeout: 1, readTimeout: 1, eventsEnabled: { 'user.login.suspicious': true } },
    'eventsEnabled[user.login.suspicious]',
  ],
])('a %s with %j is so too', async (kind, fields, path) => {
  const { json } = await call('POST', `/api/${kind}`, {
    [kind]: { ...(kind === 'webhook' ? {} : { name: 'Acme' }), ...fields },
  });
  expect(Object.values(json.fieldErrors).flat()).toMatchObject([{ code: `[notLicensed]${kind}.${path}` }]);
});

test('mails about threats are licensed for applications', async () => {
  const emailTemplate = { name: 'New device', defaultSubject: 's', defaultHtmlTemplate: 'h', defaultTextTemplate: 't' };
  const { json } = await call('POST', '/api/email/template', { emailTemplate });
  const emailConfiguration = { loginNewDeviceEmailTemplateId: json.emailTemplate.id };
  const refused = await call('POST', '/api/application', { application: { name: 'Web', emailConfiguration } });
  expect(Object.keys(refused.json.fieldErrors)).toEqual([
    'application.emailConfiguration.loginNewDeviceEmailTemplateId',
  ]);
});

test('forms other than the default ones are licensed', async () => {
  await call('POST', '/__sandbox/switches', { licensed: 'on' });
  const { fields } = (await call('GET', '/api/form/field')).json;
  const form = { name: 'Crew', type: 'adminUser', steps: [{ fields: [fields[0].id] }] };
  const { json } = await call('POST', '/api/form', { form });
  await call('POST', '/__sandbox/switches', { licensed: 'off' });
  const tenant = { name: 'Acme', formConfiguration: { adminUserFormId: json.form.id } };
  const refused = await call('POST', '/api/tenant', { tenant });
  expect(Object.keys(refused.json.fieldErrors)).toEqual(['tenant.formConfiguration.adminUserFormId']);
});

test('the login policy is free for FusionAuth’s own application, since 1.49', async () => {
  const body = { application: { multiFactorConfiguration: { loginPolicy: 'Enabled' } } };
  expect((await call('PATCH', '/api/application/3c219e58-ed0e-4b18-ad48-f4f92793ae32', body)).status).toBe(200);
  const other = await call('POST', '/api/application', { application: { name: 'Web', ...body.application } });
  expect(Object.keys(other.json.fieldErrors)).toEqual(['application.multiFactorConfiguration.loginPolicy']);
});

test('everything else goes without', async () => {
  expect((await call('POST', '/api/tenant', { tenant: { name: 'Acme' } })).status).toBe(200);
});
