import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import { generateKey } from './generate.js';

const request = { id: 'ea751186-3678-48c0-8f08-11f0e3c1937b', issuer: 'acme.com', now: Date.UTC(2026, 0, 15, 8, 30) };

describe('a generated pair', () => {
  test.each([
    ['RS256', 'RSA', 2048],
    ['ES256', 'EC', 256],
    ['ES384', 'EC', 384],
    ['ES512', 'EC', 521],
    ['Ed25519', 'OKP', 32],
  ] as const)('of %s has a certificate that its own key verifies', async (algorithm, type, length) => {
    const key = await generateKey({ ...request, algorithm });
    expect(key).toMatchObject({ algorithm, type, length, issuer: 'acme.com' });
    const certificate = new X509Certificate(key.certificate!);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString().trimEnd()).toBe(key.publicKey);
  });

  test('is named by the thumbprint of its certificate, whose serial number is its id', async () => {
    const key = await generateKey({ ...request, algorithm: 'ES256' });
    expect(key.kid).toBe(key.certificateInformation?.sha1Thumbprint);
    expect(key.certificateInformation).toMatchObject({
      issuer: 'CN=acme.com',
      subject: 'CN=acme.com',
      serialNumber: '00:EA:75:11:86:36:78:48:C0:8F:08:11:F0:E3:C1:93:7B',
    });
  });

  test('is valid for ten years from now, and expires with its certificate', async () => {
    const key = await generateKey({ ...request, algorithm: 'ES256' });
    expect(key.certificateInformation?.validFrom).toBe(request.now);
    expect(key.expirationInstant).toBe(Date.UTC(2036, 0, 15, 8, 30));
  });

  test('says who it is for in any script and at any length', async () => {
    const issuer = `Čeština ${'und so weiter '.repeat(12)}`.trim();
    const key = await generateKey({ ...request, algorithm: 'Ed25519', issuer, now: Date.UTC(2045, 0, 1) });
    expect(key.certificateInformation).toMatchObject({ subject: `CN=${issuer}`, validTo: Date.UTC(2055, 0, 1) });
  });
});

test('an HMAC secret is as long as its hash and has neither length nor certificate', async () => {
  const key = await generateKey({ ...request, algorithm: 'HS512' });
  expect(Buffer.from(key.secret!, 'base64')).toHaveLength(64);
  expect(key).toEqual({
    type: 'HMAC',
    algorithm: 'HS512',
    kid: expect.stringMatching(/^[0-9a-f]{10}$/),
    secret: key.secret,
  });
});
