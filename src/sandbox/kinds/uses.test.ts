import { expect, test } from 'vitest';

import { describeUses, findUses, keyPlaces, lambdaPlaces } from './uses.js';

const key = '10b1f8f4-4f4e-4d0b-9a53-0f5a4b7c9e11';

test('a key is found in use in plain fields, in lists and in maps', () => {
  const objects: Record<string, Record<string, unknown>[]> = {
    tenant: [{ id: 't-1', name: 'Acme', jwtConfiguration: { accessTokenVerificationKeyIds: ['other', key] } }],
    identityProvider: [{ id: 'i-1', name: 'Apple', applicationConfiguration: { 'a-1': { keyId: key } } }],
    webhook: [{ id: 'w-1', signatureConfiguration: { enabled: true, signingKeyId: key } }],
  };
  const uses = findUses(key, keyPlaces, (kind) => objects[kind] ?? []);
  expect(describeUses(uses)).toBe(
    'tenant [Acme] at jwtConfiguration.accessTokenVerificationKeyIds.*, ' +
      'identityProvider [Apple] at applicationConfiguration.*.keyId, ' +
      'webhook [w-1] at signatureConfiguration.signingKeyId',
  );
});

test('an id in some other field is no use', () => {
  const objects = [{ id: 't-1', name: key, data: { accessTokenKeyId: key } }];
  expect(findUses(key, lambdaPlaces, () => objects)).toEqual([]);
});
