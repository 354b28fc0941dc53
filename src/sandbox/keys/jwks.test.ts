import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import { generateKey } from './generate.js';
import { toJwks } from './jwks.js';
import { publicView } from './material.js';

const request = { id: '10b1f8f4-4f4e-4d0b-9a53-0f5a4b7c9e11', issuer: 'acme.com', now: Date.UTC(2026, 0, 1) };

describe('the JWK set', () => {
  test('holds the public half of RSA, EC and Ed25519 keys with their certificates', async () => {
    const keys = await Promise.all(
      (['RS256', 'ES256', 'Ed25519'] as const).map((algorithm) => generateKey({ ...request, algorithm })),
    );
    const [rsa, ec, okp] = toJwks(keys.map((key) => ({ ...key }))).keys;
    const common = {
      use: 'sig',
      kid: expect.any(String),
      x5c: [expect.any(String)],
      x5t: expect.any(String),
      'x5t#S256': expect.any(String),
    };
    expect(rsa).toEqual({ ...common, kty: 'RSA', alg: 'RS256', n: expect.any(String), e: 'AQAB' });
    expect(ec).toEqual({
      ...common,
      kty: 'EC',
      alg: 'ES256',
      crv: 'P-256',
      x: expect.any(String),
      y: expect.any(String),
    });
    expect(okp).toEqual({ ...common, kty: 'OKP', alg: 'Ed25519', crv: 'Ed25519', x: expect.any(String) });
    expect(createHash('sha1').update(Buffer.from(ec!.x5c![0]!, 'base64')).digest('base64url')).toBe(ec!.x5t);
  });

  test('never holds a shared secret', async () => {
    const hmac = await generateKey({ ...request, algorithm: 'HS256' });
    const secret = { type: 'Secret', algorithm: 'None', kid: 'siem-token', secret: 'abc' };
    expect(toJwks([{ ...hmac }, secret])).toEqual({ keys: [] });
  });
});

describe('the view of a key in a response', () => {
  test('says whether there is a private key instead of showing it', async () => {
    const key = await generateKey({ ...request, algorithm: 'ES256' });
    const shown = publicView({ ...key });
    expect(shown).toMatchObject({ hasPrivateKey: true, publicKey: key.publicKey });
    expect(shown).not.toHaveProperty('privateKey');
  });

  test('of a shared secret shows neither the secret nor a private key', () => {
    const shown = publicView({ type: 'HMAC', algorithm: 'HS256', kid: 'bridge', secret: 's3cret' });
    expect(shown).toEqual({ type: 'HMAC', algorithm: 'HS256', kid: 'bridge' });
  });
});
