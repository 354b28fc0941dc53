import { describe, expect, it } from 'vitest';
import { missingPermissions, type NeededKey, permissionOf, sortedMethods } from './permissions.js';

const id = '5f3c1a52-9f0e-4c55-8a7e-0c3f2f6f1f22';

describe('a permission', () => {
  it.each([
    [`/api/application/${id}/role/${id}`, '/api/application/role'],
    ['/api/tenant-manager/identity-provider/OpenIDConnect', '/api/tenant-manager/identity-provider'],
    ['/api/system/audit-log/search', '/api/system/audit-log/search'],
    [`/api/ip-acl/${id}`, '/api/ip-acl'],
  ])('of %s is named without ids and types', (path, endpoint) => {
    expect(permissionOf({ method: 'PUT', path })).toEqual({ endpoint, method: 'PUT' });
  });

  it('stands among others in the order of reading, making, changing and deleting', () => {
    expect(sortedMethods(['DELETE', 'OPTIONS', 'PUT', 'GET', 'POST', 'PATCH', 'GET'])).toEqual([
      'GET',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
    ]);
  });

  it('is missing where a key with limits does not name its endpoint or its method', () => {
    const needed: NeededKey = {
      setting: 'instance.apiKey',
      endpoints: [
        { endpoint: '/api/lambda', methods: ['GET', 'PUT'], why: [] },
        { endpoint: '/api/theme', methods: ['GET'], why: [] },
      ],
      keyManager: [],
      unlimited: [],
    };
    expect(missingPermissions(needed, undefined)).toEqual([]);
    expect(missingPermissions(needed, { '/api/lambda': ['GET'] })).toEqual([
      { endpoint: '/api/lambda', method: 'PUT' },
      { endpoint: '/api/theme', method: 'GET' },
    ]);
  });
});
