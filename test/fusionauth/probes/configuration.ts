import type { Instance, Probe } from '../probe.js';
import { byStatus, timeouts } from './bodies.js';

/** Kinds of the configuration that have particular questions, and what there is once. */
export const configurationProbes: readonly Probe[] = [
  {
    name: 'freshCors',
    fresh: true,
    observe: async (instance) => {
      const { enabled } = (await systemConfiguration(instance)).corsConfiguration ?? {};
      return enabled === true ? 'on' : 'off';
    },
  },
  {
    name: 'freshReportTimezone',
    fresh: true,
    observe: async (instance) => {
      const { reportTimezone } = await systemConfiguration(instance);
      return { 'America/Denver': 'Denver', UTC: 'UTC' }[String(reportTimezone)] ?? 'another one';
    },
  },
  {
    name: 'usageDataDefault',
    observe: async (instance) => {
      const { usageDataConfiguration } = await withSystemConfiguration(instance, { reportTimezone: 'Etc/UTC' });
      return usageDataConfiguration?.enabled === true ? 'on' : 'off';
    },
  },
  {
    name: 'corsMethodOrder',
    observe: async (instance) => {
      // Neither in the order of the alphabet nor in its reverse, nor in that of the documentation.
      const allowedMethods = ['PUT', 'DELETE', 'POST', 'GET', 'PATCH'];
      const { corsConfiguration } = await withSystemConfiguration(instance, {
        reportTimezone: 'Etc/UTC',
        corsConfiguration: { enabled: true, allowedMethods, allowedOrigins: ['https://acme.test'] },
      });
      const came: readonly string[] = corsConfiguration?.allowedMethods ?? [];
      return came.join(' ') === allowedMethods.join(' ') ? 'kept' : 'lost';
    },
  },
  {
    name: 'licensed',
    observe: async ({ ask }) => {
      const { body } = await ask({ method: 'GET', path: '/api/reactor' });
      return body.status.licensed === true ? 'on' : 'off';
    },
  },
  {
    name: 'apiKeyPatch',
    observe: async ({ ask, unique, make }) => {
      const { id } = await make('/api/api-key', { apiKey: { name: unique('Key') } });
      const body = { apiKey: { name: unique('Key') } };
      const { status } = await ask({ method: 'PATCH', path: `/api/api-key/${id}`, body });
      return byStatus(status, { 200: 'supported', 404: 'missing', 405: 'missing' });
    },
  },
  {
    name: 'ipAclDelete',
    observe: async ({ ask, unique, make }) => {
      const ipAccessControlList = { name: unique('List'), entries: [{ startIPAddress: '*', action: 'Allow' }] };
      const { id } = await make('/api/ip-acl', { ipAccessControlList });
      const accessControlConfiguration = { uiIPAccessControlListId: id };
      await make('/api/tenant', { tenant: { name: unique('Tenant'), accessControlConfiguration } });
      const { status } = await ask({ method: 'DELETE', path: `/api/ip-acl/${id}` });
      return byStatus(status, { 200: 'detached', 400: 'refused' });
    },
  },
  {
    name: 'userActionTransaction',
    observe: async ({ unique, make }) => {
      const { transactionType } = await make('/api/user-action', { userAction: { name: unique('Action') } });
      return String(transactionType);
    },
  },
  {
    name: 'referenceTypes',
    observe: async ({ unique, make, world }) => {
      const lambda = { name: unique('Lambda'), type: 'SAMLv2Populate', body: 'function populate(samlResponse) {}' };
      const { id } = await make('/api/lambda', { lambda });
      const application = { name: unique('Application'), lambdaConfiguration: { accessTokenPopulateId: id } };
      const made = make('/api/application', { application }, { tenantId: world['defaultTenantId'] });
      return made.then(() => 'unchecked').catch(() => 'checked');
    },
  },
  {
    name: 'subtypeChange',
    observe: async ({ ask, unique, make }) => {
      const name = unique('Messenger');
      const url = 'https://sms.acme.test';
      const { id } = await make('/api/messenger', { messenger: { ...timeouts, type: 'Generic', name, url } });
      const messenger = { type: 'Twilio', name, url, accountSID: 'AC0', authToken: 'none', fromPhoneNumber: '+4700' };
      const path = `/api/messenger/${id}`;
      const { status } = await ask({ method: 'PUT', path, body: { messenger: { ...timeouts, ...messenger } } });
      if (status !== 200) return byStatus(status, { 400: 'refused' });
      const { body } = await ask({ method: 'GET', path });
      return body.messenger.type === 'Generic' ? 'ignored' : 'changed';
    },
  },
  {
    name: 'mappingsWithoutForm',
    observe: async (instance) => {
      const { ask } = instance;
      const managed = '/api/tenant-manager';
      const { body: before } = await ask({ method: 'GET', path: managed });
      const { attributeFormId: _, ...formless } = before.tenantManagerConfiguration;
      await ask({ method: 'PUT', path: managed, body: { tenantManagerConfiguration: formless } });
      const path = `${managed}/identity-provider/SAMLv2`;
      await ask({ method: 'DELETE', path });
      const defaultAttributeMappings = { 'user.firstName': 'given_name' };
      const body = { typeConfiguration: { linkingStrategy: 'LinkByEmail', defaultAttributeMappings } };
      try {
        const { status, body: made } = await ask({ method: 'POST', path, body });
        if (status !== 200) return `status ${status}`;
        const mappings = made.typeConfiguration.defaultAttributeMappings ?? {};
        return mappings['user.firstName'] === undefined ? 'dropped' : 'kept';
      } finally {
        await ask({ method: 'DELETE', path });
        await ask({ method: 'PUT', path: managed, body: before });
      }
    },
  },
];

async function systemConfiguration({ ask }: Instance): Promise<any> {
  return (await ask({ method: 'GET', path: '/api/system-configuration' })).body.systemConfiguration;
}

/** What a PUT makes of the system configuration, which is put back. */
async function withSystemConfiguration(instance: Instance, fields: object): Promise<any> {
  const { ask } = instance;
  const path = '/api/system-configuration';
  const before = await systemConfiguration(instance);
  try {
    const { status } = await ask({ method: 'PUT', path, body: { systemConfiguration: fields } });
    if (status !== 200) throw new Error(`PUT ${path} was answered ${status}`);
    return await systemConfiguration(instance);
  } finally {
    await ask({ method: 'PUT', path, body: { systemConfiguration: before } });
  }
}
