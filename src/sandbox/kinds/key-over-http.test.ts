import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';
import { accepted } from '../testing/login.js';

const { call } = useSandbox();

function pem(
  type: 'ec' | 'rsa',
  options: Readonly<Record<string, unknown>>,
): { publicKey: string; privateKey: string } {
  // `as`: one signature for both types, which Node declares one by one.
  return (generateKeyPairSync as any)(type, {
    ...options,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

function generate(key: Readonly<Record<string, unknown>>): ReturnType<typeof call> {
  return call('POST', '/api/key/generate', { key });
}

function importKey(key: Readonly<Record<string, unknown>>): ReturnType<typeof call> {
  return call('POST', '/api/key/import', { key });
}

describe('generate', () => {
  test.each([
    ['RS384', 3072, 'RSA'],
    ['RS256', '2048', 'RSA'],
    ['ES512', 521, 'EC'],
    ['Ed25519', 32, 'OKP'],
  ])('%s of length %j makes a key of type %s', async (algorithm, length, type) => {
    const { key } = await accepted(generate({ algorithm, length, name: 'Acme' }));
    expect(key).toMatchObject({ algorithm, type, length: Number(length), hasPrivateKey: true });
    expect(key.kid).toBe(key.certificateInformation.sha1Thumbprint);
    expect(key.expirationInstant - key.insertInstant).toBeGreaterThan(9 * 365 * 86_400_000);
  });

  test.each([
    [{ algorithm: 'RS1', name: 'Acme' }, '[invalidJSON]'],
    [{ algorithm: 'PS256', length: 2048, name: 'Acme' }, '[invalidJSON]'],
    [{ algorithm: 'RS256', length: 'long', name: 'Acme' }, '[invalidJSON]'],
    [{ algorithm: 'ES256', name: ' ' }, '[blank]key.name'],
    [{ algorithm: 'ES256', name: 'x'.repeat(192) }, '[tooLong]key.name'],
    [undefined, '[missing]key'],
  ])('of %j is refused with %s', async (key, code) => {
    const { status, text } = await call('POST', '/api/key/generate', key === undefined ? {} : { key });
    expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining(code) });
  });

  test('of the same name at the same time makes one key', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() => generate({ algorithm: 'RS256', length: 2048, name: 'Acme' })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(2);
    expect((await call('GET', '/api/key/search?name=Acme')).json.total).toBe(1);
  });
});

describe('import', () => {
  test('of a certificate, a public key and a private key shows what each is', async () => {
    const { key: made } = await accepted(generate({ algorithm: 'ES256', name: 'source' }));
    await accepted(call('DELETE', `/api/key/${made.id}`));
    const certificate = await accepted(importKey({ certificate: made.certificate, name: 'Partner certificate' }));
    expect(certificate.key).toMatchObject({ kid: made.kid, certificate: made.certificate, publicKey: made.publicKey });
    expect(certificate.key).toMatchObject({ hasPrivateKey: false, type: 'EC', algorithm: 'ES256', length: 256 });
    const { publicKey, privateKey } = pem('rsa', { modulusLength: 2048 });
    const verifier = (await accepted(importKey({ publicKey, kid: 'partner', name: 'Partner' }))).key;
    expect(verifier).toMatchObject({ kid: 'partner', hasPrivateKey: false, type: 'RSA', algorithm: 'RS256' });
    expect(verifier).not.toHaveProperty('certificate');
    const signer = (await accepted(importKey({ algorithm: 'RS512', privateKey, name: 'Own' }))).key;
    expect(signer).toMatchObject({ hasPrivateKey: true, type: 'RSA', algorithm: 'RS512', length: 2048 });
    expect(signer).not.toHaveProperty('privateKey');
  });

  test('takes small RSA keys to verify with and not to sign with', async () => {
    const { publicKey, privateKey } = pem('rsa', { modulusLength: 1024 });
    expect((await importKey({ publicKey, name: 'Old partner' })).json.key.length).toBe(1024);
    const refused = await importKey({ privateKey, name: 'Old own' });
    expect(refused).toMatchObject({ status: 400, text: expect.stringContaining('[invalid]key.privateKey') });
    expect(refused.text).not.toContain(privateKey.split('\n')[1]);
  });

  test('refuses curves that FusionAuth has no algorithm for', async () => {
    const { publicKey } = pem('ec', { namedCurve: 'secp256k1' });
    expect((await importKey({ publicKey, name: 'Ledger' })).text).toContain('[invalid]key.publicKey');
  });

  test('refuses a kid that is too long', async () => {
    const key = { type: 'HMAC', secret: 's3cret', kid: 'k'.repeat(192), name: 'Bridge' };
    expect((await importKey(key)).text).toContain('[tooLong]key.kid');
  });
});

describe('a secret', () => {
  test.each(['Secret', 'SecretKeyValue'])('may be called %s and is shown as Secret', async (type) => {
    const { key } = await accepted(importKey({ type, name: 'siem-token', kid: 'other', secret: 'abc' }));
    expect(key).toEqual({
      algorithm: 'None',
      id: expect.any(String),
      insertInstant: expect.any(Number),
      kid: 'siem-token',
      lastUpdateInstant: key.insertInstant,
      name: 'siem-token',
      type: 'Secret',
    });
  });

  test('has the kid that its name is, also when it is renamed', async () => {
    const { key } = await accepted(importKey({ type: 'Secret', name: 'siem-token', secret: 'abc' }));
    const renamed = await accepted(call('PUT', `/api/key/${key.id}`, { key: { name: 'siem-2' } }));
    expect(renamed.key).toMatchObject({ kid: 'siem-2', name: 'siem-2', type: 'Secret' });
  });

  test('has 256 characters at most, and is not repeated in an error', async () => {
    const secret = 'spare-the-gangway'.repeat(16);
    const { key } = await accepted(importKey({ type: 'Secret', name: 'siem-token', secret: secret.slice(0, 256) }));
    for (const answer of [
      await importKey({ type: 'Secret', name: 'other', secret }),
      await call('PUT', `/api/key/${key.id}`, { key: { name: 'siem-token', secret } }),
    ]) {
      expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('[tooLong]key.secret') });
      expect(answer.text).not.toContain('gangway');
    }
  });
});

describe('what a key is used for', () => {
  test('must fit it: tokens are signed by keys that can sign and verified by keys that can verify', async () => {
    const { publicKey } = pem('rsa', { modulusLength: 2048 });
    const verifier = (await accepted(importKey({ publicKey, name: 'Partner' }))).key.id;
    const secret = (await accepted(importKey({ type: 'Secret', name: 'siem-token', secret: 'abc' }))).key.id;
    const { tenants } = await accepted(call('GET', '/api/tenant'));
    const patch = (jwtConfiguration: object): ReturnType<typeof call> =>
      call('PATCH', `/api/tenant/${tenants[0].id}`, { tenant: { jwtConfiguration } });
    for (const id of [verifier, secret]) {
      expect((await patch({ accessTokenKeyId: id })).text).toContain(
        '[invalid]tenant.jwtConfiguration.accessTokenKeyId',
      );
      expect((await patch({ idTokenKeyId: id })).text).toContain('[invalid]tenant.jwtConfiguration.idTokenKeyId');
    }
    expect((await patch({ accessTokenVerificationKeyIds: [secret] })).text).toContain(
      '[invalid]tenant.jwtConfiguration.accessTokenVerificationKeyIds[0]',
    );
    expect((await patch({ accessTokenVerificationKeyIds: [verifier] })).status).toBe(200);
    expect((await call('DELETE', `/api/key/${verifier}`)).text).toContain('[inUse]keyId');
  });

  test('is no place for a secret in a webhook or an entity type', async () => {
    const id = (await accepted(importKey({ type: 'Secret', name: 'siem-token', secret: 'abc' }))).key.id;
    const webhook = {
      connectTimeout: 1000,
      readTimeout: 1000,
      url: 'http://127.0.0.1:1/hook',
      signatureConfiguration: { enabled: true, signingKeyId: id },
    };
    expect((await call('POST', '/api/webhook', { webhook })).text).toContain('signatureConfiguration.signingKeyId');
    const entityType = {
      name: 'Ship',
      jwtConfiguration: { enabled: true, accessTokenKeyId: id, timeToLiveInSeconds: 60 },
    };
    expect((await call('POST', '/api/entity/type', { entityType })).text).toContain(
      'jwtConfiguration.accessTokenKeyId',
    );
  });
});
