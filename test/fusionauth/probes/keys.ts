import { generateKeyPairSync, randomUUID } from 'node:crypto';

import { generateKey } from '../../../src/sandbox/keys/generate.js';
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
async function expiredCertificate(): Promise<unknown> {
  const request = { id: randomUUID(), issuer: 'issuer.acme.test', algorithm: 'ES256', now: Date.UTC(2010) } as const;
  return (await generateKey(request)).certificate;
}
