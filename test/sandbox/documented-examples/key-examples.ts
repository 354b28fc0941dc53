import { expect } from 'vitest';

import type { DocumentedExample } from './documented-example.js';

const made = {
  id: expect.any(String),
  insertInstant: expect.any(Number),
  kid: expect.any(String),
  lastUpdateInstant: expect.any(Number),
};
const certificateInformation = {
  issuer: expect.stringMatching(/^CN=/),
  md5Fingerprint: expect.any(String),
  serialNumber: expect.any(String),
  sha1Fingerprint: expect.any(String),
  sha1Thumbprint: expect.any(String),
  sha256Fingerprint: expect.any(String),
  sha256Thumbprint: expect.any(String),
  subject: expect.stringMatching(/^CN=/),
  validFrom: expect.any(Number),
  validTo: expect.any(Number),
};
const ofPair = {
  ...made,
  certificate: expect.stringContaining('BEGIN CERTIFICATE'),
  certificateInformation,
  expirationInstant: expect.any(Number),
  hasPrivateKey: true,
  issuer: expect.any(String),
  publicKey: expect.stringContaining('BEGIN PUBLIC KEY'),
};

/** Keys: the fields of the pages about generating and importing, and the sample answers. */
export const keyExamples: readonly DocumentedExample[] = [
  {
    sample: 'docs apis/_key-generate-post-request-body.mdx: Ed25519',
    answer: 'keys/eddsa-response.json',
    call: 'POST /api/key/generate',
    body: (_, n) => ({ key: { algorithm: 'Ed25519', issuer: 'acme.test', name: `Edwards ${n}` } }),
    shown: () => ({ key: { ...ofPair, length: 32, type: 'OKP' } }),
  },
  {
    sample: 'docs apis/_key-generate-post-request-body.mdx: RS256',
    call: 'POST /api/key/generate',
    body: (_, n) => ({ key: { algorithm: 'RS256', issuer: 'acme.test', length: 2048, name: `Rivest ${n}` } }),
    shown: () => ({ key: { ...ofPair, type: 'RSA' } }),
  },
  {
    sample: 'docs apis/_key-generate-post-request-body.mdx: HS256',
    answer: 'keys/hmac-response.json',
    call: 'POST /api/key/generate',
    body: (_, n) => ({ key: { algorithm: 'HS256', name: `Hashed ${n}` } }),
    shown: () => ({ key: { ...made, type: 'HMAC' } }),
  },
  {
    sample: 'docs apis/_key-import-post-request-body.mdx: HMAC',
    answer: 'keys/hmac-response.json',
    call: 'POST /api/key/import',
    body: (_, n) => ({
      key: { algorithm: 'HS256', kid: `crew-${n}`, name: `Given ${n}`, secret: 'a secret of the crew', type: 'HMAC' },
    }),
    hidden: ['key.secret'],
    shown: () => ({ key: made }),
  },
  {
    sample: 'docs apis/_key-import-post-request-body.mdx: public key',
    call: 'POST /api/key/import',
    body: ({ publicKey }, n) => ({
      key: { algorithm: 'RS256', kid: `friends-${n}`, name: `Of friends ${n}`, publicKey, type: 'RSA' },
    }),
    shown: () => ({ key: { ...made, hasPrivateKey: false, length: 2048 } }),
  },
  {
    sample: 'docs apis/_key-import-post-request-body.mdx: certificate',
    call: 'POST /api/key/import',
    body: ({ certificate }, n) => ({ key: { certificate, kid: `paper-${n}`, name: `Of paper ${n}` } }),
    shown: ({ publicKey }) => ({
      key: { ...made, algorithm: 'RS256', certificateInformation, hasPrivateKey: false, publicKey, type: 'RSA' },
    }),
  },
  {
    sample: 'keys/put-request.json',
    answer: 'keys/hmac-response.json',
    call: 'PUT /api/key/{otherRsaKeyId}',
    body: (_, n) => ({ key: { name: `Hold, as it is called now ${n}` } }),
    shown: () => ({ key: ofPair }),
  },
];
