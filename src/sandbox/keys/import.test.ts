import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';

import { generateKey } from './generate.js';
import { importKey } from './import.js';
import type { KeyMaterial } from './material.js';

let billing: KeyMaterial;
beforeAll(async () => {
  billing = await generateKey({
    id: 'ea751186-3678-48c0-8f08-11f0e3c1937b',
    algorithm: 'ES384',
    issuer: 'acme.com',
    now: 0,
  });
});

describe('type and algorithm', () => {
  test('are inferred from a private key', () => {
    expect(importKey({ privateKey: billing.privateKey })).toMatchObject({
      type: 'EC',
      algorithm: 'ES384',
      length: 384,
      publicKey: billing.publicKey,
      privateKey: billing.privateKey,
    });
  });

  test('are inferred from a certificate, which brings its fingerprints and its kid', () => {
    const { kid, certificate, certificateInformation, publicKey } = billing;
    const imported = importKey({ certificate });
    expect(imported).toMatchObject({ type: 'EC', kid, certificateInformation, publicKey });
    expect(imported).not.toHaveProperty('privateKey');
  });

  test('of RSA default to RS256 and can be chosen among RS256, RS384 and RS512', () => {
    const publicKey = rsaPublicKey(2048);
    expect(importKey({ publicKey })).toMatchObject({ type: 'RSA', algorithm: 'RS256', length: 2048 });
    expect(importKey({ publicKey, algorithm: 'RS512' })).toMatchObject({ algorithm: 'RS512' });
  });

  test('that do not fit the key are refused', () => {
    expect(importKey({ publicKey: billing.publicKey, algorithm: 'ES256' })).toMatchObject({
      field: 'algorithm',
      kind: 'invalid',
    });
    expect(importKey({ publicKey: billing.publicKey, type: 'RSA' })).toMatchObject({ field: 'type', kind: 'invalid' });
    expect(importKey({ publicKey: billing.publicKey, algorithm: 'RS1' })).toMatchObject({ field: 'algorithm' });
  });
});

describe('sizes', () => {
  test('a key that only verifies may have 1024 bits, one that signs needs 2048', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 1024,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    expect(importKey({ publicKey })).toMatchObject({ type: 'RSA', length: 1024 });
    expect(importKey({ privateKey })).toMatchObject({ field: 'privateKey', kind: 'invalid' });
  });

  test('a secret longer than 256 characters is refused, and not repeated', () => {
    const secret = 'spare-the-gangway'.repeat(20);
    const problem = importKey({ type: 'Secret', name: 'siem', secret });
    expect(problem).toMatchObject({ field: 'secret', kind: 'tooLong' });
    expect(JSON.stringify(problem)).not.toContain('gangway');
  });
});

test('an HMAC secret needs its type or algorithm said', () => {
  expect(importKey({ type: 'HMAC', secret: 's3cret', kid: 'bridge' })).toEqual({
    type: 'HMAC',
    algorithm: 'HS256',
    kid: 'bridge',
    secret: 's3cret',
  });
  expect(importKey({ secret: 's3cret' })).toMatchObject({ field: 'publicKey', kind: 'blank' });
});

test('a plain secret takes its name for its kid', () => {
  expect(importKey({ type: 'Secret', name: 'siem-token', kid: 'ignored', secret: 'abc' })).toMatchObject({
    type: 'Secret',
    algorithm: 'None',
    kid: 'siem-token',
  });
});

test('a public and a private key that do not belong together are refused', () => {
  const problem = importKey({ publicKey: rsaPublicKey(2048), privateKey: billing.privateKey });
  expect(problem).toMatchObject({ field: 'privateKey', kind: 'invalid' });
});

test('text that is no PEM is refused without being repeated', () => {
  const problem = importKey({ privateKey: 'plain-nonsense' });
  expect(problem).toMatchObject({ field: 'privateKey', kind: 'invalid' });
  expect(JSON.stringify(problem)).not.toContain('plain-nonsense');
});

function rsaPublicKey(modulusLength: number): string {
  return generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
