import './reflect-metadata.js';

import { createHash, X509Certificate, type webcrypto } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';

import type { WebCryptoNames } from './algorithm.js';
import { toPem, type CertificateInformation } from './material.js';

/** FusionAuth signs its own certificates for ten years (docs sample `keys/eddsa-response.json`, fusionauth-issues #580). */
const validYears = 10;

export interface SelfSignRequest {
  /** The key's id: its bytes are the serial number, as in the docs' sample. */
  readonly id: string;
  /** The common name of subject and issuer. */
  readonly issuer: string;
  readonly algorithm: WebCryptoNames;
  readonly keys: webcrypto.CryptoKeyPair;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A self-signed certificate in PEM, valid from `now` for ten years. */
export async function selfSign(request: SelfSignRequest): Promise<string> {
  const notBefore = new Date(request.now);
  const notAfter = new Date(request.now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + validYears);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: `00${request.id.replaceAll('-', '')}`,
    name: [{ CN: [request.issuer] }],
    notBefore,
    notAfter,
    signingAlgorithm: { ...request.algorithm },
    keys: request.keys,
  });
  return toPem('CERTIFICATE', certificate.rawData);
}

/**
 * What FusionAuth tells of a certificate: fingerprints as colon-separated upper-case hex, thumbprints as base64url,
 * a serial number of 16 bytes and more with a leading zero byte when its first bit is set (DER of an INTEGER).
 * @throws Error of `node:crypto` when the text is no certificate.
 */
export function certificateInformation(pem: string): CertificateInformation {
  const certificate = new X509Certificate(pem);
  const digest = (algorithm: 'md5' | 'sha1' | 'sha256'): Buffer =>
    createHash(algorithm).update(certificate.raw).digest();
  return {
    issuer: distinguishedName(certificate.issuer),
    md5Fingerprint: colons(digest('md5')),
    serialNumber: colons(derInteger(certificate.serialNumber)),
    sha1Fingerprint: colons(digest('sha1')),
    sha1Thumbprint: digest('sha1').toString('base64url'),
    sha256Fingerprint: colons(digest('sha256')),
    sha256Thumbprint: digest('sha256').toString('base64url'),
    subject: distinguishedName(certificate.subject),
    validFrom: Date.parse(certificate.validFrom),
    validTo: Date.parse(certificate.validTo),
  };
}

/** Node writes one part of a name a line, most general first; Java (and so FusionAuth) on one line, most special first. */
function distinguishedName(lines: string): string {
  return lines.split('\n').toReversed().join(', ');
}

function derInteger(hex: string): Buffer {
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
}

function colons(bytes: Buffer): string {
  return (bytes.toString('hex').toUpperCase().match(/../g) ?? []).join(':');
}
