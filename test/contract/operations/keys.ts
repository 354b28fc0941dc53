import { randomUUID } from 'node:crypto';

import { ask } from '../target.js';
import type { Surroundings } from '../world.js';
import { after, get, request, searchAll, type Specials } from './special.js';

/** Keys: they are generated or taken in, never created. FusionAuth docs apis/keys. */
export const keys: Specials = {
  'GET /api/key': get('/api/key'),
  'GET /api/key/{keyId}': after(newKey, (id) => ({ method: 'GET', path: `/api/key/${id}` })),
  'PUT /api/key/{keyId}': after(newKey, (id) => ({
    method: 'PUT',
    path: `/api/key/${id}`,
    body: { key: { name: `Renamed ${randomUUID()}` } },
  })),
  'DELETE /api/key/{keyId}': after(newKey, (id) => ({ method: 'DELETE', path: `/api/key/${id}` })),
  'POST /api/key/generate': request(() => ({ method: 'POST', path: '/api/key/generate', body: keyToMake() })),
  'POST /api/key/generate/{keyId}': request(() => ({
    method: 'POST',
    path: `/api/key/generate/${randomUUID()}`,
    body: keyToMake(),
  })),
  'POST /api/key/import': request(() => ({ method: 'POST', path: '/api/key/import', body: keyToTake() })),
  'POST /api/key/import/{keyId}': request(() => ({
    method: 'POST',
    path: `/api/key/import/${randomUUID()}`,
    body: keyToTake(),
  })),
  'POST /api/key/search': searchAll('/api/key'),
};

function keyToMake(): object {
  return { key: { algorithm: 'ES256', name: `Key ${randomUUID()}` } };
}

function keyToTake(): object {
  const secret = 'a shared secret that is long enough for HS256';
  return { key: { algorithm: 'HS256', type: 'HMAC', name: `Key ${randomUUID()}`, secret } };
}

async function newKey({ target }: Surroundings): Promise<string> {
  const { body } = await ask(target, { method: 'POST', path: '/api/key/generate', body: keyToMake() });
  return body.key.id;
}
