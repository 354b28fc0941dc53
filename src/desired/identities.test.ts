import { describe, expect, it } from 'vitest';
import { derivedId } from '../model/index.js';
import { acmeProject, findingLines, loadMain } from '../testing/acme-repository.js';
import { refusesMains } from '../testing/bad-input.js';

const id = '00000000-0000-4000-8000-000000000001';

describe('checkIdentities', () => {
  refusesMains({
    'two entries with one natural key name both places': [
      'tenants:\n  a: { name: Acme }\n  b: { name: Acme }\n',
      "4:3 desired/duplicate-identity the tenant 'b' has the same name as the tenant 'a' at environments/production/main.yaml:3:3",
    ],
    'two entries with one id name both places': [
      `tenants:\n  a: { name: A, id: ${id} }\n  b: { name: B, id: ${id.toUpperCase()} }\n`,
      "4:3 desired/duplicate-identity the tenant 'b' has the same id as the tenant 'a'",
    ],
    'a tenant counts as the same by id and by key': [
      `tenants:\n  acme: { name: Acme, id: ${id} }\napplications:\n  a: { name: Web, tenantId: acme }\n  b: { name: Web, tenantId: ${id} }\n`,
      "6:3 desired/duplicate-identity the application 'b' has the same tenantId and name as the application 'a'",
    ],
    'a tenant counts as the same by derived id and by key': [
      `applications:\n  a: { name: Web, tenantId: main }\n  b: { name: Web, tenantId: ${derivedId({ namespace: acmeProject, kind: 'tenant', key: 'main' })} }\n`,
      "4:3 desired/duplicate-identity the application 'b'",
    ],
    'an existing object cannot be declared as well': [
      'tenants:\n  a: { name: Acme }\nexisting: { tenants: { b: { name: Acme }, c: { id: 00000000-0000-4000-8000-000000000001 } } }\n',
      "3:3 desired/duplicate-identity the tenant 'a' has the same name as the existing tenant 'b'",
    ],
    'an entry without an id and without its natural key cannot be found': [
      'tenants:\n  acme: { issuer: x }\n  beta: { name: 3 }\n  gamma: { name: "" }\n',
      "3:3 desired/missing-field the tenant 'acme' has no name, by which it could be found",
      '4:17 desired/bad-type name of tenant',
      "5:3 desired/missing-field the tenant 'gamma' has no name",
    ],
  });

  it('an entry with an id, one without a natural key and one without a tenant need no more', async () => {
    const result = await loadMain(
      `tenants:\n  acme: { id: ${id}, issuer: x }\nlambdas:\n  claims: { body: x }\napplications:\n  web: { name: Web }\n`,
    );
    expect(findingLines(result)).toEqual([]);
  });

  it('roles of two applications may have one name', async () => {
    const roles = 'roles: [{ name: admin }]';
    const result = await loadMain(`applications:\n  a: { name: A, ${roles} }\n  b: { name: B, ${roles} }\n`);
    expect(findingLines(result)).toEqual([]);
  });

  it('a name that could not be made is not missing as well', async () => {
    const result = await loadMain('tenants:\n  a: { name: !var nowhere }\n  b: { name: !var nowhere }\n');
    expect(findingLines(result)).toEqual([
      expect.stringContaining('3:19 desired/missing-variable'),
      expect.stringContaining('4:19 desired/missing-variable'),
    ]);
  });
});
