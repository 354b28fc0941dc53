import type { KindName } from '../catalog/index.js';

/** Where objects of a kind are made, and the field of the request they stand in. */
export interface Endpoint {
  /** Below `/api/`. A child's path has its parent's id in the place of `{parent}`. */
  readonly path: string;
  readonly wrapper: string;
}

/**
 * The URL and the wrapper of each kind's requests. Source: FusionAuth docs, apis: one page for each. Keys are made at
 * `key/generate` and `key/import`; `key` alone is where they are renamed.
 */
export const endpoints: { readonly [kind in KindName]: Endpoint } = {
  apiKey: { path: 'api-key', wrapper: 'apiKey' },
  application: { path: 'application', wrapper: 'application' },
  connector: { path: 'connector', wrapper: 'connector' },
  consent: { path: 'consent', wrapper: 'consent' },
  emailTemplate: { path: 'email/template', wrapper: 'emailTemplate' },
  entity: { path: 'entity', wrapper: 'entity' },
  entityType: { path: 'entity/type', wrapper: 'entityType' },
  entityTypePermission: { path: 'entity/type/{parent}/permission', wrapper: 'permission' },
  form: { path: 'form', wrapper: 'form' },
  formField: { path: 'form/field', wrapper: 'field' },
  group: { path: 'group', wrapper: 'group' },
  identityProvider: { path: 'identity-provider', wrapper: 'identityProvider' },
  integrations: { path: 'integration', wrapper: 'integrations' },
  ipAccessControlList: { path: 'ip-acl', wrapper: 'ipAccessControlList' },
  key: { path: 'key', wrapper: 'key' },
  lambda: { path: 'lambda', wrapper: 'lambda' },
  messageTemplate: { path: 'message/template', wrapper: 'messageTemplate' },
  messenger: { path: 'messenger', wrapper: 'messenger' },
  role: { path: 'application/{parent}/role', wrapper: 'role' },
  scope: { path: 'application/{parent}/scope', wrapper: 'scope' },
  systemConfiguration: { path: 'system-configuration', wrapper: 'systemConfiguration' },
  tenant: { path: 'tenant', wrapper: 'tenant' },
  tenantManagerConfiguration: { path: 'tenant-manager', wrapper: 'tenantManagerConfiguration' },
  theme: { path: 'theme', wrapper: 'theme' },
  userAction: { path: 'user-action', wrapper: 'userAction' },
  userActionReason: { path: 'user-action-reason', wrapper: 'userActionReason' },
  webhook: { path: 'webhook', wrapper: 'webhook' },
};
