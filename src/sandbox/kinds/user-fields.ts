import { isRecord, trim, trimToNothing } from './normal-text.js';

type Fields = Readonly<Record<string, unknown>>;

/** Never in a response and never kept in clear. Source: `User.secure()` of fusionauth-java-client. */
const hidden: ReadonlySet<string> = new Set(['encryptionScheme', 'factor', 'password', 'salt']);

/** What a client cannot set on a user by PUT or PATCH: set by the server, or managed elsewhere. */
const serverOwned = [
  'active',
  'connectorId',
  'id',
  'identities',
  'insertInstant',
  'lastLoginInstant',
  'lastUpdateInstant',
  'memberships',
  'passwordLastUpdateInstant',
  'registrations',
  'tenantId',
  'usernameStatus',
  'verified',
  'verifiedInstant',
] as const;

/**
 * A user's fields as the server keeps them: e-mails lower-cased and trimmed, names trimmed, empty `data` values dropped,
 * languages once each. Source: `User.normalize()` of fusionauth-java-client.
 */
export function normalUser(user: Fields): Record<string, unknown> {
  const normal: Record<string, unknown> = { ...user };
  for (const name of ['email', 'parentEmail'] as const) normal[name] = lowerCase(trimToNothing(user[name]));
  for (const name of ['firstName', 'fullName', 'lastName', 'middleName', 'mobilePhone', 'phoneNumber', 'username']) {
    normal[name] = trimToNothing(user[name]);
  }
  normal['data'] = withoutEmpty(user['data']);
  const languages = user['preferredLanguages'];
  normal['preferredLanguages'] = Array.isArray(languages) ? [...new Set<unknown>(languages)] : [];
  return withoutUndefined(normal);
}

/** A registration's fields as the server keeps them. */
export function normalRegistration(registration: Fields): Record<string, unknown> {
  const languages = registration['preferredLanguages'];
  const roles = registration['roles'];
  return withoutUndefined({
    ...registration,
    data: withoutEmpty(registration['data']),
    preferredLanguages: Array.isArray(languages) ? [...new Set<unknown>(languages)] : [],
    // A set in the server's class: once each, in order of name.
    roles: Array.isArray(roles)
      ? [...new Set<string>(roles.filter((role) => typeof role === 'string'))].toSorted(byText)
      : [],
    username: trim(registration['username']),
  });
}

/** The fields of a request that a client may set, without the server's own. */
export function settableUserFields(user: Fields): Record<string, unknown> {
  const settable: Record<string, unknown> = { ...user };
  for (const name of serverOwned) delete settable[name];
  return settable;
}

/** A user as it is shown: without password, salt, scheme and factor. */
export function userView(user: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(user).filter(([name]) => !hidden.has(name)));
}

/** The texts a user can be found by in a search on the database engine: e-mail, user name, names, phone, id. */
export function searchableTexts(user: Fields): readonly string[] {
  const names = ['email', 'firstName', 'fullName', 'id', 'lastName', 'mobilePhone', 'phoneNumber', 'username'];
  return names.map((name) => user[name]).filter((value) => typeof value === 'string');
}

function lowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function withoutEmpty(data: unknown): unknown {
  if (!isRecord(data)) return {};
  return Object.fromEntries(
    Object.entries(data).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );
}

function withoutUndefined(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}

function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
