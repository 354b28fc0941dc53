import type { World } from '../../contract/resources.js';
import type { DocumentedExample } from './documented-example.js';

const client = { client_id: 'acme-portal', client_secret: 'acme-s3cret' };
/** What the sample answers of these types show where the request has none. */
const pending = { linkingStrategy: 'CreatePendingLink' };
const byEmail = { linkingStrategy: 'LinkByEmail' };

interface OfType {
  readonly type: string;
  readonly file: string;
  readonly name?: string;
  readonly fields: (world: World) => object;
  readonly shown?: (world: World) => object;
  /** Applications are not in every sample. */
  readonly withoutApplication?: true;
  readonly withoutTenant?: true;
}

const social = (type: string, file: string, more: Partial<OfType> = {}): OfType => ({
  type,
  file,
  fields: () => ({ ...client, buttonText: `Board with ${type}`, scope: 'openid profile' }),
  ...more,
});

const types: readonly OfType[] = [
  {
    type: 'Apple',
    file: 'apple',
    name: 'Apple of the crew',
    fields: ({ ecKeyId, appleLambdaId }) => ({
      bundleId: 'com.acme.crew',
      buttonText: 'Board with Apple',
      keyId: ecKeyId,
      lambdaConfiguration: { reconcileId: appleLambdaId },
      scope: 'email name',
      servicesId: 'com.acme.portal',
      teamId: 'ACME42',
    }),
  },
  social('EpicGames', 'epicgames', { name: 'Epic Games of the crew', shown: () => pending }),
  {
    type: 'ExternalJWT',
    file: 'external-jwt',
    name: 'Acme ADFS',
    withoutApplication: true,
    fields: ({ rsaKeyId, otherRsaKeyId }) => ({
      claimMap: { first_name: 'firstName', last_name: 'lastName', berth: 'RegistrationData' },
      defaultKeyId: rsaKeyId,
      domains: ['crew.acme.test', 'deck.acme.test'],
      headerKeyParameter: 'kid',
      oauth2: {
        authorization_endpoint: 'https://adfs.acme.test/authorize?client_id=crew&response_type=code',
        emailClaim: 'email',
        emailVerifiedClaim: 'email_verified',
        token_endpoint: 'https://adfs.acme.test/token',
        uniqueIdClaim: 'sub',
        usernameClaim: 'preferred_username',
      },
      uniqueIdentityClaim: 'email',
      verificationKeyIds: [rsaKeyId, otherRsaKeyId],
    }),
  },
  {
    type: 'Facebook',
    file: 'facebook',
    name: 'Facebook of the crew',
    fields: () => ({
      appId: '3855722',
      buttonText: 'Board with Facebook',
      client_secret: 'acme-s3cret',
      fields: 'email',
      permissions: 'email,profile_image',
    }),
    shown: () => ({ ...byEmail, loginMethod: 'UseRedirect' }),
  },
  social('Google', 'google', {
    name: 'Google of the crew',
    fields: () => ({
      ...client,
      buttonText: 'Board with Google',
      properties: { api: '# crew\nauto_prompt=true\ncontext=signin', button: '# crew\nshape=rectangular\nsize=large' },
      scope: 'profile',
    }),
    shown: () => ({ ...byEmail, loginMethod: 'UseRedirect' }),
  }),
  {
    type: 'HYPR',
    file: 'hypr',
    withoutTenant: true,
    fields: () => ({ relyingPartyApplicationId: 'acme', relyingPartyURL: 'https://acme.biometric.test' }),
    shown: () => ({ id: '778985b7-6fd8-414d-acf2-94f18fb7c7e0', name: 'HYPR' }),
  },
  social('LinkedIn', 'linkedin'),
  social('Nintendo', 'nintendo', {
    fields: () => ({
      ...client,
      buttonText: 'Board with Nintendo',
      emailClaim: 'email',
      scope: 'openid user',
      uniqueIdClaim: 'id',
      usernameClaim: 'preferred_username',
    }),
    shown: () => ({ ...pending, id: 'b0ac2e16-d4af-483e-98c8-7f6693610665', name: 'Nintendo' }),
  }),
  {
    type: 'OpenIDConnect',
    file: 'openid-connect',
    name: 'Acme SSO',
    fields: ({ openIdLambdaId }) => ({
      buttonImageURL: 'https://acme.test/button.png',
      buttonText: 'Board with SSO',
      domains: ['sso.acme.test'],
      lambdaConfiguration: { reconcileId: openIdLambdaId },
      oauth2: {
        ...client,
        authorization_endpoint: 'https://sso.acme.test/authorize',
        clientAuthenticationMethod: 'client_secret_basic',
        emailClaim: 'email',
        scope: 'openid offline_access',
        token_endpoint: 'https://sso.acme.test/token',
        uniqueIdClaim: 'sub',
        userinfo_endpoint: 'https://sso.acme.test/userinfo',
        usernameClaim: 'preferred_username',
      },
      postRequest: false,
    }),
    shown: () => byEmail,
  },
  {
    type: 'SAMLv2',
    file: 'samlv2',
    name: 'Acme SAML',
    fields: ({ publicKeyId, rsaKeyId, samlLambdaId }) => ({
      assertionConfiguration: { destination: { alternates: [], policy: 'Enabled' } },
      assertionDecryptionConfiguration: { enabled: true, keyTransportDecryptionKeyId: rsaKeyId },
      buttonText: 'Board with SAML',
      emailClaim: 'email',
      idpEndpoint: 'https://idp.acme.test/login',
      idpInitiatedConfiguration: { enabled: false, issuer: 'https://idp.acme.test' },
      keyId: publicKeyId,
      lambdaConfiguration: { reconcileId: samlLambdaId },
      ...byEmail,
      loginHintConfiguration: { enabled: true, parameterName: 'login_hint' },
      nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      postRequest: true,
      requestSigningKeyId: rsaKeyId,
      signRequest: true,
      uniqueIdClaim: 'userId',
      useNameIdForEmail: true,
      usernameClaim: 'username',
      xmlSignatureC14nMethod: 'exclusive',
    }),
    shown: ({ publicKeyId }) => ({ domains: [], verificationKeyIds: [publicKeyId] }),
  },
  {
    type: 'SAMLv2IdPInitiated',
    file: 'samlv2-idp-initiated',
    name: 'Acme SAML from the other side',
    fields: ({ publicKeyId, rsaKeyId, samlLambdaId }) => ({
      assertionDecryptionConfiguration: { enabled: true, keyTransportDecryptionKeyId: rsaKeyId },
      emailClaim: 'email',
      issuer: 'https://other-idp.acme.test',
      keyId: publicKeyId,
      lambdaConfiguration: { reconcileId: samlLambdaId },
      ...byEmail,
      uniqueIdClaim: 'userId',
      useNameIdForEmail: true,
      usernameClaim: 'username',
    }),
  },
  social('SonyPSN', 'sonypsn', { shown: () => pending }),
  {
    type: 'Steam',
    file: 'steam',
    name: 'Steam of the crew',
    fields: () => ({
      apiMode: 'Public',
      buttonText: 'Board with Steam',
      client_id: 'ACME',
      webAPIKey: 'a secret of the web',
    }),
    shown: () => pending,
  },
  social('Twitch', 'twitch', { name: 'Twitch of the crew', shown: () => pending }),
  {
    type: 'Twitter',
    file: 'twitter',
    fields: () => ({ buttonText: 'Board with Twitter', consumerKey: 'acme-portal', consumerSecret: 'acme-s3cret' }),
  },
  social('Xbox', 'xbox', { shown: () => pending }),
];

/**
 * Both samples of all sixteen types; the one of OpenID Connect from the fields of its page. Sample answers that contradict
 * their request are held to the request: another scope (EpicGames, SonyPSN) or name (Google), no `enabled` (ExternalJWT), and
 * names that no request gave, where a fixed one is documented (LinkedIn, SonyPSN, Twitter, Xbox).
 */
export const identityProviderExamples: readonly DocumentedExample[] = types.map((example) => {
  const { type, file, name, fields, shown, withoutApplication, withoutTenant } = example;
  return {
    sample: `identity-providers/${file}-request.json`,
    answer: `identity-providers/${file}-response.json`,
    call: 'POST /api/identity-provider',
    body: (world) => {
      const { crewApplicationId = '', otherTenantId = '' } = world;
      const limits = { limitUserLinkCount: { enabled: false, maximumLinks: 42 } };
      const applicationConfiguration = { [crewApplicationId]: { createRegistration: true, enabled: true } };
      return {
        identityProvider: {
          ...(withoutApplication === true ? {} : { applicationConfiguration }),
          debug: false,
          enabled: true,
          ...(name === undefined ? {} : { name }),
          ...(withoutTenant === true ? {} : { tenantConfiguration: { [otherTenantId]: limits } }),
          type,
          ...fields(world),
        },
      };
    },
    shown: (world) => ({ identityProvider: shown?.(world) ?? {} }),
  };
});
