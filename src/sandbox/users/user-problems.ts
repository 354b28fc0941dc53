import type { Problem } from '../errors.js';
import { valueAt } from '../fields.js';
import { isBlank } from '../kinds/normal-text.js';
import { lengthProblems } from '../kinds/rules.js';
import type { Instance, Write } from '../kind.js';
import { referredTo, thereIsNo } from '../references.js';
import type { Fields, StoredObject } from '../store.js';
import { setsPassword, tenantOf } from './compose-user.js';
import { identityTypes, identityValue, usersKnownAs } from './identities.js';
import { membershipsOf } from './normal-user.js';
import { passwordProblems } from './password-rules.js';
import { schemeNames, schemeOf } from './password-schemes.js';
import { verifyPassword } from './passwords.js';
import { canonicalPhone } from './phone-number.js';
import { twoFactorProblems } from './two-factor.js';

/** What is wrong with a user, and with what stands beside it. */
export function userProblems(user: StoredObject, write: Write): readonly Problem[] {
  const { instance, previous, sent, envelope } = write;
  const tenant = tenantOf(user, instance);
  return [
    ...loginIdProblems(user),
    ...domainProblems(user, { previous, tenant, allowed: envelope['disableDomainBlock'] === true }),
    ...lengthProblems(user, ['email', 'firstName', 'fullName', 'lastName', 'middleName', 'username']),
    ...profileProblems(user),
    ...twoFactorProblems(user['twoFactor']),
    ...membershipProblems(user, instance),
    ...(setsPassword(write) ? clearPasswordProblems(user, { previous, sent, tenant, now: instance.now() }) : []),
    ...hashProblems(write),
    ...currentPasswordProblems(previous, envelope['currentPassword']),
    ...verificationProblems(envelope['verificationIds']),
  ];
}

/** Login ids that another user of the tenant has. Source: FusionAuth docs apis/users. */
export function takenLoginIds(user: StoredObject, instance: Pick<Instance, 'store'>): readonly Problem[] {
  return identityTypes.flatMap((type): readonly Problem[] => {
    const value = identityValue(user, type);
    if (value === undefined || otherUser(user, type, instance) === undefined) return [];
    return [{ field: type, kind: 'duplicate', message: `A User with ${type} = [${value}] already exists.` }];
  });
}

/** Another user of the tenant with the same identity. */
export function otherUser(
  user: StoredObject,
  type: (typeof identityTypes)[number],
  instance: Pick<Instance, 'store'>,
): StoredObject | undefined {
  const value = identityValue(user, type);
  if (value === undefined) return undefined;
  return usersKnownAs(instance, String(user['tenantId']), { type, value }).find(({ id }) => id !== user.id);
}

function membershipProblems(user: Fields, { store }: Pick<Instance, 'store'>): readonly Problem[] {
  return membershipsOf(user).flatMap(({ groupId }, at): readonly Problem[] => {
    const group = referredTo({ store }, 'group', groupId);
    if (group !== undefined && group['tenantId'] === user['tenantId']) return [];
    const message = thereIsNo('Group', groupId);
    return [{ field: `memberships[${at}].groupId`, kind: 'invalid', message }];
  });
}

/** Source of the codes and the sentence: error bodies that people have published; `[notEmail]`: fusionauth-issues #460. */
export function loginIdProblems(user: Fields): readonly Problem[] {
  const { email, phoneNumber } = user;
  if (identityTypes.every((type) => isBlank(user[type]))) {
    const message =
      'You must specify either the [user.email] or [user.username] property. If you are emailing the user you must specify the [user.email].';
    return ['email', 'username'].map((field) => ({ field, kind: 'blank', message }));
  }
  const problems: Problem[] = [];
  if (typeof email === 'string' && !/^[^\s@]+@[^\s@]+$/.test(email)) {
    problems.push({ field: 'email', kind: 'notEmail', message: `The email [${email}] is not a valid email address.` });
  }
  if (typeof phoneNumber === 'string' && canonicalPhone(phoneNumber) === undefined) {
    const message = `The phoneNumber [${phoneNumber}] is not a valid phone number.`;
    problems.push({ field: 'phoneNumber', kind: 'invalid', message });
  }
  return problems;
}

/** Source: FusionAuth docs apis/tenants, `registrationConfiguration.blockedDomains`; the theme's message `[blocked]user.email`. */
function domainProblems(
  { email }: Fields,
  {
    previous,
    tenant,
    allowed,
  }: { readonly previous: Fields | undefined; readonly tenant: Fields; readonly allowed: boolean },
): readonly Problem[] {
  if (typeof email !== 'string' || allowed || previous?.['email'] === email) return [];
  const blocked = valueAt(tenant, 'registrationConfiguration.blockedDomains');
  const domain = email.slice(email.indexOf('@') + 1);
  if (!Array.isArray(blocked) || !blocked.some((name) => String(name).toLowerCase() === domain)) return [];
  return [{ field: 'email', kind: 'blocked', message: `The domain [${domain}] is blocked.` }];
}

const mostLanguages = 20;

/** Source: FusionAuth docs apis/users. A text that is no date or no time zone does not get past the server's reader. */
export function profileProblems({ birthDate, timezone, preferredLanguages }: Fields): readonly Problem[] {
  const problems: Problem[] = [];
  if (typeof birthDate === 'string' && !isDate(birthDate)) {
    problems.push({ field: 'birthDate', kind: 'invalidJSON', message: `[${birthDate}] is no date as YYYY-MM-DD.` });
  }
  if (typeof timezone === 'string' && !isTimezone(timezone)) {
    problems.push({ field: 'timezone', kind: 'invalidJSON', message: `[${timezone}] is no IANA time zone.` });
  }
  if (Array.isArray(preferredLanguages) && preferredLanguages.length > mostLanguages) {
    const message = `There can be ${mostLanguages} preferred languages at most.`;
    problems.push({ field: 'preferredLanguages', kind: 'tooMany', message });
  }
  return problems;
}

function isDate(text: string): boolean {
  const instant = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  // A day that its month does not have would be one of the next month.
  return Number.isFinite(instant) && new Date(instant).toISOString().startsWith(text);
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function clearPasswordProblems(
  user: StoredObject,
  {
    previous,
    sent,
    tenant,
    now,
  }: {
    readonly previous: StoredObject | undefined;
    readonly sent: Fields;
    readonly tenant: Fields;
    readonly now: number;
  },
): readonly Problem[] {
  const { encryptionScheme } = user;
  return [
    ...passwordProblems(String(sent['password']), { tenant, user, previous, now }),
    ...schemeProblems(encryptionScheme),
  ];
}

/** A scheme of a plugin is not known here: a server without the plugin refuses it as well. */
export function schemeProblems(scheme: unknown): readonly Problem[] {
  if (typeof scheme !== 'string' || schemeOf(scheme) !== undefined) return [];
  const message = `There is no encryptor [${scheme}]; there are ${schemeNames.join(', ')}.`;
  return [{ field: 'encryptionScheme', kind: 'invalid', message }];
}

/** Source: FusionAuth docs apis/users, `passwordFieldType` (since 1.69). */
function hashProblems({ sent, envelope, operation }: Write): readonly Problem[] {
  if (operation === 'create' || envelope['passwordFieldType'] !== 'HASHED') return [];
  const missing = ['encryptionScheme', 'factor', 'password', 'salt'].filter(
    (field) => (sent[field] ?? undefined) === undefined,
  );
  return missing.map((field) => ({
    field,
    kind: 'missing',
    message: `The ${field} of a hashed password is required.`,
  }));
}

/** The code is UNVERIFIED (switch undocumentedErrors). */
function currentPasswordProblems(previous: Fields | undefined, current: unknown): readonly Problem[] {
  if (previous === undefined || typeof current !== 'string') return [];
  if (verifyPassword(previous, current) === 'matches') return [];
  const message = 'The currentPassword is not the password of the user.';
  return [{ field: 'currentPassword', kind: 'invalid', message, at: 'request', madeUp: true }];
}

/** Identities that were verified beforehand (since 1.62) come from an API that the sandbox does not have: no id is right. */
function verificationProblems(ids: unknown): readonly Problem[] {
  if (!Array.isArray(ids) || ids.length === 0) return [];
  const message = `There is no verified identity with the verificationIds [${ids.join(', ')}].`;
  return [{ field: 'verificationIds', kind: 'invalid', message, at: 'request', madeUp: true }];
}
