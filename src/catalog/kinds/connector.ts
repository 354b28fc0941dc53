import type { ConnectorRequest } from '@fusionauth/typescript-client';
import type { Kind } from '../kind.js';
import { asRequest, listOf, oneOf, orAbsent } from '../wire.js';

/** The connector that stands for FusionAuth's own database; every instance has it (fusionauth-java-client). */
export const fusionauthConnectorId = 'e3306678-a53a-4964-9040-1c96f36dda72';

/** A connector: another place where users and their passwords are, an LDAP directory or an HTTP service. */
export const connector: Kind = {
  kind: 'connector',
  collection: 'connectors',
  types: {
    FusionAuth: { clientType: 'FusionAuthConnectorConfiguration' },
    Generic: {
      clientType: 'GenericConnectorConfiguration',
      required: ['authenticationURL', 'connectTimeout', 'readTimeout'],
    },
    LDAP: {
      clientType: 'LDAPConnectorConfiguration',
      required: [
        'authenticationURL',
        'baseStructure',
        'connectTimeout',
        'identifyingAttribute',
        'lambdaConfiguration.reconcileId',
        'loginIdAttribute',
        'readTimeout',
        'requestedAttributes',
        'securityMethod',
        'systemAccountDN',
        'systemAccountPassword',
      ],
    },
  },
  title: 'connector',
  scope: 'instance',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [
    { path: 'lambdaConfiguration.reconcileId', kind: 'lambda' },
    { path: 'sslCertificateKeyId', kind: 'key' },
  ],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  immutable: [{ path: 'type', lost: 'every tenant that authenticates through it must be pointed to the new one' }],
  secrets: [
    {
      path: 'systemAccountPassword',
      readBack: 'list',
      onOmit: 'unknown',
      existsWith: 'systemAccountDN',
      source: 'FusionAuth docs: apis/connectors/ldap shows it; nothing says a PUT keeps it',
    },
    {
      path: 'httpAuthenticationPassword',
      readBack: 'list',
      onOmit: 'unknown',
      existsWith: 'httpAuthenticationUsername',
      source: 'FusionAuth docs: apis/connectors/generic shows it; nothing says a PUT keeps it',
    },
    { path: 'headers{}', readBack: 'list', onOmit: 'cleared', source: 'FusionAuth docs: apis/connectors/generic' },
  ],
  lists: [{ path: 'requestedAttributes', as: 'set' }],
  completeMaps: [],
  freeMaps: ['data', 'headers'],
  children: [],
  required: ['name', 'type'],
  defaults: { debug: false },
  builtIns: [
    {
      name: 'fusionauth-connector',
      find: { id: fusionauthConnectorId },
      writable: false,
      source: 'fusionauth-java-client BaseConnectorConfiguration',
    },
  ],
  files: [],
  licence: { feature: 'connectors', types: ['Generic', 'LDAP'], source: 'FusionAuth docs: apis/connectors' },
  reads: {
    list: async (client) => listOf((await client.retrieveConnectors()).response, 'connectors'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveConnector(id));
      return answer && oneOf(answer.response, 'connector');
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      oneOf((await client.createConnector(id, asRequest<ConnectorRequest>({ connector: body }))).response, 'connector'),
    update: async ({ client, id }, body) =>
      oneOf((await client.updateConnector(id, asRequest<ConnectorRequest>({ connector: body }))).response, 'connector'),
    delete: async ({ client, id }) => {
      await client.deleteConnector(id);
    },
  },
  traps: [
    'An answer that hides a password a PUT might clear: kedge refuses the write unless the password is declared.',
  ],
  softDelete: false,
  recreatable: true,
  keptWhileUsed: true,
  deleteMeans: 'users that are only there can no longer log in; FusionAuth refuses while a tenant still names it',
  meanings: [
    {
      path: 'authenticationURL',
      when: 'changed',
      risk: 'disruptive',
      says: 'passwords are checked at {to}[, no longer at {from}]',
    },
    {
      path: 'httpAuthenticationPassword',
      when: 'changed',
      risk: 'disruptive',
      says: 'it is asked with another password: if it is wrong, its users cannot log in',
    },
    {
      path: 'systemAccountPassword',
      when: 'changed',
      risk: 'disruptive',
      says: 'it is asked with another password: if it is wrong, its users cannot log in',
    },
    {
      path: 'systemAccountDN',
      when: 'changed',
      risk: 'disruptive',
      says: 'it is asked as {to}[, no longer as {from}]',
    },
    {
      path: 'baseStructure',
      when: 'changed',
      risk: 'disruptive',
      says: 'users are looked for in {to}[, no longer in {from}]',
    },
    {
      path: 'loginIdAttribute',
      when: 'changed',
      risk: 'disruptive',
      says: 'users are found by {to}[, no longer by {from}]',
    },
    {
      path: 'identifyingAttribute',
      when: 'changed',
      risk: 'destructive',
      says: 'users are told apart by {to}[, no longer by {from}]: those who came before may become other users',
    },
    {
      path: 'securityMethod',
      when: 'changed',
      risk: 'disruptive',
      says: 'the directory is reached with {to}[, no longer with {from}]',
    },
    {
      path: 'lambdaConfiguration.reconcileId',
      when: 'changed',
      risk: 'disruptive',
      says: 'users that come through it are made by {to}[, no longer by {from}]',
    },
  ],
  sources: [
    'FusionAuth docs: apis/connectors',
    'fusionauth-java-client BaseConnectorConfiguration',
    'FusionAuth database schema: connectors_tenants_fk_1 (a policy of a tenant keeps its connector)',
  ],
};
