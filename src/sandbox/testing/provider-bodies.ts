import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';

import type { HttpCall } from './http.js';

/** What identity providers refer to. */
export interface ProviderWorld {
  readonly applicationId: string;
  readonly tenantId: string;
  /** An EC pair, an RSA pair, and the public part of another pair. */
  readonly ecPair: string;
  readonly rsaPair: string;
  readonly publicKey: string;
}

/** Made once: an RSA pair takes longer than all else. */
const pairs = {
  apple: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  requests: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  crew: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
};

/** Makes an application and keys of each sort in the default tenant. */
export async function makeProviderWorld(call: HttpCall): Promise<ProviderWorld> {
  const made = await call('POST', '/api/application', { application: { name: 'Acme portal' } });
  const importKey = async (
    name: string,
    { publicKey, privateKey }: Partial<KeyPairKeyObjectResult>,
  ): Promise<string> => {
    const { json } = await call('POST', '/api/key/import', {
      key: {
        name,
        publicKey: publicKey?.export({ type: 'spki', format: 'pem' }),
        privateKey: privateKey?.export({ type: 'pkcs8', format: 'pem' }),
      },
    });
    return json.key.id;
  };
  return {
    applicationId: made.json.application.id,
    tenantId: made.json.application.tenantId,
    ecPair: await importKey('Acme at Apple', pairs.apple),
    rsaPair: await importKey('Acme requests', pairs.requests),
    publicKey: await importKey('Crew signatures', { publicKey: pairs.crew.publicKey }),
  };
}

/** What one type needs and what it makes of that. */
export interface TypeCase {
  readonly type: string;
  /** The id that a create without id and name gets, and its name. */
  readonly legacy?: readonly [id: string, name: string];
  /** All that a create must have. */
  readonly required: (world: ProviderWorld) => Readonly<Record<string, unknown>>;
  /** What comes back besides, of the type's own; fields that are the same in all types are left out. */
  readonly defaults: (world: ProviderWorld) => Readonly<Record<string, unknown>>;
  /** Settings of an application for which only `enabled` was sent, besides `createRegistration`. */
  readonly applicationDefaults?: Readonly<Record<string, unknown>>;
  /** A body as in the documentation of the type, with every field it has. */
  readonly example: (world: ProviderWorld) => Readonly<Record<string, unknown>>;
  /** Fields of the example that come back otherwise. */
  readonly changed?: (world: ProviderWorld) => Readonly<Record<string, unknown>>;
}

const client = { client_id: 'acme-portal', client_secret: 'acme-s3cret' } as const;
const pending = { linkingStrategy: 'CreatePendingLink' } as const;
const claims = {
  clientAuthenticationMethod: 'client_secret_basic',
  emailClaim: 'email',
  emailVerifiedClaim: 'email_verified',
  uniqueIdClaim: 'sub',
  usernameClaim: 'preferred_username',
} as const;
const nintendoClaims = { emailClaim: 'email', uniqueIdClaim: 'id', usernameClaim: 'preferred_username' } as const;

/** The settings that the example of every type has. */
export function exampleSettings({ applicationId, tenantId }: ProviderWorld): Readonly<Record<string, unknown>> {
  return {
    applicationConfiguration: { [applicationId]: { createRegistration: false, enabled: true } },
    debug: true,
    enabled: true,
    tenantConfiguration: { [tenantId]: { limitUserLinkCount: { enabled: true, maximumLinks: 3 } } },
  };
}

/** A type that has a client, a button and a scope, as most of the social ones. */
function social(
  type: string,
  legacy: readonly [string, string],
  { buttonText, ...defaults }: { readonly buttonText: string } & Readonly<Record<string, unknown>>,
): TypeCase {
  return {
    type,
    legacy,
    required: () => client,
    defaults: () => ({ buttonText, ...defaults }),
    example: () => ({ ...client, buttonText: 'Crew login', scope: 'crew' }),
  };
}

const samlDefaults = {
  assertionDecryptionConfiguration: { enabled: false },
  useNameIdForEmail: false,
};

/** Source of the values: FusionAuth docs apis/identity-providers, one page a type; fusionauth-java-client. */
export const typeCases: readonly TypeCase[] = [
  {
    type: 'Apple',
    legacy: ['13d2a5db-7ef9-4d62-b909-0df58612e775', 'Apple'],
    required: ({ ecPair }) => ({ keyId: ecPair, servicesId: 'com.acme.portal', teamId: 'ACME42' }),
    defaults: () => ({ buttonText: 'Sign in with Apple' }),
    example: ({ ecPair }) => ({
      bundleId: 'com.acme.crew',
      buttonText: 'Crew login',
      keyId: ecPair,
      scope: 'email name',
      servicesId: 'com.acme.portal',
      teamId: 'ACME42',
    }),
  },
  social('EpicGames', ['1b932b19-61a8-47c7-9e81-27dbf9011dad', 'Epic Games'], {
    ...pending,
    buttonText: 'Login with Epic Games',
  }),
  {
    type: 'ExternalJWT',
    required: ({ publicKey }) => ({ name: 'Acme ADFS', verificationKeyIds: [publicKey] }),
    defaults: ({ publicKey }) => ({
      claimMap: {},
      defaultKeyId: publicKey,
      domains: [],
      headerKeyParameter: 'kid',
      oauth2: claims,
    }),
    example: ({ publicKey, ecPair }) => ({
      claimMap: { first_name: 'firstName', dept: 'RegistrationData' },
      defaultKeyId: publicKey,
      domains: ['acme.com', 'ACME.org'],
      headerKeyParameter: 'x5t',
      name: 'Acme ADFS',
      oauth2: {
        ...claims,
        authorization_endpoint: 'https://acme.com/adfs/authorize',
        token_endpoint: 'https://acme.com/t',
      },
      uniqueIdentityClaim: 'email',
      verificationKeyIds: [publicKey, ecPair],
    }),
    changed: () => ({ domains: ['acme.com', 'acme.org'] }),
  },
  {
    type: 'Facebook',
    legacy: ['56abdcc7-8bd9-4321-9621-4e9bbebae494', 'Facebook'],
    required: () => ({ appId: '3855722', client_secret: 'acme-s3cret' }),
    defaults: () => ({
      buttonText: 'Login with Facebook',
      fields: 'email',
      loginMethod: 'UseRedirect',
      permissions: 'email',
    }),
    example: () => ({
      appId: '3855722',
      buttonText: 'Crew login',
      client_secret: 'acme-s3cret',
      fields: 'email,picture',
      loginMethod: 'UsePopup',
      permissions: 'email,profile_image',
    }),
  },
  {
    ...social('Google', ['82339786-3dff-42a6-aac6-1f1ceecb6c46', 'Google'], {
      buttonText: 'Login with Google',
      loginMethod: 'UseRedirect',
      properties: {
        api: '# Omit the data- prefix\nauto_prompt=true\nauto_select=false\ncancel_on_tap_outside=false\ncontext=signin\nitp_support=true',
        button:
          '# Omit the data- prefix\nlogo_alignment=left\nshape=rectangular\nsize=large\ntext=signin_with\ntheme=outline\ntype=standard',
      },
    }),
    applicationDefaults: { properties: {} },
    example: ({ applicationId }) => ({
      ...client,
      applicationConfiguration: {
        [applicationId]: {
          ...client,
          buttonText: 'Acme',
          createRegistration: true,
          enabled: true,
          loginMethod: 'UseVendorJavaScript',
          properties: { api: 'context=use\r\n' },
          scope: 'openid',
        },
      },
      loginMethod: 'UsePopup',
      properties: { api: 'context=signup\r\nitp_support=true', button: 'size=small' },
      scope: 'profile',
    }),
    changed: ({ applicationId }) => ({
      applicationConfiguration: {
        [applicationId]: {
          ...client,
          buttonText: 'Acme',
          createRegistration: true,
          enabled: true,
          loginMethod: 'UseVendorJavaScript',
          properties: { api: 'context=use\n' },
          scope: 'openid',
        },
      },
      properties: { api: 'context=signup\nitp_support=true', button: 'size=small' },
    }),
  },
  {
    type: 'HYPR',
    legacy: ['778985b7-6fd8-414d-acf2-94f18fb7c7e0', 'HYPR'],
    required: () => ({ relyingPartyApplicationId: 'acme', relyingPartyURL: 'https://acme.example.com' }),
    defaults: () => ({}),
    example: () => ({ relyingPartyApplicationId: 'acme', relyingPartyURL: 'https://acme.example.com' }),
  },
  social('LinkedIn', ['6177c09d-3f0e-4d53-9504-3600b1b23f46', 'LinkedIn'], { buttonText: 'Sign in with LinkedIn' }),
  {
    ...social('Nintendo', ['b0ac2e16-d4af-483e-98c8-7f6693610665', 'Nintendo'], {
      ...pending,
      ...nintendoClaims,
      buttonText: 'Login with Nintendo',
    }),
    applicationDefaults: nintendoClaims,
  },
  {
    type: 'OpenIDConnect',
    required: () => ({ name: 'Acme SSO', oauth2: { ...client, issuer: 'https://sso.acme.com' } }),
    defaults: () => ({
      buttonText: 'Login with OpenID Connect',
      domains: [],
      oauth2: { ...claims, ...client, issuer: 'https://sso.acme.com' },
      postRequest: false,
    }),
    applicationDefaults: { oauth2: claims },
    example: () => ({
      buttonImageURL: 'https://acme.com/button.png',
      buttonText: 'Crew login',
      domains: ['Crew.acme.com'],
      name: 'Acme SSO',
      oauth2: {
        authorization_endpoint: 'https://sso.acme.com/authorize',
        client_id: 'acme-portal',
        clientAuthenticationMethod: 'none',
        emailClaim: 'mail',
        emailVerifiedClaim: 'mail_verified',
        scope: 'openid email',
        token_endpoint: 'https://sso.acme.com/token',
        uniqueIdClaim: 'oid',
        userinfo_endpoint: 'https://sso.acme.com/userinfo',
        usernameClaim: 'upn',
      },
      postRequest: true,
    }),
    changed: () => ({ domains: ['crew.acme.com'] }),
  },
  {
    type: 'SAMLv2',
    required: ({ publicKey }) => ({
      emailClaim: 'email',
      idpEndpoint: 'https://idp.acme.com/login',
      name: 'Acme SAML',
      verificationKeyIds: [publicKey],
    }),
    defaults: ({ publicKey }) => ({
      ...samlDefaults,
      assertionConfiguration: { destination: { alternates: [], policy: 'Enabled' } },
      buttonText: 'Login with SAML',
      domains: [],
      idpInitiatedConfiguration: { enabled: false },
      keyId: publicKey,
      loginHintConfiguration: { enabled: true, parameterName: 'login_hint' },
      nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      postRequest: false,
      signRequest: false,
    }),
    example: ({ publicKey, rsaPair }) => ({
      assertionConfiguration: {
        destination: { alternates: ['https://old.acme.com/acs'], policy: 'AllowAlternates' },
      },
      assertionDecryptionConfiguration: { enabled: true, keyTransportDecryptionKeyId: rsaPair },
      buttonImageURL: 'https://acme.com/button.png',
      buttonText: 'Crew login',
      domains: ['saml.acme.com'],
      emailClaim: 'email',
      idpEndpoint: 'https://idp.acme.com/login',
      idpInitiatedConfiguration: { enabled: true, issuer: 'https://idp.acme.com' },
      issuer: 'https://sp.acme.com/saml',
      keyId: publicKey,
      linkingStrategy: 'LinkByUsername',
      loginHintConfiguration: { enabled: false, parameterName: 'hint' },
      name: 'Acme SAML',
      nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      postRequest: true,
      requestSigningKeyId: rsaPair,
      signRequest: true,
      uniqueIdClaim: 'userId',
      useNameIdForEmail: true,
      usernameClaim: 'username',
      verificationKeyIds: [publicKey],
      xmlSignatureC14nMethod: 'exclusive',
    }),
  },
  {
    type: 'SAMLv2IdPInitiated',
    required: ({ publicKey }) => ({
      issuer: 'https://idp.acme.com',
      name: 'Acme portal of portals',
      useNameIdForEmail: true,
      verificationKeyIds: [publicKey],
    }),
    defaults: ({ publicKey }) => ({ ...samlDefaults, keyId: publicKey, useNameIdForEmail: true }),
    example: ({ publicKey, rsaPair }) => ({
      assertionDecryptionConfiguration: { enabled: true, keyTransportDecryptionKeyId: rsaPair },
      emailClaim: 'email',
      issuer: 'https://idp.acme.com',
      keyId: publicKey,
      name: 'Acme portal of portals',
      uniqueIdClaim: 'userId',
      useNameIdForEmail: false,
      usernameClaim: 'username',
      verificationKeyIds: [publicKey],
    }),
  },
  social('SonyPSN', ['7764b5c7-165b-4e7e-94aa-02ebe2a0a5fb', 'Sony PlayStation Network'], {
    ...pending,
    buttonText: 'Login with Playstation Network',
  }),
  {
    type: 'Steam',
    legacy: ['e4f39345-7833-4b1d-b331-ca03bdc2c4be', 'Steam'],
    required: () => ({ client_id: 'acme-portal', webAPIKey: 'acme-web-key' }),
    defaults: () => ({ ...pending, apiMode: 'Public', buttonText: 'Login with Steam' }),
    example: () => ({
      apiMode: 'Partner',
      buttonText: 'Crew login',
      client_id: 'acme-portal',
      webAPIKey: 'acme-web-key',
    }),
  },
  social('Twitch', ['bf4cf83f-e824-42d7-b4a3-5b10847a66b2', 'Twitch'], {
    ...pending,
    buttonText: 'Login with Twitch',
    scope: 'openid user:read:email',
  }),
  {
    type: 'Twitter',
    legacy: ['45bb233c-0901-4236-b5ca-ac46e2e0a5a5', 'Twitter'],
    required: () => ({ consumerKey: 'acme-portal', consumerSecret: 'acme-s3cret' }),
    defaults: () => ({ buttonText: 'Login with Twitter' }),
    example: () => ({ buttonText: 'Crew login', consumerKey: 'acme-portal', consumerSecret: 'acme-s3cret' }),
  },
  social('Xbox', ['af53ab21-34c3-468a-8ba2-ecb3905f67f2', 'Xbox'], { ...pending, buttonText: 'Login with Xbox' }),
];
