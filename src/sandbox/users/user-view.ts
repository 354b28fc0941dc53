import type { Fields } from '../store.js';
import { byText, membershipsOf, registrationsOf } from './normal-user.js';
import { passwordFields } from './passwords.js';
import { twoFactorView } from './two-factor.js';

/** Stored fields of a user that no request sets directly and no answer shows. */
export const internalFields: readonly string[] = [...passwordFields, 'previousPasswords'];

const hidden: ReadonlySet<string> = new Set(internalFields);

/**
 * A user as it is shown: without password, salt, scheme, factor and secrets of second factors; registrations in order of
 * their applications. Source: `User.secure()` and `User.sort()` of fusionauth-java-client.
 */
export function userView(user: Fields): Fields {
  return {
    ...Object.fromEntries(Object.entries(user).filter(([name]) => !hidden.has(name))),
    memberships: membershipsOf(user).map(({ userId: _user, ...membership }) => membership),
    registrations: registrationsOf(user).toSorted((one, other) =>
      byText(String(one['applicationId']), String(other['applicationId'])),
    ),
    twoFactor: twoFactorView(user['twoFactor']),
  };
}

/**
 * A user as it is shown to who looks it up: with the scheme and the factor of its password. Source: FusionAuth docs
 * apis/users, `encryptionScheme` (since 1.20.1); that the factor is there too: fusionauth-issues #2586.
 */
export function retrievedUserView(user: Fields): Fields {
  const { encryptionScheme, factor } = user;
  return { ...userView(user), encryptionScheme, factor };
}

/** A user in an event about one of its registrations, which has none itself. Source: `UserRegistrationCreateEvent`. */
export function userWithoutRegistrations(user: Fields): Fields {
  return { ...userView(user), registrations: [] };
}
