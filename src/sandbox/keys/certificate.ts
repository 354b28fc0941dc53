import { createHash, sign, X509Certificate, type KeyObject } from 'node:crypto';

import type { PairAlgorithm } from './algorithm.js';
import { der, derInteger, derObjectIdentifier, derTime } from './der.js';
import { toPem, type CertificateInformation } from './material.js';

/** FusionAuth signs its own certificates for ten years (docs sample `keys/eddsa-response.json`, fusionauth-issues #580). */
const validYears = 10;

export interface SelfSignRequest {
  /** The key's id: its bytes are the serial number, as in the docs' sample. */
  readonly id: string;
  /** The common name of subject and issuer. */
  readonly issuer: string;
  readonly algorithm: PairAlgorithm;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A self-signed certificate in PEM, of version 3 without extensions, valid from `now` for ten years (RFC 5280 §4.1). */
export function selfSign({ id, issuer, algorithm, publicKey, privateKey, now }: SelfSignRequest): string {
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + validYears);
  const signature = signatureAlgorithm(algorithm);
  const name = commonName(issuer);
  const content = der(
    'sequence',
    der('explicit0', derInteger('02')),
    derInteger(id.replaceAll('-', '')),
    signature,
    name,
    der('sequence', derTime(now), derTime(notAfter.getTime())),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signed = bitString(sign(algorithm.hash, content, privateKey));
  return toPem('CERTIFICATE', der('sequence', content, signature, signed));
}

/** Only RSA has parameters, NULL. Source: RFC 4055 §5, RFC 5758 §3.2, RFC 8410 §3. */
function signatureAlgorithm({ oid, nodeType }: PairAlgorithm): Buffer {
  const parameters = nodeType === 'rsa' ? [der('null')] : [];
  return der('sequence', derObjectIdentifier(oid), ...parameters);
}

function commonName(text: string): Buffer {
  const part = der('sequence', derObjectIdentifier('2.5.4.3'), der('utf8String', Buffer.from(text)));
  return der('sequence', der('set', part));
}

/** Whole bytes: no bit of the last one is unused. */
function bitString(bytes: Uint8Array): Buffer {
  return der('bitString', Buffer.from([0]), bytes);
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
    serialNumber: colons(serialBytes(certificate.serialNumber)),
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

function serialBytes(hex: string): Buffer {
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
}

function colons(bytes: Buffer): string {
  return (bytes.toString('hex').toUpperCase().match(/../g) ?? []).join(':');
}
