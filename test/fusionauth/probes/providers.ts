import { generateKeyPairSync } from 'node:crypto';

import type { Instance, Probe } from '../probe.js';
import { byStatus, makeUser, openId } from './bodies.js';

/** Identity providers, their keys and their links. */
export const providerProbes: readonly Probe[] = [
  {
    name: 'providerTenantHeader',
    observe: async (instance) => {
      const { id } = await makeOpenId(instance);
      const { defaultTenantId: tenantId = '' } = instance.world;
      const { status } = await instance.ask({ method: 'GET', path: `/api/identity-provider/${id}`, tenantId });
      return byStatus(status, { 200: 'ignored', 404: 'confines' });
    },
  },
  {
    name: 'providerTypeOnUpdate',
    observe: async (instance) => {
      const { id, name } = await makeOpenId(instance);
      const path = `/api/identity-provider/${id}`;
      const { type: _, ...typeless } = openId(name);
      const words = { 200: 'ignored', 400: 'refused' };
      const seen: string[] = [];
      for (const identityProvider of [{ ...typeless, type: 'Google' }, typeless]) {
        const { status } = await instance.ask({ method: 'PUT', path, body: { identityProvider } });
        seen.push(byStatus(status, words));
      }
      const [another, none] = seen;
      return another === none ? String(none) : `another type ${another}, no type ${none}`;
    },
  },
  {
    name: 'linkingStrategyChange',
    observe: async (instance) => {
      const { id, name } = await makeOpenId(instance, { enabled: true, linkingStrategy: 'LinkByEmail' });
      const put = async (enabled: boolean, linkingStrategy: string): Promise<boolean> => {
        const identityProvider = { ...openId(name), enabled, linkingStrategy };
        const path = `/api/identity-provider/${id}`;
        return (await instance.ask({ method: 'PUT', path, body: { identityProvider } })).status === 200;
      };
      if (await put(true, 'LinkByUsername')) return 'free';
      if (await put(false, 'LinkByUsername')) return 'whileDisabling';
      await put(false, 'LinkByEmail');
      return (await put(false, 'LinkByUsername')) ? 'whenDisabled' : 'never';
    },
  },
  {
    name: 'hyprLinkingStrategy',
    observe: async ({ unique, make }) => {
      const own = { relyingPartyApplicationId: 'acme', relyingPartyURL: 'https://hypr.acme.test' };
      const identityProvider = { type: 'HYPR', name: unique('Provider'), ...own };
      return String((await make('/api/identity-provider', { identityProvider })).linkingStrategy);
    },
  },
  {
    name: 'settingsOfDeleted',
    observe: async (instance) => {
      const { ask, unique, make, world } = instance;
      const application = { name: unique('Application') };
      const tenantId = world['defaultTenantId'];
      const { id: applicationId } = await make('/api/application', { application }, { tenantId });
      const { id } = await makeOpenId(instance, { applicationConfiguration: { [applicationId]: { enabled: true } } });
      await ask({ method: 'DELETE', path: `/api/application/${applicationId}?hardDelete=true` });
      const { body } = await ask({ method: 'GET', path: `/api/identity-provider/${id}` });
      return body.identityProvider.applicationConfiguration?.[applicationId] === undefined ? 'dropped' : 'kept';
    },
  },
  {
    name: 'samlVerificationKeys',
    observe: async (instance) => {
      const { unique, make } = instance;
      const { id } = await make('/api/key/generate', {
        key: { name: unique('Key'), algorithm: 'RS256', length: 2048 },
      });
      const identityProvider = { ...saml, name: unique('Provider'), verificationKeyIds: [id] };
      const made = make('/api/identity-provider', { identityProvider });
      return made.then(() => 'any').catch(() => 'publicOnly');
    },
  },
  {
    name: 'formerKeyBesideList',
    observe: async (instance) => {
      const [listed, former] = [await publicKey(instance), await publicKey(instance)];
      const keys = { verificationKeyIds: [listed], keyId: former };
      const identityProvider = { ...saml, name: instance.unique('Provider'), ...keys };
      const { verificationKeyIds } = await instance.make('/api/identity-provider', { identityProvider });
      return verificationKeyIds?.includes(former) === true ? 'first' : 'ignored';
    },
  },
  {
    name: 'lookupOfDisabled',
    observe: async (instance) => {
      const domain = `${instance.unique('crew').replaceAll(' ', '-')}.acme.test`;
      await makeOpenId(instance, { enabled: false, domains: [domain] });
      const path = `/api/identity-provider/lookup?domain=${domain}`;
      const { status } = await instance.ask({ method: 'GET', path });
      return byStatus(status, { 200: 'found', 404: 'notFound' });
    },
  },
  {
    name: 'linkAgain',
    observe: async (instance) => {
      const { id: identityProviderId } = await makeOpenId(instance, { enabled: true });
      const { id: userId } = await makeUser(instance);
      const identityProviderLink = { identityProviderId, identityProviderUserId: 'ada', userId };
      const link = { method: 'POST', path: '/api/identity-provider/link', body: { identityProviderLink } };
      const first = await instance.ask(link);
      if (first.status !== 200) return `the first: status ${first.status}`;
      return byStatus((await instance.ask(link)).status, { 200: 'updated', 400: 'refused' });
    },
  },
];

const saml = { type: 'SAMLv2', emailClaim: 'email', idpEndpoint: 'https://idp.acme.test', buttonText: 'Log in' };

/** One that is of no tenant. */
function makeOpenId({ make, unique }: Instance, fields: object = {}): Promise<any> {
  return make('/api/identity-provider', { identityProvider: { ...openId(unique('Provider')), ...fields } });
}

/** The id of a key that can only verify. */
async function publicKey({ make, unique }: Instance): Promise<string> {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const material = pair.publicKey.export({ type: 'spki', format: 'pem' });
  return (await make('/api/key/import', { key: { name: unique('Key'), publicKey: material } })).id;
}
