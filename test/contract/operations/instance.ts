import { randomUUID } from 'node:crypto';

import { ask, type Ask } from '../target.js';
import type { Surroundings } from '../world.js';
import { after, get, request, type Specials } from './special.js';

/** What there is once, and what the server says about itself. */
export const instance: Specials = {
  'GET /.well-known/jwks.json': get('/.well-known/jwks.json'),
  'GET /.well-known/openid-configuration': get('/.well-known/openid-configuration'),
  'GET /api/health': get('/api/health'),
  'GET /api/status': get('/api/status'),
  'GET /api/system/version': get('/api/system/version'),
  'PUT /api/integration': request(() => ({ method: 'PUT', path: '/api/integration', body: { integrations: {} } })),
  'PATCH /api/integration': request(() => ({ method: 'PATCH', path: '/api/integration', body: { integrations: {} } })),
  'PUT /api/system-configuration': request(() => ({
    method: 'PUT',
    path: '/api/system-configuration',
    body: { systemConfiguration: { reportTimezone: 'Europe/Oslo' } },
  })),
  'PATCH /api/system-configuration': request(() => ({
    method: 'PATCH',
    path: '/api/system-configuration',
    body: { systemConfiguration: { data: { owner: 'crew' } } },
  })),
  'PUT /api/tenant-manager': request(() => ({
    method: 'PUT',
    path: '/api/tenant-manager',
    body: { tenantManagerConfiguration: { brandName: 'Acme' } },
  })),
  'PATCH /api/tenant-manager': request(() => ({
    method: 'PATCH',
    path: '/api/tenant-manager',
    body: { tenantManagerConfiguration: { brandName: 'Acme' } },
  })),
  'POST /api/tenant-manager/identity-provider/{type}': after(withoutProviderType, () => providerType('POST')),
  'PUT /api/tenant-manager/identity-provider/{type}': after(withProviderType, () => providerType('PUT')),
  'PATCH /api/tenant-manager/identity-provider/{type}': after(withProviderType, () => providerType('PATCH')),
  'DELETE /api/tenant-manager/identity-provider/{type}': after(withProviderType, () => ({
    method: 'DELETE',
    path: '/api/tenant-manager/identity-provider/OpenIDConnect',
  })),
  'POST /api/reactor': request(() => ({ method: 'POST', path: '/api/reactor', body: { licenseId: randomUUID() } })),
  'GET /api/reactor/metrics': get('/api/reactor/metrics'),
  'GET /api/tenant/password-validation-rules': request(({ defaultTenantId = '' }) => ({
    method: 'GET',
    path: '/api/tenant/password-validation-rules',
    tenantId: defaultTenantId,
  })),
  'GET /api/tenant/password-validation-rules/{tenantId}': request(({ defaultTenantId }) => ({
    method: 'GET',
    path: `/api/tenant/password-validation-rules/${defaultTenantId}`,
  })),
};

function providerType(method: string): Ask {
  return {
    method,
    path: '/api/tenant-manager/identity-provider/OpenIDConnect',
    body: { typeConfiguration: { linkingStrategy: 'LinkByEmail' } },
  };
}

async function withoutProviderType({ target }: Surroundings): Promise<void> {
  await ask(target, { method: 'DELETE', path: '/api/tenant-manager/identity-provider/OpenIDConnect' });
}

async function withProviderType(surroundings: Surroundings): Promise<void> {
  await withoutProviderType(surroundings);
  await ask(surroundings.target, providerType('POST'));
}
