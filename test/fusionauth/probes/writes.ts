import { pause } from '../pause.js';
import type { Instance, Probe } from '../probe.js';
import { byStatus, defaultThemeId, mail, openId } from './bodies.js';

/** What a server makes of requests in general. */
export const writeProbes: readonly Probe[] = [
  {
    name: 'unknownProperties',
    observe: async ({ ask, unique, make }) => {
      const { id } = await make('/api/email/template', { emailTemplate: mail(unique('Mail')) });
      const body = { emailTemplate: { ...mail(unique('Mail')), noSuchProperty: true } };
      const { status } = await ask({ method: 'PUT', path: `/api/email/template/${id}`, body });
      return byStatus(status, { 200: 'ignore', 400: 'reject' });
    },
  },
  {
    name: 'noopUpdate',
    observe: async ({ ask, unique, make }) => {
      const emailTemplate = mail(unique('Mail'));
      const { id, lastUpdateInstant } = await make('/api/email/template', { emailTemplate });
      await pause();
      const path = `/api/email/template/${id}`;
      const { body } = await ask({ method: 'PUT', path, body: { emailTemplate } });
      return body.emailTemplate.lastUpdateInstant === lastUpdateInstant ? 'keeps' : 'bumps';
    },
  },
  {
    name: 'bodyContentType',
    observe: async ({ ask, unique, make }) => {
      const { id } = await make('/api/email/template', { emailTemplate: mail(unique('Mail')) });
      const body = JSON.stringify({ emailTemplate: mail(unique('Mail')) });
      const path = `/api/email/template/${id}`;
      const { status } = await ask({ method: 'PUT', path, body, contentType: 'text/plain' });
      return status === 200 ? 'ignored' : 'checked';
    },
  },
  {
    name: 'nameCase',
    observe: async ({ unique, make }) => {
      const name = unique('Theme');
      await make('/api/theme', { sourceThemeId: defaultThemeId, theme: { name } });
      const second = make('/api/theme', { sourceThemeId: defaultThemeId, theme: { name: name.toUpperCase() } });
      return second.then(() => 'sensitive').catch(() => 'insensitive');
    },
  },
  {
    name: 'concurrentPatch',
    observe: ({ ask, unique, make }) =>
      racing(ask, async () => {
        const { id } = await make('/api/lambda', { lambda: code(unique('Lambda')) });
        const patches = [{ debug: true }, { name: unique('Renamed') }, { body: 'function populate(jwt) { return; }' }];
        return { path: `/api/lambda/${id}`, wrapper: 'lambda', patches };
      }),
  },
  {
    name: 'identityProviderPatch',
    observe: ({ ask, unique, make }) =>
      racing(ask, async () => {
        const { id } = await make('/api/identity-provider', { identityProvider: openId(unique('Provider')) });
        const patches = [{ debug: true }, { name: unique('Renamed') }, { buttonText: 'Come aboard' }];
        return { path: `/api/identity-provider/${id}`, wrapper: 'identityProvider', patches };
      }),
  },
  {
    name: 'copySourceOnUpdate',
    observe: async ({ ask, unique, make, world }) => {
      const name = unique('Tenant');
      const { id } = await make('/api/tenant', { tenant: { name } });
      const body = { sourceTenantId: world['defaultTenantId'], tenant: { name } };
      const { status } = await ask({ method: 'PUT', path: `/api/tenant/${id}`, body });
      return byStatus(status, { 200: 'ignored', 400: 'refused' });
    },
  },
  {
    name: 'legacyPatchOfLists',
    observe: async ({ ask, unique, make, world }) => {
      const name = unique('Application');
      const oauthConfiguration = { authorizedRedirectURLs: ['https://acme.test/first'] };
      const tenantId = world['defaultTenantId'] ?? '';
      const { id } = await make('/api/application', { application: { name, oauthConfiguration } }, { tenantId });
      const patch = { oauthConfiguration: { authorizedRedirectURLs: ['https://acme.test/second'] } };
      const path = `/api/application/${id}`;
      const { body } = await ask({ method: 'PATCH', path, body: { application: patch } });
      const urls: readonly string[] = body.application.oauthConfiguration.authorizedRedirectURLs;
      return urls.length === 1 ? 'markedReplaced' : 'appended';
    },
  },
  {
    name: 'builtInRefusal',
    observe: async ({ ask }) => {
      const { status, body } = await ask({ method: 'DELETE', path: `/api/theme/${defaultThemeId}` });
      if (status === 403) return 'forbidden';
      if (status !== 400) return `status ${status}`;
      return body.fieldErrors === undefined || Object.keys(body.fieldErrors).length === 0
        ? 'generalError'
        : 'fieldError';
    },
  },
  {
    name: 'deleteInUse',
    observe: async ({ ask, unique, make, world }) => {
      const { id } = await make('/api/lambda', { lambda: code(unique('Lambda')) });
      const application = { name: unique('Application'), lambdaConfiguration: { accessTokenPopulateId: id } };
      await make('/api/application', { application }, { tenantId: world['defaultTenantId'] ?? '' });
      const { status } = await ask({ method: 'DELETE', path: `/api/lambda/${id}` });
      return byStatus(status, { 200: 'allowed', 400: 'refused' });
    },
  },
  {
    name: 'newKeyLatency',
    observe: async ({ ask, unique, make }) => {
      const { key } = await make('/api/api-key', { apiKey: { name: unique('Key') } });
      const { status } = await ask({ method: 'GET', path: '/api/tenant', key });
      return byStatus(status, { 200: 'off', 401: 'on' });
    },
  },
];

function code(name: string): object {
  return { name, type: 'JWTPopulate', body: 'function populate(jwt) {}' };
}

/** Changes of one object that do not touch each other. */
interface Race {
  readonly path: string;
  readonly wrapper: string;
  readonly patches: readonly Readonly<Record<string, unknown>>[];
}

/** Races until one shows what happens to the slower ones; a server on which all are always kept takes them one by one. */
async function racing(ask: Instance['ask'], prepare: () => Promise<Race>): Promise<string> {
  for (let round = 0; round < 10; round += 1) {
    const { path, wrapper, patches } = await prepare();
    const answers = await Promise.all(
      patches.map((patch) => ask({ method: 'PATCH', path, body: { [wrapper]: patch } })),
    );
    if (answers.some(({ status }) => status === 409)) return 'conflict';
    const object = (await ask({ method: 'GET', path })).body[wrapper];
    const kept = patches.every((patch) => Object.entries(patch).every(([name, value]) => object[name] === value));
    if (!kept) return 'lost';
  }
  return 'serial';
}
