import { valueAt } from '../fields.js';
import type { Instance } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';

/** The store's name for how often a user has failed to log in lately; the id is that of the user. */
export const failedLoginKind = 'failedLogin';

/** Seconds of a unit; months and years as the calendar has them on average. Source: `ExpiryUnit` of fusionauth-java-client. */
const unitSeconds: Readonly<Record<string, number>> = {
  MINUTES: 60,
  HOURS: 3600,
  DAYS: 86_400,
  WEEKS: 604_800,
  MONTHS: 2_629_746,
  YEARS: 31_556_952,
};

/** A user action that is taken by itself, and when it ends. */
export interface Lockout {
  readonly userActionId: string;
  readonly expiry: number;
}

/**
 * Counts one more failure; says what is to be done about it, if the tenant wants anything done. The count begins anew when
 * there was no failure for `resetCountInSeconds`; a login that succeeds does not change it (fusionauth-issues #2277).
 * Source: FusionAuth docs apis/tenants, `failedAuthenticationConfiguration`.
 */
export function countFailure(user: StoredObject, tenant: Fields, { store, now }: Instance): Lockout | undefined {
  const rule = (name: string): unknown => valueAt(tenant, `failedAuthenticationConfiguration.${name}`);
  const before = store.get(failedLoginKind, user.id);
  const isFresh =
    before !== undefined && now() - Number(before['instant']) < Number(rule('resetCountInSeconds') ?? 60) * 1000;
  const count = isFresh ? Number(before['count']) + 1 : 1;
  store.put(failedLoginKind, { id: user.id, tenantId: user['tenantId'], count, instant: now() });
  const userActionId = rule('userActionId');
  if (count < Number(rule('tooManyAttempts') ?? 5) || typeof userActionId !== 'string') return undefined;
  const seconds = Number(rule('actionDuration') ?? 3) * (unitSeconds[String(rule('actionDurationUnit'))] ?? 60);
  return { userActionId, expiry: now() + seconds * 1000 };
}
