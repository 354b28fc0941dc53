/** Something of a kind that the API makes, reads, changes and deletes in the usual way. */
export interface Resource {
  /** Where it is made, with ids of the world in braces: `/api/application/{applicationId}/role`. */
  readonly path: string;
  /** What stands around the object in requests: `role`. */
  readonly wrapper: string;
  /** The fewest fields that make one. `n` differs from one to the next. */
  readonly fields: (world: World, n: number) => object;
  /** What stands beside the object in requests. */
  readonly beside?: (world: World) => object;
  /** What a PATCH changes; by default its `data`. */
  readonly patch?: object;
  /** Whether it belongs to a tenant, which requests then name. */
  readonly ofTenant?: true;
  /** A part of another object, which is read with that. Source: the OpenAPI file has no GET of it. */
  readonly readWithOwner?: true;
}

/** Ids of objects that there are before anything is asked, by the names the paths give them. */
export type World = Readonly<Record<string, string>>;

const timeouts = { connectTimeout: 1000, readTimeout: 2000 };
const loginConfiguration = { allowTokenRefresh: true, generateRefreshTokens: true };
const entries = [{ startIPAddress: '*', action: 'Allow' }];
const address = (n: number): string => `crew-${n}@acme.test`;

/** Kinds of the configuration and data APIs. Required fields: FusionAuth docs apis, request bodies. */
export const resources: readonly Resource[] = [
  {
    path: '/api/api-key',
    wrapper: 'apiKey',
    fields: (_, n) => ({ name: `Key ${n}` }),
    patch: { metaData: { attributes: { owner: 'crew' } } },
  },
  {
    path: '/api/application',
    ofTenant: true,
    wrapper: 'application',
    fields: (_, n) => ({ name: `Application ${n}`, loginConfiguration }),
  },
  {
    path: '/api/application/{applicationId}/role',
    ofTenant: true,
    wrapper: 'role',
    readWithOwner: true,
    fields: (_, n) => ({ name: `role-${n}` }),
    patch: { description: 'On deck' },
  },
  {
    path: '/api/application/{applicationId}/scope',
    ofTenant: true,
    wrapper: 'scope',
    fields: (_, n) => ({ name: `scope-${n}` }),
    patch: { description: 'On deck' },
  },
  {
    path: '/api/connector',
    wrapper: 'connector',
    fields: (_, n) => ({
      ...timeouts,
      type: 'Generic',
      name: `Connector ${n}`,
      authenticationURL: 'https://acme.test',
    }),
  },
  {
    path: '/api/consent',
    wrapper: 'consent',
    fields: (_, n) => ({ name: `Consent ${n}`, defaultMinimumAgeForSelfConsent: 13 }),
  },
  {
    path: '/api/email/template',
    wrapper: 'emailTemplate',
    fields: (_, n) => ({
      name: `Mail ${n}`,
      defaultSubject: 'Hello',
      defaultHtmlTemplate: '<p>Hello</p>',
      defaultTextTemplate: 'Hello',
    }),
    patch: { fromEmail: 'crew@acme.test' },
  },
  {
    path: '/api/entity',
    ofTenant: true,
    wrapper: 'entity',
    fields: ({ entityTypeId }, n) => ({ name: `Entity ${n}`, type: { id: entityTypeId } }),
  },
  { path: '/api/entity/type', wrapper: 'entityType', fields: (_, n) => ({ name: `Type ${n}` }) },
  {
    path: '/api/entity/type/{entityTypeId}/permission',
    wrapper: 'permission',
    readWithOwner: true,
    fields: (_, n) => ({ name: `permission-${n}` }),
    patch: { description: 'On deck' },
  },
  {
    path: '/api/form',
    wrapper: 'form',
    fields: ({ fieldId }, n) => ({ name: `Form ${n}`, type: 'adminUser', steps: [{ fields: [fieldId] }] }),
  },
  { path: '/api/form/field', wrapper: 'field', fields: (_, n) => ({ name: `Field ${n}`, key: `user.data.field${n}` }) },
  { path: '/api/group', ofTenant: true, wrapper: 'group', fields: (_, n) => ({ name: `Group ${n}` }) },
  {
    path: '/api/identity-provider',
    wrapper: 'identityProvider',
    fields: (_, n) => ({
      type: 'OpenIDConnect',
      name: `Provider ${n}`,
      buttonText: 'Log in',
      oauth2: { client_id: 'kedge', client_secret: 'secret', issuer: 'https://issuer.acme.test' },
    }),
    patch: { debug: true },
  },
  { path: '/api/ip-acl', wrapper: 'ipAccessControlList', fields: (_, n) => ({ name: `List ${n}`, entries }) },
  {
    path: '/api/lambda',
    wrapper: 'lambda',
    fields: (_, n) => ({ name: `Lambda ${n}`, type: 'JWTPopulate', body: 'function populate(jwt) {}' }),
    patch: { debug: true },
  },
  {
    path: '/api/message/template',
    wrapper: 'messageTemplate',
    fields: (_, n) => ({ name: `Message ${n}`, type: 'SMS', defaultTemplate: 'Hello' }),
  },
  {
    path: '/api/messenger',
    wrapper: 'messenger',
    fields: (_, n) => ({ ...timeouts, type: 'Generic', name: `Messenger ${n}`, url: 'https://sms.acme.test' }),
  },
  { path: '/api/tenant', wrapper: 'tenant', fields: (_, n) => ({ name: `Tenant ${n}` }) },
  {
    path: '/api/theme',
    wrapper: 'theme',
    fields: (_, n) => ({ name: `Theme ${n}` }),
    beside: () => ({ sourceThemeId: '75a068fd-e94b-451a-9aeb-3ddb9a3b5987' }),
    patch: { stylesheet: 'body {}' },
  },
  {
    path: '/api/user',
    ofTenant: true,
    wrapper: 'user',
    fields: (_, n) => ({ email: address(n), password: 'a password for tests' }),
    patch: { firstName: 'Ada' },
  },
  {
    path: '/api/user-action',
    wrapper: 'userAction',
    fields: (_, n) => ({ name: `Action ${n}`, temporal: true, preventLogin: true }),
    patch: { localizedNames: { de: 'Aktion' } },
  },
  {
    path: '/api/user-action-reason',
    wrapper: 'userActionReason',
    fields: (_, n) => ({ code: `R${n}`, text: `Reason ${n}` }),
    patch: { localizedTexts: { de: 'Grund' } },
  },
  {
    path: '/api/webhook',
    wrapper: 'webhook',
    fields: (_, n) => ({ ...timeouts, url: `https://hook-${n}.acme.test` }),
    patch: { description: 'SIEM' },
  },
];
