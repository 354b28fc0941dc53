import { describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';
import { accepted, signOn } from '../testing/login.js';
import { useReceiver } from '../testing/receiver.js';
import { subscribe } from '../testing/subscribe.js';

const { call, sandbox } = useSandbox();
const receiver = useReceiver();

const types = [
  'jwt.public-key.update',
  'jwt.refresh',
  'jwt.refresh-token.revoke',
  'user.action',
  'user.login.failed',
  'user.login.new-device',
  'user.login.success',
  'user.two-factor.challenge',
  'user.update',
];

async function listening(transactionType = 'None'): ReturnType<typeof signOn> {
  const crew = await signOn(call);
  await subscribe(call, { urls: [receiver().url], types, transactionType });
  return crew;
}

/** What was told since the last time. */
async function told(): Promise<readonly any[]> {
  await sandbox().settle();
  return receiver()
    .received.splice(0)
    .map(({ event }) => event);
}

describe('a login', () => {
  test('tells of success: by what, into what, from where', async () => {
    const crew = await listening();
    await crew.logIn({ ipAddress: '203.0.113.7', metaData: { device: { name: "Erin's phone" } } });
    const events = await told();
    expect(events).toMatchObject([
      {
        type: 'user.login.success',
        applicationId: crew.applicationId,
        authenticationType: 'PASSWORD',
        connectorId: 'e3306678-a53a-4964-9040-1c96f36dda72',
        info: { deviceName: "Erin's phone", ipAddress: '203.0.113.7' },
        ipAddress: '203.0.113.7',
        linkedObjectId: crew.userId,
        tenantId: crew.tenantId,
        user: { id: crew.userId },
      },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/"(?:password|salt)"/);
  });

  test('into an application that the user is not registered for names none', async () => {
    const crew = await listening();
    const other = await accepted(call('POST', '/api/application', { application: { name: 'Payroll' } }));
    await crew.logIn({ applicationId: other.application.id });
    expect((await told())[0]).not.toHaveProperty('applicationId');
  });

  test('from a device that the request calls new tells of that too', async () => {
    const crew = await listening();
    await crew.logIn({ newDevice: true });
    expect((await told()).map(({ type }) => type)).toEqual(['user.login.success', 'user.login.new-device']);
  });

  test('that webhooks refuse is answered 504, and nobody is logged in', async () => {
    const crew = await listening('AbsoluteMajority');
    const before = (await accepted(call('GET', `/api/user/${crew.userId}`))).user;
    receiver().react = () => ({ status: 500 });
    const { status, text } = await crew.logIn();
    expect({ status, text }).toEqual({ status: 504, text: expect.stringContaining('[WebhookTransactionException]') });
    expect((await accepted(call('GET', `/api/user/${crew.userId}`))).user).toEqual(before);
    expect((await call('GET', `/api/jwt/refresh?userId=${crew.userId}`)).json.refreshTokens).toEqual([]);
    expect((await call('GET', '/api/user/recent-login')).json.logins).toEqual([]);
  });

  test('with a wrong password tells of failure, and of nobody who does not exist', async () => {
    const crew = await listening();
    await crew.logIn({ password: 'wrong' });
    await crew.logIn({ loginId: 'nobody@acme.example' });
    expect(await told()).toMatchObject([
      {
        type: 'user.login.failed',
        applicationId: crew.applicationId,
        authenticationType: 'PASSWORD',
        reason: { code: 'credentials' },
        user: { id: crew.userId },
      },
    ]);
  });

  test('that fails too often tells of the action and of the tokens that are revoked with it', async () => {
    const crew = await listening();
    const made = await accepted(
      call('POST', '/api/user-action', { userAction: { name: 'Locked out', temporal: true, preventLogin: true } }),
    );
    const failedAuthenticationConfiguration = { tooManyAttempts: 1, userActionId: made.userAction.id };
    await accepted(call('PATCH', `/api/tenant/${crew.tenantId}`, { tenant: { failedAuthenticationConfiguration } }));
    await crew.logIn();
    await told();
    await crew.logIn({ password: 'wrong' });
    expect(await told()).toMatchObject([
      { type: 'user.login.failed' },
      { type: 'user.action', action: 'Locked out', actioneeUserId: crew.userId, phase: 'start' },
      { type: 'jwt.refresh-token.revoke', userId: crew.userId },
    ]);
  });

  test('with a second step tells of the challenge and not of success', async () => {
    const crew = await listening();
    const twoFactor = { methods: [{ method: 'authenticator', secret: 'JBSWY3DPEHPK3PXP' }] };
    await accepted(call('PATCH', `/api/user/${crew.userId}`, { user: { twoFactor } }));
    await told();
    expect((await crew.logIn()).status).toBe(242);
    expect(await told()).toMatchObject([{ type: 'user.two-factor.challenge', applicationId: crew.applicationId }]);
  });

  test('by a ping is one', async () => {
    const crew = await listening();
    await call('PUT', `/api/login/${crew.userId}/${crew.applicationId}`);
    expect(await told()).toMatchObject([{ type: 'user.login.success', authenticationType: 'PING' }]);
  });
});

describe('a refresh', () => {
  test('tells of the tokens', async () => {
    const crew = await listening();
    const { refreshToken, token } = (await crew.logIn()).json;
    await told();
    const { json } = await call('POST', '/api/jwt/refresh', { refreshToken, token });
    expect(await told()).toMatchObject([
      {
        type: 'jwt.refresh',
        applicationId: crew.applicationId,
        linkedObjectId: crew.userId,
        original: token,
        refreshToken,
        token: json.token,
        userId: crew.userId,
      },
    ]);
  });

  test('that webhooks refuse is answered 504 and rotates nothing', async () => {
    const crew = await listening('AbsoluteMajority');
    const tenant = { jwtConfiguration: { refreshTokenUsagePolicy: 'OneTimeUse' } };
    await accepted(call('PATCH', `/api/tenant/${crew.tenantId}`, { tenant }));
    const { refreshToken } = (await crew.logIn()).json;
    receiver().react = () => ({ status: 500 });
    expect((await call('POST', '/api/jwt/refresh', { refreshToken })).status).toBe(504);
    receiver().react = [];
    expect((await call('POST', '/api/jwt/refresh', { refreshToken })).status).toBe(200);
  });
});

describe('a revocation', () => {
  test('of one token names it', async () => {
    const crew = await listening();
    const { refreshToken, refreshTokenId } = (await crew.logIn()).json;
    await told();
    await call('DELETE', `/api/jwt/refresh/${refreshTokenId}`);
    expect(await told()).toMatchObject([
      {
        type: 'jwt.refresh-token.revoke',
        applicationId: crew.applicationId,
        applicationTimeToLiveInSeconds: { [crew.applicationId]: 3600 },
        refreshToken: { id: refreshTokenId, token: refreshToken },
        user: { id: crew.userId },
        userId: crew.userId,
      },
    ]);
  });

  test('of a user names the applications, and is not told when there was nothing', async () => {
    const crew = await listening();
    await crew.logIn();
    await told();
    await call('DELETE', `/api/jwt/refresh?userId=${crew.userId}`);
    const [event, ...more] = await told();
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      applicationTimeToLiveInSeconds: { [crew.applicationId]: 3600 },
      userId: crew.userId,
    });
    expect(event).not.toHaveProperty('applicationId');
    expect(event).not.toHaveProperty('refreshToken');
    await call('DELETE', `/api/jwt/refresh?userId=${crew.userId}`);
    expect(await told()).toEqual([]);
  });

  test('of an application names no user', async () => {
    const crew = await listening();
    await call('DELETE', `/api/jwt/refresh?applicationId=${crew.applicationId}`);
    const [event] = await told();
    expect(event).toMatchObject({ applicationId: crew.applicationId, tenantId: crew.tenantId });
    expect(event).not.toHaveProperty('user');
    expect(event).not.toHaveProperty('linkedObjectId');
  });

  test('goes with a change of the password, and can be refused', async () => {
    const crew = await listening();
    const { refreshTokenId } = (await crew.logIn()).json;
    await told();
    const patch = { user: { password: 'another-gangway' } };
    await accepted(call('PATCH', `/api/user/${crew.userId}`, patch));
    expect((await told()).map(({ type }) => type)).toEqual(['user.update', 'jwt.refresh-token.revoke']);
    expect((await call('GET', `/api/jwt/refresh/${refreshTokenId}`)).status).toBe(404);
  });

  test('that webhooks refuse revokes nothing', async () => {
    const crew = await listening('AbsoluteMajority');
    const { refreshTokenId } = (await crew.logIn()).json;
    receiver().react = () => ({ status: 500 });
    expect((await call('DELETE', `/api/jwt/refresh/${refreshTokenId}`)).status).toBe(504);
    expect((await call('GET', `/api/jwt/refresh/${refreshTokenId}`)).status).toBe(200);
  });
});

describe('another signing key', () => {
  async function newKey(algorithm: string): Promise<string> {
    return (await accepted(call('POST', '/api/key/generate', { key: { algorithm, name: `Acme ${algorithm}` } }))).key
      .id;
  }

  test('of a tenant tells of all applications without a configuration of their own', async () => {
    const crew = await listening();
    const accessTokenKeyId = await newKey('ES256');
    const tenant = { jwtConfiguration: { accessTokenKeyId } };
    await accepted(call('PATCH', `/api/tenant/${crew.tenantId}`, { tenant }));
    const [event, ...more] = await told();
    expect(more).toEqual([]);
    expect(event).toMatchObject({ type: 'jwt.public-key.update', tenantId: crew.tenantId });
    expect(event.applicationIds).toEqual([crew.applicationId]);
    expect(event).not.toHaveProperty('linkedObjectId');
    await accepted(call('PATCH', `/api/tenant/${crew.tenantId}`, { tenant: { httpSessionMaxInactiveInterval: 60 } }));
    expect(await told()).toEqual([]);
  });

  test('of an application tells of it alone', async () => {
    const crew = await listening();
    const jwtConfiguration = { enabled: true, accessTokenKeyId: await newKey('ES256') };
    const path = `/api/application/${crew.applicationId}`;
    await accepted(call('PATCH', path, { application: { jwtConfiguration } }));
    expect(await told()).toMatchObject([{ type: 'jwt.public-key.update', applicationIds: [crew.applicationId] }]);
    await accepted(call('PATCH', path, { application: { name: 'Crew 2' } }));
    expect(await told()).toEqual([]);
  });

  test('that webhooks refuse is not taken', async () => {
    const crew = await listening('AbsoluteMajority');
    const before = await accepted(call('GET', `/api/tenant/${crew.tenantId}`));
    receiver().react = () => ({ status: 500 });
    const tenant = { jwtConfiguration: { accessTokenKeyId: await newKey('ES256') } };
    expect((await call('PATCH', `/api/tenant/${crew.tenantId}`, { tenant })).status).toBe(504);
    expect(await accepted(call('GET', `/api/tenant/${crew.tenantId}`))).toEqual(before);
  });
});
