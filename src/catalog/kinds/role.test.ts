import { describe, expect, it } from 'vitest';
import { KedgeError } from '../../model/index.js';
import { fakeClient } from '../../testing/fake-client.js';
import { canonicalBody } from '../canonical-body.js';
import { role } from './role.js';

const APP = '22222222-2222-4222-8222-222222222222';
const ID = '33333333-3333-4333-8333-333333333333';

describe('role', () => {
  it('is written under its application', async () => {
    const { client, calls } = fakeClient({
      createApplicationRole: { role: { id: ID } },
      updateApplicationRole: { role: { id: ID } },
      deleteApplicationRole: undefined,
    });
    const target = { client, id: ID, parentId: APP };
    await role.writes.create(target, { name: 'admin' });
    await role.writes.update(target, { name: 'admin' });
    await role.writes.delete(target);
    expect(calls.map((call) => call.args)).toEqual([
      [APP, ID, { role: { name: 'admin' } }],
      [APP, ID, { role: { name: 'admin' } }],
      [APP, ID],
    ]);
  });

  it('is never written without one', async () => {
    const { client } = fakeClient({});
    await expect(role.writes.delete({ client, id: ID })).rejects.toThrow(KedgeError);
  });

  it('is read with its application, for it has no GET of its own', async () => {
    const { client } = fakeClient({
      retrieveApplication: { application: { id: APP, roles: [{ id: 'other' }, { id: ID, name: 'admin' }] } },
    });
    expect(await role.reads.get(client, { id: ID, parentId: APP })).toEqual({ id: ID, name: 'admin' });
    expect(await role.reads.get(client, { id: 'gone', parentId: APP })).toBeUndefined();
    const gone = fakeClient({ retrieveApplication: new KedgeError({ code: 'live/not-found', message: 'gone' }) });
    expect(await role.reads.get(gone.client, { id: ID })).toBeUndefined();
  });

  it('has a trimmed name and description', () => {
    expect(canonicalBody(role, { name: ' admin ', description: ' all ' })).toEqual({
      name: 'admin',
      description: 'all',
    });
  });
});
