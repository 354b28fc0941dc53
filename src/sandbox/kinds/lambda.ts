import type { Kind } from '../kind.js';
import { lengthProblems } from './rules.js';
import { lambdaPlaces } from './uses.js';

/** Source: FusionAuth client `LambdaType`, 1.69. */
const lambdaTypes: readonly string[] = [
  'JWTPopulate',
  'OpenIDReconcile',
  'SAMLv2Reconcile',
  'SAMLv2Populate',
  'AppleReconcile',
  'ExternalJWTReconcile',
  'FacebookReconcile',
  'GoogleReconcile',
  'HYPRReconcile',
  'TwitterReconcile',
  'LDAPConnectorReconcile',
  'LinkedInReconcile',
  'EpicGamesReconcile',
  'NintendoReconcile',
  'SonyPSNReconcile',
  'SteamReconcile',
  'TwitchReconcile',
  'XboxReconcile',
  'ClientCredentialsJWTPopulate',
  'SCIMServerGroupRequestConverter',
  'SCIMServerGroupResponseConverter',
  'SCIMServerUserRequestConverter',
  'SCIMServerUserResponseConverter',
  'SelfServiceRegistrationValidation',
  'UserInfoPopulate',
  'LoginValidation',
  'MFARequirement',
];

/** Source: FusionAuth docs apis/lambdas ("type … may not be changed"); `enabled` is no longer serialised. */
export const lambda: Kind = {
  name: 'lambda',
  label: 'Lambda',
  path: '/api/lambda',
  one: 'lambda',
  many: 'lambdas',
  idParameter: 'lambdaId',
  shape: 'Lambda',
  operations: ['create', 'delete', 'list', 'patch', 'read', 'search', 'update'],
  scope: 'global',
  createOnly: ['type'],
  defaults: () => ({ engineType: 'GraalJS', debug: false }),
  required: ['body', 'name', 'type'],
  usedAt: lambdaPlaces,
  normalise: (fields) => ({ ...fields, enabled: undefined }),
  validate: ({ type, engineType, ...object }) => [
    ...lengthProblems(object, ['name'], 255),
    ...(type === undefined || lambdaTypes.some((known) => known === type)
      ? []
      : [{ field: 'type', kind: 'invalid', message: `The type must be one of ${lambdaTypes.join(', ')}.` }]),
    ...(engineType === 'GraalJS' || engineType === 'Nashorn'
      ? []
      : [{ field: 'engineType', kind: 'invalid', message: 'The engine must be GraalJS or Nashorn.' }]),
  ],
  listed: ({ type }, { query }) => !query.has('type') || query.get('type') === type,
  search: {
    criteria: { name: 'text', body: 'text', type: 'exact' },
    columns: { name: 'name', id: 'id', insertInstant: 'insertInstant', engineType: 'engineType' },
    orderBy: 'name ASC',
  },
};
