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
    name: 'ownActionEvents',
    observe: async (instance) => {
      const { ask, unique, make, world } = instance;
      const userAction = { name: unique('Action'), temporal: true, preventLogin: true };
      const { id: userActionId } = await make('/api/user-action', { userAction });
      const failures = { actionDuration: 5, actionDurationUnit: 'MINUTES', resetCountInSeconds: 60 };
      const { id: tenantId } = await make('/api/tenant', {
        tenant: {
          name: unique('Tenant'),
          failedAuthenticationConfiguration: { ...failures, tooManyAttempts: 1, userActionId },
          eventConfiguration: { events: { 'user.action': { enabled: true, transactionType: 'None' } } },
        },
      });
      const webhook = { ...timeouts, url: nowhere, tenantIds: [tenantId], eventsEnabled: { 'user.action': true } };
      await make('/api/webhook', { webhook });
      const { id, email } = await makeUser({ ...instance, world: { ...world, defaultTenantId: tenantId } });
      const body = { loginId: email, password: 'another one' };
      for (const _ of [1, 2]) await ask({ method: 'POST', path: '/api/login', tenantId, body });
      const told = await instance.waitFor(async () => {
        const search = { eventType: 'user.action', event: id };
        const path = '/api/system/webhook-event-log/search';
        return (await ask({ method: 'POST', path, body: { search } })).body.webhookEventLogs?.[0];
      });
      return told === undefined ? 'untold' : 'told';
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
