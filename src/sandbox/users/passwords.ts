import { createHmac, timingSafeEqual } from 'node:crypto';

import type { Fields } from '../store.js';
import { schemeOf } from './password-schemes.js';

/**
 * A password as it is kept. `quickHash`: the digest is one that the sandbox made itself of a password that came in clear.
 * It is salted, but fast: nobody ever sees a hash, and 24,000 rounds for each user would make every test suite wait.
 */
export interface KeptPassword {
  readonly encryptionScheme: string;
  readonly factor: number;
  readonly password: string;
  readonly salt: string;
  readonly quickHash?: true;
}

/** The fields of a user that are a {@link KeptPassword}. */
export const passwordFields = ['encryptionScheme', 'factor', 'password', 'quickHash', 'salt'] as const;

/** Whether a password is a user's: `unsupported` when its hash is of a scheme that the sandbox cannot compute. */
export type PasswordCheck = 'differs' | 'matches' | 'unsupported';

/** What to keep of a password that came in clear. @param random - 32 random bytes. */
export function keepPassword(
  password: string,
  { encryptionScheme, factor }: Pick<KeptPassword, 'encryptionScheme' | 'factor'>,
  random: Uint8Array,
): KeptPassword {
  const salt = Buffer.from(random).toString('base64');
  return { encryptionScheme, factor, salt, password: quickDigest(password, salt), quickHash: true };
}

/** The fields of a user that hold its password, for one that has none an empty object. */
export function passwordOf(user: Fields): Fields {
  return Object.fromEntries(
    passwordFields.filter((name) => user[name] !== undefined).map((name) => [name, user[name]]),
  );
}

/** Whether this is the password of a user, or of one of its earlier ones. A user without a password matches none. */
export function verifyPassword(user: Fields, password: string): PasswordCheck {
  const { password: kept, salt, encryptionScheme, factor, quickHash } = user;
  if (typeof kept !== 'string') return 'differs';
  const seasoning = typeof salt === 'string' ? salt : '';
  if (quickHash === true) return same(quickDigest(password, seasoning), kept) ? 'matches' : 'differs';
  const scheme = schemeOf(encryptionScheme);
  if (scheme === undefined) return 'unsupported';
  const digest = scheme.hash(password, seasoning, typeof factor === 'number' ? factor : scheme.defaultFactor);
  return same(digest, kept) ? 'matches' : 'differs';
}

function quickDigest(password: string, salt: string): string {
  return createHmac('sha256', Buffer.from(salt, 'base64')).update(password).digest('base64');
}

/** Base64 with and without its `=` at the end is the same. */
function same(left: string, right: string): boolean {
  const [one, other] = [left, right].map((text) => Buffer.from(text.replace(/=+$/, '')));
  if (one === undefined || other === undefined) return false;
  return one.length === other.length && timingSafeEqual(one, other);
}
