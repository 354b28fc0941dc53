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
  /** Fields that the list or the map needs. */
  readonly also?: object;
}

const data = { map: 'data' };
const texts = (path: string, first: string, second: string): List => ({
  path,
  items: () => [first, second],
});

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
  'identity provider OpenIDConnect': {
    list: texts('domains', 'acme.com', 'acme.test'),
    cleared: ['buttonImageURL', 'https://acme.test/b.png'],
  },
  integrations: { map: 'kafka.producer' },
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
