import { randomBytes, webcrypto } from 'node:crypto';

import { algorithms, type KeyAlgorithm, type WebCryptoNames } from './algorithm.js';
import { certificateInformation, selfSign } from './certificate.js';
import { toPem, type KeyMaterial } from './material.js';

export interface GenerateRequest {
  /** The id the key will have: it is the serial number of its certificate. */
  readonly id: string;
  readonly algorithm: Exclude<KeyAlgorithm, 'None'>;
  /** Bits; needed for RSA, implied for all others. */
  readonly length?: number;
  /** The common name in the certificate; not used for HMAC. */
  readonly issuer: string;
  readonly kid?: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * A new key pair with its self-signed certificate, or a new HMAC secret. The `kid` of a pair is the SHA-1 thumbprint of
 * its certificate, that of a secret ten hex digits (FusionAuth docs samples `keys/eddsa-response.json`,
 * `keys/hmac-response.json`).
 */
export async function generateKey(request: GenerateRequest): Promise<KeyMaterial> {
  const { type, lengths, webCrypto } = algorithms[request.algorithm];
  if (webCrypto === undefined) {
    return {
      type,
      algorithm: request.algorithm,
      kid: request.kid ?? randomKid(),
      secret: randomBytes(lengths[0] ?? 32).toString('base64'),
    };
  }
  const length = type === 'RSA' ? (request.length ?? 2048) : lengths[0];
  const keys = await generatePair(webCrypto, length ?? 2048);
  const certificate = await selfSign({ ...request, algorithm: webCrypto, keys });
  const information = certificateInformation(certificate);
  return {
    type,
    algorithm: request.algorithm,
    kid: request.kid ?? information.sha1Thumbprint,
    ...(length === undefined ? {} : { length }),
    issuer: request.issuer,
    certificate,
    certificateInformation: information,
    expirationInstant: information.validTo,
    publicKey: toPem('PUBLIC KEY', await webcrypto.subtle.exportKey('spki', keys.publicKey)),
    privateKey: toPem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)),
  };
}

/** A `kid` as FusionAuth makes it where there is no certificate to take a thumbprint of. */
export function randomKid(): string {
  return randomBytes(5).toString('hex');
}

async function generatePair(names: WebCryptoNames, bits: number): Promise<webcrypto.CryptoKeyPair> {
  const usages: webcrypto.KeyUsage[] = ['sign', 'verify'];
  const publicExponent = new Uint8Array([1, 0, 1]);
  switch (names.name) {
    case 'RSASSA-PKCS1-v1_5': {
      const { name, hash } = names;
      return webcrypto.subtle.generateKey({ name, hash, modulusLength: bits, publicExponent }, true, usages);
    }
    case 'ECDSA': {
      const { name, namedCurve = 'P-256' } = names;
      return webcrypto.subtle.generateKey({ name, namedCurve }, true, usages);
    }
    case 'Ed25519':
      // `as`: without parameters the types cannot tell a pair from a single key; this algorithm always gives a pair.
      return (await webcrypto.subtle.generateKey(names.name, true, usages)) as webcrypto.CryptoKeyPair;
  }
}
