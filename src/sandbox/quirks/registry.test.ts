import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { shapes } from '../shapes.generated.js';
import { defaultSwitches } from '../switches.js';
import { newestVersion } from '../version.js';
import { newcomers, switchesOf, switchQuirks } from './registry.js';

test.each([
  ['1.48.0', { concurrentPatch: 'lost', identityProviderPatch: 'lost', tenantMergePatchBug: 'off' }],
  ['1.48.0', { tenantPatchDetachesWebhooks: 'off', copySourceOnUpdate: 'refused' }],
  ['1.62.0', { tenantMergePatchBug: 'off' }],
  ['1.62.1', { tenantMergePatchBug: 'on' }],
  ['1.64.3', { tenantMergePatchBug: 'on', identityProviderPatch: 'lost' }],
  ['1.65.0', { concurrentPatch: 'lost', identityProviderPatch: 'conflict' }],
  ['1.69.0', { tenantMergePatchBug: 'off' }],
])('on %s switches stand at %j', (version, expected) => {
  expect(switchesOf(version)).toMatchObject(expected);
});

test('trap: before 1.48 a PATCH of a tenant detached its webhooks (#2411); before 1.46 copies could be sent with a PUT', () => {
  expect(switchesOf('1.45.0')).toMatchObject({ tenantPatchDetachesWebhooks: 'on', copySourceOnUpdate: 'ignored' });
});

test('on the newest version switches stand where they stand by default', () => {
  expect(defaultSwitches()).toMatchObject(switchesOf(newestVersion));
});

test('every quirk is told on the page about the sandbox, and no other', () => {
  const page = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8');
  const told = (start: RegExp): readonly string[] => page.split('\n').filter((line) => start.test(line));
  expect(told(/^\| 1\.\d+ \|/)).toEqual(
    newcomers.map(({ since, what, source }) => `| ${since} | ${what} | ${source} |`),
  );
  expect(told(/^\| `\w+` \| `\w+`/)).toEqual(
    switchQuirks.map(({ switch: name, values, what, source }) => {
      const standing = values.map(([since, value], at) => (at === 0 ? `\`${value}\`` : `\`${value}\` since ${since}`));
      return `| \`${name}\` | ${standing.join(', ')} | ${what} | ${source} |`;
    }),
  );
});

test('newcomers name shapes, fields and values that there are', () => {
  for (const { fields = {}, values = {} } of newcomers) {
    for (const [where, names] of Object.entries(fields)) {
      const named = Object.entries(shapes).filter(([name]) => name.endsWith(where.replace('*', '')));
      const missing = names.filter((name) => !named.some(([, shape]) => Object.hasOwn(shape, name)));
      expect(missing).toEqual([]);
    }
    for (const [where, names] of Object.entries(values))
      expect(shapes[where]).toEqual(expect.arrayContaining([...names]));
  }
});
