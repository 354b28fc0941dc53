import { createObject, deleteObject, existing } from '../crud.js';
import { unauthorized } from '../errors.js';
import { withValueAt, valueAt } from '../fields.js';
import type { Answer, Call, Instance, Kind, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { onlyTenant } from '../tenant-rule.js';
import { tenantKeyUpdates } from '../tokens/public-key-update.js';
import { forgetApplication } from './application.js';
import { forgetSettings } from './identity-provider/settings.js';
import { lengthProblems } from './rules.js';
import { tenantDefaults } from './tenant-defaults.js';
import { tenantReferences } from './tenant-references.js';
import { tenantProblems } from './tenant-problems.js';
import { normalTenant } from './tenant-rules.js';
import { attachWebhooks, forgetTenant, webhookIdsOf } from './webhook-links.js';

/** How long a tenant that is deleted with `?async=true` can still be seen as `PendingDelete`. */
const asyncDeleteMs = 150;

/** What a copy does not take over. */
const notCopied = new Set(['configured', 'id', 'insertInstant', 'lastUpdateInstant', 'name', 'state']);

/** What a tenant holds, by the kinds that have a `tenantId`. Source: FusionAuth docs apis/tenants, delete. */
const heldKinds = [
  'user',
  'group',
  'entity',
  'entityGrant',
  'apiKey',
  'identityProvider',
  'identityProviderLink',
  'family',
  'userActionLog',
  'userComment',
  'userConsent',
  'userVerification',
  'failedLogin',
  'loginRecord',
  'refreshToken',
] as const;

/** Source: FusionAuth docs apis/tenants. */
export const tenant: Kind = {
  name: 'tenant',
  label: 'Tenant',
  path: '/api/tenant',
  one: 'tenant',
  many: 'tenants',
  idParameter: 'tenantId',
  operations: ['delete', 'list', 'patch', 'read', 'search', 'update'],
  scope: 'tenant',
  searchScope: 'noTenantHeader',
  shape: 'Tenant',
  siblings: [{ name: 'webhookIds', read: presentWebhooks }],
  readOnly: ['configured', 'state', 'userDeletePolicy.unverified.enabledInstant'],
  defaults: tenantDefaults,
  required: ['name'],
  unique: [{ field: 'name' }],
  references: tenantReferences,
  normalise: keepSmtpPassword,
  validate: (object, write) => [...lengthProblems(object, ['name']), ...tenantProblems(object, write)],
  alsoTells: tenantKeyUpdates,
  afterWrite: writeWebhookLinks,
  view,
  visible: ({ id }, tenantId) => id === tenantId,
  protected: ({ id }, operation, { seeds }) =>
    operation === 'delete' && id === seeds.defaultTenant ? 'The default tenant cannot be deleted.' : undefined,
  search: {
    criteria: { name: 'text' },
    columns: { name: 'name', id: 'id', insertInstant: 'insertInstant' },
    orderBy: 'name ASC',
  },
  copy: {
    parameter: 'sourceTenantId',
    from: (source) => Object.fromEntries(Object.entries(source).filter(([name]) => !notCopied.has(name))),
  },
  afterDelete: forgetWhatItHeld,
  routes: [
    { method: 'POST', path: '/api/tenant/:tenantId?', endpoint: '/api/tenant', scope: 'tenant', handle: create },
    { method: 'DELETE', path: '/api/tenant/:tenantId', endpoint: '/api/tenant', scope: 'tenant', handle: remove },
    {
      method: 'GET',
      path: '/api/tenant/password-validation-rules/:tenantId?',
      endpoint: '/api/tenant/password-validation-rules',
      scope: 'anonymous',
      handle: passwordRules,
    },
  ],
};

/** A key that is tied to a tenant would leave its confines: UNVERIFIED (switch tenantKeyMakesTenants). */
async function create(call: Call): Promise<Answer> {
  const { tenantKeyMakesTenants } = call.instance.switches;
  if (call.apiKey?.tenantId !== undefined && tenantKeyMakesTenants === 'refused') throw unauthorized();
  return createObject(tenant, call);
}

/** What a form for a new password has to know; it takes no API key. Source: FusionAuth docs apis/tenants. */
function passwordRules(call: Call): Answer {
  const params = { tenantId: call.params['tenantId'] ?? onlyTenant(call) };
  const { passwordValidationRules } = existing(tenant, { ...call, params });
  return { status: 200, body: { passwordValidationRules } };
}

/** With `?async=true` the answer is 202 and the tenant is there, as `PendingDelete`, until the work is done. */
async function remove(call: Call): Promise<Answer> {
  if (call.query.get('async') !== 'true') return deleteObject(tenant, call);
  const { instance } = call;
  const object = existing(tenant, call);
  // Refused now, as it would be without `async`.
  if (object.id === instance.seeds.defaultTenant) return deleteObject(tenant, call);
  instance.store.put('tenant', { ...object, state: 'PendingDelete' });
  instance.later(asyncDeleteMs, () => {
    instance.store.remove('tenant', object.id);
    forgetWhatItHeld(object, instance);
  });
  return { status: 202 };
}

function forgetWhatItHeld({ id }: StoredObject, instance: Instance): void {
  const held = (object: StoredObject): boolean => object['tenantId'] === id;
  for (const application of instance.store.removeWhere('application', held)) forgetApplication(application, instance);
  for (const kind of heldKinds) instance.store.removeWhere(kind, held);
  forgetSettings('tenantConfiguration', id, instance);
  forgetTenant(id, instance);
}

/** A PATCH starts from the links there are, since 1.48 (fusionauth-issues #2411). */
function presentWebhooks({ id }: StoredObject, instance: Instance): unknown {
  return instance.switches.tenantPatchDetachesWebhooks === 'on' ? undefined : webhookIdsOf(id, instance);
}

/**
 * `webhookIds` beside the tenant is the list of its webhooks; without it a PUT detaches them all, and no answer ever
 * shows it (fusionauth-issues #2413).
 */
function writeWebhookLinks({ id }: StoredObject, { envelope, instance }: Write): void {
  const ids = envelope['webhookIds'];
  attachWebhooks(id, Array.isArray(ids) ? ids.map(String) : [], instance);
}

const smtpPassword = 'emailConfiguration.password';

function keepSmtpPassword(fields: Fields, write: Write): Fields {
  const { previous, instance } = write;
  const normal = normalTenant(fields, write);
  const omitted = valueAt(normal, smtpPassword) === undefined;
  if (previous === undefined || !omitted || instance.switches.smtpPasswordOnOmit === 'cleared') return normal;
  return withValueAt(normal, smtpPassword, valueAt(previous, smtpPassword));
}

/** Search results have no SMTP password (`Tenant.secure()` of fusionauth-java-client); reads by id do. */
function view(object: StoredObject, { instance, viewer }: Parameters<NonNullable<Kind['view']>>[1]): Fields {
  const hidden = viewer === 'search' || instance.switches.smtpPasswordOnRead === 'hidden';
  return hidden ? withValueAt(object, smtpPassword, undefined) : object;
}
