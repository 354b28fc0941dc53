import type {
  IdentityProviderType,
  TenantManagerConfigurationRequest,
  TenantManagerIdentityProviderTypeConfigurationRequest,
} from '@fusionauth/typescript-client';
import { isJsonObject, type Json, jsonEqual } from '../../model/index.js';
import type { Kind, WriteClient } from '../kind.js';
import { tenantManagerConfigurationSince } from '../since.generated.js';
import { named, neverMade, singletonKind, singletonReads } from '../singleton.js';
import { asRequest, oneOf, without } from '../wire.js';

const types = 'identityProviderTypeConfigurations';

/** The Tenant Manager: its brand, the applications it shows, and the identity providers that tenants may make there. */
export const tenantManagerConfiguration: Kind = {
  ...singletonKind('tenantManagerConfiguration'),
  kind: 'tenantManagerConfiguration',
  collection: 'tenantManagerConfiguration',
  title: 'Tenant Manager configuration',
  refs: [
    { path: 'applicationConfigurations[].applicationId', kind: 'application' },
    { path: 'attributeFormId', kind: 'form' },
  ],
  serverOwned: [
    'id',
    'insertInstant',
    'lastUpdateInstant',
    'identityProviderTypeConfigurations{}.insertInstant',
    'identityProviderTypeConfigurations{}.lastUpdateInstant',
    'identityProviderTypeConfigurations{}.type',
  ],
  mirrors: [],
  secrets: [],
  lists: [{ path: 'applicationConfigurations', as: 'set' }],
  completeMaps: [],
  freeMaps: ['identityProviderTypeConfigurations', 'identityProviderTypeConfigurations{}.defaultAttributeMappings'],
  defaults: {},
  files: [],
  since: tenantManagerConfigurationSince,
  reads: singletonReads('tenantManagerConfiguration', 'tenantManagerConfiguration', (client) =>
    client.retrieveTenantManagerConfiguration(),
  ),
  writes: {
    ...neverMade('tenantManagerConfiguration'),
    update: async ({ client, live }, body) => {
      const request = asRequest<TenantManagerConfigurationRequest>({
        tenantManagerConfiguration: without(body, 'id', types),
      });
      let { response } = await client.updateTenantManagerConfiguration(request);
      // After the rest: the form decides which attributes a type may map.
      if (await writeTypes(client, body[types], live?.[types]))
        ({ response } = await client.retrieveTenantManagerConfiguration());
      return named('tenantManagerConfiguration', oneOf(response, 'tenantManagerConfiguration'));
    },
  },
  traps: [
    'Its PUT leaves the types of identity providers alone: kedge writes each through an API of its own, after the rest.',
  ],
  sources: ['FusionAuth docs: apis/tenant-manager', 'fusionauth-java-client TenantManagerConfiguration'],
};

/** One request for each type that differs. @returns whether there was any. */
async function writeTypes(client: WriteClient, wanted: Json | undefined, now: Json | undefined): Promise<boolean> {
  if (!isJsonObject(wanted)) return false;
  let wrote = false;
  const before = isJsonObject(now) ? now : {};
  for (const [type, configuration] of Object.entries(wanted)) {
    if (jsonEqual(configuration, before[type])) continue;
    wrote = true;
    const request = asRequest<TenantManagerIdentityProviderTypeConfigurationRequest>({
      typeConfiguration: configuration,
    });
    // The schema has checked that it is one of FusionAuth's types.
    if (before[type] === undefined)
      await client.createTenantManagerIdentityProviderTypeConfiguration(type as IdentityProviderType, request);
    else await client.updateTenantManagerIdentityProviderTypeConfiguration(type as IdentityProviderType, request);
  }
  for (const type of Object.keys(before)) {
    if (Object.hasOwn(wanted, type)) continue;
    wrote = true;
    await client.deleteTenantManagerIdentityProviderTypeConfiguration(type as IdentityProviderType);
  }
  return wrote;
}
