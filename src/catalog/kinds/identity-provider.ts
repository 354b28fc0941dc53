import type { IdentityProviderRequest } from '@fusionauth/typescript-client';
import type { JsonObject } from '../../model/index.js';
import type { Kind, SecretField, WriteTarget } from '../kind.js';
import { lowerCased, normalized, unixLines } from '../normal-text.js';
import { identityProviderSince } from '../since.generated.js';
import { asRequest, listOf, oneOf, orAbsent, withoutCopies } from '../wire.js';
import { identityProviderMeanings } from '../meanings/identity-provider-meanings.js';

const claims = {
  clientAuthenticationMethod: 'client_secret_basic',
  emailClaim: 'email',
  emailVerifiedClaim: 'email_verified',
  uniqueIdClaim: 'sub',
  usernameClaim: 'preferred_username',
};

/** What the server writes into the two texts of properties (fusionauth-java-client GoogleIdentityProvider). */
const googleProperties = {
  api: properties(
    'auto_prompt=true',
    'auto_select=false',
    'cancel_on_tap_outside=false',
    'context=signin',
    'itp_support=true',
  ),
  button: properties(
    'logo_alignment=left',
    'shape=rectangular',
    'size=large',
    'text=signin_with',
    'theme=outline',
    'type=standard',
  ),
};

/** Deprecated name of the first verification key → the list, by type; for Apple, `keyId` is a field of its own (1.69). */
const keyCopies: { readonly [type: string]: Readonly<Record<string, string>> } = {
  ExternalJWT: { defaultKeyId: 'verificationKeyIds' },
  SAMLv2: { keyId: 'verificationKeyIds' },
  SAMLv2IdPInitiated: { keyId: 'verificationKeyIds' },
};

/** The server refuses a write without them, so that none can be cleared unseen. */
const secret = (path: string): SecretField => ({
  path,
  readBack: 'list',
  onOmit: 'cleared',
  source: 'FusionAuth docs: apis/identity-providers show it in the response',
});

/**
 * An identity provider of any of the 16 types. What holds for one application or tenant alone stands in a map by its id;
 * a PUT replaces the map, so kedge sends back what it read with the written keys laid over it.
 */
export const identityProvider: Kind = {
  kind: 'identityProvider',
  collection: 'identityProviders',
  types: {
    Apple: {
      clientType: 'AppleIdentityProvider',
      required: ['keyId', 'teamId'],
      defaults: { buttonText: 'Sign in with Apple' },
    },
    EpicGames: {
      clientType: 'EpicGamesIdentityProvider',
      required: ['client_id', 'client_secret'],
      defaults: { buttonText: 'Login with Epic Games', linkingStrategy: 'CreatePendingLink' },
    },
    ExternalJWT: {
      clientType: 'ExternalJWTIdentityProvider',
      required: ['headerKeyParameter'],
      defaults: { domains: [], oauth2: claims },
    },
    Facebook: {
      clientType: 'FacebookIdentityProvider',
      required: ['appId', 'client_secret'],
      // FusionAuth docs: apis/identity-providers/facebook, `fields` and `permissions`.
      defaults: { buttonText: 'Login with Facebook', fields: 'email', permissions: 'email' },
    },
    Google: {
      clientType: 'GoogleIdentityProvider',
      required: ['client_id', 'client_secret'],
      defaults: { buttonText: 'Login with Google', properties: googleProperties },
    },
    HYPR: {
      clientType: 'HYPRIdentityProvider',
      required: ['relyingPartyApplicationId', 'relyingPartyURL'],
    },
    LinkedIn: {
      clientType: 'LinkedInIdentityProvider',
      required: ['client_id', 'client_secret'],
      defaults: { buttonText: 'Sign in with LinkedIn' },
    },
    Nintendo: {
      clientType: 'NintendoIdentityProvider',
      required: ['client_id', 'client_secret'],
      defaults: {
        buttonText: 'Login with Nintendo',
        emailClaim: 'email',
        linkingStrategy: 'CreatePendingLink',
        uniqueIdClaim: 'id',
        usernameClaim: 'preferred_username',
      },
    },
    OpenIDConnect: {
      clientType: 'OpenIdConnectIdentityProvider',
      required: ['oauth2.client_id'],
      defaults: {
        buttonText: 'Login with OpenID Connect',
        domains: [],
        oauth2: claims,
        postRequest: false,
      },
    },
    SAMLv2: {
      clientType: 'SAMLv2IdentityProvider',
      required: ['idpEndpoint'],
      defaults: {
        assertionConfiguration: { destination: { alternates: [], policy: 'Enabled' } },
        assertionDecryptionConfiguration: { enabled: false },
        buttonText: 'Login with SAML',
        domains: [],
        idpInitiatedConfiguration: { enabled: false },
        loginHintConfiguration: { enabled: true, parameterName: 'login_hint' },
        nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        postRequest: false,
        signRequest: false,
        useNameIdForEmail: false,
      },
    },
    SAMLv2IdPInitiated: {
      clientType: 'SAMLv2IdPInitiatedIdentityProvider',
      required: ['issuer'],
      defaults: { assertionDecryptionConfiguration: { enabled: false }, useNameIdForEmail: false },
    },
    SonyPSN: {
      clientType: 'SonyPSNIdentityProvider',
      required: ['client_id', 'client_secret'],
      defaults: { buttonText: 'Login with Playstation Network', linkingStrategy: 'CreatePendingLink' },
    },
    Steam: {
      clientType: 'SteamIdentityProvider',
      required: ['client_id', 'webAPIKey'],
      defaults: { apiMode: 'Public', buttonText: 'Login with Steam', linkingStrategy: 'CreatePendingLink' },
    },
    Twitch: {
      clientType: 'TwitchIdentityProvider',
      required: ['client_id', 'client_secret'],
      defaults: {
        buttonText: 'Login with Twitch',
        linkingStrategy: 'CreatePendingLink',
        scope: 'openid user:read:email',
      },
    },
    Twitter: {
      clientType: 'TwitterIdentityProvider',
      required: ['consumerKey', 'consumerSecret'],
      defaults: { buttonText: 'Login with Twitter' },
    },
    Xbox: {
      clientType: 'XboxIdentityProvider',
      required: ['client_id', 'client_secret'],
      defaults: { buttonText: 'Login with Xbox', linkingStrategy: 'CreatePendingLink' },
    },
  },
  title: 'identity provider',
  scope: 'instance',
  // Of a tenant since 1.62; one of the whole instance names none.
  naturalKey: ['tenantId', 'name'],
  nameField: 'name',
  refs: [
    { path: 'applicationConfiguration{key}', kind: 'application' },
    { path: 'applicationConfiguration{}.keyId', kind: 'key' },
    { path: 'assertionDecryptionConfiguration.keyTransportDecryptionKeyId', kind: 'key' },
    { path: 'defaultKeyId', kind: 'key' },
    { path: 'keyId', kind: 'key' },
    { path: 'lambdaConfiguration.reconcileId', kind: 'lambda' },
    { path: 'requestSigningKeyId', kind: 'key' },
    { path: 'tenantConfiguration{key}', kind: 'tenant' },
    { path: 'tenantId', kind: 'tenant' },
    { path: 'verificationKeyIds[]', kind: 'key' },
  ],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  copies: copiesIn,
  immutable: [
    { path: 'type', lost: 'the links of every user to it' },
    { path: 'tenantId', lost: 'the links of every user to it' },
    { path: 'source', lost: 'the links of every user to it' },
  ],
  stepped: [
    {
      path: 'linkingStrategy',
      by: { path: 'enabled', from: true },
      source: 'FusionAuth docs: apis/identity-providers, linkingStrategy (only while it is disabled, since 1.65)',
    },
  ],
  secrets: ['client_secret', 'consumerSecret', 'oauth2.client_secret', 'webAPIKey'].flatMap((path) => [
    secret(path),
    secret(`applicationConfiguration{}.${path}`),
  ]),
  lists: [
    { path: 'domains', as: 'set' },
    { path: 'verificationKeyIds', as: 'set' },
    { path: 'assertionConfiguration.destination.alternates', as: 'set' },
  ],
  completeMaps: [],
  freeMaps: ['attributeMappings', 'claimMap', 'data', 'applicationConfiguration{}.data', 'tenantConfiguration{}.data'],
  children: [],
  required: ['name', 'type'],
  defaults: { debug: false, enabled: false, linkingStrategy: 'LinkByEmail', source: 'System' },
  builtIns: [],
  files: [],
  since: identityProviderSince,
  licence: {
    feature: 'advancedIdentityProviders',
    types: ['EpicGames', 'Nintendo', 'SAMLv2IdPInitiated', 'SonyPSN', 'Steam', 'Twitch', 'Xbox'],
    source: 'FusionAuth docs: apis/identity-providers',
  },
  reads: {
    list: async (client) => listOf((await client.retrieveIdentityProviders()).response, 'identityProviders'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveIdentityProvider(id));
      return answer && oneOf(answer.response, 'identityProvider');
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      oneOf((await client.createIdentityProvider(id, request(body))).response, 'identityProvider'),
    update: async (target, body) => {
      const { client, id } = target;
      await disableForNewStrategy(target, body);
      return oneOf((await client.updateIdentityProvider(id, request(body))).response, 'identityProvider');
    },
    delete: async ({ client, id }) => {
      await client.deleteIdentityProvider(id);
    },
  },
  traps: [
    'Its linking strategy changes only while it is disabled: kedge disables it, changes it, and enables it again; `enabled` must be written beside it, so that a stop on the way shows.',
    'Its PUT replaces the maps of applications and tenants: kedge sends back what it read, with the written keys laid over it.',
    'Since 1.69 `keyId` and `defaultKeyId` repeat the first of `verificationKeyIds`: kedge never sends both.',
  ],
  canonical: normalized(
    lowerCased('domains[]'),
    unixLines(
      'properties.api',
      'properties.button',
      'applicationConfiguration{}.properties.api',
      'applicationConfiguration{}.properties.button',
    ),
  ),
  softDelete: false,
  deleteMeans: 'nobody can log in through it, and the links of all users to it are forgotten',
  meanings: identityProviderMeanings,
  sources: [
    'FusionAuth docs: apis/identity-providers',
    'fusionauth-java-client BaseIdentityProvider, IdentityProviderType',
    'fusionauth-issues #3255 (names within a tenant)',
  ],
};

function request(body: JsonObject): IdentityProviderRequest {
  return asRequest<IdentityProviderRequest>({ identityProvider: withoutCopies(body, copiesIn(body)) });
}

function copiesIn({ type }: JsonObject): Readonly<Record<string, string>> {
  return typeof type === 'string' ? (keyCopies[type] ?? {}) : {};
}

function properties(...lines: readonly string[]): string {
  return ['# Omit the data- prefix', ...lines].join('\n');
}

/** The first writes of up to three where it gets another strategy; the last is the caller's own PUT. */
async function disableForNewStrategy({ client, id, live }: WriteTarget, body: JsonObject): Promise<void> {
  if (live === undefined || body['linkingStrategy'] === live['linkingStrategy']) return;
  if (live['enabled'] === true) await client.updateIdentityProvider(id, request({ ...live, enabled: false }));
  if (body['enabled'] === true) await client.updateIdentityProvider(id, request({ ...body, enabled: false }));
}
