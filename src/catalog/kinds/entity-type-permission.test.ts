import { describe, expect, it } from 'vitest';
import { KedgeError } from '../../model/index.js';
import { fakeClient } from '../../testing/fake-client.js';
import { entityTypePermission } from './entity-type-permission.js';

const TYPE = '22222222-2222-4222-8222-222222222222';
const ID = '33333333-3333-4333-8333-333333333333';
const read = { id: ID, name: 'read' };

describe('a permission of an entity type', () => {
  it('is read with its type, for there is no GET of its own', async () => {
    const permissions = [{ id: TYPE, name: 'write' }, read];
    const { client, calls } = fakeClient({ retrieveEntityType: { entityType: { id: TYPE, permissions } } });
    expect(await entityTypePermission.reads.get(client, { id: ID, parentId: TYPE })).toEqual(read);
    expect(calls).toEqual([{ method: 'retrieveEntityType', args: [TYPE] }]);
  });

  it.each([
    ['the type has others', { entityType: { permissions: [{ id: TYPE, name: 'write' }] } }],
    ['the type has none', { entityType: { id: TYPE } }],
    ['the type is gone', new KedgeError({ code: 'live/not-found', message: 'gone' })],
  ])('is absent where %s', async (_, retrieveEntityType) => {
    const { client } = fakeClient({ retrieveEntityType });
    expect(await entityTypePermission.reads.get(client, { id: ID, parentId: TYPE })).toBeUndefined();
  });

  it('is written below its type, and an update says no name', async () => {
    const { client, calls } = fakeClient({
      createEntityTypePermission: { permission: read },
      updateEntityTypePermission: { permission: { ...read, description: 'May look' } },
      deleteEntityTypePermission: undefined,
    });
    const target = { client, id: ID, parentId: TYPE };
    expect(await entityTypePermission.writes.create(target, { name: 'read' })).toEqual(read);
    expect(await entityTypePermission.writes.update(target, { name: 'read', description: 'May look' })).toEqual({
      ...read,
      description: 'May look',
    });
    await entityTypePermission.writes.delete(target);
    expect(calls.map(({ method, args }) => [method, ...args])).toEqual([
      ['createEntityTypePermission', TYPE, ID, { permission: { name: 'read' } }],
      ['updateEntityTypePermission', TYPE, ID, { permission: { description: 'May look' } }],
      ['deleteEntityTypePermission', TYPE, ID],
    ]);
  });
});
