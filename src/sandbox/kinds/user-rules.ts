import { createHash } from 'node:crypto';

import { generalError, type Problem } from '../errors.js';
import type { Call, Instance } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { isBlank, isRecord } from './normal-text.js';
import { normalUser, settableUserFields } from './user-fields.js';

/** Fields of a user that no two users of a tenant share. Source: FusionAuth docs apis/users. */
const uniqueFields = ['email', 'username'] as const;

/**
 * The tenant a new user belongs to: the one of the call, or the only one there is.
 * Source: FusionAuth docs apis, "X-FusionAuth-TenantId".
 */
export function tenantOfNewUser({ instance, tenantId }: Call): string {
  if (tenantId !== undefined) return tenantId;
  const [only, ...others] = instance.store.all('tenant');
  if (only !== undefined && others.length === 0) return only.id;
  throw generalError('TenantIdRequired', 'A Tenant Id is required to complete this request.');
}

/** A user as it is stored when it is new. Its password is kept as a digest only: nothing has to log in here. */
export function newUser(sent: Fields, id: string, tenantId: string, { now }: Instance): StoredObject {
  const instant = now();
  return {
    ...newUserDefaults(instant),
    ...withDigest(normalUser(settableUserFields(sent)), instant),
    id,
    tenantId,
    insertInstant: instant,
    lastUpdateInstant: instant,
  };
}

/** What a user has that no request says. Source: FusionAuth docs apis/users, sample `users/response.json`. */
export function newUserDefaults(instant: number): Fields {
  return {
    active: true,
    memberships: [],
    passwordChangeRequired: false,
    registrations: [],
    twoFactor: {},
    usernameStatus: 'ACTIVE',
    verified: true,
    verifiedInstant: instant,
  };
}

/** A password that has just been sent is replaced by its digest; one that is a digest already stays. */
export function withDigest(user: Fields, instant: number): Fields {
  const { password, ...others } = user;
  if (typeof password !== 'string' || password === '') return others;
  if (password.startsWith(digestMark)) return user;
  const digest = createHash('sha256').update(password).digest('base64');
  return { ...others, password: `${digestMark}${digest}`, passwordLastUpdateInstant: instant };
}

const digestMark = '{sha256}';

/** What is wrong with a user, new or changed. @param beside - what stands beside the user in the request. */
export function userProblems(user: Fields, sent: Fields, beside: Fields, instance: Instance): readonly Problem[] {
  const problems: Problem[] = [];
  const tenantId = String(user['tenantId']);
  if (isBlank(user['email']) && isBlank(user['username']) && isBlank(user['phoneNumber'])) {
    problems.push({ field: 'email', kind: 'blank', message: 'A user needs an email, a username or a phoneNumber.' });
  }
  const { email } = user;
  if (typeof email === 'string' && !/^[^\s@]+@[^\s@]+$/.test(email)) {
    problems.push({ field: 'email', kind: 'notEmail', message: `[${email}] is not an e-mail address.` });
  }
  if (isBlank(user['password']) && beside['sendSetPasswordEmail'] !== true) {
    problems.push({ field: 'password', kind: 'blank', message: 'A password is required.' });
  }
  problems.push(...passwordProblems(sent['password'], instance.store.get('tenant', tenantId)));
  for (const field of uniqueFields) {
    const value = user[field];
    if (typeof value !== 'string') continue;
    const other = instance.store.find('user', field, value, tenantId);
    if (other === undefined || other.id === user['id']) continue;
    problems.push({ field, kind: 'duplicate', message: `A User with ${field} = [${value}] already exists.` });
  }
  return problems;
}

/** Length only: FusionAuth's defaults ask for nothing else (FusionAuth docs apis/tenants, `passwordValidationRules`). */
function passwordProblems(password: unknown, tenant: Fields | undefined): readonly Problem[] {
  if (typeof password !== 'string' || password === '' || password.startsWith(digestMark)) return [];
  const rules = isRecord(tenant?.['passwordValidationRules']) ? tenant['passwordValidationRules'] : {};
  const { minLength = 8, maxLength = 256 } = rules;
  if (password.length < Number(minLength)) {
    return [
      { field: 'password', kind: 'tooShort', message: `A password has at least ${String(minLength)} characters.` },
    ];
  }
  if (password.length > Number(maxLength)) {
    return [{ field: 'password', kind: 'tooLong', message: `A password has at most ${String(maxLength)} characters.` }];
  }
  return [];
}
