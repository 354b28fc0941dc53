import type { Problem } from '../errors.js';
import type { Kind, Write } from '../kind.js';
import { fusionAuthConnectorId } from '../seeds/ids.js';
import type { Fields, StoredObject } from '../store.js';
import { trim } from './normal-text.js';
import { lengthProblems, numberProblems } from './rules.js';
import { withKeptSecrets, withoutSecrets } from './secrets.js';
import { subtypeRules, typeProblems, withTypeDefaults, type Subtypes } from './subtypes.js';
import { connectorPlaces } from './uses.js';

/**
 * Sources: FusionAuth docs apis/connectors ("required" of the request bodies); field initialisers of
 * fusionauth-java-client's `GenericConnectorConfiguration` and `LDAPConnectorConfiguration`. A request without a type is
 * one for a generic connector (`ConnectorJacksonHelper` of the same).
 */
const subtypes: Subtypes = {
  base: 'BaseConnectorConfiguration',
  fallback: 'Generic',
  types: {
    FusionAuth: { shape: 'FusionAuthConnectorConfiguration', defaults: {}, required: ['name'] },
    Generic: {
      shape: 'GenericConnectorConfiguration',
      defaults: { headers: {} },
      required: ['connectTimeout', 'name', 'readTimeout'],
    },
    LDAP: {
      shape: 'LDAPConnectorConfiguration',
      defaults: { lambdaConfiguration: {}, requestedAttributes: [] },
      required: [
        'authenticationURL',
        'baseStructure',
        'connectTimeout',
        'identifyingAttribute',
        'lambdaConfiguration.reconcileId',
        'loginIdAttribute',
        'name',
        'readTimeout',
        'securityMethod',
        'systemAccountDN',
        'systemAccountPassword',
      ],
    },
  },
};

const secrets = ['headers', 'httpAuthenticationPassword', 'systemAccountPassword'] as const;
const passwords = ['httpAuthenticationPassword', 'systemAccountPassword'] as const;

/** Where a user is looked up who is not, or not yet, in FusionAuth. Source: FusionAuth docs apis/connectors. */
export const connector: Kind = {
  name: 'connector',
  label: 'Connector',
  path: '/api/connector',
  one: 'connector',
  many: 'connectors',
  idParameter: 'connectorId',
  operations: ['create', 'delete', 'list', 'patch', 'read', 'update'],
  scope: 'global',
  ...subtypeRules(subtypes),
  defaults: () => ({ data: {}, debug: false }),
  unique: [{ field: 'name' }],
  references: [
    { path: 'lambdaConfiguration.reconcileId', kind: 'lambda', having: { type: 'LDAPConnectorReconcile' } },
    { path: 'sslCertificateKeyId', kind: 'key' },
  ],
  usedAt: connectorPlaces,
  normalise: normalConnector,
  validate: connectorProblems,
  view: (object, { instance }) =>
    instance.switches.connectorSecretsOnRead === 'hidden' ? withoutSecrets(object, secrets) : object,
  protected: ({ id }, operation) =>
    operation === 'delete' && id === fusionAuthConnectorId ? 'The FusionAuth connector cannot be deleted.' : undefined,
};

/** The classes have no `normalize()`; that the name is trimmed is UNVERIFIED (switch connectorNames). */
function normalConnector(object: Fields, write: Write): Fields {
  const { connectorNames, connectorSecretsOnOmit } = write.instance.switches;
  const name = connectorNames === 'trimmed' ? trim(object['name']) : object['name'];
  const whole = withTypeDefaults(subtypes, { ...object, name });
  return connectorSecretsOnOmit === 'kept' ? withKeptSecrets(whole, write, passwords) : whole;
}

function connectorProblems(object: StoredObject, write: Write): readonly Problem[] {
  const { type, requestedAttributes } = object;
  const problems: Problem[] = [
    ...typeProblems(write),
    ...lengthProblems(object, ['name']),
    ...numberProblems(object, { connectTimeout: { min: 1 }, readTimeout: { min: 1 } }),
  ];
  if (Array.isArray(requestedAttributes) && requestedAttributes.length === 0) {
    const message = 'You must specify the [connector.requestedAttributes] property.';
    problems.push({ field: 'requestedAttributes', kind: 'missing', message });
  }
  // There is one such connector on every server, and no documented way to make another: UNVERIFIED (switch moreFusionAuthConnectors).
  const onlyOne = write.instance.switches.moreFusionAuthConnectors === 'refused';
  if (onlyOne && type === 'FusionAuth' && object.id !== fusionAuthConnectorId) {
    problems.push({ field: 'type', kind: 'invalid', message: 'There can be no other connector of type [FusionAuth].' });
  }
  return problems;
}
