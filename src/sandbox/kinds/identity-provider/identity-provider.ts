import type { Instance, Kind, Write } from '../../kind.js';
import type { Fields, StoredObject } from '../../store.js';
import { isBlank } from '../normal-text.js';
import { withoutSecrets } from '../secrets.js';
import { connectionTestRoutes } from './connection-test.js';
import { domainIndex } from './domains.js';
import { forgetLinks } from './link.js';
import { lookupRoute } from './lookup.js';
import { providerProblems } from './provider-rules.js';
import { providerRoutes } from './provider-routes.js';
import { providerShape, providerTypeOf } from './provider-types.js';
import { enabledApplications, mapSettings, withWholeSettings } from './settings.js';

/**
 * Identity providers: 16 types, one kind. A type is a file here, with its defaults and rules as data. They belong to a
 * tenant or, as all did before 1.62, to none. Source: FusionAuth docs apis/identity-providers; `BaseIdentityProvider` of
 * fusionauth-java-client, which neither trims names nor knows other defaults.
 */
const withoutRoutes: Kind = {
  name: 'identityProvider',
  label: 'Identity Provider',
  path: '/api/identity-provider',
  one: 'identityProvider',
  many: 'identityProviders',
  idParameter: 'identityProviderId',
  operations: [],
  scope: 'tenant',
  shape: providerShape,
  createOnly: ['source', 'tenantId', 'type'],
  defaults: providerDefaults,
  required: (object) => ['name', ...providerTypeOf(object).required],
  // A name may be that of one in another tenant, or of a global one (fusionauth-issues #3255).
  unique: [{ field: 'name', within: 'tenantId' }],
  indexed: [domainIndex],
  references: [
    { path: 'lambdaConfiguration.reconcileId', kind: 'lambda' },
    { path: 'tenantId', kind: 'tenant' },
  ],
  normalise: normalProvider,
  validate: providerProblems,
  view: (object, { instance }) =>
    instance.switches.providerSecretsOnRead === 'hidden' ? withoutTypeSecrets(object) : object,
  // Global ones are not for tenant keys: FusionAuth docs, "Global Identity Providers and Tenant-scoped API Keys".
  visible: (object, tenantId) => object['tenantId'] === tenantId,
  listed: ({ type }, { query }) => !query.has('type') || query.get('type') === type,
  search: {
    criteria: {
      name: 'text',
      source: 'text',
      type: 'exact',
      tenantId: 'exact',
      applicationId: (object, id) => enabledApplications(object).includes(id.toLowerCase()),
    },
    columns: {
      name: 'name',
      id: 'id',
      insertInstant: 'insertInstant',
      enabled: 'enabled',
      source: 'source',
      tenantId: 'tenantId',
      type: 'type',
    },
    orderBy: 'name ASC',
  },
  afterDelete: ({ id }, instance) => forgetLinks('identityProviderId', id, instance),
};

export const identityProvider: Kind = {
  ...withoutRoutes,
  routes: [...providerRoutes(withoutRoutes), lookupRoute, ...connectionTestRoutes],
};

function providerDefaults({ switches }: Instance, sent: Fields): Fields {
  const { type, defaults } = providerTypeOf(sent);
  return {
    applicationConfiguration: {},
    attributeMappings: {},
    debug: false,
    enabled: false,
    lambdaConfiguration: {},
    linkingStrategy: 'LinkByEmail',
    source: 'System',
    tenantConfiguration: {},
    type,
    ...(typeof defaults === 'function' ? defaults(switches) : defaults),
  };
}

/** The one instance there was before 1.61 needs no name of its own. */
function normalProvider(object: Fields, write: Write): Fields {
  const type = providerTypeOf(object);
  const named =
    write.previous !== undefined && object['id'] === type.legacy?.id && isBlank(object['name'])
      ? { ...object, name: type.legacy?.name }
      : object;
  const whole = withWholeSettings(named, type);
  return type.normalise?.(whole, write) ?? whole;
}

function withoutTypeSecrets(object: StoredObject): Fields {
  const { secrets = [] } = providerTypeOf(object);
  const hide = (fields: Fields): Fields => withoutSecrets(fields, secrets);
  return { ...hide(object), applicationConfiguration: mapSettings(object['applicationConfiguration'], hide) };
}
