import { describe, expect, it } from 'vitest';
import { KedgeError } from '../../model/index.js';
import { fakeClient } from '../../testing/fake-client.js';
import { catalog } from '../catalog.js';
import type { KindName } from '../kinds.generated.js';

const ID = '33333333-3333-4333-8333-333333333333';
const kind = (name: string) => catalog.kind(name);
const names = (wanted: (scope: string) => boolean): readonly KindName[] =>
  catalog.kinds.filter(({ scope }) => wanted(scope)).map((one) => one.kind);
const many = names((scope) => scope !== 'child' && scope !== 'singleton');
const singletons = names((scope) => scope === 'singleton');
/** The client calls some kinds in its own way. */
const clientNames: Readonly<Record<string, string>> = {
  apiKey: 'APIKey',
  integrations: 'Integration',
  ipAccessControlList: 'IPAccessControlList',
};
/** The field of an answer that holds the object, where it is not called like the kind. */
const wrappers: Readonly<Record<string, string>> = { formField: 'field' };
const method = (verb: string, name: string): string =>
  `${verb}${clientNames[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`}`;
const wrapper = (name: string): string => wrappers[name] ?? name;
const list = (name: KindName): string => (singletons.includes(name) ? name : `${wrapper(name)}s`);
const softDeleted = catalog.kinds.filter((one) => one.softDelete).map((one) => one.kind);

describe('every kind', () => {
  it.each(many)('%s is undefined where the instance answers 404, and the object where it has one', async (name) => {
    const gone = fakeClient({
      [method('retrieve', name)]: new KedgeError({ code: 'live/not-found', message: 'gone' }),
      retrieveEntityGrant: { grants: [] },
    });
    expect(await kind(name).reads.get(gone.client, { id: ID })).toBeUndefined();
    const there = fakeClient({
      [method('retrieve', name)]: { [wrapper(name)]: { id: ID } },
      retrieveEntityGrant: { grants: [] },
    });
    expect(await kind(name).reads.get(there.client, { id: ID })).toMatchObject({ id: ID });
  });

  it.each(many.filter((name) => !softDeleted.includes(name)))('%s is deleted by its id', async (name) => {
    const { client, calls } = fakeClient({ [method('delete', name)]: undefined });
    await kind(name).writes.delete({ client, id: ID });
    expect(calls).toEqual([{ method: method('delete', name), args: [ID] }]);
  });

  it.each(softDeleted)('%s is deactivated by its id, and can be brought back', async (name) => {
    const { client, calls } = fakeClient({
      [method('deactivate', name)]: undefined,
      [method('reactivate', name)]: { [name]: { id: ID } },
    });
    await kind(name).writes.delete({ client, id: ID });
    expect(await kind(name).writes.reactivate?.({ client, id: ID })).toEqual({ id: ID });
    expect(calls.map((call) => [call.method, call.args[0]])).toEqual([
      [method('deactivate', name), ID],
      [method('reactivate', name), ID],
    ]);
  });

  it.each(many.filter((name) => !['entity', 'group', 'key', 'theme'].includes(name)))(
    '%s is created under the id it is given',
    async (name) => {
      const { client, calls } = fakeClient({ [method('create', name)]: { [wrapper(name)]: { id: ID } } });
      await kind(name).writes.create({ client, id: ID }, { name: 'New' });
      expect(calls[0]?.args).toEqual([ID, { [wrapper(name)]: { name: 'New' } }]);
    },
  );

  it.each(many.filter((name) => !['application', 'entity', 'group', 'key', 'tenant'].includes(name)))(
    '%s is updated by a PUT of the whole',
    async (name) => {
      const { client, calls } = fakeClient({ [method('update', name)]: { [wrapper(name)]: { id: ID } } });
      await kind(name).writes.update({ client, id: ID }, { name: 'New' });
      expect(calls[0]?.args).toEqual([ID, { [wrapper(name)]: { name: 'New' } }]);
    },
  );

  it.each(catalog.kinds.map((one) => one.kind))('%s is listed in as many requests as it says', async (name) => {
    const answer = { [list(name)]: singletons.includes(name) ? {} : [{ id: ID }] };
    const { client, calls } = fakeClient({
      [method('retrieve', name)]: answer,
      [`${method('retrieve', name)}s`]: answer,
      [`${method('search', name)}s`]: { ...answer, total: 1 },
      retrieveInactiveApplications: { applications: [] },
      retrieveInactiveUserActions: { userActions: [] },
    });
    expect(await kind(name).reads.list(client)).toHaveLength(kind(name).listRequests === 0 ? 0 : 1);
    expect(calls).toHaveLength(kind(name).listRequests ?? 1);
  });

  it.each(singletons)('%s is one object without an id on the wire, and nobody makes or deletes it', async (name) => {
    const update = name === 'integrations' ? 'updateIntegrations' : method('update', name);
    const { client, calls } = fakeClient({ [update]: { [name]: { data: {} } } });
    expect(await kind(name).writes.update({ client, id: name }, { id: name, data: {} })).toEqual({
      id: name,
      data: {},
    });
    expect(calls[0]?.args).toEqual([{ [name]: { data: {} } }]);
    await expect(kind(name).writes.create({ client, id: name }, {})).rejects.toThrow('every instance has one');
    await expect(kind(name).writes.delete({ client, id: name })).rejects.toThrow('every instance has one');
  });
});
