import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';

import { algorithms, isKeyAlgorithm, parseKeyType, type KeyAlgorithm, type KeyType } from './algorithm.js';
import { certificateInformation } from './certificate.js';
import { randomKid } from './generate.js';
import { toPem, type KeyMaterial } from './material.js';

/** The body of `POST /api/key/import`, inside its `key`. Values are what came over the wire. */
export type ImportRequest = Readonly<Record<string, unknown>>;

/** Why a key was not taken: a field below `key`, FusionAuth's kind of error, and a sentence. */
export interface ImportProblem {
  readonly field: string;
  readonly kind: 'blank' | 'invalid' | 'missing' | 'tooLong';
  readonly message: string;
}

/** A verify-only RSA key may be smaller than one that signs (FusionAuth release notes 1.23.4, docs apis/keys). */
const smallestRsa = { verify: 1024, sign: 2048 } as const;

/** FusionAuth docs apis/keys: "Secrets must be 256 characters or less". */
export const longestSecret = 256;

/**
 * Takes over a PEM certificate, public key, private key, an HMAC secret or a plain secret; infers type and algorithm
 * where they are not given. Nothing of the request is repeated in a problem's message: it may be a secret.
 */
export function importKey(request: ImportRequest): KeyMaterial | ImportProblem {
  const type = parseKeyType(request['type']);
  if (request['type'] !== undefined && type === undefined) return invalid('type', 'The key type is not known.');
  const algorithm = request['algorithm'];
  if (algorithm !== undefined && !isKeyAlgorithm(algorithm)) return invalid('algorithm', 'The algorithm is not known.');
  if (type === 'Secret' || (type === undefined && algorithm === 'None')) return importSecret(request);
  if (type === 'HMAC' || (type === undefined && isHmac(algorithm))) return importHmac(request, algorithm);
  return importAsymmetric(request, type, algorithm);
}

export function isImportProblem(result: ImportProblem | KeyMaterial): result is ImportProblem {
  return 'message' in result;
}

function importSecret(request: ImportRequest): KeyMaterial | ImportProblem {
  const secret = text(request, 'secret');
  if (secret === undefined) return blank('secret');
  if (secret.length > longestSecret) {
    return {
      field: 'secret',
      kind: 'tooLong',
      message: `A secret may not be longer than ${longestSecret} characters.`,
    };
  }
  // FusionAuth docs apis/keys: "For Secrets, the kid is derived from key.name and cannot be specified separately".
  return { type: 'Secret', algorithm: 'None', kid: text(request, 'name') ?? randomKid(), secret };
}

function importHmac(request: ImportRequest, algorithm: KeyAlgorithm | undefined): KeyMaterial | ImportProblem {
  const secret = text(request, 'secret');
  if (secret === undefined) return blank('secret');
  if (algorithm !== undefined && !isHmac(algorithm)) return invalid('algorithm', 'The algorithm is not one of HMAC.');
  return { type: 'HMAC', algorithm: algorithm ?? 'HS256', kid: text(request, 'kid') ?? randomKid(), secret };
}

function importAsymmetric(
  request: ImportRequest,
  type: KeyType | undefined,
  algorithm: KeyAlgorithm | undefined,
): KeyMaterial | ImportProblem {
  const read = readPems(request);
  if ('message' in read) return read;
  const actual = describeKey(read.public);
  if (actual === undefined)
    return invalid(read.field, 'Only RSA, EC (P-256, P-384, P-521) and Ed25519 keys are supported.');
  if (type !== undefined && type !== actual.type)
    return invalid('type', `The key is of type ${actual.type}, not ${type}.`);
  if (algorithm !== undefined && !fits(algorithm, actual)) {
    return invalid(
      'algorithm',
      `The algorithm ${algorithm} does not fit a key of type ${actual.type} and length ${actual.length}.`,
    );
  }
  const smallest = read.private === undefined ? smallestRsa.verify : smallestRsa.sign;
  if (actual.type === 'RSA' && actual.length < smallest) {
    return invalid(read.field, `An RSA key must have at least ${smallest} bits, this one has ${actual.length}.`);
  }
  const certificate = read.certificate === undefined ? undefined : toPem('CERTIFICATE', read.certificate.raw);
  const information = certificate === undefined ? undefined : certificateInformation(certificate);
  return {
    type: actual.type,
    algorithm: algorithm ?? actual.algorithm,
    kid: text(request, 'kid') ?? information?.sha1Thumbprint ?? randomKid(),
    length: actual.length,
    publicKey: toPem('PUBLIC KEY', read.public.export({ type: 'spki', format: 'der' })),
    ...(certificate === undefined || information === undefined
      ? {}
      : {
          certificate,
          certificateInformation: information,
          expirationInstant: information.validTo,
          issuer: information.issuer.replace(/^CN=/, ''),
        }),
    ...(read.private === undefined
      ? {}
      : { privateKey: toPem('PRIVATE KEY', read.private.export({ type: 'pkcs8', format: 'der' })) }),
  };
}

interface Pems {
  /** The field a problem with the key is reported at. */
  readonly field: string;
  readonly public: KeyObject;
  readonly private?: KeyObject;
  readonly certificate?: X509Certificate;
}

function readPems(request: ImportRequest): Pems | ImportProblem {
  const privateKey = readPem(request, 'privateKey', (pem) => createPrivateKey(pem));
  const publicKey = readPem(request, 'publicKey', (pem) => createPublicKey(pem));
  const certificate = readPem(request, 'certificate', (pem) => new X509Certificate(pem));
  for (const read of [privateKey, publicKey, certificate]) if (read !== undefined && 'message' in read) return read;
  // `as`: problems have just been returned.
  const found = { privateKey, publicKey, certificate } as {
    privateKey?: KeyObject;
    publicKey?: KeyObject;
    certificate?: X509Certificate;
  };
  const publics = [
    ...(found.publicKey === undefined ? [] : [found.publicKey]),
    ...(found.certificate === undefined ? [] : [found.certificate.publicKey]),
    ...(found.privateKey === undefined ? [] : [createPublicKey(found.privateKey)]),
  ];
  const first = publics[0];
  if (first === undefined)
    return {
      field: 'publicKey',
      kind: 'blank',
      message: 'One of certificate, publicKey, privateKey or secret is required.',
    };
  if (publics.some((other) => !other.equals(first)))
    return invalid('privateKey', 'The keys given do not belong together.');
  return {
    field: found.publicKey ? 'publicKey' : found.certificate ? 'certificate' : 'privateKey',
    public: first,
    ...(found.privateKey === undefined ? {} : { private: found.privateKey }),
    ...(found.certificate === undefined ? {} : { certificate: found.certificate }),
  };
}

function readPem<T extends object>(
  request: ImportRequest,
  field: string,
  read: (pem: string) => T,
): T | ImportProblem | undefined {
  const pem = text(request, field);
  if (pem === undefined) return undefined;
  try {
    return read(pem.replaceAll('\r\n', '\n'));
  } catch {
    return invalid(field, `The value is not a ${field === 'certificate' ? 'certificate' : 'key'} in PEM format.`);
  }
}

interface Described {
  readonly type: 'EC' | 'OKP' | 'RSA';
  readonly length: number;
  readonly algorithm: KeyAlgorithm;
}

function describeKey(key: KeyObject): Described | undefined {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return { type: 'RSA', length: key.asymmetricKeyDetails?.modulusLength ?? 0, algorithm: 'RS256' };
    case 'ed25519':
      return { type: 'OKP', length: 32, algorithm: 'Ed25519' };
    case 'ec':
      switch (key.asymmetricKeyDetails?.namedCurve) {
        case 'prime256v1':
          return { type: 'EC', length: 256, algorithm: 'ES256' };
        case 'secp384r1':
          return { type: 'EC', length: 384, algorithm: 'ES384' };
        case 'secp521r1':
          return { type: 'EC', length: 521, algorithm: 'ES512' };
        default:
          return undefined;
      }
    default:
      return undefined;
  }
}

function fits(algorithm: KeyAlgorithm, key: Described): boolean {
  return algorithms[algorithm].type === key.type && (key.type === 'RSA' || algorithm === key.algorithm);
}

function isHmac(algorithm: KeyAlgorithm | undefined): boolean {
  return algorithm !== undefined && algorithms[algorithm].type === 'HMAC';
}

function text(request: ImportRequest, field: string): string | undefined {
  const value = request[field];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function invalid(field: string, message: string): ImportProblem {
  return { field, kind: 'invalid', message };
}

function blank(field: string): ImportProblem {
  return { field, kind: 'blank', message: `The ${field} is required.` };
}
