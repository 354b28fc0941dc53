import type { World } from '../../contract/resources.js';

interface List {
  readonly path: string;
  readonly items: (world: World) => readonly [unknown, unknown];
}

/** What of a kind is changed by each way to PATCH. */
export interface Patched {
  /** A map of texts, or any object with keys of one's own: `data`. */
  readonly map?: string;
  /** The legacy way replaces that map instead of merging it. Source: fusionauth-issues #424. */
  readonly mapReplaced?: true;
  /** A list, and two things for it: the first is there before. */
  readonly list?: List;
  /** The legacy way replaces that list. Source: fusionauth-issues #424. */
  readonly listReplaced?: true;
  /** A field that may be absent, and a value of it. */
  readonly cleared?: readonly [string, unknown];
  /** A field that is never absent, and two values of it. */
  readonly set?: readonly [string, unknown, unknown];
  /** Fields that the list or the map needs. */
  readonly also?: object;
}

const data = { map: 'data' };
const texts = (path: string, first: string, second: string): List => ({
  path,
  items: () => [first, second],
});

/** A domain belongs to one provider alone. */
const domains = (of: string): List => texts('domains', `a.${of}.test`, `b.${of}.test`);
const scope = ['scope', 'openid'] as const;

/** By type. The keys of their maps are of a closed set, so it is fields and lists that are patched here. */
const identityProviders: Readonly<Record<string, Patched>> = {
  Apple: { cleared: scope },
  EpicGames: { cleared: scope },
  ExternalJWT: { list: domains('jwt'), cleared: ['uniqueIdentityClaim', 'email'] },
  Facebook: { set: ['permissions', 'email', 'email,profile_image'] },
  Google: { cleared: scope },
  HYPR: { set: ['relyingPartyApplicationId', 'crew', 'deck'] },
  LinkedIn: { cleared: scope },
  Nintendo: { cleared: scope },
  OpenIDConnect: { list: domains('oidc'), cleared: ['buttonImageURL', 'https://acme.test/b.png'] },
  SAMLv2: { list: domains('saml'), cleared: ['uniqueIdClaim', 'uid'] },
  SAMLv2IdPInitiated: { cleared: ['uniqueIdClaim', 'uid'] },
  SonyPSN: { cleared: scope },
  Steam: { set: ['apiMode', 'Partner', 'Public'] },
  Twitch: { set: ['scope', 'openid', 'openid user:read:email'] },
  Twitter: { set: ['buttonText', 'Board', 'Board with Twitter'] },
  Xbox: { cleared: scope },
};

/** By what a round trip is called. */
export const patches: Readonly<Record<string, Patched>> = {
  apiKey: { map: 'metaData.attributes', cleared: ['expirationInstant', 4_102_444_800_000] },
  application: {
    map: 'data',
    mapReplaced: true,
    list: texts('oauthConfiguration.authorizedRedirectURLs', 'https://acme.test/a', 'https://acme.test/b'),
    cleared: ['oauthConfiguration.logoutURL', 'https://acme.test/logout'],
  },
  'connector Generic': { map: 'headers', cleared: ['httpAuthenticationUsername', 'crew'] },
  'connector LDAP': data,
  consent: { ...data, list: texts('values', 'Written', 'Verbal'), also: { multipleValuesAllowed: true } },
  emailTemplate: { map: 'localizedSubjects', cleared: ['fromEmail', 'crew@acme.test'] },
  entity: data,
  entityType: {
    ...data,
    list: {
      path: 'jwtConfiguration.accessTokenVerificationKeyIds',
      items: ({ rsaKeyId, otherRsaKeyId }) => [rsaKeyId, otherRsaKeyId],
    },
  },
  field: { ...data, cleared: ['description', 'Where the crew sleeps'] },
  form: data,
  group: data,
  ...Object.fromEntries(
    Object.entries(identityProviders).map(([type, patched]) => [`identity provider ${type}`, patched]),
  ),
  integrations: { map: 'kafka.producer' },
  ipAccessControlList: { set: ['name', 'Only the harbour', 'Only the quay'] },
  lambda: { set: ['debug', true, false] },
  'message template SMS': { map: 'localizedTemplates' },
  'message template Voice': data,
  'messenger Generic': { map: 'headers', cleared: ['httpAuthenticationUsername', 'crew'] },
  'messenger Kafka': { map: 'producer', cleared: ['defaultTopic', 'crew'] },
  'messenger Twilio': { ...data, cleared: ['authToken', 'a secret'] },
  permission: { ...data, cleared: ['description', 'May sail'] },
  role: { cleared: ['description', 'On deck'] },
  scope: { ...data, cleared: ['description', 'Reads the log'] },
  'system configuration': {
    ...data,
    list: texts('corsConfiguration.exposedHeaders', 'X-Ship', 'X-Crew'),
    cleared: ['uiConfiguration.headerColor', '303030'],
  },
  tenant: {
    ...data,
    list: texts('registrationConfiguration.blockedDomains', 'bad.test', 'evil.test'),
    cleared: ['logoutURL', 'https://acme.test/logout'],
  },
  'tenant manager configuration': { cleared: ['brandName', 'Acme'] },
  'theme of a copy': data,
  user: {
    map: 'data',
    mapReplaced: true,
    list: texts('preferredLanguages', 'en', 'fr'),
    listReplaced: true,
    cleared: ['firstName', 'Ada'],
  },
  userAction: {
    map: 'localizedNames',
    list: { path: 'options', items: () => [{ name: 'Softly' }, { name: 'Firmly' }] },
  },
  userActionReason: { map: 'localizedTexts' },
  webhook: {
    ...data,
    list: { path: 'tenantIds', items: ({ defaultTenantId, otherTenantId }) => [defaultTenantId, otherTenantId] },
    cleared: ['description', 'SIEM'],
  },
};
