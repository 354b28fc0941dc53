import { describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';
import { readToken } from '../testing/jwt.js';
import { accepted, crewEmail, crewPassword, signOn } from '../testing/login.js';

let now = Date.UTC(2026, 4, 4, 12);
const { call, sandbox } = useSandbox({ clock: () => now });

describe('a login', () => {
  test('answers the user, an access token and a refresh token', async () => {
    const crew = await signOn(call);
    const { status, json } = await crew.logIn();
    expect(status).toBe(200);
    expect(json).toEqual({
      refreshToken: expect.any(String),
      refreshTokenId: expect.any(String),
      token: expect.any(String),
      tokenExpirationInstant: now + 3600 * 1000,
      user: expect.objectContaining({ id: crew.userId, email: crewEmail, lastLoginInstant: now }),
    });
    expect(json.user).not.toHaveProperty('password');
  });

  test('has a token that the JWK set verifies, with the documented claims in the documented order', async () => {
    const crew = await signOn(call);
    const { json } = await crew.logIn();
    const { header, claims, verified } = await readToken(json.token, call);
    expect(verified).toBe(true);
    expect(Object.keys(header)).toEqual(['alg', 'typ', 'kid']);
    expect(claims).toEqual({
      aud: crew.applicationId,
      exp: now / 1000 + 3600,
      iat: now / 1000,
      iss: 'acme.com',
      sub: crew.userId,
      jti: expect.any(String),
      authenticationType: 'PASSWORD',
      applicationId: crew.applicationId,
      roles: ['deck'],
      sid: json.refreshTokenId,
      auth_time: now / 1000,
      tid: crew.tenantId,
    });
    expect(Object.keys(claims).slice(0, 5)).toEqual(['aud', 'exp', 'iat', 'iss', 'sub']);
  });

  test('gives the token and the refresh token as cookies too', async () => {
    const crew = await signOn(call);
    const { json, headers } = await crew.logIn();
    expect(headers.getSetCookie()).toEqual([
      `access_token=${json.token}; Path=/; HttpOnly`,
      `refresh_token=${json.refreshToken}; Path=/; Max-Age=2592000; HttpOnly`,
    ]);
  });

  test('with noJWT gives neither', async () => {
    const crew = await signOn(call);
    const { status, json, headers } = await crew.logIn({ noJWT: true });
    expect(status).toBe(200);
    expect(Object.keys(json)).toEqual(['user']);
    expect(headers.getSetCookie()).toEqual([]);
  });

  test('for no application authenticates only: no audience and no refresh token', async () => {
    const crew = await signOn(call);
    const { status, json } = await crew.logIn({ applicationId: undefined });
    expect(status).toBe(200);
    expect(json).not.toHaveProperty('refreshToken');
    const { claims } = await readToken(json.token, call);
    expect(claims).not.toHaveProperty('aud');
    expect(claims).toMatchObject({ sub: crew.userId, email: crewEmail, email_verified: true });
  });

  test('trap: of a user who is not registered is answered 202, and its token has no roles', async () => {
    const crew = await signOn(call);
    const other = await accepted(call('POST', '/api/application', { application: { name: 'Payroll' } }));
    const { status, json } = await crew.logIn({ applicationId: other.application.id });
    expect(status).toBe(202);
    expect(json).not.toHaveProperty('refreshToken');
    const { claims } = await readToken(json.token, call);
    expect(claims).toMatchObject({ aud: other.application.id });
    expect(claims).not.toHaveProperty('applicationId');
    expect(claims).not.toHaveProperty('roles');
  });

  test('names the e-mail address where the application is compatible with older versions', async () => {
    const crew = await signOn(call, { application: { oauthConfiguration: { scopeHandlingPolicy: 'Compatibility' } } });
    const { claims } = await readToken((await crew.logIn()).json.token, call);
    expect(claims).toMatchObject({ email: crewEmail, email_verified: true });
  });

  test('has the roles of the groups that the user is in', async () => {
    const crew = await signOn(call);
    const { application } = await accepted(call('GET', `/api/application/${crew.applicationId}`));
    const engine = application.roles.find(({ name }: { name: string }) => name === 'engine');
    const { group } = await accepted(call('POST', '/api/group', { group: { name: 'Stokers' }, roleIds: [engine.id] }));
    await accepted(call('POST', '/api/group/member', { members: { [group.id]: [{ userId: crew.userId }] } }));
    expect((await readToken((await crew.logIn()).json.token, call)).claims.roles).toEqual(['deck', 'engine']);
  });

  test('moves the instants of the last login and not that of the last update', async () => {
    const crew = await signOn(call);
    const before = (await accepted(call('GET', `/api/user/${crew.userId}`))).user;
    now += 60_000;
    await crew.logIn();
    const { user } = await accepted(call('GET', `/api/user/${crew.userId}`));
    expect(user).toMatchObject({ lastLoginInstant: now, lastUpdateInstant: before.lastUpdateInstant });
    expect(user.registrations[0].lastLoginInstant).toBe(now);
  });
});

describe('who may ask', () => {
  test('needs an API key, unless the application says otherwise', async () => {
    const crew = await signOn(call);
    const body = { loginId: crewEmail, password: crewPassword, applicationId: crew.applicationId };
    expect((await call('POST', '/api/login', body, { key: null })).status).toBe(401);
    const open = { application: { loginConfiguration: { requireAuthentication: false } } };
    await accepted(call('PATCH', `/api/application/${crew.applicationId}`, open));
    expect((await call('POST', '/api/login', body, { key: null })).status).toBe(200);
    expect((await call('POST', '/api/login', body, { key: 'no such key' })).status).toBe(200);
  });

  test('without an application is said by the tenant', async () => {
    const crew = await signOn(call);
    const body = { loginId: crewEmail, password: crewPassword };
    expect((await call('POST', '/api/login', body, { key: null })).status).toBe(401);
    const open = { tenant: { loginConfiguration: { requireAuthentication: false } } };
    await accepted(call('PATCH', `/api/tenant/${crew.tenantId}`, open));
    expect((await call('POST', '/api/login', body, { key: null })).status).toBe(200);
  });

  test('with an API key that is not for logins is nobody', async () => {
    const crew = await signOn(call);
    const apiKey = { permissions: { endpoints: { '/api/user': ['GET'] } } };
    const made = await accepted(call('POST', '/api/api-key', { apiKey }));
    const body = { loginId: crewEmail, password: crewPassword, applicationId: crew.applicationId };
    expect((await call('POST', '/api/login', body, { key: made.apiKey.key })).status).toBe(401);
  });
});

describe('a login is refused', () => {
  test.each([
    [{ password: 'wrong' }, 404, ''],
    [{ loginId: 'nobody@acme.example' }, 404, ''],
    [{ loginId: '' }, 400, '[blank]loginId'],
    [{ password: undefined }, 400, '[blank]password'],
    [{ applicationId: '10000000-0000-0002-0000-000000000001' }, 400, '[invalid]applicationId'],
    [{ applicationId: 'crew' }, 400, '[couldNotConvert]applicationId'],
    [{ loginIdTypes: ['shoeSize'] }, 400, '[invalid]loginIdTypes'],
  ])('with %j, by %i', async (more, status, code) => {
    const crew = await signOn(call);
    const answer = await crew.logIn(more);
    expect({ status: answer.status, empty: answer.text === '' }).toEqual({ status, empty: code === '' });
    expect(answer.text).toContain(code);
  });

  test('for a locked user with 423, and that without the right password', async () => {
    const crew = await signOn(call);
    await call('DELETE', `/api/user/${crew.userId}`);
    expect(await crew.logIn({ password: 'wrong' })).toMatchObject({ status: 423, text: '' });
    await fetch(`${sandbox().url}/__sandbox/switches`, { method: 'POST', body: '{"preventedLogin":"afterPassword"}' });
    expect((await crew.logIn({ password: 'wrong' })).status).toBe(404);
    expect((await crew.logIn()).status).toBe(423);
  });

  test('for an expired user with 410', async () => {
    const crew = await signOn(call, { user: { expiry: now + 1000 } });
    expect((await crew.logIn()).status).toBe(200);
    now += 1000;
    expect(await crew.logIn()).toMatchObject({ status: 410, text: '' });
  });
});

describe('one more step is asked for', () => {
  test.each([
    ['an administrator wants it', { passwordChangeRequired: true }, {}, 'Administrative'],
    ['it is too old', {}, { maximumPasswordAge: { enabled: true, days: 1 } }, 'Expired'],
    ['the rules have changed', {}, { passwordValidationRules: { minLength: 40, validateOnLogin: true } }, 'Validation'],
  ])('when %s: 203 with a reason', async (_, user, tenant, changePasswordReason) => {
    const crew = await signOn(call, { user });
    await accepted(call('PATCH', `/api/tenant/${crew.tenantId}`, { tenant }));
    now += 2 * 86_400_000;
    const { status, json } = await crew.logIn();
    expect(status).toBe(203);
    expect(json).toEqual({ changePasswordId: expect.any(String), changePasswordReason });
  });

  test('when the user has a second factor: 242 with its methods and not their secrets', async () => {
    const method = { method: 'authenticator', secret: 'JBSWY3DPEHPK3PXP' };
    const crew = await signOn(call, { user: { twoFactor: { methods: [method] } } });
    const { status, json } = await crew.logIn();
    expect(status).toBe(242);
    expect(json).toEqual({
      methods: [{ method: 'authenticator', id: expect.any(String), authenticator: expect.any(Object) }],
      twoFactorId: expect.any(String),
    });
  });

  test('when every user needs a second factor: 242 with the methods there are', async () => {
    const crew = await signOn(call);
    const tenant = { multiFactorConfiguration: { loginPolicy: 'Required' } };
    await accepted(call('PATCH', `/api/tenant/${crew.tenantId}`, { tenant }));
    const { status, json } = await crew.logIn();
    expect({ status, json }).toEqual({
      status: 242,
      json: { configurableMethods: ['authenticator'], twoFactorId: expect.any(String) },
    });
  });
});

describe('a user who is not verified', () => {
  async function unverified(behavior: string): ReturnType<typeof signOn> {
    const { tenants } = await accepted(call('GET', '/api/tenant'));
    const template = await accepted(
      call('POST', '/api/email/template', {
        emailTemplate: {
          name: 'Verify',
          defaultSubject: 'Verify',
          defaultHtmlTemplate: 'x',
          defaultTextTemplate: 'x',
          fromEmail: 'crew@acme.example',
        },
      }),
    );
    await accepted(
      call('PATCH', `/api/tenant/${tenants[0].id}`, {
        tenant: {
          emailConfiguration: {
            verifyEmail: true,
            verificationEmailTemplateId: template.emailTemplate.id,
            verificationStrategy: behavior === 'Gated' ? 'FormField' : 'ClickableLink',
            unverified: { behavior },
          },
        },
      }),
    );
    return signOn(call);
  }

  test('is let in with 212', async () => {
    const { status, json } = await (await unverified('Allow')).logIn();
    expect(status).toBe(212);
    expect(json).toMatchObject({ token: expect.any(String) });
    expect(json).not.toHaveProperty('emailVerificationId');
  });

  test('gets no token where the tenant keeps him out, but the id to verify with', async () => {
    const { status, json } = await (await unverified('Gated')).logIn();
    expect(status).toBe(212);
    expect(json).toEqual({
      emailVerificationId: expect.any(String),
      identityVerificationId: json.emailVerificationId,
      user: expect.objectContaining({ email: crewEmail, verified: false }),
    });
  });
});

describe('a login id', () => {
  test('is an e-mail address before it is a user name, unless the request says otherwise', async () => {
    const crew = await signOn(call, { user: { username: 'erin' } });
    await accepted(
      call('POST', '/api/user', { user: { username: crewEmail, email: 'other@acme.example', password: crewPassword } }),
    );
    expect((await crew.logIn()).json.user.id).toBe(crew.userId);
    expect((await crew.logIn({ loginId: 'ERIN' })).json.user.id).toBe(crew.userId);
    const other = await crew.logIn({ loginIdTypes: ['username'] });
    expect(other).toMatchObject({ status: 202, json: { user: { username: crewEmail } } });
  });

  test('can be a telephone number where the request says so', async () => {
    const crew = await signOn(call, { user: { phoneNumber: '+13035551212' } });
    expect((await crew.logIn({ loginId: '(303) 555-1212', loginIdTypes: ['phoneNumber'] })).status).toBe(200);
    expect((await crew.logIn({ loginId: '(303) 555-1212' })).status).toBe(404);
  });
});

describe('too many failures', () => {
  async function lockout(): Promise<Awaited<ReturnType<typeof signOn>>> {
    const crew = await signOn(call);
    const made = await accepted(
      call('POST', '/api/user-action', { userAction: { name: 'Locked out', temporal: true, preventLogin: true } }),
    );
    const failedAuthenticationConfiguration = { tooManyAttempts: 3, userActionId: made.userAction.id };
    await accepted(call('PATCH', `/api/tenant/${crew.tenantId}`, { tenant: { failedAuthenticationConfiguration } }));
    return crew;
  }

  test('lock a user out for a while: 409 with the action', async () => {
    const crew = await lockout();
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await crew.logIn({ password: 'x' })).status).toBe(404);
    const { status, json } = await crew.logIn();
    expect(status).toBe(409);
    expect(json.actions).toEqual([expect.objectContaining({ name: 'Locked out', expiry: now + 3 * 60_000 })]);
    now += 3 * 60_000;
    expect((await crew.logIn()).status).toBe(200);
  });

  test('are counted anew after a while without one, and not after a login', async () => {
    const crew = await lockout();
    await crew.logIn({ password: 'x' });
    await crew.logIn({ password: 'x' });
    now += 60_000;
    await crew.logIn({ password: 'x' });
    await crew.logIn({ password: 'x' });
    expect((await crew.logIn()).status).toBe(200);
    await crew.logIn({ password: 'x' });
    expect((await crew.logIn()).status).toBe(409);
  });

  test('cost the user all refresh tokens', async () => {
    const crew = await lockout();
    const { json } = await crew.logIn();
    for (let attempt = 0; attempt < 3; attempt += 1) await crew.logIn({ password: 'x' });
    expect((await call('GET', `/api/jwt/refresh/${json.refreshTokenId}`)).status).toBe(404);
  });

  test('do nothing where the tenant names no action', async () => {
    const crew = await signOn(call);
    for (let attempt = 0; attempt < 6; attempt += 1) await crew.logIn({ password: 'x' });
    expect((await crew.logIn()).status).toBe(200);
  });
});

describe('a ping', () => {
  test('is a login without a token, and 202 where the user is not registered', async () => {
    const crew = await signOn(call);
    now += 60_000;
    const path = `/api/login/${crew.userId}`;
    expect(await call('PUT', `${path}/${crew.applicationId}?ipAddress=203.0.113.7`)).toMatchObject({
      status: 200,
      text: '',
    });
    const { user } = await accepted(call('GET', `/api/user/${crew.userId}`));
    expect(user.registrations[0].lastLoginInstant).toBe(now);
    const other = await accepted(call('POST', '/api/application', { application: { name: 'Payroll' } }));
    expect((await call('PUT', `${path}/${other.application.id}`)).status).toBe(202);
    expect((await call('PUT', `/api/login/${other.application.id}/${crew.applicationId}`)).status).toBe(404);
  });

  test('can come from the user himself, with his token', async () => {
    const crew = await signOn(call);
    const { json } = await crew.logIn();
    expect((await call('PUT', '/api/login', undefined, { key: `Bearer ${json.token}` })).status).toBe(200);
    expect((await call('PUT', '/api/login', undefined, { key: null })).status).toBe(401);
  });
});

describe('login records', () => {
  test('say who logged in where, newest first', async () => {
    const crew = await signOn(call);
    await crew.logIn({ ipAddress: '203.0.113.7' });
    now += 1000;
    await crew.logIn({ applicationId: undefined });
    const { status, json } = await call('GET', `/api/user/recent-login?userId=${crew.userId}`);
    expect(status).toBe(200);
    expect(json.logins).toEqual([
      { instant: now, ipAddress: '127.0.0.1', loginId: crewEmail, loginIdType: 'email', userId: crew.userId },
      {
        applicationId: crew.applicationId,
        applicationName: 'Crew app',
        instant: now - 1000,
        ipAddress: '203.0.113.7',
        loginId: crewEmail,
        loginIdType: 'email',
        userId: crew.userId,
      },
    ]);
    expect((await call('GET', '/api/user/recent-login?limit=1&offset=1')).json.logins).toHaveLength(1);
  });

  test('are searched by application, user and time, with a total only on request', async () => {
    const crew = await signOn(call);
    for (let login = 0; login < 3; login += 1) {
      now += 1000;
      await crew.logIn();
    }
    const search = { applicationId: crew.applicationId, start: now - 1000, numberOfResults: 1 };
    const found = await accepted(call('POST', '/api/system/login-record/search', { search, retrieveTotal: true }));
    expect(found).toMatchObject({ total: 2, logins: [{ instant: now }] });
    const query = `userId=${crew.userId}&end=${now - 1000}`;
    const { json } = await call('GET', `/api/system/login-record/search?${query}`);
    expect(json.logins).toHaveLength(2);
    expect(json).not.toHaveProperty('total');
  });
});

describe('a logout', () => {
  test('takes the cookies away and revokes the refresh token of the cookie', async () => {
    const crew = await signOn(call);
    const [first, second] = [(await crew.logIn()).json, (await crew.logIn()).json];
    const cookie = `refresh_token=${first.refreshToken}; access_token=${first.token}`;
    const { status, text, headers } = await call('POST', '/api/logout', undefined, { key: null, headers: { cookie } });
    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(headers.getSetCookie()).toEqual([
      'access_token=; Path=/; Max-Age=0; HttpOnly',
      'refresh_token=; Path=/; Max-Age=0; HttpOnly',
    ]);
    expect((await call('GET', `/api/jwt/refresh/${first.refreshTokenId}`)).status).toBe(404);
    expect((await call('GET', `/api/jwt/refresh/${second.refreshTokenId}`)).status).toBe(200);
  });

  test('with global revokes all of the user, and with nothing to revoke is fine', async () => {
    const crew = await signOn(call);
    const { refreshToken } = (await crew.logIn()).json;
    await crew.logIn();
    expect((await call('POST', '/api/logout', { global: true, refreshToken }, { key: null })).status).toBe(200);
    expect((await call('GET', `/api/jwt/refresh?userId=${crew.userId}`)).json).toEqual({ refreshTokens: [] });
    expect((await call('POST', '/api/logout', undefined, { key: null })).status).toBe(200);
  });
});
