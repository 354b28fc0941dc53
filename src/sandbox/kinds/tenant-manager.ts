import type { Instance, Kind } from '../kind.js';
import type { Fields } from '../store.js';
import { lengthProblems } from './rules.js';
import { trim } from './normal-text.js';

/**
 * What the Tenant Manager shows and allows; there is one, always. Identity providers by type have an API of their own and
 * are only shown here. Sources: FusionAuth docs apis/tenant-manager (since 1.65); field initialisers of
 * fusionauth-java-client's `TenantManagerConfiguration`.
 */
export const tenantManagerConfiguration: Kind = {
  name: 'tenantManagerConfiguration',
  label: 'Tenant Manager Configuration',
  path: '/api/tenant-manager',
  one: 'tenantManagerConfiguration',
  many: 'tenantManagerConfigurations',
  idParameter: 'tenantManagerConfigurationId',
  ids: 'one',
  operations: ['patch', 'read', 'update'],
  scope: 'global',
  tenantCalls: 'forbidden',
  shape: 'TenantManagerConfiguration',
  readOnly: ['identityProviderTypeConfigurations'],
  internal: ['id'],
  defaults: () => ({ applicationConfigurations: [] }),
  references: [
    {
      path: 'applicationConfigurations.*.applicationId',
      kind: 'application',
      having: { 'universalConfiguration.universal': true },
    },
    { path: 'attributeFormId', kind: 'form', having: { type: 'registration' } },
  ],
  normalise: (object) => ({ ...object, brandName: trim(object['brandName']) }),
  validate: (object) => lengthProblems(object, ['brandName']),
  view: (object, { instance }) => ({ ...object, identityProviderTypeConfigurations: typesOf(instance) }),
};

function typesOf({ store }: Instance): Fields {
  const types = [...store.all('tenantManagerIdentityProviderType')];
  return Object.fromEntries(types.map(({ id, ...shown }) => [id, shown]));
}
