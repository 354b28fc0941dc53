import { describe, expect, it } from 'vitest';
import { fakeClient } from '../../testing/fake-client.js';
import { group } from './group.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
const APP = '22222222-2222-4222-8222-222222222222';
const ID = '33333333-3333-4333-8333-333333333333';

describe('group', () => {
  it('GET gives roles as a map of applications; here they are one set', async () => {
    const { client } = fakeClient({
      retrieveGroups: {
        groups: [
          { id: ID, name: 'Crew', roles: { [APP]: [{ id: 'r2' }, { id: 'r1' }], [TENANT]: [{ id: 'r3' }] } },
          { id: APP },
        ],
      },
    });
    expect(await group.reads.list(client)).toEqual([
      { id: ID, name: 'Crew', roleIds: ['r2', 'r1', 'r3'] },
      { id: APP, roleIds: [] },
    ]);
  });

  it('PUT carries roleIds beside the group, or every role would be gone', async () => {
    const { client, calls } = fakeClient({ updateGroup: { group: { id: ID } }, createGroup: { group: { id: ID } } });
    await group.writes.update({ client, id: ID }, { name: 'Crew', roleIds: ['r1'] });
    await group.writes.create({ client, id: ID }, { name: 'Crew' });
    expect(calls.map((call) => call.args[1])).toEqual([
      { group: { name: 'Crew' }, roleIds: ['r1'] },
      { group: { name: 'Crew' }, roleIds: [] },
    ]);
  });
});
