import { expect, it } from 'vitest';
import { patchedBody } from './patched-body.js';

const tenant = { tenant: { name: 'Crew', domains: ['a'], email: { host: 'smtp', port: 25 } } };

it('adds to lists in a plain PATCH, replaces them in a merge patch', () => {
  const patch = { tenant: { domains: ['b'], email: { host: null }, theme: { id: 'x' } } };
  const email = { port: 25 };
  expect(patchedBody(tenant, patch, undefined)).toEqual({
    tenant: { name: 'Crew', domains: ['a', 'b'], email, theme: { id: 'x' } },
  });
  expect(patchedBody(tenant, patch, 'application/merge-patch+json')).toEqual({
    tenant: { name: 'Crew', domains: ['b'], email, theme: { id: 'x' } },
  });
});

it('carries out a JSON Patch', () => {
  const operations = [
    { op: 'replace', path: '/tenant/name', value: 'Main' },
    { op: 'add', path: '/tenant/domains/-', value: 'b' },
    { op: 'remove', path: '/tenant/email/port' },
    { op: 'add', path: '/tenant/theme/id', value: 'x' },
    { op: 'add', path: '/tenant/issuer' },
  ];
  expect(patchedBody(tenant, operations, 'application/json-patch+json')).toEqual({
    tenant: { name: 'Main', domains: ['a', 'b'], email: { host: 'smtp' }, theme: { id: 'x' }, issuer: null },
  });
});

it.each([
  [{}],
  [['x']],
  [[{ op: 'add', path: 3 }]],
  [[{ op: 'move', path: '/tenant/name', from: '/tenant' }]],
  [[{ op: 'add', path: '/tenant/domains/0', value: 'b' }]],
  [[{ op: 'remove', path: '/tenant/domains/-' }]],
  [[{ op: 'add', path: '/tenant/domains/-/x', value: 'b' }]],
  [
    [
      { op: 'move', path: '/a' },
      { op: 'add', path: '/b', value: 1 },
    ],
  ],
])('does not guess at %j', (operations) => {
  expect(patchedBody(tenant, operations, 'application/json-patch+json')).toBeUndefined();
});

it('knows that a PATCH of anything but an object is none', () => {
  expect(patchedBody(tenant, ['x'], undefined)).toBeUndefined();
});
