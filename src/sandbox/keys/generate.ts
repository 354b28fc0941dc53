import { generateKeyPair, randomBytes, type KeyPairKeyObjectResult } from 'node:crypto';
import { promisify } from 'node:util';

import { algorithms, type KeyAlgorithm, type PairAlgorithm } from './algorithm.js';
import { certificateInformation, selfSign } from './certificate.js';
import type { KeyMaterial } from './material.js';

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
  /** Where an RSA pair of 2,048 bits comes from, if it is not made of new primes. */
  readonly rsaPair?: () => Promise<KeyPairKeyObjectResult>;
}

/**
 * A new key pair with its self-signed certificate, or a new HMAC secret. The `kid` of a pair is the SHA-1 thumbprint of
 * its certificate, that of a secret ten hex digits (FusionAuth docs samples `keys/eddsa-response.json`,
 * `keys/hmac-response.json`).
 */
export async function generateKey(request: GenerateRequest): Promise<KeyMaterial> {
  const { type, lengths, pair } = algorithms[request.algorithm];
  if (pair === undefined) {
    return {
      type,
      algorithm: request.algorithm,
      kid: request.kid ?? randomKid(),
      secret: randomBytes(lengths[0] ?? 32).toString('base64'),
    };
  }
  const length = type === 'RSA' ? (request.length ?? 2048) : lengths[0];
  const { rsaPair } = request;
  const quick = rsaPair !== undefined && type === 'RSA' && length === 2048;
  const { publicKey, privateKey } = await (quick ? rsaPair() : generatePair(pair, length ?? 2048));
  const certificate = selfSign({ ...request, algorithm: pair, publicKey, privateKey });
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
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString().trimEnd(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trimEnd(),
  };
}

/** A `kid` as FusionAuth makes it where there is no certificate to take a thumbprint of. */
export function randomKid(): string {
  return randomBytes(5).toString('hex');
}

const makePair = promisify(generateKeyPair);

/** Made on another thread: the server answers meanwhile. */
async function generatePair(
  { nodeType, namedCurve = 'P-256' }: PairAlgorithm,
  bits: number,
): Promise<KeyPairKeyObjectResult> {
  switch (nodeType) {
    case 'rsa':
      return makePair('rsa', { modulusLength: bits });
    case 'ec':
      return makePair('ec', { namedCurve });
    case 'ed25519':
      return makePair('ed25519');
  }
}
