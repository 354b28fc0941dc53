import type { Instance } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { identityIn, type IdentityType } from '../users/identities.js';

/** The store's name for them. */
export const loginRecordKind = 'loginRecord';

/** A login to be written down. */
export interface Login {
  readonly user: StoredObject;
  /** Absent where the user is not registered for it, or it was not said. */
  readonly application: StoredObject | undefined;
  /** What the user was known by. */
  readonly identityType?: IdentityType | undefined;
  readonly ipAddress: string | undefined;
}

/**
 * Writes a login down. Source: `DisplayableRawLogin` of fusionauth-java-client; FusionAuth docs apis/login ("Search Login
 * Records"), apis/users ("Retrieve Recent Logins"): the name is that of the application at the time.
 */
export function recordLogin({ user, application, identityType, ipAddress }: Login, instance: Instance): void {
  const identity = identityType === undefined ? undefined : identityIn(user, identityType);
  const { email, uniqueUsername, username, phoneNumber } = user;
  instance.store.put(loginRecordKind, {
    id: instance.uuid(),
    applicationId: application?.id,
    applicationName: application?.['name'],
    instant: instance.now(),
    ipAddress,
    loginId: identity?.['value'] ?? email ?? uniqueUsername ?? username ?? phoneNumber,
    loginIdType: identityType,
    sequence: instance.store.next(loginRecordKind),
    tenantId: user['tenantId'],
    userId: user.id,
  });
}

/** What answers show of a record. */
export function loginRecordView({ id: _id, sequence: _sequence, tenantId: _tenant, ...shown }: StoredObject): Fields {
  return shown;
}

/** Those of a user, or all, newest first. */
export function loginRecords({ store }: Pick<Instance, 'store'>, userId?: string): readonly StoredObject[] {
  const records =
    userId === undefined ? [...store.all(loginRecordKind)] : store.findAll(loginRecordKind, 'userId', userId);
  return records.toSorted((one, other) => Number(other['sequence']) - Number(one['sequence']));
}
