import type { KeyAlgorithm, KeyType } from './algorithm.js';

/** The fields FusionAuth shows of a certificate. Source: FusionAuth docs apis/keys, sample `keys/eddsa-response.json`. */
export interface CertificateInformation {
  readonly issuer: string;
  readonly md5Fingerprint: string;
  readonly serialNumber: string;
  readonly sha1Fingerprint: string;
  /** base64url of the SHA-1 of the DER: the `x5t` of a JWK, and the `kid` of a generated key. */
  readonly sha1Thumbprint: string;
  readonly sha256Fingerprint: string;
  readonly sha256Thumbprint: string;
  readonly subject: string;
  /** Epoch milliseconds. */
  readonly validFrom: number;
  readonly validTo: number;
}

/** A key with everything the server keeps of it. PEM texts use LF and have no final newline, as in the docs' samples. */
export interface KeyMaterial {
  readonly type: KeyType;
  readonly algorithm: KeyAlgorithm;
  readonly kid: string;
  readonly length?: number;
  readonly issuer?: string;
  readonly certificate?: string;
  readonly certificateInformation?: CertificateInformation;
  readonly expirationInstant?: number;
  readonly publicKey?: string;
  readonly privateKey?: string;
  readonly secret?: string;
}

const secretFields: ReadonlySet<string> = new Set(['privateKey', 'secret']);

/**
 * What a response may show of a key: all but `privateKey` and `secret`, with `hasPrivateKey` instead. `hasPrivateKey` is
 * left out for HMAC and Secret (FusionAuth docs apis/keys: "omitted for HMAC key types").
 */
export function publicView(key: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown = Object.fromEntries(Object.entries(key).filter(([name]) => !secretFields.has(name)));
  if (key['type'] !== 'HMAC' && key['type'] !== 'Secret') shown['hasPrivateKey'] = key['privateKey'] !== undefined;
  return shown;
}

/** DER as PEM: 64 characters a line, LF, no final newline. */
export function toPem(label: 'CERTIFICATE' | 'PRIVATE KEY' | 'PUBLIC KEY', der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join('\n');
}
