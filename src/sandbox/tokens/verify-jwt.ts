import { createHmac, timingSafeEqual, verify } from 'node:crypto';

import { isKeyAlgorithm, type KeyAlgorithm } from '../keys/algorithm.js';
import { isRecord } from '../kinds/normal-text.js';
import type { Fields } from '../store.js';

/** A JWT taken apart; nothing of it is checked. */
export interface ParsedJwt {
  readonly header: Fields;
  readonly claims: Fields;
  /** What the signature is of. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/** Takes a compact JWS apart (RFC 7515 §3.1); undefined for anything else. */
export function parseJwt(token: string): ParsedJwt | undefined {
  const [header, claims, signature, ...more] = token.split('.');
  if (header === undefined || claims === undefined || signature === undefined || more.length > 0) return undefined;
  const [readHeader, readClaims] = [readPart(header), readPart(claims)];
  if (readHeader === undefined || readClaims === undefined) return undefined;
  return {
    header: readHeader,
    claims: readClaims,
    signed: Buffer.from(`${header}.${claims}`),
    signature: Buffer.from(signature, 'base64url'),
  };
}

/**
 * The claims of a JWT that one of the keys has signed and that is good at this moment (RFC 7519 §4.1.4 and 4.1.5);
 * undefined for any other. The key is found by `kid`, and its own algorithm counts, not what the header says.
 * @param keys - as they are stored, HMAC keys with their secrets. @param now - milliseconds since 1970.
 */
export function verifyJwt(token: string, keys: readonly Fields[], now: number): Fields | undefined {
  const jwt = parseJwt(token);
  if (jwt === undefined) return undefined;
  const { header, claims } = jwt;
  const signers = keys.filter(({ kid }) => header['kid'] === undefined || header['kid'] === kid);
  if (!signers.some((key) => isSignedBy(jwt, key))) return undefined;
  const { exp, nbf } = claims;
  if (typeof exp === 'number' && exp * 1000 <= now) return undefined;
  if (typeof nbf === 'number' && nbf * 1000 > now) return undefined;
  return claims;
}

function isSignedBy({ header, signed, signature }: ParsedJwt, key: Fields): boolean {
  const { algorithm, publicKey, secret } = key;
  if (!isKeyAlgorithm(algorithm) || !names(algorithm).includes(String(header['alg']))) return false;
  const hash = `sha${algorithm.slice(2)}`;
  if (algorithm.startsWith('HS')) {
    if (typeof secret !== 'string') return false;
    const expected = createHmac(hash, secret).update(signed).digest();
    return expected.length === signature.length && timingSafeEqual(expected, signature);
  }
  if (typeof publicKey !== 'string') return false;
  if (algorithm === 'Ed25519') return verify(null, signed, publicKey, signature);
  return verify(hash, signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
}

/** An Ed25519 signature goes by two names (RFC 8037 §3.1, RFC 9864 §2.2). */
function names(algorithm: KeyAlgorithm): readonly string[] {
  return algorithm === 'Ed25519' ? ['Ed25519', 'EdDSA'] : [algorithm];
}

function readPart(part: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
