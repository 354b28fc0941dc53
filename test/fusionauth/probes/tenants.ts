import { pause } from '../pause.js';
import type { Probe } from '../probe.js';
import { byStatus, timeouts } from './bodies.js';

/** Tenants, and what is tied to them. */
export const tenantProbes: readonly Probe[] = [
  {
    name: 'bodyTenantId',
    observe: async ({ ask, unique, make }) => {
      const { id } = await make('/api/tenant', { tenant: { name: unique('Tenant') } });
      const application = { name: unique('Application'), tenantId: id };
      const { status, body } = await ask({ method: 'POST', path: '/api/application', body: { application } });
      if (status === 200)
        await ask({ method: 'DELETE', path: `/api/application/${body.application.id}?hardDelete=true` });
      return byStatus(status, { 200: 'enough', 400: 'notEnough' });
    },
  },
  {
    name: 'tenantMergePatchBug',
    observe: async ({ ask, unique, make }) => {
      const { id } = await make('/api/tenant', { tenant: { name: unique('Tenant') } });
      const { status } = await ask({
        method: 'PATCH',
        path: `/api/tenant/${id}`,
        body: { tenant: { issuer: 'acme.test' } },
        contentType: 'application/merge-patch+json',
      });
      return byStatus(status, { 200: 'off', 500: 'on' });
    },
  },
  {
    name: 'tenantPatchDetachesWebhooks',
    observe: async ({ ask, unique, make }) => {
      const { id } = await make('/api/tenant', { tenant: { name: unique('Tenant') } });
      const webhook = await make('/api/webhook', {
        webhook: { ...timeouts, url: 'https://siem.acme.test', tenantIds: [id] },
      });
      await ask({ method: 'PATCH', path: `/api/tenant/${id}`, body: { tenant: { issuer: 'acme.test' } } });
      const { body } = await ask({ method: 'GET', path: `/api/webhook/${webhook.id}` });
      return body.webhook.tenantIds?.includes(id) === true ? 'off' : 'on';
    },
  },
  {
    name: 'webhookLinkBumps',
    observe: async ({ ask, unique, make }) => {
      const name = unique('Tenant');
      const { id } = await make('/api/tenant', { tenant: { name } });
      const webhook = await make('/api/webhook', { webhook: { ...timeouts, url: 'https://siem.acme.test' } });
      await pause();
      await ask({ method: 'PUT', path: `/api/tenant/${id}`, body: { tenant: { name }, webhookIds: [webhook.id] } });
      const { body } = await ask({ method: 'GET', path: `/api/webhook/${webhook.id}` });
      return body.webhook.lastUpdateInstant === webhook.lastUpdateInstant ? 'off' : 'on';
    },
  },
  {
    name: 'freshTenantEvents',
    observe: async ({ unique, make }) => {
      const tenant = await make('/api/tenant', { tenant: { name: unique('Tenant') } });
      return Object.keys(tenant.eventConfiguration?.events ?? {}).length > 0 ? 'listed' : 'empty';
    },
  },
  {
    name: 'newTenantTheme',
    observe: async ({ unique, make }) => {
      const { themeId } = await make('/api/tenant', { tenant: { name: unique('Tenant') } });
      return themeId === undefined ? 'none' : 'inherited';
    },
  },
  {
    name: 'inactiveNames',
    observe: async ({ ask, unique, make, world }) => {
      const application = { name: unique('Application') };
      const tenantId = world['defaultTenantId'] ?? '';
      const { id } = await make('/api/application', { application }, { tenantId });
      await ask({ method: 'DELETE', path: `/api/application/${id}` });
      const second = make('/api/application', { application }, { tenantId });
      return second.then(() => 'free').catch(() => 'taken');
    },
  },
];
