import { createObject, existing, patchObject, updateObject } from '../crud.js';
import { valueAt, withValueAt } from '../fields.js';
import type { Answer, Call, Instance, Kind, Route } from '../kind.js';
import { fusionAuthApplicationId } from '../seeds/ids.js';
import type { Fields, StoredObject } from '../store.js';
import { applicationDefaults } from './application-defaults.js';
import { applicationReferences } from './application-references.js';
import { applicationProblems } from './application-problems.js';
import { asRecords, normalApplication } from './application-rules.js';
import { applicationKeyUpdates } from '../tokens/public-key-update.js';
import { forgetRefreshTokens } from '../tokens/revoke.js';
import { registrationsOf } from '../users/normal-user.js';
import { forgetSettings } from './identity-provider/settings.js';
import { isRecord } from './normal-text.js';
import { roleIndex, rolesOf } from './role-index.js';
import { withSamlKey } from './saml-key.js';
import { takenIssuers } from './saml-problems.js';

/** What a copy does not take over: the client's credentials are its own. */
const notCopied = new Set(['active', 'id', 'insertInstant', 'lastUpdateInstant', 'name', 'state', 'tenantId']);

/**
 * `@JsonMerge(FALSE)` in fusionauth-java-client's `OAuth2Configuration`, `SAMLv2Configuration` and
 * `CleanSpeakConfiguration`.
 */
const markedLists = [
  'cleanSpeakConfiguration.applicationIds',
  'oauthConfiguration.authorizedOriginURLs',
  'oauthConfiguration.authorizedRedirectURLs',
  'oauthConfiguration.enabledGrants',
  'samlv2Configuration.authorizedRedirectURLs',
] as const;

/** Source: FusionAuth docs apis/applications. Roles and scopes: `role.ts`, `scope.ts`. */
export const application: Kind = {
  name: 'application',
  label: 'Application',
  path: '/api/application',
  one: 'application',
  many: 'applications',
  idParameter: 'applicationId',
  operations: ['delete', 'list', 'read', 'search'],
  scope: 'tenant',
  belongsTo: 'tenant',
  tenantless: isUniversal,
  shape: 'Application',
  prepare: withRolesAsObjects,
  readOnly: ['active', 'registrationDeletePolicy.unverified.enabledInstant', 'state'],
  createOnly: ['roles', 'scopes', 'universalConfiguration.universal'],
  defaults: applicationDefaults,
  kept: ['oauthConfiguration.clientSecret', 'samlv2Configuration.keyId'],
  // fusionauth-issues #424.
  patchReplaces: ['data'],
  patchMarked: markedLists,
  required: ['name'],
  unique: [{ field: 'name', within: 'tenantId' }],
  indexed: [roleIndex],
  taken: takenIssuers,
  references: applicationReferences,
  normalise: normalApplication,
  validate: applicationProblems,
  view: (object, { instance }) => withTenant(object, instance),
  listed: ({ active }, { query }) => (query.get('inactive') === 'true') === (active === false),
  protected: ({ id }, operation) =>
    operation === 'delete' && id === fusionAuthApplicationId
      ? 'The FusionAuth application cannot be deleted.'
      : undefined,
  search: {
    criteria: {
      name: 'text',
      state: 'exact',
      tenantId: 'exact',
      universal: (object, wanted) => String(isUniversal(object)) === wanted.toLowerCase(),
    },
    columns: { name: 'name', id: 'id', insertInstant: 'insertInstant', tenant: 'tenantId' },
    orderBy: 'name ASC',
  },
  deletes: 'soft',
  alsoTells: applicationKeyUpdates,
  copy: { parameter: 'sourceApplicationId', from: copyOf },
  afterDelete: forgetApplication,
  routes: [
    write('POST', '/api/application/:applicationId?', createObject),
    write('PUT', '/api/application/:applicationId', updateObject),
    write('PATCH', '/api/application/:applicationId', patchObject),
    {
      method: 'GET',
      path: '/api/application/:applicationId/oauth-configuration',
      endpoint: '/api/application/oauth-configuration',
      scope: 'anonymous',
      handle: oauthConfiguration,
    },
  ],
};

/** A write that may need a key to be made first. */
function write(method: Route['method'], path: string, carryOut: (kind: Kind, call: Call) => Promise<Answer>): Route {
  return {
    method,
    path,
    endpoint: '/api/application',
    scope: 'tenant',
    handle: (call) => withSamlKey(call, (ready) => carryOut(application, ready)),
  };
}

/** Whether a universal application shows a tenant is UNVERIFIED (switch universalTenant). */
function withTenant(object: Fields, { seeds, switches }: Instance): Fields {
  if (switches.universalTenant === 'none' || !isUniversal(object)) return object;
  return { ...object, tenantId: seeds.defaultTenant };
}

function isUniversal(object: Fields): boolean {
  return valueAt(object, 'universalConfiguration.universal') === true;
}

/** A role may be written as its name alone, which kickstart files do: the server's `ApplicationRole` takes a text. */
function withRolesAsObjects(sent: unknown): unknown {
  if (!isRecord(sent) || !Array.isArray(sent['roles'])) return sent;
  return { ...sent, roles: sent['roles'].map((role: unknown) => (typeof role === 'string' ? { name: role } : role)) };
}

function copyOf(source: StoredObject): Fields {
  const copied = Object.fromEntries(Object.entries(source).filter(([name]) => !notCopied.has(name)));
  const oauth = isRecord(copied['oauthConfiguration']) ? copied['oauthConfiguration'] : {};
  const { clientId: _id, clientSecret: _secret, ...oauthConfiguration } = oauth;
  const withoutIds = (list: unknown): unknown => asRecords(list).map(({ id: _own, ...item }) => item);
  return { ...copied, oauthConfiguration, roles: withoutIds(copied['roles']), scopes: withoutIds(copied['scopes']) };
}

/**
 * What a login page needs to know, with the secret only for callers with an API key. Source: FusionAuth docs
 * apis/applications, "Retrieve OAuth Configuration". That a key is held to its permissions here is not emulated.
 */
function oauthConfiguration(call: Call): Answer {
  const { oauthConfiguration: whole, tenantId } = existing(application, call);
  const configuration: Fields = isRecord(whole) ? whole : {};
  const tenant = typeof tenantId === 'string' ? call.instance.store.get('tenant', tenantId) : undefined;
  const shown = call.apiKey === undefined ? withValueAt(configuration, 'clientSecret', undefined) : configuration;
  return {
    status: 200,
    body: {
      httpSessionMaxInactiveInterval: tenant?.['httpSessionMaxInactiveInterval'],
      logoutURL: configuration['logoutURL'] ?? tenant?.['logoutURL'],
      oauthConfiguration: shown,
    },
  };
}

/**
 * What refers to an application goes with it: roles in groups, registrations, identity providers' settings for it, its
 * place in the Tenant Manager.
 */
export function forgetApplication(gone: StoredObject, instance: Instance): void {
  const { store } = instance;
  forgetRoles(
    rolesOf(gone).map(({ id }) => id),
    store,
  );
  for (const user of store.findAll('user', 'registrations.*.applicationId', gone.id)) {
    const registrations = registrationsOf(user).filter(({ applicationId }) => applicationId !== gone.id);
    store.put('user', { ...user, registrations });
  }
  forgetRefreshTokens({ applicationId: gone.id }, instance);
  forgetSettings('applicationConfiguration', gone.id, instance);
  for (const manager of store.all('tenantManagerConfiguration')) {
    const applications: unknown = manager['applicationConfigurations'];
    if (!Array.isArray(applications)) continue;
    const left = applications.filter((item) => !isRecord(item) || item['applicationId'] !== gone.id);
    if (left.length < applications.length) {
      store.put('tenantManagerConfiguration', { ...manager, applicationConfigurations: left });
    }
  }
}

/** Groups keep no roles that are gone. */
export function forgetRoles(gone: readonly string[], store: Instance['store']): void {
  if (gone.length === 0) return;
  const ids = new Set<unknown>(gone);
  for (const group of store.all('group')) {
    const roleIds: unknown = group['roleIds'];
    if (!Array.isArray(roleIds) || !roleIds.some((id) => ids.has(id))) continue;
    store.put('group', { ...group, roleIds: roleIds.filter((id) => !ids.has(id)) });
  }
}
