import type { Problem } from '../errors.js';
import type { Instance, Kind, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { isRecord } from './normal-text.js';

const linkingStrategies: readonly unknown[] = [
  'LinkByEmail',
  'LinkByEmailForExistingUser',
  'LinkByUsername',
  'LinkByUsernameForExistingUser',
];

/**
 * Whether and how tenants may make identity providers of a type. It is read through the Tenant Manager's configuration.
 * Source: FusionAuth docs apis/tenant-manager ("identity provider type configuration", since 1.65).
 */
export const tenantManagerIdentityProviderType: Kind = {
  name: 'tenantManagerIdentityProviderType',
  label: 'Identity Provider Type Configuration',
  path: '/api/tenant-manager/identity-provider',
  one: 'typeConfiguration',
  many: 'typeConfigurations',
  idParameter: 'type',
  ids: ['OpenIDConnect', 'SAMLv2'],
  operations: ['create', 'delete', 'patch', 'update'],
  scope: 'global',
  tenantCalls: 'forbidden',
  shape: 'TenantManagerIdentityProviderTypeConfiguration',
  // It is the type of the path that counts.
  readOnly: ['type'],
  internal: ['id'],
  defaults: () => ({ defaultAttributeMappings: {}, enabled: true }),
  required: ['linkingStrategy'],
  normalise: (object, { instance }: Write) => ({
    ...object,
    defaultAttributeMappings: allowedMappings(object['defaultAttributeMappings'], instance),
    type: object['id'],
  }),
  validate: strategyProblems,
};

/** What is not asked for on the Tenant Manager's form is dropped, and the password always. */
function allowedMappings(mappings: unknown, instance: Instance): Fields {
  const keys = attributeKeys(instance);
  const isAllowed = (key: string): boolean =>
    key !== 'user.password' && (keys === undefined ? instance.switches.mappingsWithoutForm === 'kept' : keys.has(key));
  return Object.fromEntries(Object.entries(isRecord(mappings) ? mappings : {}).filter(([key]) => isAllowed(key)));
}

/** The keys of all fields of the Tenant Manager's form; undefined where it has none. */
function attributeKeys({ store }: Instance): ReadonlySet<unknown> | undefined {
  const formId = store.get('tenantManagerConfiguration', 'tenantManagerConfiguration')?.['attributeFormId'];
  const form = typeof formId === 'string' ? store.get('form', formId) : undefined;
  if (form === undefined) return undefined;
  const steps: readonly unknown[] = Array.isArray(form['steps']) ? form['steps'] : [];
  const fields = steps.flatMap((step): readonly unknown[] =>
    isRecord(step) && Array.isArray(step['fields']) ? step['fields'] : [],
  );
  return new Set(fields.map((id) => store.get('formField', String(id))?.['key']));
}

function strategyProblems({ linkingStrategy }: StoredObject): readonly Problem[] {
  if (linkingStrategy === undefined || linkingStrategies.includes(linkingStrategy)) return [];
  const message = `The linkingStrategy must be one of ${linkingStrategies.join(', ')}.`;
  return [{ field: 'linkingStrategy', kind: 'invalid', message }];
}
