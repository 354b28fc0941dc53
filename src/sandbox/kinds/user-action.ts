import type { Kind } from '../kind.js';
import type { Fields } from '../store.js';
import type { Problem } from '../errors.js';
import { isRecord, normalLocalizedTexts, trim, withoutNullItems } from './normal-text.js';
import { lengthProblems } from './rules.js';
import { userActionPlaces } from './uses.js';

/**
 * What can be done to a user. Source: FusionAuth docs apis/user-actions; field initialisers and `normalize()` of
 * fusionauth-java-client's `UserAction`. That the name is unique: the database schema that FusionAuth publishes.
 */
export const userAction: Kind = {
  name: 'userAction',
  label: 'User Action',
  path: '/api/user-action',
  one: 'userAction',
  many: 'userActions',
  idParameter: 'userActionId',
  operations: ['create', 'delete', 'list', 'patch', 'read', 'update'],
  scope: 'global',
  shape: 'UserAction',
  readOnly: ['active'],
  defaults: ({ switches }) => ({
    active: true,
    includeEmailInEventJSON: false,
    options: [],
    preventLogin: false,
    sendEndEvent: true,
    temporal: false,
    transactionType: switches.userActionTransaction,
    userEmailingEnabled: false,
    userNotificationsEnabled: false,
  }),
  required: ['name'],
  unique: [{ field: 'name' }],
  references: ['cancel', 'end', 'modify', 'start'].map((moment) => ({
    path: `${moment}EmailTemplateId`,
    kind: 'emailTemplate',
  })),
  usedAt: userActionPlaces,
  normalise: normalUserAction,
  validate: ({ preventLogin, temporal, ...object }) => [
    ...lengthProblems(object, ['name']),
    ...(preventLogin === true && temporal !== true ? [notTemporal] : []),
  ],
  listed: ({ active }, { query }) => (query.get('inactive') === 'true') === (active === false),
  deletes: 'soft',
};

/**
 * "An action that prevents login must be time based" (FusionAuth docs apis/user-actions); the code is
 * UNVERIFIED (switch undocumentedErrors).
 */
const notTemporal: Problem = {
  field: 'preventLogin',
  kind: 'invalid',
  message: 'An action that prevents login must be temporal.',
  madeUp: true,
};

function normalUserAction(action: Fields): Fields {
  const options = withoutNullItems(action['options']).filter((option) => isRecord(option));
  return { ...normalNames(action), options: options.map((option) => normalNames(option)) };
}

function normalNames(named: Fields): Fields {
  const { localizedNames } = named;
  const localized = isRecord(localizedNames) ? { localizedNames: normalLocalizedTexts(localizedNames) } : {};
  return { ...named, name: trim(named['name']), ...localized };
}
