import { describe, expect, it } from 'vitest';
import { KedgeError } from '../../model/index.js';
import { fakeClient } from '../../testing/fake-client.js';
import { entity } from './entity.js';

const ID = '33333333-3333-4333-8333-333333333333';
const HARBOUR = '44444444-4444-4444-8444-444444444444';
const CREW = '55555555-5555-4555-8555-555555555555';
const grant = { recipientEntityId: HARBOUR, permissions: ['read'] };

describe('an entity', () => {
  it('is read with the grants on it, less what the server adds to them', async () => {
    const { client } = fakeClient({
      retrieveEntity: { entity: { id: ID, name: 'Radar' } },
      retrieveEntityGrant: { grants: [{ ...grant, id: CREW, insertInstant: 1, entity: { id: ID } }] },
    });
    expect(await entity.reads.get(client, { id: ID })).toEqual({ id: ID, name: 'Radar', grants: [grant] });
  });

  it('is looked up with a hundred ids in one request', async () => {
    const { client, calls } = fakeClient({ searchEntitiesByIds: { entities: [{ id: ID }], total: 1 } });
    const ids = Array.from({ length: 101 }, (_, index) => `id-${index}`);
    expect(await entity.reads.byIds?.(client, ids)).toHaveLength(2);
    expect(calls.map(({ args }) => (args[0] as readonly string[]).length)).toEqual([100, 1]);
  });

  it('is created first, and its grants after it', async () => {
    const { client, calls } = fakeClient({
      createEntity: { entity: { id: ID } },
      upsertEntityGrant: undefined,
      retrieveEntityGrant: { grants: [grant] },
    });
    const made = await entity.writes.create({ client, id: ID }, { name: 'Radar', grants: [grant] });
    expect(made).toEqual({ id: ID, grants: [grant] });
    expect(calls.map((call) => call.method)).toEqual(['createEntity', 'upsertEntityGrant', 'retrieveEntityGrant']);
    expect(calls[0]?.args).toEqual([ID, { entity: { name: 'Radar' } }]);
  });

  it('writes one request for each grant that differs, and none for one that is as it should be', async () => {
    const other = { userId: CREW, permissions: ['read'] };
    const { client, calls } = fakeClient({
      updateEntity: { entity: { id: ID } },
      upsertEntityGrant: undefined,
      deleteEntityGrant: undefined,
      retrieveEntityGrant: { grants: [grant] },
    });
    const wider = { ...other, permissions: ['read', 'write'] };
    await entity.writes.update({ client, id: ID, live: { grants: [grant, other] } }, { grants: [wider] });
    expect(calls.slice(1, 3).map(({ method, args }) => [method, ...args])).toEqual([
      ['upsertEntityGrant', ID, { grant: wider }],
      ['deleteEntityGrant', ID, HARBOUR, undefined],
    ]);
  });

  it('leaves grants alone that nobody wrote', async () => {
    const { client, calls } = fakeClient({ updateEntity: { entity: { id: ID } } });
    expect(await entity.writes.update({ client, id: ID, live: { grants: [grant] } }, { name: 'Radar' })).toEqual({
      id: ID,
      grants: [grant],
    });
    expect(calls).toHaveLength(1);
  });

  it('has no grants where the instance knows of none', async () => {
    const { client } = fakeClient({
      retrieveEntity: { entity: { id: ID } },
      retrieveEntityGrant: new KedgeError({ code: 'live/not-found', message: 'gone' }),
    });
    expect(await entity.reads.get(client, { id: ID })).toEqual({ id: ID, grants: [] });
  });

  it('is read once more only where a grant was written', async () => {
    const { client, calls } = fakeClient({ updateEntity: { entity: { id: ID } } });
    const live = { grants: [{ ...grant }] };
    expect(await entity.writes.update({ client, id: ID, live }, { grants: [grant] })).toEqual({
      id: ID,
      grants: [grant],
    });
    expect(calls.map(({ method }) => method)).toEqual(['updateEntity']);
  });
});
