import './reflect-metadata.js';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** PEMs of a certificate and its key. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A private certificate authority, a server certificate for 127.0.0.1 and a client certificate, all made now. */
export interface TestAuthority {
  readonly ca: string;
  readonly server: TestCertificate;
  readonly client: TestCertificate;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Makes an authority that nobody else trusts, good for one day. */
export async function makeAuthority(): Promise<TestAuthority> {
  x509.cryptoProvider.set(webcrypto);
  const notBefore = new Date(Date.now() - 3_600_000);
  const notAfter = new Date(Date.now() + 86_400_000);
  const caKeys = await generateKeys();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Acme Private CA',
    serialNumber: '01',
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    keys: caKeys,
    extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
  });
  const issue = async (name: string, serialNumber: string): Promise<TestCertificate> => {
    const keys = await generateKeys();
    const cert = await x509.X509CertificateGenerator.create({
      subject: `CN=${name}`,
      issuer: ca.subject,
      serialNumber,
      notBefore,
      notAfter,
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: caKeys.privateKey,
      extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
    });
    const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return { cert: cert.toString('pem'), key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY') };
  };
  return { ca: ca.toString('pem'), server: await issue('auth.acme.test', '02'), client: await issue('kedge', '03') };
}

async function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}
