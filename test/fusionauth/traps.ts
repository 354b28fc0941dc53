import { randomUUID } from 'node:crypto';

import { byStatus, timeouts } from './probes/bodies.js';
import type { Instance } from './probe.js';
import type { Statement } from './statement.js';

/**
 * What goes wrong for those who take FusionAuth's writes for granted. Sources: FusionAuth docs apis, "PATCH" and "Update", and
 * the issues of FusionAuth/fusionauth-issues that are named.
 */
export const traps: readonly Statement[] = [
  {
    says: 'a PATCH of application/json appends to a list (fusionauth-issues #441)',
    expected: 'upper lower',
    observe: (instance) => valuesAfter(instance, { contentType: 'application/json' }),
  },
  {
    says: 'a merge-patch replaces a list',
    expected: 'lower',
    observe: (instance) => valuesAfter(instance, { contentType: 'application/merge-patch+json' }),
  },
  {
    says: 'paths of a JSON Patch begin at what stands around the object',
    expected: 'lower',
    observe: (instance) =>
      valuesAfter(instance, {
        contentType: 'application/json-patch+json',
        body: [{ op: 'replace', path: '/consent/values', value: ['lower'] }],
      }),
  },
  {
    says: 'a PATCH of application/json replaces the data of an application',
    expected: 'replaced',
    observe: async ({ ask, unique, make, world }) => {
      const application = { name: unique('Application'), data: { deck: 'upper' } };
      const { id } = await make('/api/application', { application }, { tenantId: world['defaultTenantId'] ?? '' });
      const body = { application: { data: { watch: 'first' } } };
      const answer = await ask({ method: 'PATCH', path: `/api/application/${id}`, body });
      return answer.body.application.data.deck === undefined ? 'replaced' : 'merged';
    },
  },
  {
    says: 'a PUT sets what it leaves out back to its default',
    expected: 'back at its default',
    observe: async ({ ask, unique, make }) => {
      const name = unique('Tenant');
      const { id } = await make('/api/tenant', { tenant: { name, issuer: 'issuer.acme.test' } });
      const { body } = await ask({ method: 'PUT', path: `/api/tenant/${id}`, body: { tenant: { name } } });
      return body.tenant.issuer === 'issuer.acme.test' ? 'kept' : 'back at its default';
    },
  },
  {
    says: 'a PUT of an application keeps its client secret and its roles',
    expected: 'secret kept, roles kept',
    observe: async ({ ask, unique, make, world }) => {
      const application = { name: unique('Application'), roles: [{ name: 'captain' }] };
      const made = await make('/api/application', { application }, { tenantId: world['defaultTenantId'] ?? '' });
      const body = { application: { name: application.name } };
      const answer = await ask({ method: 'PUT', path: `/api/application/${made.id}`, body });
      const { oauthConfiguration, roles } = answer.body.application;
      const secret = oauthConfiguration.clientSecret === made.oauthConfiguration.clientSecret ? 'kept' : 'lost';
      return `secret ${secret}, roles ${roles?.[0]?.name === 'captain' ? 'kept' : 'lost'}`;
    },
  },
  {
    says: 'a PUT of a tenant without webhookIds detaches its webhooks (fusionauth-issues #2413)',
    expected: 'detached',
    observe: async ({ ask, unique, make }) => {
      const name = unique('Tenant');
      const { id } = await make('/api/tenant', { tenant: { name } });
      const webhook = await make('/api/webhook', {
        webhook: { ...timeouts, url: 'https://siem.acme.test', tenantIds: [id] },
      });
      await ask({ method: 'PUT', path: `/api/tenant/${id}`, body: { tenant: { name } } });
      const { body } = await ask({ method: 'GET', path: `/api/webhook/${webhook.id}` });
      return body.webhook.tenantIds?.includes(id) === true ? 'attached' : 'detached';
    },
  },
  {
    says: 'a PUT of a group without roleIds clears its roles',
    expected: 'cleared',
    observe: async ({ ask, unique, make, world }) => {
      const name = unique('Group');
      const tenantId = world['defaultTenantId'] ?? '';
      const group = await make('/api/group', { group: { name }, roleIds: [world['roleId']] }, { tenantId });
      const path = `/api/group/${group.id}`;
      if (Object.keys(group.roles ?? {}).length === 0) return 'had none';
      await ask({ method: 'PUT', path, body: { group: { name } } });
      const { body } = await ask({ method: 'GET', path });
      return Object.keys(body.group.roles ?? {}).length === 0 ? 'cleared' : 'kept';
    },
  },
  {
    says: 'a key cannot be patched',
    expected: 'refused',
    observe: async ({ ask, unique, make }) => {
      const { id } = await make('/api/key/generate', { key: { name: unique('Key'), algorithm: 'ES256' } });
      const { status } = await ask({ method: 'PATCH', path: `/api/key/${id}`, body: { key: { name: unique('Key') } } });
      return byStatus(status, { 200: 'patched', 404: 'refused', 405: 'refused', 501: 'refused' });
    },
  },
  {
    says: 'an unknown path is answered 404 without a body',
    expected: '404 empty',
    observe: async ({ ask }) => {
      const { status, body } = await ask({ method: 'GET', path: `/api/no-such-kind/${randomUUID()}` });
      return `${status}${body === undefined ? ' empty' : ''}`;
    },
  },
];

/** Traps that are switches of the sandbox, since they differ from version to version: what their probes are of. */
export const trapSwitches: Readonly<Record<string, string>> = {
  tenantMergePatchBug: 'a merge-patch of a tenant fails with 500 (fusionauth-issues #3338)',
  tenantPatchDetachesWebhooks: 'a PATCH of a tenant without webhookIds detaches its webhooks (fusionauth-issues #2411)',
  copySourceOnUpdate: 'sourceTenantId in a PUT is answered 400 (fusionauth-issues #2340)',
  concurrentPatch:
    'of PATCHes of one object at the same time the last wins on the whole object (fusionauth-issues #3206)',
};

/** The values of a consent that had `upper`, after a PATCH with `lower`. */
async function valuesAfter(
  { ask, unique, make }: Instance,
  { contentType, body = { consent: { values: ['lower'] } } }: { readonly contentType: string; readonly body?: unknown },
): Promise<string> {
  const consent = {
    name: unique('Consent'),
    defaultMinimumAgeForSelfConsent: 13,
    multipleValuesAllowed: true,
    values: ['upper'],
  };
  const { id } = await make('/api/consent', { consent });
  const answer = await ask({ method: 'PATCH', path: `/api/consent/${id}`, body, contentType });
  return answer.status === 200 ? answer.body.consent.values.join(' ') : `status ${answer.status}`;
}
