import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import { declaredTwice } from './declared-twice.js';

const id = '0a1b2c3d-0000-4000-8000-000000000031';
const fresh = new Map([
  [
    'tenant-crew.yaml',
    `version: 1\ntenants:\n  crew: { id: ${id}, name: Crew }\napplications:\n  web: { name: Web }\n`,
  ],
  ['lambdas/claims.js', 'tenants: crew'],
  ['system-configuration.yaml', 'version: 1\nsystemConfiguration: { reportTimezone: Europe/Lisbon }\n'],
]);

describe('a file that stays beside new ones', () => {
  it.each([
    ['declares an entry of the same key', 'applications:\n  site: {}\n  web: {}\n', 'application/web'],
    ['declares an object of the same id', `tenants:\n  ours: { id: ${id.toUpperCase()} }\n`, 'tenant/ours'],
    [
      'declares the one object of a kind',
      'systemConfiguration: { auditLogConfiguration: {} }\n',
      'systemConfiguration',
    ],
  ])('%s', (_, text, entry) => {
    expect(declaredTwice(catalog, fresh, new Map([['old.yaml', text]]))).toEqual([{ file: 'old.yaml', entry }]);
  });

  it.each([
    ['old.yaml', 'applications:\n  site: { name: Web }\n'],
    ['old.yaml', 'lambdas:\n  web: {}\n'],
    ['old.yaml', 'applications: [web]\nlambdas:\n  ? [a]\n  : {}\n  b: null\n'],
    ['old.yaml', 'tenants:\n  ours: { id: builtin:default-tenant }\n'],
    ['old.yaml', '- no map\n'],
    ['old.yaml', ''],
    ['notes.txt', 'applications:\n  web: {}\n'],
  ])('declares nothing twice: %s %j', (file, text) => {
    expect(declaredTwice(catalog, fresh, new Map([[file, text]]))).toEqual([]);
  });
});
