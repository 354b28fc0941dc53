import { beforeEach, describe, expect, test, vi } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const id = '1a1f3f0e-7b55-4f6e-8f5c-0d8f2a9d7c31';
const path = `/api/tenant/${id}`;

beforeEach(async () => {
  await call('POST', path, { tenant: { name: 'Acme' } });
});

async function newWebhook(fields: object = {}): Promise<string> {
  const webhook = { url: 'https://siem.acme.test', connectTimeout: 1000, readTimeout: 1000, ...fields };
  const { json } = await call('POST', '/api/webhook', { webhook });
  return json.webhook.id;
}

async function tenantIdsOf(webhookId: string): Promise<readonly string[]> {
  return (await call('GET', `/api/webhook/${webhookId}`)).json.webhook.tenantIds;
}

describe('webhookIds beside a tenant', () => {
  test('attach it to webhooks, and never come back', async () => {
    const webhookId = await newWebhook();
    const { text } = await call('PUT', path, { tenant: { name: 'Acme' }, webhookIds: [webhookId] });
    expect(text).not.toContain('webhookIds');
    expect(await tenantIdsOf(webhookId)).toEqual([id]);
  });

  test('trap: a PUT without them detaches the tenant from all its webhooks', async () => {
    const webhookId = await newWebhook({ tenantIds: [id] });
    const { json } = await call('GET', path);
    await call('PUT', path, { tenant: json.tenant });
    expect(await tenantIdsOf(webhookId)).toEqual([]);
  });

  test('trap: and leaves global webhooks and other tenants as they are', async () => {
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Globex' } });
    const shared = await newWebhook({ tenantIds: [id, json.tenant.id] });
    const global = await newWebhook({ global: true });
    await call('PUT', path, { tenant: { name: 'Acme' } });
    expect(await tenantIdsOf(shared)).toEqual([json.tenant.id]);
    expect((await call('GET', `/api/webhook/${global}`)).json.webhook.global).toBe(true);
  });

  test('trap: and leaves the tenants that a global webhook names, until they are gone', async () => {
    const global = await newWebhook({ global: true, tenantIds: [id] });
    await call('PUT', path, { tenant: { name: 'Acme' } });
    expect(await tenantIdsOf(global)).toEqual([id]);
    await call('DELETE', path);
    expect(await tenantIdsOf(global)).toEqual([]);
  });

  test('a PATCH without them keeps the links, as since 1.48, unless the older way is switched on', async () => {
    const webhookId = await newWebhook({ tenantIds: [id] });
    await call('PATCH', path, { tenant: { issuer: 'acme.test' } });
    expect(await tenantIdsOf(webhookId)).toEqual([id]);
    await call('POST', '/__sandbox/switches', { tenantPatchDetachesWebhooks: 'on' });
    await call('PATCH', path, { tenant: { issuer: 'acme.test' } });
    expect(await tenantIdsOf(webhookId)).toEqual([]);
  });

  test('may be touched by a PATCH of the envelope', async () => {
    const [first, second] = [await newWebhook({ tenantIds: [id] }), await newWebhook()];
    const operations = [{ op: 'add', path: '/webhookIds/-', value: second }];
    await call('PATCH', path, operations, { type: 'application/json-patch+json' });
    expect([await tenantIdsOf(first), await tenantIdsOf(second)]).toEqual([[id], [id]]);
    await call('PATCH', path, { webhookIds: [second] }, { type: 'application/merge-patch+json' });
    expect([await tenantIdsOf(first), await tenantIdsOf(second)]).toEqual([[], [id]]);
  });

  test('that no webhook has are [invalid]', async () => {
    const { json } = await call('PUT', path, { tenant: { name: 'Acme' }, webhookIds: [id] });
    expect(json.fieldErrors.webhookIds[0].code).toBe('[invalid]webhookIds');
  });
});

describe('what the server makes of a tenant', () => {
  async function put(fields: object): Promise<any> {
    const { json } = await call('PUT', path, { tenant: { name: 'Acme', ...fields } });
    return json.tenant;
  }

  test('trap: a PUT normalises, so a read differs from what was sent', async () => {
    const tenant = await put({
      name: '  Acme  ',
      data: { kept: 1, empty: '', nothing: null },
      emailConfiguration: { host: ' smtp.acme.test ', properties: 'a=1\r\nb=2\r' },
      registrationConfiguration: { blockedDomains: ['evil.test', 'evil.test'] },
    });
    expect(tenant).toMatchObject({ name: 'Acme', registrationConfiguration: { blockedDomains: ['evil.test'] } });
    expect(tenant.data).toEqual({ kept: 1, empty: '' });
    expect(tenant.emailConfiguration).toMatchObject({ host: 'smtp.acme.test', properties: 'a=1\nb=2\n' });
  });

  test('trap: without verifyEmail the fields that hang on it are gone', async () => {
    const template = { name: 'Verify', defaultSubject: 's', defaultHtmlTemplate: 'h', defaultTextTemplate: 't' };
    const { json } = await call('POST', '/api/email/template', { emailTemplate: template });
    const emailConfiguration = {
      verificationEmailTemplateId: json.emailTemplate.id,
      verifyEmail: false,
      verifyEmailWhenChanged: true,
    };
    const without = await put({ emailConfiguration });
    expect(without.emailConfiguration).not.toHaveProperty('verificationEmailTemplateId');
    expect(without.emailConfiguration.verifyEmailWhenChanged).toBe(false);
    const verifying = await put({ emailConfiguration: { ...emailConfiguration, verifyEmail: true } });
    expect(verifying.emailConfiguration).toMatchObject({ ...emailConfiguration, verifyEmail: true });
  });

  test('trap: the policy of FusionAuth’s own connector is always for all domains', async () => {
    const connectorId = 'e3306678-a53a-4964-9040-1c96f36dda72';
    const own = { connectorId, domains: ['*'], migrate: false };
    expect((await put({ connectorPolicies: [] })).connectorPolicies).toEqual([own]);
    const sent = { connectorId, domains: ['ACME.test'], migrate: true };
    expect((await put({ connectorPolicies: [sent] })).connectorPolicies).toEqual([own]);
  });

  test('trap: a parent’s e-mail is not required where children cannot register', async () => {
    const familyConfiguration = { allowChildRegistrations: false, parentEmailRequired: true };
    expect((await put({ familyConfiguration })).familyConfiguration.parentEmailRequired).toBe(false);
  });

  test('trap: jwtConfiguration.enabled is ignored', async () => {
    expect((await put({ jwtConfiguration: { enabled: true } })).jwtConfiguration).not.toHaveProperty('enabled');
  });

  test('trap: an SMTP password that a PUT leaves out is gone, or kept where that is switched on', async () => {
    const passwordAfter = async (): Promise<unknown> => {
      await put({ emailConfiguration: { password: 'swordfish' } });
      return (await put({})).emailConfiguration.password;
    };
    expect(await passwordAfter()).toBeUndefined();
    await call('POST', '/__sandbox/switches', { smtpPasswordOnOmit: 'kept' });
    expect(await passwordAfter()).toBe('swordfish');
  });

  test('a policy that names no domains is for all of them', async () => {
    const connector = { type: 'Generic', name: 'LDAP', connectTimeout: 1, readTimeout: 1 };
    const { json } = await call('POST', '/api/connector', { connector });
    const tenant = await put({ connectorPolicies: [{ connectorId: json.connector.id }] });
    expect(tenant.connectorPolicies).toMatchObject([{ domains: ['*'], migrate: false }]);
  });

  test('trap: events of the whole instance are not its own, and nobody is asked about what cannot be stopped', async () => {
    const any = { enabled: true, transactionType: 'Any' };
    const events = { 'user.create': any, 'user.create.complete': any, 'audit-log.create': any };
    const tenant = await put({ eventConfiguration: { events } });
    expect(tenant.eventConfiguration.events).toMatchObject({
      'user.create': any,
      'user.create.complete': { enabled: true, transactionType: 'None' },
    });
    expect(tenant.eventConfiguration.events).not.toHaveProperty('audit-log.create');
  });

  test('a policy for the unverified says since when it is on', async () => {
    const on = { userDeletePolicy: { unverified: { enabled: true, enabledInstant: 1 } } };
    const since = (await put(on)).userDeletePolicy.unverified.enabledInstant;
    expect(since).toBeGreaterThan(1);
    expect((await put(on)).userDeletePolicy.unverified.enabledInstant).toBe(since);
    expect((await put({})).userDeletePolicy.unverified).not.toHaveProperty('enabledInstant');
  });

  test('read-only fields are its own', async () => {
    const tenant = await put({ configured: false, state: 'PendingDelete' });
    expect(tenant).toMatchObject({ configured: true, state: 'Active' });
  });

  test('an event that is named gets what is left out, and others are listed where a switch says so', async () => {
    const named = { eventConfiguration: { events: { 'user.create': { enabled: true } } } };
    expect((await put(named)).eventConfiguration.events).toEqual({
      'user.create': { enabled: true, transactionType: 'None' },
    });
    await call('POST', '/__sandbox/switches', { freshTenantEvents: 'listed' });
    const { events } = (await put(named)).eventConfiguration;
    expect(events['user.create']).toEqual({ enabled: true, transactionType: 'None' });
    expect(events['user.delete']).toEqual({ enabled: false, transactionType: 'None' });
    expect(events).not.toHaveProperty('kickstart.success');
  });

  test('defaults of the documentation are there', async () => {
    const tenant = await put({});
    expect(tenant).toMatchObject({
      issuer: 'acme.com',
      httpSessionMaxInactiveInterval: 3600,
      jwtConfiguration: { timeToLiveInSeconds: 3600, refreshTokenTimeToLiveInMinutes: 43_200 },
      externalIdentifierConfiguration: {
        deviceUserCodeIdGenerator: { length: 6, type: 'randomAlphaNumeric' },
        twoFactorTrustIdTimeToLiveInSeconds: 2_592_000,
      },
      passwordValidationRules: { minLength: 8, maxLength: 256 },
    });
    const key = await call('GET', `/api/key/${tenant.jwtConfiguration.accessTokenKeyId}`);
    expect(key.json.key.name).toBe('Default signing key');
  });
});

describe('a tenant is refused', () => {
  test.each([
    [{ emailConfiguration: { verifyEmail: true } }, '[missing]tenant.emailConfiguration.verificationEmailTemplateId'],
    [{ captchaConfiguration: { enabled: true, siteKey: 's' } }, '[blank]tenant.captchaConfiguration.secretKey'],
    [
      { multiFactorConfiguration: { email: { enabled: true } } },
      '[missing]tenant.multiFactorConfiguration.email.templateId',
    ],
    [
      { emailConfiguration: { verificationStrategy: 'FormField' } },
      '[invalid]tenant.emailConfiguration.verificationStrategy',
    ],
    [
      { externalIdentifierConfiguration: { deviceCodeTimeToLiveInSeconds: 0 } },
      '[invalid]tenant.externalIdentifierConfiguration.deviceCodeTimeToLiveInSeconds',
    ],
    [
      { externalIdentifierConfiguration: { authorizationGrantIdTimeToLiveInSeconds: 601 } },
      '[invalid]tenant.externalIdentifierConfiguration.authorizationGrantIdTimeToLiveInSeconds',
    ],
    [
      { externalIdentifierConfiguration: { deviceUserCodeIdGenerator: { length: 13 } } },
      '[invalid]tenant.externalIdentifierConfiguration.deviceUserCodeIdGenerator.length',
    ],
    [
      { externalIdentifierConfiguration: { setupPasswordIdGenerator: { length: 15 } } },
      '[invalid]tenant.externalIdentifierConfiguration.setupPasswordIdGenerator.length',
    ],
    [{ captchaConfiguration: { threshold: 1.5 } }, '[invalid]tenant.captchaConfiguration.threshold'],
    [{ eventConfiguration: { events: { 'tenant.update': {} } } }, '[invalid]tenant.eventConfiguration.events'],
    [{ familyConfiguration: { maximumChildAge: 0 } }, '[invalid]tenant.familyConfiguration.maximumChildAge'],
    [{ familyConfiguration: { minimumOwnerAge: 0 } }, '[invalid]tenant.familyConfiguration.minimumOwnerAge'],
    [
      {
        jwtConfiguration: {
          refreshTokenExpirationPolicy: 'SlidingWindowWithMaximumLifetime',
          refreshTokenTimeToLiveInMinutes: 43_201,
        },
      },
      '[invalid]tenant.jwtConfiguration.refreshTokenSlidingWindowConfiguration.maximumTimeToLiveInMinutes',
    ],
    [{ passwordValidationRules: { maxLength: 257 } }, '[invalid]tenant.passwordValidationRules.maxLength'],
    [
      {
        passwordEncryptionConfiguration: { encryptionScheme: 'bcrypt' },
        passwordValidationRules: { maxLength: 51 },
      },
      '[invalid]tenant.passwordValidationRules.maxLength',
    ],
    [{ passwordValidationRules: { maxLength: 7 } }, '[invalid]tenant.passwordValidationRules.maxLength'],
    [
      { passwordValidationRules: { rememberPreviousPasswords: { count: 0 } } },
      '[invalid]tenant.passwordValidationRules.rememberPreviousPasswords.count',
    ],
    [
      { passwordValidationRules: { breachDetection: { onLogin: 'NotifyUser' } } },
      '[missing]tenant.passwordValidationRules.breachDetection.notifyUserEmailTemplateId',
    ],
    [
      { rateLimitConfiguration: { failedLogin: { enabled: true, limit: 0 } } },
      '[invalid]tenant.rateLimitConfiguration.failedLogin.limit',
    ],
    [
      { usernameConfiguration: { unique: { numberOfDigits: 2 } } },
      '[invalid]tenant.usernameConfiguration.unique.numberOfDigits',
    ],
    [
      { usernameConfiguration: { unique: { separator: 'x' } } },
      '[invalid]tenant.usernameConfiguration.unique.separator',
    ],
    [{ themeId: id }, '[invalid]tenant.themeId'],
    [{ jwtConfiguration: { accessTokenKeyId: id } }, '[invalid]tenant.jwtConfiguration.accessTokenKeyId'],
    [
      { jwtConfiguration: { idTokenVerificationKeyIds: [id] } },
      '[invalid]tenant.jwtConfiguration.idTokenVerificationKeyIds[0]',
    ],
    [{ connectorPolicies: [{ connectorId: id }] }, '[invalid]tenant.connectorPolicies[0].connectorId'],
    [{ name: 'a'.repeat(192) }, '[tooLong]tenant.name'],
  ])('with %j', async (fields, code) => {
    const { status, json } = await call('PUT', path, { tenant: { name: 'Acme', ...fields } });
    expect(status).toBe(400);
    expect(Object.values(json.fieldErrors).flat()).toEqual([{ code, message: expect.any(String) }]);
  });
});

test('a tenant that speaks SCIM needs the lambdas and entity types for it', async () => {
  const { json } = await call('PUT', path, { tenant: { name: 'Acme', scimServerConfiguration: { enabled: true } } });
  const codes = Object.values<{ code: string }[]>(json.fieldErrors).flat();
  expect(codes.map(({ code }) => code)).toHaveLength(8);
  expect(codes).toContainEqual(
    expect.objectContaining({ code: '[missing]tenant.scimServerConfiguration.serverEntityTypeId' }),
  );
});

test.each([
  ['loginValidationId', 'LoginValidation'],
  ['scimEnterpriseUserRequestConverterId', 'SCIMServerUserRequestConverter'],
  ['scimGroupResponseConverterId', 'SCIMServerGroupResponseConverter'],
])('a lambda of another type is [invalid] as %s', async (name, type) => {
  const lambdaOf = async (lambdaType: string): Promise<string> => {
    const lambda = { name: lambdaType, body: 'function f() {}', type: lambdaType };
    return (await call('POST', '/api/lambda', { lambda })).json.lambda.id;
  };
  const put = async (lambdaType: string) =>
    call('PUT', path, { tenant: { name: 'Acme', lambdaConfiguration: { [name]: await lambdaOf(lambdaType) } } });
  const { json } = await put('JWTPopulate');
  expect(Object.keys(json.fieldErrors)).toEqual([`tenant.lambdaConfiguration.${name}`]);
  expect((await put(type)).status).toBe(200);
});

describe('a copy', () => {
  test('takes over everything but name and id', async () => {
    await call('PUT', path, { tenant: { name: 'Acme', issuer: 'acme.test', data: { a: 1 } } });
    const { status, json } = await call('POST', '/api/tenant', { sourceTenantId: id, tenant: { name: 'Globex' } });
    expect(status).toBe(200);
    expect(json.tenant).toMatchObject({ name: 'Globex', issuer: 'acme.test', data: { a: 1 } });
    expect(json.tenant.id).not.toBe(id);
  });

  test('is made by POST only, with nothing beside the name', async () => {
    const body = { sourceTenantId: id, tenant: { name: 'Globex' } };
    for (const method of ['PUT', 'PATCH']) {
      const { status, json } = await call(method, path, body);
      expect([status, Object.keys(json.fieldErrors)]).toEqual([400, ['sourceTenantId']]);
    }
    const more = { sourceTenantId: id, tenant: { name: 'Globex', issuer: 'globex.test' } };
    expect((await call('POST', '/api/tenant', more)).status).toBe(400);
  });
});

describe('a delete', () => {
  async function fill(): Promise<{ application: string; group: string; webhook: string }> {
    const application = await call('POST', '/api/application', { application: { name: 'Web' } }, { tenantId: id });
    const group = await call('POST', '/api/group', { group: { name: 'Crew' } }, { tenantId: id });
    return {
      application: `/api/application/${application.json.application.id}`,
      group: `/api/group/${group.json.group.id}`,
      webhook: await newWebhook({ tenantIds: [id] }),
    };
  }

  test('takes applications and groups with it and leaves webhooks', async () => {
    const { application, group, webhook } = await fill();
    expect((await call('DELETE', path)).status).toBe(200);
    expect((await call('GET', application)).status).toBe(404);
    expect((await call('GET', group)).status).toBe(404);
    expect(await tenantIdsOf(webhook)).toEqual([]);
  });

  test('with ?async=true is answered 202 and can be seen as pending until it is done', async () => {
    const { application } = await fill();
    expect(await call('DELETE', `${path}?async=true`)).toMatchObject({ status: 202, text: '' });
    expect((await call('GET', path)).json.tenant.state).toBe('PendingDelete');
    await vi.waitFor(async () => expect((await call('GET', path)).status).toBe(404), { interval: 20 });
    expect((await call('GET', application)).status).toBe(404);
  });

  test('of the default tenant is refused', async () => {
    const { json } = await call('GET', '/api/tenant/search?name=default');
    for (const query of ['', '?async=true']) {
      const { status, json: refused } = await call('DELETE', `/api/tenant/${json.tenants[0].id}${query}`);
      expect(status).toBe(400);
      expect(refused.generalErrors).toHaveLength(1);
    }
  });
});
