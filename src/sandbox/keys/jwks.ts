import { createPublicKey } from 'node:crypto';

import { isKeyAlgorithm, joseName, type Ed25519Name } from './algorithm.js';

/** A public key as FusionAuth publishes it. Field names: FusionAuth docs apis/jwt, RFC 7517 §4, RFC 7518 §6, RFC 8037 §2. */
export interface PublicJwk {
  readonly alg?: string;
  readonly crv?: string;
  readonly e?: string;
  readonly kid: string;
  readonly kty: 'EC' | 'OKP' | 'RSA';
  readonly n?: string;
  readonly use: 'sig';
  readonly x?: string;
  readonly x5c?: readonly string[];
  readonly x5t?: string;
  readonly 'x5t#S256'?: string;
  readonly y?: string;
}

/**
 * The JWK of a stored key, or nothing for HMAC, Secret and anything without a public key: a shared secret in a JWK set
 * would be the secret itself (fusionauth-issues #744).
 */
function toJwk(key: Readonly<Record<string, unknown>>, ed25519: Ed25519Name): PublicJwk | undefined {
  const { type, publicKey, kid, algorithm } = key;
  if (type !== 'RSA' && type !== 'EC' && type !== 'OKP') return undefined;
  if (typeof publicKey !== 'string' || typeof kid !== 'string') return undefined;
  const { crv, e, n, x, y } = createPublicKey(publicKey).export({ format: 'jwk' });
  const alg = isKeyAlgorithm(algorithm) ? joseName(algorithm, ed25519) : undefined;
  const parts = Object.fromEntries(Object.entries({ alg, crv, e, n, x, y }).filter(([, value]) => value !== undefined));
  return { ...parts, kid, kty: type, use: 'sig', ...certificateParts(key) };
}

/** The JWK set of some keys, in the order they are given. */
export function toJwks(
  keys: Iterable<Readonly<Record<string, unknown>>>,
  ed25519: Ed25519Name = 'Ed25519',
): { readonly keys: readonly PublicJwk[] } {
  return { keys: [...keys].map((key) => toJwk(key, ed25519)).filter((jwk) => jwk !== undefined) };
}

function certificateParts(key: Readonly<Record<string, unknown>>): Partial<PublicJwk> {
  const { certificate } = key;
  if (typeof certificate !== 'string') return {};
  // `as`: stored beside the certificate by the code of this folder.
  const information = key['certificateInformation'] as { sha1Thumbprint: string; sha256Thumbprint: string };
  return {
    x5c: [certificate.replace(/-----[A-Z ]+-----|\s/g, '')],
    x5t: information.sha1Thumbprint,
    'x5t#S256': information.sha256Thumbprint,
  };
}
