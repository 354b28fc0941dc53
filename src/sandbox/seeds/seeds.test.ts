import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';

import { createSeedIds, forceSeedIds, providedVariables } from './ids.js';
import { fusionAuthRoles, tenantManagerRoles } from './roles.js';
import { defaultMessagesText, defaultTemplates, missingMessageKeys } from './theme-bundle.js';

test('the FusionAuth application has 38 roles with ids of their own, admin above all', () => {
  expect(new Set(fusionAuthRoles.map(({ id }) => id)).size).toBe(38);
  expect(fusionAuthRoles.filter(({ isSuperRole }) => isSuperRole)).toMatchObject([
    { name: 'admin', id: '631ecd9d-8d40-4c13-8277-80cedb8236e2' },
  ]);
  expect(tenantManagerRoles).toMatchObject([{ name: 'admin', id: '631ecd9d-8d40-4c13-8277-80cedb823714' }]);
});

test('ids that a kickstart forces show in the variables it may use', () => {
  const ids = forceSeedIds(createSeedIds(randomUUID), { defaultTenantId: 'd7d09513-a3f5-401c-9685-34ab6c552453' });
  expect(providedVariables(ids)).toMatchObject({
    FUSIONAUTH_TENANT_ID: 'd7d09513-a3f5-401c-9685-34ab6c552453',
    'FUSIONAUTH_LAMBDA[GoogleReconcile]_ID': ids.lambdas.GoogleReconcile,
  });
});

test('the shipped messages lack nothing, and a theme without one is told which', () => {
  expect(missingMessageKeys(defaultMessagesText)).toEqual([]);
  expect(missingMessageKeys(defaultMessagesText.replace('login=', '# login='))).toEqual(['login']);
});

test('messages may be written with blanks, colons and escapes around the key', () => {
  const text = defaultMessagesText
    .replace('login=', '  login : ')
    .replace('[blank]password=', '\\[blank\\]password = ');
  expect(missingMessageKeys(text)).toEqual([]);
});

test('there is a default template for each name that is not just an older one', () => {
  expect(Object.keys(defaultTemplates)).toHaveLength(51);
  expect(defaultTemplates).not.toHaveProperty('emailSend');
});
