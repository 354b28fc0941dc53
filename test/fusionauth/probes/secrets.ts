import type { Instance, Probe } from '../probe.js';
import { openId, timeouts } from './bodies.js';

/** Whether secrets are shown, and whether a PUT that leaves them out keeps them. */
export const secretProbes: readonly Probe[] = [
  { name: 'smtpPasswordOnRead', observe: async (instance) => shown(await tenantWithPassword(instance)) },
  {
    name: 'smtpPasswordOnOmit',
    observe: async (instance) => {
      const { id, name } = await tenantWithPassword(instance);
      const path = `/api/tenant/${id}`;
      await instance.ask({ method: 'PUT', path, body: { tenant: { name } } });
      const { body } = await instance.ask({ method: 'GET', path });
      return body.tenant.emailConfiguration?.password === undefined ? 'cleared' : 'kept';
    },
  },
  {
    name: 'webhookSecretsOnRead',
    observe: async ({ ask, make }) => {
      const webhook = {
        ...timeouts,
        url: 'https://siem.acme.test',
        httpAuthenticationUsername: 'kedge',
        httpAuthenticationPassword: secret,
      };
      const { id } = await make('/api/webhook', { webhook });
      const { body } = await ask({ method: 'GET', path: `/api/webhook/${id}` });
      return body.webhook.httpAuthenticationPassword === secret ? 'shown' : 'hidden';
    },
  },
  {
    name: 'providerSecretsOnRead',
    observe: async ({ ask, unique, make }) => {
      const { id } = await make('/api/identity-provider', { identityProvider: openId(unique('Provider')) });
      const { body } = await ask({ method: 'GET', path: `/api/identity-provider/${id}` });
      return body.identityProvider.oauth2.client_secret === undefined ? 'hidden' : 'shown';
    },
  },
  ...(['connector', 'messenger'] as const).flatMap((kind): readonly Probe[] => [
    {
      name: `${kind}SecretsOnRead`,
      observe: async (instance) => {
        const { path } = await withPassword(instance, kind);
        const { body } = await instance.ask({ method: 'GET', path });
        return body[kind].httpAuthenticationPassword === undefined ? 'hidden' : 'shown';
      },
    },
    {
      name: `${kind}SecretsOnOmit`,
      observe: async (instance) => {
        const { path, fields } = await withPassword(instance, kind);
        const { httpAuthenticationPassword: _, ...others } = fields;
        await instance.ask({ method: 'PUT', path, body: { [kind]: others } });
        const { body } = await instance.ask({ method: 'GET', path });
        return body[kind].httpAuthenticationPassword === undefined ? 'cleared' : 'kept';
      },
    },
  ]),
];

const secret = 'a password of a probe';

async function tenantWithPassword({ ask, unique, make }: Instance): Promise<any> {
  const emailConfiguration = { host: 'localhost', port: 25, password: secret };
  const { id } = await make('/api/tenant', { tenant: { name: unique('Tenant'), emailConfiguration } });
  return (await ask({ method: 'GET', path: `/api/tenant/${id}` })).body.tenant;
}

function shown(tenant: any): string {
  return tenant.emailConfiguration.password === secret ? 'shown' : 'hidden';
}

async function withPassword(
  { unique, make }: Instance,
  kind: 'connector' | 'messenger',
): Promise<{ readonly path: string; readonly fields: Record<string, unknown> }> {
  const fields = {
    ...timeouts,
    type: 'Generic',
    name: unique(kind),
    [kind === 'connector' ? 'authenticationURL' : 'url']: 'https://acme.test',
    httpAuthenticationUsername: 'kedge',
    httpAuthenticationPassword: secret,
  };
  const { id } = await make(`/api/${kind}`, { [kind]: fields });
  return { path: `/api/${kind}/${id}`, fields };
}
