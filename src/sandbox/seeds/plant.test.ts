import { beforeAll, expect, test } from 'vitest';

import { generateKey } from '../keys/generate.js';
import type { KeyMaterial } from '../keys/material.js';
import { kinds } from '../kinds/registry.js';
import { emptyInstance } from '../testing/call.js';
import { fusionAuthApplicationId, shadowKeyIds } from './ids.js';
import { isPristine, plantFreshInstall } from './plant.js';

let signingKey: KeyMaterial;
beforeAll(async () => {
  signingKey = await generateKey({
    id: '10b1f8f4-4f4e-4d0b-9a53-0f5a4b7c9e11',
    algorithm: 'RS256',
    length: 2048,
    issuer: 'acme.com',
    now: 0,
  });
});

test('a fresh install has a tenant that holds the FusionAuth application', () => {
  const instance = emptyInstance(kinds);
  plantFreshInstall(instance, kinds, signingKey);
  const application = instance.store.get('application', fusionAuthApplicationId);
  expect(application?.['tenantId']).toBe(instance.seeds.defaultTenant);
  expect(instance.store.get('tenant', instance.seeds.defaultTenant)).toMatchObject({ name: 'Default' });
  expect(application).toMatchObject({ oauthConfiguration: { clientSecret: expect.stringMatching(/^[\w-]{43}$/) } });
});

test('a fresh install signs with an RSA key and knows the three shadow keys', () => {
  const instance = emptyInstance(kinds);
  plantFreshInstall(instance, kinds, signingKey);
  expect(instance.store.get('key', instance.seeds.defaultSigningKey)).toMatchObject({
    type: 'RSA',
    algorithm: 'RS256',
  });
  expect(instance.store.count('key')).toBe(4);
  expect(instance.store.get('key', shadowKeyIds.HS384)).toMatchObject({ algorithm: 'HS384' });
});

test('an install is pristine until somebody makes a user, a tenant or an application', () => {
  const instance = emptyInstance(kinds);
  plantFreshInstall(instance, kinds, signingKey);
  expect(isPristine(instance)).toBe(true);
  instance.store.put('application', { id: 'a-1', name: 'Web' });
  expect(isPristine(instance)).toBe(false);
});
