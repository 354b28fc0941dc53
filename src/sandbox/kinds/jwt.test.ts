import { describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';
import { readToken } from '../testing/jwt.js';
import { accepted, signOn } from '../testing/login.js';

let now = Date.UTC(2026, 4, 4, 12);
const { call, sandbox } = useSandbox({ clock: () => now });

async function newKey(algorithm: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const key = { algorithm, name: `Acme ${algorithm} ${now}`, ...more };
  return (await accepted(call('POST', '/api/key/generate', { key }))).key.id;
}

async function configure(tenantId: string, jwtConfiguration: Readonly<Record<string, unknown>>): Promise<void> {
  const type = 'application/merge-patch+json';
  await accepted(call('PATCH', `/api/tenant/${tenantId}`, { tenant: { jwtConfiguration } }, { type }));
}

async function setSwitch(name: string, value: string): Promise<void> {
  await fetch(`${sandbox().url}/__sandbox/switches`, { method: 'POST', body: JSON.stringify({ [name]: value }) });
}

function validate(token: string): ReturnType<typeof call> {
  return call('GET', '/api/jwt/validate', undefined, { key: `Bearer ${token}` });
}

describe('a token is signed', () => {
  test.each([
    ['RS256', { length: 2048 }],
    ['RS512', { length: 2048 }],
    ['ES256', {}],
    ['ES384', {}],
    ['ES512', {}],
    ['Ed25519', {}],
  ])("by the tenant's %s key, and any client can verify it", async (algorithm, more) => {
    const crew = await signOn(call);
    await configure(crew.tenantId, { accessTokenKeyId: await newKey(algorithm, more) });
    const { token } = (await crew.logIn()).json;
    expect(await readToken(token, call)).toMatchObject({ header: { alg: algorithm, typ: 'JWT' }, verified: true });
    expect((await validate(token)).status).toBe(200);
  });

  test.each(['HS256', 'HS384', 'HS512'])('by an %s key, which no JWK set shows', async (algorithm) => {
    const crew = await signOn(call);
    await configure(crew.tenantId, { accessTokenKeyId: await newKey(algorithm) });
    const { token } = (await crew.logIn()).json;
    expect(await readToken(token, call)).toMatchObject({ header: { alg: algorithm }, verified: false });
    expect((await validate(token)).status).toBe(200);
  });

  test('as the application says only where its own configuration is enabled', async () => {
    const accessTokenKeyId = await newKey('ES256');
    const own = { accessTokenKeyId, refreshTokenTimeToLiveInMinutes: 60, timeToLiveInSeconds: 60 };
    const crew = await signOn(call, { application: { jwtConfiguration: own } });
    expect((await readToken((await crew.logIn()).json.token, call)).header.alg).toBe('RS256');
    const jwtConfiguration = { ...own, enabled: true };
    await accepted(call('PATCH', `/api/application/${crew.applicationId}`, { application: { jwtConfiguration } }));
    const { header, claims } = await readToken((await crew.logIn()).json.token, call);
    expect(header.alg).toBe('ES256');
    expect(claims.exp - claims.iat).toBe(60);
  });

  test('by the old name of Ed25519, and with a grant, where a switch says so', async () => {
    await setSwitch('ed25519Alg', 'EdDSA');
    await setSwitch('loginTokenGrants', 'password');
    const crew = await signOn(call);
    await configure(crew.tenantId, { accessTokenKeyId: await newKey('Ed25519') });
    const { token } = (await crew.logIn()).json;
    const { header, verified } = await readToken(token, call);
    expect({ header, verified }).toMatchObject({ header: { alg: 'EdDSA', gty: ['password'] }, verified: true });
    expect((await validate(token)).status).toBe(200);
  });
});

describe('validate', () => {
  test('answers the claims of a good token, from the header or the cookie', async () => {
    const { token } = (await (await signOn(call)).logIn()).json;
    const { claims } = await readToken(token, call);
    expect((await validate(token)).json).toEqual({ jwt: claims });
    const cookie = { key: null, headers: { cookie: `access_token=${token}` } };
    expect((await call('GET', '/api/jwt/validate', undefined, cookie)).json).toEqual({ jwt: claims });
    expect((await call('POST', '/api/jwt/validate', undefined, { key: `JWT ${token}` })).status).toBe(200);
  });

  test('answers 401 without a body to a token that is over', async () => {
    const { token } = (await (await signOn(call)).logIn()).json;
    now += 3_600_000 - 1;
    expect((await validate(token)).status).toBe(200);
    now += 1;
    expect(await validate(token)).toMatchObject({ status: 401, text: '' });
  });

  test('answers 401 to a token that was tampered with, and to what is none', async () => {
    const { token } = (await (await signOn(call)).logIn()).json;
    const [header, claims, signature] = token.split('.');
    const more = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), roles: ['captain'] };
    const forged = Buffer.from(JSON.stringify(more)).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const bad of [`${header}.${forged}.${signature}`, `${unsigned}.${claims}.`, `${header}.${claims}.`, 'x.y.z']) {
      expect((await validate(bad)).status).toBe(401);
    }
    expect((await call('GET', '/api/jwt/validate', undefined, { key: null })).status).toBe(401);
  });

  test('does not take a public key for the secret of an HMAC', async () => {
    const { token } = (await (await signOn(call)).logIn()).json;
    const { header } = await readToken(token, call);
    const { publicKey } = (await call('GET', `/api/jwt/public-key?kid=${header.kid}`)).json;
    const { createHmac } = await import('node:crypto');
    const [, claims] = token.split('.');
    const start = `${Buffer.from(JSON.stringify({ ...header, alg: 'HS256' })).toString('base64url')}.${claims}`;
    const signature = createHmac('sha256', publicKey).update(start).digest('base64url');
    expect((await validate(`${start}.${signature}`)).status).toBe(401);
  });
});

describe('rotation of the signing key', () => {
  test('trap: a token of the old key is trusted as long as the key is among the verification keys', async () => {
    const crew = await signOn(call);
    const [a, b] = [await newKey('ES256'), await newKey('ES384')];
    await configure(crew.tenantId, { accessTokenKeyId: a });
    const { token } = (await crew.logIn()).json;
    await configure(crew.tenantId, { accessTokenKeyId: b, accessTokenVerificationKeyIds: [a] });
    expect((await validate(token)).status).toBe(200);
    expect((await validate((await crew.logIn()).json.token)).status).toBe(200);
    expect((await call('DELETE', `/api/key/${a}`)).status).toBe(400);
    await configure(crew.tenantId, { accessTokenVerificationKeyIds: [] });
    expect((await validate(token)).status).toBe(401);
    expect((await readToken(token, call)).verified).toBe(true);
    expect((await call('DELETE', `/api/key/${a}`)).status).toBe(200);
    expect((await readToken(token, call)).verified).toBe(false);
  });

  test("of an application looks at the application's keys alone", async () => {
    const [a, b] = [await newKey('ES256'), await newKey('ES384')];
    const own = { enabled: true, refreshTokenTimeToLiveInMinutes: 60, timeToLiveInSeconds: 600 };
    const crew = await signOn(call, { application: { jwtConfiguration: { ...own, accessTokenKeyId: a } } });
    const { token } = (await crew.logIn()).json;
    const rotated = { ...own, accessTokenKeyId: b };
    await configure(crew.tenantId, { accessTokenVerificationKeyIds: [a] });
    await accepted(
      call('PATCH', `/api/application/${crew.applicationId}`, { application: { jwtConfiguration: rotated } }),
    );
    expect((await validate(token)).status).toBe(401);
    const jwtConfiguration = { ...rotated, accessTokenVerificationKeyIds: [a] };
    await accepted(call('PATCH', `/api/application/${crew.applicationId}`, { application: { jwtConfiguration } }));
    expect((await validate(token)).status).toBe(200);
  });
});

describe('rotation before 1.69', () => {
  const older = useSandbox({ fusionauth: '1.68' });

  test('needs no list: every key there is is trusted', async () => {
    const crew = await signOn(older.call);
    const { token } = (await crew.logIn()).json;
    const key = { algorithm: 'ES256', name: 'Acme 2026' };
    const { id } = (await accepted(older.call('POST', '/api/key/generate', { key }))).key;
    const tenant = { jwtConfiguration: { accessTokenKeyId: id } };
    await accepted(older.call('PATCH', `/api/tenant/${crew.tenantId}`, { tenant }));
    const answer = await older.call('GET', '/api/jwt/validate', undefined, { key: `Bearer ${token}` });
    expect(answer.status).toBe(200);
  });
});

describe('a shadow key', () => {
  test('stands for the client secret of the application', async () => {
    const { createHmac } = await import('node:crypto');
    const clientSecret = 'the-captain-has-no-ship-of-her-own';
    const own = { enabled: true, refreshTokenTimeToLiveInMinutes: 60, timeToLiveInSeconds: 600 };
    const crew = await signOn(call, {
      application: {
        jwtConfiguration: { ...own, accessTokenKeyId: '092dbedc-30af-4149-9c61-b578f2c72f59' },
        oauthConfiguration: { clientSecret },
      },
    });
    const { token } = (await crew.logIn()).json;
    const [header, claims, signature] = token.split('.');
    expect(createHmac('sha256', clientSecret).update(`${header}.${claims}`).digest('base64url')).toBe(signature);
    expect((await validate(token)).status).toBe(200);
  });
});

describe('vend', () => {
  test("signs any claims with the tenant's key, for as long as its tokens live", async () => {
    const sent = { sub: 'gangway', iss: 'ship.example', deck: [1, 2], exp: 1, iat: 1 };
    const { token } = await accepted(call('POST', '/api/jwt/vend', { claims: sent }));
    const { claims, verified } = await readToken(token, call);
    expect(verified).toBe(true);
    expect(claims).toEqual({ ...sent, exp: now / 1000 + 3600, iat: now / 1000, jti: expect.any(String) });
    expect(Object.keys(claims)).toEqual(['exp', 'iat', 'iss', 'sub', 'jti', 'deck']);
    expect((await validate(token)).json.jwt).toEqual(claims);
  });

  test('uses another key and another time where the request says so', async () => {
    const keyId = await newKey('HS512');
    const { token } = await accepted(call('POST', '/api/jwt/vend', { keyId, timeToLiveInSeconds: 5 }));
    const { header, claims } = await readToken(token, call);
    expect(header.alg).toBe('HS512');
    expect(claims.exp - claims.iat).toBe(5);
    // It is none of the keys that the tenant trusts.
    expect((await validate(token)).status).toBe(401);
  });

  test('refuses keys that cannot sign', async () => {
    const secret = { key: { name: 'siem', type: 'Secret', secret: 'abc' } };
    const { id } = (await accepted(call('POST', '/api/key/import', secret))).key;
    for (const keyId of [id, '10000000-0000-0002-0000-000000000001']) {
      const { status, text } = await call('POST', '/api/jwt/vend', { keyId });
      expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining('[invalid]keyId') });
    }
    expect((await call('POST', '/api/jwt/vend', { timeToLiveInSeconds: -1 })).text).toContain(
      '[invalid]timeToLiveInSeconds',
    );
    expect((await call('POST', '/api/jwt/vend', {}, { key: null })).status).toBe(401);
  });
});

describe('issue', () => {
  test('makes a token for another application that ends when the first one does', async () => {
    const crew = await signOn(call);
    const other = await accepted(
      call('POST', '/api/application', {
        application: { name: 'Payroll', loginConfiguration: { generateRefreshTokens: true, allowTokenRefresh: true } },
      }),
    );
    const { token, refreshToken } = (await crew.logIn()).json;
    now += 60_000;
    const path = `/api/jwt/issue?applicationId=${other.application.id}&refreshToken=${refreshToken}`;
    const bearer = { key: `Bearer ${token}` };
    expect(await call('GET', path, undefined, bearer)).toMatchObject({ status: 202 });
    const registration = { applicationId: other.application.id };
    await accepted(call('POST', `/api/user/registration/${crew.userId}`, { registration }));
    const { status, json } = await call('GET', path, undefined, bearer);
    expect(status).toBe(200);
    const [first, second] = [await readToken(token, call), await readToken(json.token, call)];
    expect(second).toMatchObject({
      verified: true,
      claims: {
        aud: other.application.id,
        exp: first.claims.exp,
        auth_time: first.claims.auth_time,
        authenticationType: 'JWT_SSO',
      },
    });
    const { refreshTokens } = (await call('GET', `/api/jwt/refresh?userId=${crew.userId}`)).json;
    expect(refreshTokens.map(({ startInstant }: { startInstant: number }) => startInstant)).toEqual([
      now - 60_000,
      now - 60_000,
    ]);
    expect((await call('GET', path, undefined, { key: null })).status).toBe(401);
    expect((await call('GET', '/api/jwt/issue', undefined, bearer)).text).toContain('[missing]applicationId');
  });
});

describe('the OpenID configuration', () => {
  test('names the issuer of a tenant, and where the keys are', async () => {
    const { json } = await call('GET', '/.well-known/openid-configuration', undefined, { key: null });
    expect(json).toMatchObject({ issuer: 'acme.com', jwks_uri: `${sandbox().url}/.well-known/jwks.json` });
    expect((await fetch(json.jwks_uri)).status).toBe(200);
    const made = await accepted(
      call('POST', '/api/tenant', { tenant: { name: 'Fleet', issuer: 'https://fleet.example' } }),
    );
    for (const path of [
      `/${made.tenant.id}/.well-known/openid-configuration`,
      `/.well-known/openid-configuration?tenantId=${made.tenant.id}`,
    ]) {
      expect((await call('GET', path, undefined, { key: null })).json.issuer).toBe('https://fleet.example');
    }
    expect((await call('GET', '/nowhere/.well-known/openid-configuration')).status).toBe(404);
  });
});

describe('the JWK set', () => {
  test('leaves out expired keys and keys without a private part where switches say so', async () => {
    const publicKey =
      '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAj7BMLfBTfS2qIZHxGwWsBiX7501lNEh3BSo+Yy/fF6o=\n-----END PUBLIC KEY-----';
    await accepted(call('POST', '/api/key/import', { key: { name: 'Partner', publicKey, kid: 'partner' } }));
    const kids = async (): Promise<readonly string[]> =>
      (await call('GET', '/.well-known/jwks.json')).json.keys.map(({ kid }: { kid: string }) => kid);
    expect(await kids()).toHaveLength(2);
    await setSwitch('jwksVerifyOnlyKeys', 'leftOut');
    expect(await kids()).not.toContain('partner');
    now += 11 * 366 * 86_400_000;
    expect(await kids()).toHaveLength(1);
    await setSwitch('jwksExpiredKeys', 'leftOut');
    expect(await kids()).toEqual([]);
  });
});
