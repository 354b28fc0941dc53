import { generateKeyPairSync, randomUUID, webcrypto } from 'node:crypto';

import { selfSign } from '../../../src/sandbox/keys/certificate.js';
import type { Instance, Probe } from '../probe.js';

/** Which keys the JWK set has, and what it calls them. */
export const keyProbes: readonly Probe[] = [
  {
    name: 'jwksExpiredKeys',
    observe: async (instance) => listed(instance, { certificate: await expiredCertificate() }),
  },
  {
    name: 'jwksVerifyOnlyKeys',
    observe: (instance) => {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return listed(instance, { publicKey: publicKey.export({ type: 'spki', format: 'pem' }) });
    },
  },
  {
    name: 'ed25519Alg',
    observe: async (instance) => {
      const { unique, make } = instance;
      const { kid } = await make('/api/key/generate', { key: { name: unique('Key'), algorithm: 'Ed25519' } });
      return String((await findInJwks(instance, kid))?.alg ?? 'the key is not in the set');
    },
  },
];

async function listed(instance: Instance, material: object): Promise<string> {
  const { kid } = await instance.make('/api/key/import', { key: { name: instance.unique('Key'), ...material } });
  return (await findInJwks(instance, kid)) === undefined ? 'leftOut' : 'listed';
}

async function findInJwks({ ask }: Instance, kid: string): Promise<any> {
  const { body } = await ask({ method: 'GET', path: '/.well-known/jwks.json', key: null });
  return body.keys.find((key: any) => key.kid === kid);
}

/** A certificate that was valid until 2020. */
async function expiredCertificate(): Promise<string> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  return selfSign({ id: randomUUID(), issuer: 'issuer.acme.test', algorithm, keys, now: Date.UTC(2010) });
}
