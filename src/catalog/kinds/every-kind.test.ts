import { describe, expect, it } from 'vitest';
import { KedgeError } from '../../model/index.js';
import { fakeClient } from '../../testing/fake-client.js';
import { catalog } from '../catalog.js';

const ID = '33333333-3333-4333-8333-333333333333';
const own = catalog.kinds.filter((kind) => kind.scope !== 'child').map((kind) => kind.kind);
const kind = (name: string) => catalog.kind(name);
const method = (verb: string, name: string) => `${verb}${name.charAt(0).toUpperCase()}${name.slice(1)}`;

describe('every kind', () => {
  it.each(own)('%s is undefined where the instance answers 404, and the object where it has one', async (name) => {
    const gone = fakeClient({
      [method('retrieve', name)]: new KedgeError({ code: 'live/not-found', message: 'gone' }),
    });
    expect(await kind(name).reads.get(gone.client, { id: ID })).toBeUndefined();
    const there = fakeClient({ [method('retrieve', name)]: { [name]: { id: ID } } });
    expect(await kind(name).reads.get(there.client, { id: ID })).toMatchObject({ id: ID });
  });

  it.each(own.filter((name) => name !== 'application'))('%s is deleted by its id', async (name) => {
    const { client, calls } = fakeClient({ [method('delete', name)]: undefined });
    await kind(name).writes.delete({ client, id: ID });
    expect(calls).toEqual([{ method: method('delete', name), args: [ID] }]);
  });

  it.each(['application', 'emailTemplate', 'lambda', 'tenant', 'webhook'])(
    '%s is created under the id it is given',
    async (name) => {
      const { client, calls } = fakeClient({ [method('create', name)]: { [name]: { id: ID } } });
      await kind(name).writes.create({ client, id: ID }, { name: 'New' });
      expect(calls[0]?.args).toEqual([ID, { [name]: { name: 'New' } }]);
    },
  );

  it.each(['emailTemplate', 'lambda', 'theme', 'webhook'])('%s is updated by a PUT of the whole', async (name) => {
    const { client, calls } = fakeClient({ [method('update', name)]: { [name]: { id: ID } } });
    await kind(name).writes.update({ client, id: ID }, { name: 'New' });
    expect(calls[0]?.args).toEqual([ID, { [name]: { name: 'New' } }]);
  });

  it.each(catalog.kinds.map((one) => one.kind))('%s is listed in as many requests as it says', async (name) => {
    const answer = { [kind(name).collection]: [{ id: ID }] };
    const { client, calls } = fakeClient({
      [`${method('retrieve', name)}s`]: answer,
      retrieveInactiveApplications: { applications: [] },
    });
    expect(await kind(name).reads.list(client)).toHaveLength(kind(name).scope === 'child' ? 0 : 1);
    expect(calls).toHaveLength(kind(name).listRequests ?? 1);
  });
});
