import { valueAt } from '../fields.js';
import type { Instance } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { recordsIn } from './normal-user.js';
import { canonicalPhone } from './phone-number.js';

/** What a user can be known by. Source: `IdentityType` of fusionauth-java-client. */
export const identityTypes = ['email', 'phoneNumber', 'username'] as const;
export type IdentityType = (typeof identityTypes)[number];

/** Why an identity is verified or not. Source: `IdentityVerifiedReason` of fusionauth-java-client. */
type VerifiedReason =
  | 'Administrative'
  | 'Completed'
  | 'Disabled'
  | 'Implicit'
  | 'Import'
  | 'Pending'
  | 'Skipped'
  | 'Unverifiable';

/** What decides how a new identity stands. */
export interface IdentityRules {
  readonly tenant: Fields;
  readonly now: number;
  /** `Skipped` by the request, `Import`, or `Implicit` where a message is sent that proves the address. */
  readonly reason?: 'Implicit' | 'Import' | 'Skipped';
  /** Whether the request logs the user in, as a create does that answers with a token. */
  readonly loggedIn?: boolean;
}

/**
 * The identities of a user, in the order of `User.sort()`. One that is there already stays what it is; a new value starts
 * anew. Sources: FusionAuth docs apis/users (`identities`, since 1.59), `UserIdentity` of fusionauth-java-client.
 */
export function identitiesOf(user: Fields, previous: Fields | undefined, rules: IdentityRules): readonly Fields[] {
  return identityTypes.flatMap((type) => {
    const value = identityValue(user, type);
    if (value === undefined) return [];
    const own: Fields =
      type === 'username' ? { displayValue: user['username'], moderationStatus: user['usernameStatus'] } : {};
    const before = identityIn(previous ?? {}, type);
    if (before !== undefined && before['value'] === value) return [{ ...before, ...own }];
    return [{ ...own, ...newIdentity(type, value, { ...rules, changed: before !== undefined }) }];
  });
}

/** The identity of a type that a user has. */
export function identityIn(user: Fields, type: IdentityType): Fields | undefined {
  return recordsIn(user['identities']).find((identity) => identity['type'] === type);
}

/** Whether an identity still has to be verified. Source: `UserIdentity.verificationRequired()`. */
export function isPending(identity: Fields | undefined): boolean {
  return identity?.['verified'] === false && ['Implicit', 'Pending'].includes(String(identity['verifiedReason']));
}

/**
 * The user of a tenant with a login id, by the first type that one is found for. Case does not count, space does.
 * Source: FusionAuth docs apis/users, "Retrieve a User", `loginId` and `loginIdTypes`.
 */
export function findByLogin(
  { store }: Pick<Instance, 'store'>,
  tenantId: string,
  { loginId, types = ['email', 'username'] }: { readonly loginId: string; readonly types?: readonly IdentityType[] },
): StoredObject | undefined {
  for (const type of types) {
    const value = type === 'phoneNumber' ? canonicalPhone(loginId) : loginId;
    const found = value === undefined ? undefined : usersKnownAs({ store }, tenantId, { type, value })[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All users of a tenant with an identity. */
export function usersKnownAs(
  { store }: Pick<Instance, 'store'>,
  tenantId: string,
  { type, value }: { readonly type: IdentityType; readonly value: string },
): readonly StoredObject[] {
  return store.findAll('user', 'identities.*.value', value, tenantId).filter((user) => {
    const own = identityIn(user, type)?.['value'];
    return typeof own === 'string' && own.toLowerCase() === value.toLowerCase();
  });
}

/** What a user is known by: of a user name its unique form. */
export function identityValue(user: Fields, type: IdentityType): string | undefined {
  const value = type === 'username' ? (user['uniqueUsername'] ?? user['username']) : user[type];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function newIdentity(
  type: IdentityType,
  value: string,
  { tenant, now, reason, loggedIn, changed }: IdentityRules & { readonly changed: boolean },
): Fields {
  return {
    insertInstant: now,
    ...(loggedIn === true ? { lastLoginInstant: now } : {}),
    lastUpdateInstant: now,
    primary: true,
    type,
    value,
    verified: false,
    verifiedReason: verifiedReason(type, { tenant, reason, changed }),
  };
}

/** The docs' sample of a tenant that verifies nothing has `Disabled`, and `Unverifiable` for the user name. */
function verifiedReason(
  type: IdentityType,
  {
    tenant,
    reason,
    changed,
  }: {
    readonly tenant: Fields;
    readonly reason: IdentityRules['reason'] | undefined;
    readonly changed: boolean;
  },
): VerifiedReason {
  if (type === 'username') return 'Unverifiable';
  if (reason === 'Skipped' || reason === 'Import') return reason;
  const verifies =
    type === 'email'
      ? valueAt(tenant, 'emailConfiguration.verifyEmail') === true &&
        (!changed || valueAt(tenant, 'emailConfiguration.verifyEmailWhenChanged') === true)
      : valueAt(tenant, 'phoneConfiguration.verifyPhoneNumber') === true;
  if (!verifies) return 'Disabled';
  return reason ?? 'Pending';
}
