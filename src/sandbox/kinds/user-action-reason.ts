import type { Kind } from '../kind.js';
import { isRecord, normalLocalizedTexts, trim } from './normal-text.js';
import { lengthProblems } from './rules.js';

/**
 * Why something is done to a user. Source: FusionAuth docs apis/user-action-reasons; `normalize()` of
 * fusionauth-java-client's `UserActionReason`. That code and text are each unique: the database schema that FusionAuth
 * publishes.
 */
export const userActionReason: Kind = {
  name: 'userActionReason',
  label: 'User Action Reason',
  path: '/api/user-action-reason',
  one: 'userActionReason',
  many: 'userActionReasons',
  idParameter: 'userActionReasonId',
  operations: ['create', 'delete', 'list', 'patch', 'read', 'update'],
  scope: 'global',
  shape: 'UserActionReason',
  required: ['code', 'text'],
  unique: [{ field: 'text' }, { field: 'code' }],
  normalise: ({ localizedTexts, ...reason }) => ({
    ...reason,
    code: trim(reason['code']),
    text: trim(reason['text']),
    ...(isRecord(localizedTexts) ? { localizedTexts: normalLocalizedTexts(localizedTexts) } : {}),
  }),
  validate: (reason) => lengthProblems(reason, ['code', 'text']),
};
