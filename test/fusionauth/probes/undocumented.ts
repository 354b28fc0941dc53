import { randomUUID } from 'node:crypto';

import { codesOf } from '../../contract/target.js';
import type { Instance, Probe } from '../probe.js';
import { byStatus, defaultThemeId } from './bodies.js';

/** What no document says anything of, in kinds of the configuration. */
export const undocumentedProbes: readonly Probe[] = [
  {
    name: 'undocumentedTexts',
    fresh: true,
    observe: async ({ ask }) => {
      const { body } = await ask({ method: 'GET', path: '/api/lambda?type=SCIMServerUserRequestConverter' });
      const names: readonly string[] = (body.lambdas ?? []).map(({ name }: any) => name);
      return names.includes('[FusionAuth Default] SCIM User Request Converter') ? 'likely' : 'other';
    },
  },
  {
    name: 'undocumentedErrors',
    observe: async (instance) => {
      const { ask, unique, make, world } = instance;
      const lambda = { name: unique('Lambda'), type: 'JWTPopulate', body: 'function populate(jwt) {}' };
      const { id } = await make('/api/lambda', { lambda });
      const application = { name: unique('Application'), lambdaConfiguration: { accessTokenPopulateId: id } };
      await make('/api/application', { application }, { tenantId: world['defaultTenantId'] });
      const userAction = { name: unique('Action'), temporal: false, preventLogin: true };
      const codes = [
        await ask({ method: 'DELETE', path: `/api/lambda/${id}` }),
        await ask({ method: 'POST', path: '/api/group/member', body: { members: {} } }),
        await ask({ method: 'POST', path: '/api/user-action', body: { userAction } }),
      ].map((answer) => codesOf(answer).join(' ') || `status ${answer.status}`);
      if (codes.join() === '[inUse]lambdaId,[missing]members,[invalid]userAction.preventLogin') return 'likely';
      return codes.every((code) => code === '[Unknown]') ? 'general' : codes.join(', ');
    },
  },
  {
    name: 'uniqueNames',
    observe: async ({ unique, make }) => {
      const messageTemplate = { name: unique('Message'), type: 'SMS', defaultTemplate: 'Hello' };
      await make('/api/message/template', { messageTemplate });
      const second = make('/api/message/template', { messageTemplate });
      return second.then(() => 'whereDocumented').catch(() => 'everywhere');
    },
  },
  {
    name: 'themeTypeChange',
    observe: async ({ ask, unique, make }) => {
      const { id } = await make('/api/theme', { sourceThemeId: defaultThemeId, theme: { name: unique('Theme') } });
      const body = { theme: { type: 'simple', variables: {} } };
      const { status, body: answer } = await ask({ method: 'PATCH', path: `/api/theme/${id}`, body });
      if (status !== 200) return byStatus(status, { 400: 'refused' });
      return answer.theme.type === 'simple' ? 'changed' : 'ignored';
    },
  },
  {
    name: 'simpleThemeVariables',
    observe: async ({ unique, make }) => {
      const theme = { name: unique('Theme'), type: 'simple', variables: { fontColor: '#111111' } };
      const { variables } = await make('/api/theme', { theme });
      return Object.keys(variables).length > 1 ? 'filled' : 'unset';
    },
  },
  {
    name: 'missingMessageValues',
    observe: async ({ ask, unique, make }) => {
      const copy = { sourceThemeId: defaultThemeId, theme: { name: unique('Theme') } };
      const { id, name, templates } = await make('/api/theme', copy);
      const theme = { name, templates, defaultMessages: 'login=Log in' };
      const { body } = await ask({ method: 'PUT', path: `/api/theme/${id}`, body: { theme } });
      const error = body?.fieldErrors?.['theme.defaultMessages']?.[0];
      if (error === undefined) return 'no error of the messages';
      return Object.keys(error.data ?? {}).length > 0 ? 'shown' : 'hidden';
    },
  },
  {
    name: 'olderFieldInPatch',
    observe: async ({ ask, unique, make, world }) => {
      const [old, kept] = ['https://old.acme.test/acs', 'https://acme.test/acs'];
      const samlv2Configuration = { enabled: true, issuer: unique('issuer'), authorizedRedirectURLs: [old, kept] };
      const application = { name: unique('Application'), samlv2Configuration };
      const tenantId = world['defaultTenantId'];
      const key = await make('/api/key/generate', { key: { name: unique('Key'), algorithm: 'RS256', length: 2048 } });
      const { id } = await make(
        '/api/application',
        { application: { ...application, samlv2Configuration: { ...samlv2Configuration, keyId: key.id } } },
        { tenantId },
      );
      const answer = await ask({
        method: 'PATCH',
        path: `/api/application/${id}`,
        body: { application: { samlv2Configuration: { authorizedRedirectURLs: [kept] } } },
        contentType: 'application/merge-patch+json',
      });
      if (answer.status !== 200) return `status ${answer.status}`;
      const urls: readonly string[] = answer.body.application.samlv2Configuration.authorizedRedirectURLs;
      return urls.includes(old) ? 'always' : 'ifChanged';
    },
  },
  {
    name: 'universalTenant',
    observe: async ({ unique, make }) => {
      const application = { name: unique('Application'), universalConfiguration: { universal: true } };
      const { tenantId } = await make('/api/application', { application });
      return tenantId === undefined ? 'none' : 'default';
    },
  },
  {
    name: 'connectorNames',
    observe: async (instance) => {
      const name = `${instance.unique('Connector')} `;
      const made = await makeConnector(instance, { type: 'Generic', name, authenticationURL: 'https://acme.test' });
      return made.name === name ? 'asSent' : 'trimmed';
    },
  },
  {
    name: 'moreFusionAuthConnectors',
    observe: (instance) =>
      makeConnector(instance, { type: 'FusionAuth', name: instance.unique('Connector') })
        .then(() => 'taken')
        .catch(() => 'refused'),
  },
  {
    name: 'templateLocales',
    observe: async ({ ask, unique }) => {
      const messageTemplate = {
        name: unique('Message'),
        type: 'SMS',
        defaultTemplate: 'Hello',
        localizedTemplates: { de: 'Moin' },
      };
      const body = { messageTemplate, locale: 'de_CH' };
      const answer = await ask({ method: 'POST', path: '/api/message/template/preview', body });
      if (answer.status !== 200) return `status ${answer.status}`;
      return JSON.stringify(answer.body.message).includes('Moin') ? 'byLanguage' : 'exact';
    },
  },
  {
    name: 'tenantKeyMakesTenants',
    observe: async ({ ask, unique, make, world }) => {
      const apiKey = { name: unique('Key'), tenantId: world['defaultTenantId'] };
      const { key } = await make('/api/api-key', { apiKey });
      const body = { tenant: { name: unique('Tenant') } };
      const answer = await ask({ method: 'POST', path: '/api/tenant', body, key });
      if (answer.status !== 200) return byStatus(answer.status, { 401: 'refused' });
      await ask({ method: 'DELETE', path: `/api/tenant/${answer.body.tenant.id}` });
      return 'allowed';
    },
  },
  {
    name: 'overlappingIpRanges',
    observe: async ({ ask, unique, make }) => {
      // Every caller lies in both.
      const entries = [
        { startIPAddress: '*', action: 'Block' },
        { startIPAddress: '1.0.0.0', endIPAddress: '255.255.255.254', action: 'Allow' },
        { startIPAddress: '2.0.0.0', endIPAddress: '255.255.255.253', action: 'Block' },
      ];
      const { id } = await make('/api/ip-acl', { ipAccessControlList: { name: unique('List'), entries } });
      const { key } = await make('/api/api-key', { apiKey: { name: unique('Key'), ipAccessControlListId: id } });
      const { status } = await ask({ method: 'GET', path: '/api/tenant', key });
      return byStatus(status, { 200: 'first', 401: 'last' });
    },
  },
  {
    name: 'unknownTenantOpenId',
    observe: async ({ ask }) => {
      const { status } = await ask({ method: 'GET', path: `/${randomUUID()}${openId}`, key: null });
      return byStatus(status, { 200: 'defaultTenant', 404: 'notFound' });
    },
  },
  {
    name: 'tenantOpenIdUrls',
    observe: async ({ ask, world }) => {
      const { defaultTenantId } = world;
      const { status, body } = await ask({ method: 'GET', path: `/${defaultTenantId}${openId}`, key: null });
      if (status !== 200) return `status ${status}`;
      return String(body.authorization_endpoint).includes(String(defaultTenantId)) ? 'withTenant' : 'plain';
    },
  },
];

const openId = '/.well-known/openid-configuration';

function makeConnector({ make }: Instance, fields: object): Promise<any> {
  return make('/api/connector', { connector: { connectTimeout: 1000, readTimeout: 1000, ...fields } });
}
