import { createHmac, createPublicKey, verify } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { generateKey } from './generate.js';
import type { KeyMaterial } from './material.js';
import { signJwt, UnsignableError } from './sign-jwt.js';

const claims = { request_body_sha256: 'KeV+/HGoIQrxuE5YPCRR6AuQOJveldYNNhbVi1i22qk=' };

describe('a signature can be checked with the public key', () => {
  test.each([
    ['RS256', 'RS256'],
    ['RS512', 'RS512'],
    ['ES256', 'ES256'],
    ['ES384', 'ES384'],
    ['ES512', 'ES512'],
    ['Ed25519', 'Ed25519'],
  ] as const)('%s', async (algorithm, alg) => {
    const key = await keyOf(algorithm);
    const [header = '', payload = '', signature = ''] = signJwt(claims, { ...key }).split('.');
    expect(decode(header)).toEqual({ alg, typ: 'JWT', kid: key.kid });
    expect(decode(payload)).toEqual(claims);
    const publicKey = { key: createPublicKey(key.publicKey!), dsaEncoding: 'ieee-p1363' } as const;
    const hash = algorithm === 'Ed25519' ? null : `sha${algorithm.slice(2)}`;
    expect(verify(hash, Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url'))).toBe(
      true,
    );
  });

  test.each(['HS256', 'HS384', 'HS512'] as const)('%s, with the secret', async (algorithm) => {
    const key = await keyOf(algorithm);
    const [header, payload, signature] = signJwt(claims, { ...key }).split('.');
    const hmac = createHmac(`sha${algorithm.slice(2)}`, key.secret!).update(`${header}.${payload}`);
    expect(signature).toBe(hmac.digest('base64url'));
  });
});

test('a key that is only there to verify cannot sign', async () => {
  const { privateKey: _, ...key } = await keyOf('ES256');
  expect(() => signJwt(claims, key)).toThrow(UnsignableError);
  expect(() => signJwt(claims, { algorithm: 'HS256', kid: 'a1' })).toThrow(UnsignableError);
  expect(() => signJwt(claims, { algorithm: 'None', kid: 'a1', secret: 's' })).toThrow(UnsignableError);
});

function keyOf(algorithm: Parameters<typeof generateKey>[0]['algorithm']): Promise<KeyMaterial> {
  return generateKey({ id: '0db8e2a4-1d1f-4d2b-8c1f-3f4f7c2b6a11', algorithm, issuer: 'acme.com', now: Date.now() });
}

function decode(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}
