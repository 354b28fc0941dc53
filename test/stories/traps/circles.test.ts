import { expect, test } from 'vitest';
import { changesOf, useRepository } from '../support/repository.js';

const repository = useRepository();
const entities = `entityTypes:
  ship: { name: Ship, permissions: [{ name: read }] }
entities:
  north: { name: North, type: { id: ship }, grants: [{ recipientEntityId: south, permissions: [read] }] }
  south: { name: South, type: { id: ship }, grants: [{ recipientEntityId: north, permissions: [read] }] }`;

test('trap: entities that have grants on each other are made first and granted then', async () => {
  await repository.files(entities);
  expect(changesOf(await repository.plan())).toEqual([
    'create entityType/ship',
    'create entityTypePermission/ship/permissions/read',
    'create entity/north',
    'create entity/south',
    'update entity/north: /grants',
  ]);
  await repository.settle();
});

test('trap: a circle that was made in part is closed by the next apply', async () => {
  await repository.files(entities);
  repository.sandbox().addFault({ kind: 'status', status: 400, method: 'POST', path: '/grant$', skip: 1, count: 1 });
  expect((await repository.apply()).outcomes.map(({ result }) => result)).toContain('failed');
  expect(changesOf(await repository.plan())).toEqual(['update entity/north: /grants']);
  await repository.settle();
});

test('trap: objects that swap names are refused before any write, and two applies do it', async () => {
  const tenants = (a: string, b: string): string => `tenants:\n  a: { name: ${a} }\n  b: { name: ${b} }`;
  await repository.files(tenants('North', 'South'));
  await repository.settle();
  await repository.files(tenants('South', 'North'));
  repository.writes();
  await expect(repository.apply()).rejects.toMatchObject({
    code: 'plan/cycle',
    message: 'these changes wait for each other: tenant/a → tenant/b → tenant/a',
  });
  expect(repository.writes()).toEqual([]);
  await repository.files(tenants('North for now', 'North'));
  await repository.settle();
  await repository.files(tenants('South', 'North'));
  await repository.settle();
});
