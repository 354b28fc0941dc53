import { pause } from '../pause.js';
import type { Instance, Probe } from '../probe.js';
import { byStatus, makeUser } from './bodies.js';

/** Entities, their types and grants. */
export const entityProbes: readonly Probe[] = [
  {
    name: 'usedEntityTypeDelete',
    observe: async (instance) => {
      const type = await makeType(instance);
      await makeEntity(instance, { type });
      const { status } = await instance.ask({ method: 'DELETE', path: `/api/entity/type/${type.id}` });
      return byStatus(status, { 200: 'cascades', 400: 'refused' });
    },
  },
  {
    name: 'grantedPermissionDelete',
    observe: async (instance) => {
      const { ask, make, world } = instance;
      const type = await makeType(instance);
      const permission = { name: 'steer' };
      const { id } = await make(`/api/entity/type/${type.id}/permission`, { permission });
      const entity = await makeEntity(instance, { type });
      const path = `/api/entity/${entity.id}/grant`;
      await ask({
        method: 'POST',
        path,
        body: { grant: { userId: world['userId'], permissions: [permission.name] } },
      });
      const { status } = await ask({ method: 'DELETE', path: `/api/entity/type/${type.id}/permission/${id}` });
      if (status !== 200) return byStatus(status, { 400: 'refused' });
      const { body } = await ask({ method: 'GET', path: `${path}?userId=${world['userId']}` });
      return body.grant.permissions?.includes(permission.name) === true ? 'kept' : 'stripped';
    },
  },
  {
    name: 'partsOfDeletedUser',
    observe: async (instance) => {
      const { ask } = instance;
      const { id } = await makeEntity(instance);
      const { id: userId } = await makeUser(instance);
      const path = `/api/entity/${id}/grant`;
      await ask({ method: 'POST', path, body: { grant: { userId } } });
      await ask({ method: 'DELETE', path: `/api/user/${userId}?hardDelete=true` });
      return ((await ask({ method: 'GET', path })).body.grants ?? []).length > 0 ? 'kept' : 'dropped';
    },
  },
  {
    name: 'partBumpsOwner',
    observe: async (instance) => {
      const type = await makeType(instance);
      const path = `/api/entity/type/${type.id}`;
      await pause();
      await instance.ask({ method: 'POST', path: `${path}/permission`, body: { permission: { name: 'steer' } } });
      const { body } = await instance.ask({ method: 'GET', path });
      return body.entityType.lastUpdateInstant === type.lastUpdateInstant ? 'off' : 'on';
    },
  },
  {
    name: 'inlinePermissions',
    observe: async (instance) => {
      const { permissions } = await makeType(instance, { permissions: [{ name: 'steer' }] });
      return (permissions ?? []).length > 0 ? 'taken' : 'ignored';
    },
  },
  {
    name: 'entityTypeChange',
    observe: async (instance) => {
      const entity = await makeEntity(instance);
      const other = await makeType(instance);
      const path = `/api/entity/${entity.id}`;
      const body = { entity: { name: entity.name, type: { id: other.id } } };
      const { status } = await instance.ask({ method: 'PUT', path, body });
      if (status !== 200) return `status ${status}`;
      const { body: after } = await instance.ask({ method: 'GET', path });
      // One type cannot go before the other: the last one made is deleted first.
      await instance.ask({ method: 'DELETE', path });
      return after.entity.type.id === other.id ? 'taken' : 'kept';
    },
  },
  {
    name: 'entityClientIds',
    observe: async (instance) => {
      const clientId = instance.unique('client').replaceAll(' ', '-');
      const type = await makeType(instance);
      await makeEntity(instance, { type, clientId });
      const tenant = await instance.make('/api/tenant', { tenant: { name: instance.unique('Tenant') } });
      const second = makeEntity(instance, { type, clientId, tenantId: tenant.id });
      return second.then(() => 'tenant').catch(() => 'instance');
    },
  },
  {
    name: 'entityDeleteTenant',
    observe: async (instance) => {
      const { id } = await makeEntity(instance);
      await instance.make('/api/tenant', { tenant: { name: instance.unique('Tenant') } });
      const { status } = await instance.ask({ method: 'DELETE', path: `/api/entity/${id}` });
      return byStatus(status, { 200: 'optional', 400: 'required' });
    },
  },
  {
    name: 'grantBumpsEntities',
    observe: async (instance) => {
      const { ask, world } = instance;
      const { id, lastUpdateInstant } = await makeEntity(instance);
      await pause();
      const body = { grant: { userId: world['userId'] } };
      const { status } = await ask({ method: 'POST', path: `/api/entity/${id}/grant`, body });
      if (status !== 200) return `status ${status}`;
      const { body: after } = await ask({ method: 'GET', path: `/api/entity/${id}` });
      return after.entity.lastUpdateInstant === lastUpdateInstant ? 'off' : 'on';
    },
  },
  {
    name: 'grantSearchEntity',
    observe: async (instance) => {
      const { ask } = instance;
      const type = await makeType(instance);
      const target = await makeEntity(instance, { type });
      const recipient = await makeEntity(instance, { type });
      const body = { grant: { recipientEntityId: recipient.id } };
      await ask({ method: 'POST', path: `/api/entity/${target.id}/grant`, body });
      const found = async ({ id: entityId }: Made): Promise<number> => {
        const search = { method: 'POST', path: '/api/entity/grant/search', body: { search: { entityId } } };
        return (await ask(search)).body.grants?.length ?? 0;
      };
      const [onTarget, ofRecipient] = [await found(target), await found(recipient)];
      if (onTarget > 0 && ofRecipient > 0) return 'both';
      return onTarget > 0 ? 'target' : ofRecipient > 0 ? 'recipient' : 'neither';
    },
  },
  {
    name: 'indexedGrants',
    engine: 'elasticsearch',
    observe: async (instance) => {
      const { ask } = instance;
      const type = await makeType(instance);
      const target = await makeEntity(instance, { type });
      const recipient = await makeEntity(instance, { type });
      const body = { grant: { recipientEntityId: recipient.id } };
      await ask({ method: 'POST', path: `/api/entity/${target.id}/grant`, body });
      const term = { term: { 'grants.recipientEntityId': recipient.id } };
      const query = JSON.stringify({ nested: { path: 'grants', query: term } });
      const found = await instance.waitFor(async () => {
        const search = { method: 'POST', path: '/api/entity/search', body: { search: { query } } };
        return (await ask(search)).body.entities?.[0]?.id;
      });
      return { [target.id]: 'onEntity', [recipient.id]: 'ofEntity' }[String(found)] ?? 'neither';
    },
  },
];

interface Made {
  readonly id: string;
}

function makeType({ make, unique }: Instance, fields: object = {}): Promise<any> {
  return make('/api/entity/type', { entityType: { name: unique('Type'), ...fields } });
}

/** An entity in the default tenant, of a type of its own, unless told otherwise. */
async function makeEntity(
  instance: Instance,
  { type, tenantId, clientId }: { readonly type?: Made; readonly tenantId?: string; readonly clientId?: string } = {},
): Promise<any> {
  const { id } = type ?? (await makeType(instance));
  const entity = { name: instance.unique('Entity'), type: { id }, ...(clientId === undefined ? {} : { clientId }) };
  return instance.make('/api/entity', { entity }, { tenantId: tenantId ?? instance.world['defaultTenantId'] });
}
