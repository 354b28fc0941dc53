import { describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';
import { readToken } from '../testing/jwt.js';
import { accepted, crewPassword, signOn } from '../testing/login.js';

let now = Date.UTC(2026, 4, 4, 12);
const { call } = useSandbox({ clock: () => now });

const minute = 60_000;

async function configure(tenantId: string, jwtConfiguration: Readonly<Record<string, unknown>>): Promise<void> {
  await accepted(call('PATCH', `/api/tenant/${tenantId}`, { tenant: { jwtConfiguration } }));
}

function refresh(body: Readonly<Record<string, unknown>>, cookie?: string): ReturnType<typeof call> {
  const headers: Readonly<Record<string, string>> = cookie === undefined ? {} : { cookie };
  return call('POST', '/api/jwt/refresh', body, { key: null, headers });
}

const bad = { status: 400, json: { fieldErrors: { refreshToken: [{ code: '[invalid]refreshToken' }] } } };

describe('a refresh', () => {
  test('answers a new access token for the same session', async () => {
    const crew = await signOn(call);
    const login = (await crew.logIn()).json;
    now += 90 * minute;
    const { status, json, headers } = await refresh({ refreshToken: login.refreshToken });
    expect({ status, json }).toEqual({
      status: 200,
      json: { refreshToken: login.refreshToken, refreshTokenId: login.refreshTokenId, token: expect.any(String) },
    });
    expect(await readToken(json.token, call)).toMatchObject({
      verified: true,
      claims: {
        authenticationType: 'REFRESH_TOKEN',
        auth_time: (now - 90 * minute) / 1000,
        iat: now / 1000,
        sid: login.refreshTokenId,
        sub: crew.userId,
      },
    });
    expect(headers.getSetCookie()).toEqual([
      `access_token=${json.token}; Path=/; HttpOnly`,
      `refresh_token=${json.refreshToken}; Path=/; Max-Age=2592000; HttpOnly`,
    ]);
  });

  test('takes the cookie before the body', async () => {
    const crew = await signOn(call);
    const { refreshToken } = (await crew.logIn()).json;
    expect((await refresh({ refreshToken: 'nothing' }, `a=b; refresh_token=${refreshToken}`)).status).toBe(200);
    expect(await refresh({ refreshToken }, 'refresh_token=nothing')).toMatchObject(bad);
  });

  test('may live shorter than configured, not longer', async () => {
    const crew = await signOn(call);
    const { refreshToken } = (await crew.logIn()).json;
    const { json } = await refresh({ refreshToken, timeToLiveInSeconds: 60 });
    const { claims } = await readToken(json.token, call);
    expect(claims.exp - claims.iat).toBe(60);
    expect((await refresh({ refreshToken, timeToLiveInSeconds: 3601 })).text).toContain('[invalid]timeToLiveInSeconds');
  });

  test.each(['without a token', 'with one that is not known'])('%s is refused', async (how) => {
    const { status, text } = await refresh(how === 'without a token' ? {} : { refreshToken: 'unknown' });
    const code = how === 'without a token' ? '[blank]refreshToken' : '[invalid]refreshToken';
    expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining(code) });
  });

  test('is refused where the application does not allow it', async () => {
    const application = { loginConfiguration: { allowTokenRefresh: false, generateRefreshTokens: true } };
    const { refreshToken } = (await (await signOn(call, { application })).logIn()).json;
    expect(await refresh({ refreshToken })).toMatchObject(bad);
  });

  test('is refused to a user who is locked or no longer registered', async () => {
    const crew = await signOn(call);
    const { refreshToken } = (await crew.logIn()).json;
    await call('DELETE', `/api/user/${crew.userId}`);
    expect(await refresh({ refreshToken })).toMatchObject(bad);
    await call('PUT', `/api/user/${crew.userId}?reactivate=true`);
    expect((await refresh({ refreshToken })).status).toBe(200);
    await call('DELETE', `/api/user/registration/${crew.userId}/${crew.applicationId}`);
    expect(await refresh({ refreshToken })).toMatchObject(bad);
  });
});

describe('a refresh token ends', () => {
  test('Fixed: so long after it was made, however often it is used', async () => {
    const crew = await signOn(call);
    await configure(crew.tenantId, { refreshTokenTimeToLiveInMinutes: 60 });
    const { refreshToken } = (await crew.logIn()).json;
    now += 40 * minute;
    expect((await refresh({ refreshToken })).status).toBe(200);
    now += 20 * minute;
    expect((await refresh({ refreshToken })).status).toBe(200);
    now += 1;
    expect(await refresh({ refreshToken })).toMatchObject(bad);
    expect((await call('GET', `/api/jwt/refresh?userId=${crew.userId}`)).json).toEqual({ refreshTokens: [] });
  });

  test('SlidingWindow: so long after it was used last', async () => {
    const crew = await signOn(call);
    await configure(crew.tenantId, {
      refreshTokenExpirationPolicy: 'SlidingWindow',
      refreshTokenTimeToLiveInMinutes: 60,
    });
    const { refreshToken } = (await crew.logIn()).json;
    for (let use = 0; use < 5; use += 1) {
      now += 50 * minute;
      expect((await refresh({ refreshToken })).status).toBe(200);
    }
    now += 61 * minute;
    expect(await refresh({ refreshToken })).toMatchObject(bad);
  });

  test('SlidingWindowWithMaximumLifetime: the same, but not longer than its maximum', async () => {
    const crew = await signOn(call);
    await configure(crew.tenantId, {
      refreshTokenExpirationPolicy: 'SlidingWindowWithMaximumLifetime',
      refreshTokenSlidingWindowConfiguration: { maximumTimeToLiveInMinutes: 120 },
      refreshTokenTimeToLiveInMinutes: 60,
    });
    const { refreshToken } = (await crew.logIn()).json;
    for (let use = 0; use < 2; use += 1) {
      now += 50 * minute;
      expect((await refresh({ refreshToken })).status).toBe(200);
    }
    now += 21 * minute;
    expect(await refresh({ refreshToken })).toMatchObject(bad);
  });
});

describe('a refresh token for one use', () => {
  const oneTime = (graceSeconds: number): Readonly<Record<string, unknown>> => ({
    refreshTokenUsagePolicy: 'OneTimeUse',
    refreshTokenOneTimeUseConfiguration: { gracePeriodInSeconds: graceSeconds },
  });

  test('has another value after each use and keeps its id', async () => {
    const crew = await signOn(call);
    await configure(crew.tenantId, oneTime(0));
    const login = (await crew.logIn()).json;
    const first = (await refresh({ refreshToken: login.refreshToken })).json;
    expect(first.refreshToken).not.toBe(login.refreshToken);
    expect(first.refreshTokenId).toBe(login.refreshTokenId);
    expect(await refresh({ refreshToken: login.refreshToken })).toMatchObject(bad);
    expect((await refresh({ refreshToken: first.refreshToken })).status).toBe(200);
  });

  test('trap: used again within the grace period is answered with its present value and is not rotated', async () => {
    const crew = await signOn(call);
    await configure(crew.tenantId, oneTime(10));
    const { refreshToken } = (await crew.logIn()).json;
    const first = (await refresh({ refreshToken })).json;
    now += 9_999;
    const again = await refresh({ refreshToken });
    expect(again).toMatchObject({ status: 200, json: { refreshToken: first.refreshToken } });
    now += 1;
    expect(await refresh({ refreshToken })).toMatchObject(bad);
    expect((await refresh({ refreshToken: first.refreshToken })).status).toBe(200);
  });

  test('is revoked when it is used again after that, where the tenant wants it', async () => {
    const crew = await signOn(call);
    await configure(crew.tenantId, {
      ...oneTime(10),
      refreshTokenRevocationPolicy: { onOneTimeTokenReuse: true, onLoginPrevented: true, onPasswordChanged: true },
    });
    const [login, other] = [(await crew.logIn()).json, (await crew.logIn()).json];
    const first = (await refresh({ refreshToken: login.refreshToken })).json;
    now += 5000;
    expect((await refresh({ refreshToken: login.refreshToken })).status).toBe(200);
    now += 5000;
    expect(await refresh({ refreshToken: login.refreshToken })).toMatchObject(bad);
    expect(await refresh({ refreshToken: first.refreshToken })).toMatchObject(bad);
    // "This does not cause all refresh tokens to be revoked."
    expect((await refresh({ refreshToken: other.refreshToken })).status).toBe(200);
  });
});

describe('refresh tokens are looked at', () => {
  test('one by one and by user, without what only the sandbox knows of them', async () => {
    const crew = await signOn(call);
    const { refreshToken, refreshTokenId } = (
      await crew.logIn({ metaData: { device: { name: "Erin's phone", type: 'MOBILE' } }, ipAddress: '203.0.113.7' })
    ).json;
    const shown = {
      applicationId: crew.applicationId,
      data: {},
      id: refreshTokenId,
      insertInstant: now,
      metaData: {
        device: { lastAccessedAddress: '203.0.113.7', lastAccessedInstant: now, name: "Erin's phone", type: 'MOBILE' },
      },
      startInstant: now,
      token: refreshToken,
      userId: crew.userId,
    };
    expect((await call('GET', `/api/jwt/refresh/${refreshTokenId}`)).json).toEqual({ refreshToken: shown });
    expect((await call('GET', `/api/jwt/refresh?userId=${crew.userId}`)).json).toEqual({ refreshTokens: [shown] });
  });

  test.each([
    ['/api/jwt/refresh', 400, '[missing]userId'],
    ['/api/jwt/refresh?userId=erin', 400, '[couldNotConvert]userId'],
    ['/api/jwt/refresh/erin', 400, '[couldNotConvert]tokenId'],
    ['/api/jwt/refresh/10000000-0000-0002-0000-000000000001', 404, ''],
  ])('%s is answered %i %s', async (path, status, code) => {
    const answer = await call('GET', path);
    expect({ status: answer.status, text: answer.text }).toEqual({ status, text: expect.stringContaining(code) });
  });

  test('not by another tenant', async () => {
    const crew = await signOn(call);
    const { refreshTokenId } = (await crew.logIn()).json;
    const tenantId = (await accepted(call('POST', '/api/tenant', { tenant: { name: 'Fleet' } }))).tenant.id;
    expect((await call('GET', `/api/jwt/refresh/${refreshTokenId}`, undefined, { tenantId })).status).toBe(404);
    const own = await call('GET', `/api/jwt/refresh/${refreshTokenId}`, undefined, { tenantId: crew.tenantId });
    expect(own.status).toBe(200);
  });
});

describe('refresh tokens are revoked', () => {
  async function fleet(): Promise<{
    readonly crew: Awaited<ReturnType<typeof signOn>>;
    readonly tokens: readonly any[];
    readonly left: () => Promise<readonly boolean[]>;
    readonly mateId: string;
  }> {
    const crew = await signOn(call);
    const mate = await accepted(
      call('POST', '/api/user/registration', {
        user: { email: 'mate@acme.example', password: crewPassword },
        registration: { applicationId: crew.applicationId },
      }),
    );
    const other = { application: { name: 'Payroll', loginConfiguration: { generateRefreshTokens: true } } };
    const applicationId = (await accepted(call('POST', '/api/application', other))).application.id;
    await accepted(call('POST', `/api/user/registration/${crew.userId}`, { registration: { applicationId } }));
    const tokens = [
      (await crew.logIn()).json,
      (await crew.logIn({ applicationId })).json,
      (await crew.logIn({ loginId: 'mate@acme.example' })).json,
    ];
    const left = (): Promise<readonly boolean[]> =>
      Promise.all(
        tokens.map(
          async ({ refreshTokenId }) => (await call('GET', `/api/jwt/refresh/${refreshTokenId}`)).status === 200,
        ),
      );
    return { crew, tokens, left, mateId: mate.user.id };
  }

  test.each([
    ['value', [false, true, true]],
    ['id', [false, true, true]],
    ['user', [false, false, true]],
    ['application', [false, true, false]],
    ['both', [false, true, true]],
    ['body', [false, false, true]],
  ] as const)('by %s', async (which, expected) => {
    const { crew, tokens, left } = await fleet();
    const { userId, applicationId } = crew;
    const paths = {
      value: `?token=${encodeURIComponent(tokens[0].refreshToken)}`,
      id: `/${tokens[0].refreshTokenId}`,
      user: `?userId=${userId}`,
      application: `?applicationId=${applicationId}`,
      both: `?userId=${userId}&applicationId=${applicationId}`,
      body: '',
    };
    const body = which === 'body' ? { userId } : undefined;
    const { status, text } = await call('DELETE', `/api/jwt/refresh${paths[which]}`, body);
    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(await left()).toEqual(expected);
  });

  test('by a form too, which keeps the token out of access logs', async () => {
    const { tokens, left } = await fleet();
    const form = `token=${encodeURIComponent(tokens[0].refreshToken)}`;
    const type = 'application/x-www-form-urlencoded';
    expect((await call('DELETE', '/api/jwt/refresh', form, { type })).status).toBe(200);
    expect(await left()).toEqual([false, true, true]);
  });

  test('by their owner with an access token, and by nobody else', async () => {
    const { tokens, left, mateId } = await fleet();
    const byMate = { key: `Bearer ${tokens[2].token}` };
    expect((await call('DELETE', `/api/jwt/refresh/${tokens[0].refreshTokenId}`, undefined, byMate)).status).toBe(401);
    expect(
      (await call('DELETE', `/api/jwt/refresh/${tokens[0].refreshTokenId}`, undefined, { key: null })).status,
    ).toBe(401);
    expect((await call('DELETE', `/api/jwt/refresh?token=${tokens[2].refreshToken}`, undefined, byMate)).status).toBe(
      200,
    );
    expect((await call('DELETE', `/api/jwt/refresh?userId=${mateId}`, undefined, byMate)).status).toBe(401);
    expect(await left()).toEqual([true, true, false]);
  });

  test.each([
    ['', 400],
    ['?userId=erin', 400],
    ['?userId=10000000-0000-0002-0000-000000000001', 404],
    ['?applicationId=10000000-0000-0002-0000-000000000001', 404],
    ['?token=unknown', 404],
    ['/10000000-0000-0002-0000-000000000001', 404],
  ])('not with %j, which is answered %i', async (suffix, status) => {
    expect((await call('DELETE', `/api/jwt/refresh${suffix}`)).status).toBe(status);
  });

  test('when the password is changed, unless the tenant does not want it', async () => {
    const crew = await signOn(call);
    const { refreshToken } = (await crew.logIn()).json;
    const patch = (password: string): ReturnType<typeof call> =>
      call('PATCH', `/api/user/${crew.userId}`, { user: { password } });
    await accepted(patch('another-gangway'));
    expect(await refresh({ refreshToken })).toMatchObject(bad);
    await configure(crew.tenantId, { refreshTokenRevocationPolicy: { onPasswordChanged: false } });
    const next = (await crew.logIn({ password: 'another-gangway' })).json;
    await accepted(patch('third-gangway'));
    expect((await refresh({ refreshToken: next.refreshToken })).status).toBe(200);
  });

  test('with their application and with their user', async () => {
    const { crew, tokens, left } = await fleet();
    const { applicationId } = (await readToken(tokens[1].token, call)).claims;
    await call('DELETE', `/api/application/${applicationId}?hardDelete=true`);
    expect(await left()).toEqual([true, false, true]);
    await call('DELETE', `/api/user/${crew.userId}?hardDelete=true`);
    expect(await left()).toEqual([false, false, true]);
  });
});

describe('imported refresh tokens', () => {
  test('can be used like others', async () => {
    const crew = await signOn(call);
    const token = {
      applicationId: crew.applicationId,
      metaData: { device: { name: 'Old phone' } },
      startInstant: now - 1000,
      token: 'taken-over',
      userId: crew.userId,
    };
    const answer = await call('POST', '/api/user/refresh-token/import', { refreshTokens: [token] });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect((await refresh({ refreshToken: 'taken-over' })).json.refreshToken).toBe('taken-over');
    const { refreshTokens } = (await call('GET', `/api/jwt/refresh?userId=${crew.userId}`)).json;
    expect(refreshTokens).toMatchObject([{ ...token, metaData: { device: { name: 'Old phone' } } }]);
  });

  test('are refused as a whole: in words when asked for, else with 500', async () => {
    const crew = await signOn(call);
    const token = { applicationId: crew.applicationId, startInstant: now, token: 'a', userId: crew.userId };
    const stranger = { ...token, token: 'b', userId: '10000000-0000-0002-0000-000000000001' };
    const request = { refreshTokens: [token, token, stranger] };
    const path = '/api/user/refresh-token/import';
    expect(await call('POST', path, request)).toMatchObject({ status: 500, text: '' });
    const { status, json } = await call('POST', path, { ...request, validateDbConstraints: true });
    expect(status).toBe(400);
    expect(Object.keys(json.fieldErrors)).toEqual(['refreshTokens[1].token', 'refreshTokens[2].userId']);
    expect((await call('POST', path, { refreshTokens: [{}] })).json.fieldErrors).toHaveProperty(
      ['refreshTokens[0].token'],
      [expect.objectContaining({ code: '[blank]refreshTokens[0].token' })],
    );
    expect((await call('GET', `/api/jwt/refresh?userId=${crew.userId}`)).json.refreshTokens).toEqual([]);
  });
});
