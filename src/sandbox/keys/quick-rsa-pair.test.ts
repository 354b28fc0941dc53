import { createSign, createVerify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { quickRsaPair } from './quick-rsa-pair.js';

describe('quickRsaPair', () => {
  it('gives RSA keys of 2,048 bits that verify what they sign, and no two the same', async () => {
    const pairs = await Promise.all(Array.from({ length: 12 }, async () => quickRsaPair()));
    for (const { privateKey, publicKey } of pairs) {
      expect(publicKey.asymmetricKeyDetails).toEqual({ modulusLength: 2048, publicExponent: 65_537n });
      const signature = createSign('sha256').update('crew').sign(privateKey);
      expect(createVerify('sha256').update('crew').verify(publicKey, signature)).toBe(true);
      expect(createVerify('sha256').update('guest').verify(publicKey, signature)).toBe(false);
    }
    const moduli = pairs.map(({ publicKey }) => publicKey.export({ format: 'jwk' })['n']);
    expect(new Set(moduli).size).toBe(12);
  });

  it('exports private keys that OpenSSL reads as it writes its own', async () => {
    const { privateKey } = await quickRsaPair();
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(pem).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(pem.length).toBeGreaterThan(1650);
  });
});
