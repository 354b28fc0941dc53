import type { Fields } from '../store.js';
import { isRecord, trim, trimToNothing } from '../kinds/normal-text.js';
import { canonicalPhone } from './phone-number.js';

/**
 * A user's fields as the server keeps them: e-mail addresses lower-cased, texts trimmed, languages once each, the telephone
 * number as E.164 says. Source: `User.normalize()` of fusionauth-java-client; FusionAuth docs apis/users.
 */
export function normalUser(user: Fields): Fields {
  const normal: Record<string, unknown> = { ...user };
  normal['email'] = lowerCase(trimToNothing(user['email']));
  normal['parentEmail'] = lowerCase(trim(user['parentEmail']));
  for (const name of ['firstName', 'fullName', 'lastName', 'middleName', 'mobilePhone'])
    normal[name] = trim(user[name]);
  normal['username'] = trimToNothing(user['username']);
  const phoneNumber = trimToNothing(user['phoneNumber']);
  normal['phoneNumber'] = typeof phoneNumber === 'string' ? (canonicalPhone(phoneNumber) ?? phoneNumber) : phoneNumber;
  normal['data'] = isRecord(user['data']) ? user['data'] : {};
  normal['preferredLanguages'] = languages(user['preferredLanguages']);
  return normal;
}

/** A registration's fields as the server keeps them. Source: `UserRegistration.normalize()` of fusionauth-java-client. */
export function normalRegistration(registration: Fields): Fields {
  const roles = registration['roles'];
  return {
    ...registration,
    authenticationToken: trimToNothing(registration['authenticationToken']),
    data: isRecord(registration['data']) ? registration['data'] : {},
    preferredLanguages: languages(registration['preferredLanguages']),
    // A sorted set in the server's class.
    roles: Array.isArray(roles)
      ? [...new Set<string>(roles.filter((role) => typeof role === 'string'))].toSorted(byText)
      : [],
    username: trim(registration['username']),
  };
}

/**
 * A user as it is sent, without its identities: nobody can set them, and the type of one, a text, is an object to the
 * client's declarations that requests are held against.
 */
export function withoutIdentities(sent: unknown): unknown {
  if (!isRecord(sent)) return sent;
  const { identities: _identities, ...others } = sent;
  return others;
}

/** The registrations of a user. */
export function registrationsOf(user: Fields): readonly Fields[] {
  return recordsIn(user['registrations']);
}

/** The group memberships of a user. */
export function membershipsOf(user: Fields): readonly Fields[] {
  return recordsIn(user['memberships']);
}

/** The objects in a list; of anything else none. */
export function recordsIn(list: unknown): readonly Fields[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

export function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function languages(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? [...new Set<unknown>(value)].filter((language) => language !== '') : [];
}

function lowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
