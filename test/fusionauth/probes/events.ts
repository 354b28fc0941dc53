import type { Instance, Probe } from '../probe.js';
import { makeUser, timeouts } from './bodies.js';

/** How often webhooks are told, by what the webhook event log says of it. */
export const eventProbes: readonly Probe[] = [
  {
    name: 'webhookRetries',
    observe: async (instance) => {
      const tenantId = await tenantWithEvent(instance, 'None');
      await listen(instance, { url: nowhere, tenantId });
      const find = await eventOf(instance, tenantId);
      const tries = await instance.waitFor(async () => ((await find())?.attempts.length > 1 ? true : undefined));
      if (tries === true) return 'always';
      return (await find()) === undefined ? 'the event is not in the log' : 'transactions';
    },
  },
  {
    name: 'webhookRetryWait',
    observe: async (instance) => {
      const tenantId = await tenantWithEvent(instance, 'Any');
      const { id } = await listen(instance, { url: nowhere, tenantId });
      // One has to agree, and the only one that is sure to be there is the server itself: this is answered 200 to anybody.
      await listen(instance, { url: `${instance.target.url}/api/logout`, tenantId });
      const find = await eventOf(instance, tenantId);
      const starts = await instance.waitFor(async () => {
        const attempts: readonly any[] = (await find())?.attempts ?? [];
        const failed = attempts.filter(({ webhookId }) => webhookId === id);
        return failed.length > 1 ? failed.map(({ startInstant }) => startInstant) : undefined;
      });
      if (starts === undefined) return 'it is not tried again';
      return starts[1] - starts[0] < 500 ? 'none' : 'backoff';
    },
  },
  {
    name: 'unheardEvents',
    observe: async (instance) => {
      const find = await eventOf(instance, await tenantWithEvent(instance, 'None'));
      return (await instance.waitFor(find)) === undefined ? 'notLogged' : 'logged';
    },
  },
];

/** Where nobody listens, whatever machine it is tried from. */
const nowhere = 'http://127.0.0.1:1/';
const type = 'user.create';

/** The id of a tenant that tells of new users. */
async function tenantWithEvent({ make, unique }: Instance, transactionType: string): Promise<string> {
  const eventConfiguration = { events: { [type]: { enabled: true, transactionType } } };
  return (await make('/api/tenant', { tenant: { name: unique('Tenant'), eventConfiguration } })).id;
}

function listen({ make }: Instance, { url, tenantId }: { url: string; tenantId: string }): Promise<any> {
  const webhook = { ...timeouts, url, global: false, tenantIds: [tenantId], eventsEnabled: { [type]: true } };
  return make('/api/webhook', { webhook });
}

/** Makes a user in the tenant, and gives how to look for the event in the log. */
async function eventOf(instance: Instance, tenantId: string): Promise<() => Promise<any>> {
  const { ask, world } = instance;
  const { id } = await makeUser({ ...instance, world: { ...world, defaultTenantId: tenantId } });
  return async () => {
    const body = { search: { eventType: type, event: id } };
    const found = await ask({ method: 'POST', path: '/api/system/webhook-event-log/search', body });
    const log = found.body.webhookEventLogs.find((one: any) => one.linkedObjectId === id);
    if (log === undefined) return undefined;
    const one = await ask({ method: 'GET', path: `/api/system/webhook-event-log/${log.id}` });
    return one.body.webhookEventLog;
  };
}
