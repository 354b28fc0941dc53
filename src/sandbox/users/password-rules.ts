import type { Problem } from '../errors.js';
import { valueAt } from '../fields.js';
import type { Fields, StoredObject } from '../store.js';
import { identityTypes, identityValue } from './identities.js';
import { recordsIn } from './normal-user.js';
import { passwordOf, verifyPassword } from './passwords.js';

/** Whose password it is to be. */
export interface PasswordOwner {
  readonly tenant: Fields;
  readonly user: Fields;
  /** The user as it is stored, absent for a new one. */
  readonly previous: StoredObject | undefined;
  readonly now: number;
}

/**
 * What a tenant holds against a password. Sources: FusionAuth docs apis/tenants, `passwordValidationRules` and
 * `minimumPasswordAge`; the codes are those of the theme's messages (fusionauth-issues #460). The code of a password
 * with a login id in it is UNVERIFIED (switch undocumentedErrors).
 */
export function passwordProblems(password: string, owner: PasswordOwner): readonly Problem[] {
  const { tenant, user, previous, now } = owner;
  const rule = (name: string): unknown => valueAt(tenant, `passwordValidationRules.${name}`);
  const [shortest, longest] = [Number(rule('minLength') ?? 8), Number(rule('maxLength') ?? 256)];
  const problems: Problem[] = [];
  const refuse = (kind: string, message: string, made: { readonly madeUp?: true } = {}): void => {
    problems.push({ field: 'password', kind, message, ...made });
  };
  if (password.length < shortest) refuse('tooShort', `The password must have at least ${shortest} characters.`);
  if (password.length > longest) refuse('tooLong', `The password must have at most ${longest} characters.`);
  if (rule('requireMixedCase') === true && !(/\p{Lu}/u.test(password) && /\p{Ll}/u.test(password))) {
    refuse('singleCase', 'The password must contain both upper and lower case characters.');
  }
  if (rule('requireNonAlpha') === true && !/[^\p{L}\p{N}]/u.test(password)) {
    refuse('onlyAlpha', 'The password must contain a non-alphanumeric character.');
  }
  if (rule('requireNumber') === true && !/\p{N}/u.test(password)) {
    refuse('requireNumber', 'The password must contain a number.');
  }
  if (rule('disallowUserLoginId') === true && containsLoginId(password, user)) {
    const message = "The password must not contain the user's email, username or phoneNumber.";
    refuse('containsUserLoginId', message, { madeUp: true });
  }
  if (previous !== undefined && wasUsed(password, previous, tenant)) {
    refuse('previouslyUsed', 'The password has been used recently.');
  }
  if (isTooYoung(previous, tenant, now)) refuse('tooYoung', 'The password was changed too recently.');
  return problems;
}

/** The passwords a user has had, with the present one, newest first: as many as the tenant wants to remember. */
export function rememberedPasswords(previous: Fields, tenant: Fields): readonly Fields[] {
  if (valueAt(tenant, 'passwordValidationRules.rememberPreviousPasswords.enabled') !== true) return [];
  const count = Number(valueAt(tenant, 'passwordValidationRules.rememberPreviousPasswords.count') ?? 1);
  return [passwordOf(previous), ...recordsIn(previous['previousPasswords'])]
    .filter(({ password }) => typeof password === 'string')
    .slice(0, count);
}

function wasUsed(password: string, previous: Fields, tenant: Fields): boolean {
  return rememberedPasswords(previous, tenant).some((kept) => verifyPassword(kept, password) === 'matches');
}

function isTooYoung(previous: Fields | undefined, tenant: Fields, now: number): boolean {
  const changed = previous?.['passwordLastUpdateInstant'];
  if (typeof changed !== 'number' || valueAt(tenant, 'minimumPasswordAge.enabled') !== true) return false;
  return now - changed < Number(valueAt(tenant, 'minimumPasswordAge.seconds') ?? 0) * 1000;
}

function containsLoginId(password: string, user: Fields): boolean {
  const text = password.toLowerCase();
  return identityTypes.some((type) => {
    const value = identityValue(user, type);
    return value !== undefined && text.includes(value.toLowerCase());
  });
}
