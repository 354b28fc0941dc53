import { valueAt } from '../fields.js';
import { isBlank, isRecord } from '../kinds/normal-text.js';
import type { Instance, Write } from '../kind.js';
import { fusionAuthConnectorId } from '../seeds/ids.js';
import type { Fields } from '../store.js';
import { identitiesOf, identityIn, isPending } from './identities.js';
import { membershipsOf, normalUser } from './normal-user.js';
import { rememberedPasswords } from './password-rules.js';
import { schemeOf } from './password-schemes.js';
import { keepPassword, passwordFields, passwordOf } from './passwords.js';
import { normalTwoFactor } from './two-factor.js';
import { uniqueUsername } from './unique-username.js';

/** What a user has that no request says. Source: field initialisers of `User`; the docs' sample `users/create-response`. */
export const userDefaults: Fields = {
  active: true,
  connectorId: fusionAuthConnectorId,
  data: {},
  memberships: [],
  passwordChangeRequired: false,
  preferredLanguages: [],
  registrations: [],
  twoFactor: {},
  usernameStatus: 'ACTIVE',
};

/** The tenant of a user; of one whose tenant is gone an empty object. */
export function tenantOf(user: Fields, { store }: Pick<Instance, 'store'>): Fields {
  return store.get('tenant', String(user['tenantId'])) ?? {};
}

/** A user as a create, PUT or PATCH makes it: normal, with its identities, its password as a digest. */
export function composeUser(fields: Fields, write: Write): Fields {
  const { instance, operation, previous, envelope } = write;
  const tenant = tenantOf(fields, instance);
  const now = instance.now();
  const normal = normalUser(fields);
  const named: Fields = { ...normal, uniqueUsername: uniqueUsername(normal, previous, { tenant, instance }) };
  const sendsMessage = operation === 'create' && asksForPassword(envelope);
  const loggedIn = operation === 'create' && !sendsMessage;
  const reason = envelope['skipVerification'] === true ? 'Skipped' : sendsMessage ? 'Implicit' : undefined;
  const identities = identitiesOf(named, previous, {
    tenant,
    now,
    loggedIn,
    ...(reason === undefined ? {} : { reason }),
  });
  const password = passwordFor(fields, write, { tenant, now });
  const hasPassword = password['password'] !== undefined;
  const changeRequired = hasPassword && named['passwordChangeRequired'] === true;
  return {
    ...named,
    ...password,
    ...verifiedFields({ ...named, identities }, previous, {
      now,
      skipped: reason === 'Skipped',
      addressless: instance.switches.verifiedWithoutEmail === 'on',
    }),
    identities,
    ...(loggedIn ? { lastLoginInstant: now } : {}),
    memberships: previous === undefined ? newMemberships(named, now, instance) : named['memberships'],
    passwordChangeRequired: changeRequired,
    passwordChangeReason: changeRequired ? (named['passwordChangeReason'] ?? 'Administrative') : undefined,
    twoFactor: normalTwoFactor(named['twoFactor'], previous?.['twoFactor'], instance),
  };
}

/** Whether a request wants the user to be sent a message to set a password; one that it brings is then not looked at. */
function asksForPassword(envelope: Fields): boolean {
  const type = envelope['sendSetPasswordIdentityType'];
  return envelope['sendSetPasswordEmail'] === true || (type !== undefined && type !== 'doNotSend');
}

/** Whether a write brings a password in clear. `passwordFieldType` is one of the update's (since 1.69). */
export function setsPassword({ sent, envelope, operation }: Write): boolean {
  if (isBlank(sent['password'])) return false;
  return operation === 'create' ? !asksForPassword(envelope) : envelope['passwordFieldType'] !== 'HASHED';
}

/** Only what is sent changes a password. Source: FusionAuth docs apis/users, "Update a User". */
function passwordFor(
  fields: Fields,
  write: Write,
  { tenant, now }: { readonly tenant: Fields; readonly now: number },
): Fields {
  const { instance, previous, sent, envelope } = write;
  const nothing = Object.fromEntries(passwordFields.map((name) => [name, undefined]));
  const isHash =
    write.operation !== 'create' && envelope['passwordFieldType'] === 'HASHED' && !isBlank(sent['password']);
  if (!isHash && !setsPassword(write)) {
    return { ...nothing, ...passwordOf(previous ?? {}), previousPasswords: previous?.['previousPasswords'] };
  }
  const remembered = previous === undefined ? [] : rememberedPasswords(previous, tenant);
  const changed = {
    passwordLastUpdateInstant: now,
    previousPasswords: remembered.length === 0 ? undefined : remembered,
  };
  if (isHash) return { ...nothing, ...passwordOf(sent), ...changed };
  return { ...keepPassword(String(sent['password']), schemeFor(fields, tenant), instance.random(32)), ...changed };
}

/** The scheme and factor that a request names, or else the tenant's. */
export function schemeFor(
  { encryptionScheme, factor }: Fields,
  tenant: Fields,
): { readonly encryptionScheme: string; readonly factor: number } {
  const named =
    typeof encryptionScheme === 'string' && encryptionScheme.trim() !== '' ? encryptionScheme.trim() : undefined;
  const asked = valueAt(tenant, 'passwordEncryptionConfiguration.encryptionScheme');
  const ofTenant = typeof asked === 'string' ? asked : 'salted-pbkdf2-hmac-sha256';
  const scheme = named ?? ofTenant;
  const usual =
    named === undefined || named === ofTenant
      ? valueAt(tenant, 'passwordEncryptionConfiguration.encryptionSchemeFactor')
      : undefined;
  const chosen = factor ?? usual ?? schemeOf(scheme)?.defaultFactor ?? 1;
  return { encryptionScheme: scheme, factor: Number(chosen) };
}

/**
 * `verified` is about the e-mail address alone, and true as well where nothing has to be verified; the instant stays once
 * it is set. Source: FusionAuth docs apis/users. That it is false for a user without an
 * address is UNVERIFIED (switch verifiedWithoutEmail).
 */
function verifiedFields(
  user: Fields,
  previous: Fields | undefined,
  { now, skipped, addressless }: { readonly now: number; readonly skipped: boolean; readonly addressless: boolean },
): Fields {
  const email = identityIn(user, 'email');
  const before = previous === undefined ? undefined : identityIn(previous, 'email');
  const same = before !== undefined && before['value'] === email?.['value'];
  const verified =
    same && !skipped ? previous?.['verified'] === true : email === undefined ? addressless : !isPending(email);
  return { verified, verifiedInstant: previous?.['verifiedInstant'] ?? (verified ? now : undefined) };
}

/** Source: FusionAuth docs apis/users, `user.memberships` of a create; fusionauth-issues #1011: an update has none. */
export function newMemberships(user: Fields, now: number, { uuid }: Instance): readonly Fields[] {
  return membershipsOf(user)
    .filter(({ groupId }) => groupId !== undefined)
    .map(({ data, groupId, id }) => ({
      data: isRecord(data) ? data : {},
      groupId,
      id: id ?? uuid(),
      insertInstant: now,
      userId: user['id'],
    }));
}
