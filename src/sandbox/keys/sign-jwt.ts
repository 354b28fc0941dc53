import { createHmac, sign } from 'node:crypto';

import { isKeyAlgorithm, joseName, type Ed25519Name, type KeyAlgorithm } from './algorithm.js';

/** A key that cannot sign: only its public half is here, it is no signing key at all, or it is one of FusionAuth's own. */
export class UnsignableError extends Error {
  override readonly name: string = 'UnsignableError';
}

/** What else is in a header. */
export interface SigningOptions {
  /** What an Ed25519 signature is called, default `Ed25519`. */
  readonly ed25519?: Ed25519Name;
  /** The OAuth grants that led to the token, oldest first: `gty` (since 1.36). */
  readonly grants?: readonly string[];
}

/**
 * A JWT signed by a key of Key Master, compact (RFC 7515 §3.1, RFC 7518 §3, RFC 8037 §3.1). The header is
 * `alg`, `typ`, `gty`, `kid`, as in the samples of the FusionAuth docs (lifecycle/authenticate-users/oauth/tokens). The secret of an HMAC key is used as the text it is.
 * @param key - as it is stored, with its private parts. @throws {@link UnsignableError}
 */
export function signJwt(
  claims: Readonly<Record<string, unknown>>,
  key: Readonly<Record<string, unknown>>,
  { ed25519 = 'Ed25519', grants }: SigningOptions = {},
): string {
  const { algorithm, kid } = key;
  if (!isKeyAlgorithm(algorithm)) throw new UnsignableError('the key has no algorithm');
  const header = { alg: joseName(algorithm, ed25519), typ: 'JWT', gty: grants, kid };
  const signed = [header, claims].map((part) => base64url(JSON.stringify(part))).join('.');
  return `${signed}.${signatureOf(Buffer.from(signed), algorithm, key).toString('base64url')}`;
}

function signatureOf(
  data: Buffer,
  algorithm: KeyAlgorithm,
  { privateKey, secret }: Readonly<Record<string, unknown>>,
): Buffer {
  const hash = `sha${algorithm.slice(2)}`;
  if (algorithm.startsWith('HS')) {
    if (typeof secret !== 'string') throw new UnsignableError('the key has no secret');
    return createHmac(hash, secret).update(data).digest();
  }
  if (typeof privateKey !== 'string') throw new UnsignableError('the key has no private key');
  if (algorithm === 'Ed25519') return sign(null, data, privateKey);
  // For elliptic curves a JWS has the two numbers side by side (RFC 7518 §3.4); RSA does not look at it.
  return sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
