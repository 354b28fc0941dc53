import type { Instance } from '../kind.js';
import type { SearchIndex } from '../search-engine/index.js';
import type { Fields, StoredObject } from '../store.js';
import { phoneForms } from './phone-number.js';
import { userView } from './user-view.js';

/** Source: `UserSearchCriteria.DatabaseSortableFields` of fusionauth-java-client. */
const sortable = [
  'birthDate',
  'email',
  'fullName',
  'id',
  'insertInstant',
  'lastLoginInstant',
  'login',
  'phoneNumber',
  'tenantId',
  'username',
] as const;

/** Source: `UserSearchCriteria.SortableFields`. */
const sortableInRegistrations = ['applicationId', 'id', 'insertInstant', 'lastLoginInstant', 'roles'] as const;

/**
 * What users are searched by. Registrations are searched one by one with a `nested` query, memberships are not (FusionAuth
 * docs lifecycle/manage-users/search). What is sorted by without `sortFields` is
 * UNVERIFIED (switch defaultUserOrder);
 * a `nextResults` token of the docs names a score, something empty, an e-mail address and an id.
 */
export const userIndex: SearchIndex<Instance> = {
  criteria: 'UserSearchCriteria',
  document: userDocument,
  types: {
    active: 'boolean',
    birthDate: 'date',
    email: 'keyword',
    fullName: 'text',
    id: 'keyword',
    insertInstant: 'date',
    lastLoginInstant: 'date',
    lastUpdateInstant: 'date',
    login: 'keyword',
    'memberships.groupId': 'keyword',
    'memberships.id': 'keyword',
    'memberships.insertInstant': 'date',
    mobilePhone: 'keyword',
    parentEmail: 'keyword',
    phoneNumber: 'keyword',
    preferredLanguages: 'keyword',
    registrations: 'nested',
    'registrations.applicationId': 'keyword',
    'registrations.id': 'keyword',
    'registrations.insertInstant': 'date',
    'registrations.lastLoginInstant': 'date',
    'registrations.lastUpdateInstant': 'date',
    'registrations.roles': 'keyword',
    'registrations.username': 'keyword',
    'registrations.verified': 'boolean',
    'registrations.verifiedInstant': 'date',
    tenantId: 'keyword',
    timezone: 'keyword',
    username: 'keyword',
    verified: 'boolean',
    verifiedInstant: 'date',
  },
  sortable: {
    database: sortable,
    elasticsearch: [...sortable, ...sortableInRegistrations.map((name) => `registrations.${name}`)],
  },
  defaultSort: ({ defaultUserOrder }) => (defaultUserOrder === 'name' ? ['fullName', 'login'] : ['id']),
  databaseTexts: ({ email, firstName, fullName, lastName, phoneNumber, username }) => [
    email,
    firstName,
    fullName,
    lastName,
    username,
    ...phoneForms(phoneNumber),
  ],
};

/** Fields of the index: FusionAuth docs reference/user-fields. The name and the login are `getName()` and `getLogin()`. */
function userDocument(user: StoredObject): Fields {
  const view = userView(user);
  const { identities: _identities, ...indexed } = view;
  const { fullName, firstName, lastName, email, uniqueUsername, username, phoneNumber } = view;
  const parts = [firstName, lastName].filter((part) => typeof part === 'string');
  return {
    ...indexed,
    firstName: undefined,
    fullName: fullName ?? (parts.length === 0 ? undefined : parts.join(' ')),
    lastName: undefined,
    login: email ?? uniqueUsername ?? username ?? phoneNumber,
    phoneNumber: phoneForms(phoneNumber),
  };
}
