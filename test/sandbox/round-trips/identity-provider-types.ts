import { merged, documented, type RoundTrip } from './round-trip.js';

/** Field initialisers of `BaseIdentityProvider`, whose `data` is left out when empty. */
const base = {
  applicationConfiguration: {},
  attributeMappings: {},
  debug: false,
  enabled: false,
  lambdaConfiguration: {},
  linkingStrategy: 'LinkByEmail',
  source: 'System',
  tenantConfiguration: {},
};
/** The constructors of the classes for games. */
const ofGames = { linkingStrategy: 'CreatePendingLink' };
/** `IdentityProviderOauth2Configuration`. */
const oauth2 = {
  clientAuthenticationMethod: 'client_secret_basic',
  emailClaim: 'email',
  emailVerifiedClaim: 'email_verified',
  uniqueIdClaim: 'sub',
  usernameClaim: 'preferred_username',
};
const client = { client_id: 'kedge', client_secret: 'a secret' };
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';

type World = Parameters<RoundTrip['defaults']>[0];

interface OfType {
  readonly required: (world: World) => object;
  readonly defaults: (world: World) => object;
  readonly changed?: object;
  /** Where it is not the class alone. */
  readonly source?: string;
}

/** FusionAuth docs apis/identity-providers, required fields; an id and a name of one's own since 1.61. */
const types: Readonly<Record<string, OfType>> = {
  Apple: {
    required: ({ ecKeyId }) => ({ keyId: ecKeyId, teamId: 'R4NQ', servicesId: 'test.acme.web' }),
    defaults: () => ({ buttonText: 'Sign in with Apple' }),
    changed: { scope: 'email name' },
  },
  EpicGames: {
    required: () => client,
    defaults: () => ({ ...ofGames, buttonText: 'Login with Epic Games' }),
    changed: { scope: 'basic_profile' },
  },
  ExternalJWT: {
    required: ({ rsaKeyId }) => ({ headerKeyParameter: 'kid', verificationKeyIds: [rsaKeyId] }),
    defaults: ({ rsaKeyId }) => ({ claimMap: {}, defaultKeyId: rsaKeyId, domains: [], oauth2 }),
    changed: { claimMap: { dept: 'RegistrationData' }, domains: ['acme.test'], uniqueIdentityClaim: 'email' },
    source: 'ExternalJWTIdentityProvider; the default key is the first of the list since 1.69',
  },
  Facebook: {
    required: () => ({ appId: '385', client_secret: 'a secret' }),
    defaults: () => ({
      buttonText: 'Login with Facebook',
      fields: 'email',
      loginMethod: 'UseRedirect',
      permissions: 'email',
    }),
    changed: { fields: 'email,name', permissions: 'email,profile_image' },
    source: 'FusionAuth docs apis/identity-providers/facebook; the method: its sample answer, to a request without one',
  },
  Google: {
    required: () => client,
    defaults: () => ({
      buttonText: 'Login with Google',
      loginMethod: 'UseRedirect',
      properties: {
        api: '# Omit the data- prefix\nauto_prompt=true\nauto_select=false\ncancel_on_tap_outside=false\ncontext=signin\nitp_support=true',
        button:
          '# Omit the data- prefix\nlogo_alignment=left\nshape=rectangular\nsize=large\ntext=signin_with\ntheme=outline\ntype=standard',
      },
    }),
    changed: { scope: 'profile' },
    source: 'GoogleIdentityProvider; method and properties: the sample answer of the docs',
  },
  HYPR: {
    required: () => ({ relyingPartyApplicationId: 'acme', relyingPartyURL: 'https://hypr.acme.test' }),
    defaults: () => ({}),
  },
  LinkedIn: {
    required: () => client,
    defaults: () => ({ buttonText: 'Sign in with LinkedIn' }),
    changed: { scope: 'openid' },
  },
  Nintendo: {
    required: () => client,
    defaults: () => ({
      ...ofGames,
      buttonText: 'Login with Nintendo',
      emailClaim: 'email',
      uniqueIdClaim: 'id',
      usernameClaim: 'preferred_username',
    }),
    changed: { scope: 'openid user', emailClaim: 'mail' },
  },
  OpenIDConnect: {
    required: () => ({ oauth2: { ...client, issuer: 'https://issuer.acme.test' } }),
    defaults: () => ({ buttonText: 'Login with OpenID Connect', domains: [], oauth2, postRequest: false }),
    changed: { buttonImageURL: 'https://acme.test/b.png', domains: ['acme.test'], oauth2: { scope: 'openid' } },
  },
  SAMLv2: {
    required: ({ publicKeyId }) => ({
      idpEndpoint: 'https://idp.acme.test',
      emailClaim: 'email',
      verificationKeyIds: [publicKeyId],
    }),
    defaults: ({ publicKeyId }) => ({
      assertionConfiguration: { destination: { alternates: [], policy: 'Enabled' } },
      assertionDecryptionConfiguration: { enabled: false },
      buttonText: 'Login with SAML',
      domains: [],
      idpInitiatedConfiguration: { enabled: false },
      keyId: publicKeyId,
      loginHintConfiguration: { enabled: true, parameterName: 'login_hint' },
      nameIdFormat: persistent,
      postRequest: false,
      signRequest: false,
      useNameIdForEmail: false,
    }),
    changed: { domains: ['acme.test'], useNameIdForEmail: true, uniqueIdClaim: 'uid' },
    source: 'SAMLv2IdentityProvider; the key is the first of the list since 1.69',
  },
  SAMLv2IdPInitiated: {
    required: ({ publicKeyId }) => ({
      issuer: 'https://idp.acme.test',
      emailClaim: 'email',
      verificationKeyIds: [publicKeyId],
    }),
    defaults: ({ publicKeyId }) => ({
      assertionDecryptionConfiguration: { enabled: false },
      keyId: publicKeyId,
      useNameIdForEmail: false,
    }),
    changed: { useNameIdForEmail: true, uniqueIdClaim: 'uid' },
    source: 'SAMLv2IdPInitiatedIdentityProvider; the key is the first of the list since 1.69',
  },
  SonyPSN: {
    required: () => client,
    defaults: () => ({ ...ofGames, buttonText: 'Login with Playstation Network' }),
    changed: { scope: 'presence' },
  },
  Steam: {
    required: () => ({ client_id: 'kedge', webAPIKey: 'a secret' }),
    defaults: () => ({ ...ofGames, apiMode: 'Public', buttonText: 'Login with Steam' }),
    changed: { apiMode: 'Partner' },
  },
  Twitch: {
    required: () => client,
    defaults: () => ({ ...ofGames, buttonText: 'Login with Twitch', scope: 'openid user:read:email' }),
    changed: { scope: 'openid' },
  },
  Twitter: {
    required: () => ({ consumerKey: 'kedge', consumerSecret: 'a secret' }),
    defaults: () => ({ buttonText: 'Login with Twitter' }),
  },
  Xbox: {
    required: () => client,
    defaults: () => ({ ...ofGames, buttonText: 'Login with Xbox' }),
    changed: { scope: 'Xboxlive.signin' },
  },
};

/** The type's defaults where a request has a button text of its own, which it must (FusionAuth docs, required). */
export const identityProviderTypes: readonly RoundTrip[] = Object.entries(types).map(
  ([type, { required, defaults, changed = {}, source = `${type} identity provider's class` }]) =>
    documented('/api/identity-provider', {
      what: `identity provider ${type}`,
      fields: (world, n) => ({ type, name: `Provider ${type} ${n}`, ...required(world) }),
      defaults: (world) => merged(base, defaults(world)),
      changed: ({ applicationId = '', otherTenantId = '' }) => ({
        ...changed,
        applicationConfiguration: { [applicationId]: { createRegistration: false, enabled: true } },
        debug: true,
        enabled: true,
        tenantConfiguration: { [otherTenantId]: { limitUserLinkCount: { enabled: true, maximumLinks: 3 } } },
      }),
      source,
    }),
);
