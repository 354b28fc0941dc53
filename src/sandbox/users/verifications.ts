import { valueAt } from '../fields.js';
import type { Instance } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { externalId } from './external-id.js';
import { identityIn, isPending } from './identities.js';
import { registrationsOf } from './normal-user.js';

/** The store's name for them. */
export const verificationKind = 'userVerification';

/**
 * Something of a user that waits to be verified, by the id that a message would carry: the sandbox sends none, but like
 * FusionAuth it gives the id to who has an API key. Source: FusionAuth docs apis/users, `emailVerificationId`,
 * `verificationIds` and `registrationVerificationIds`.
 */
interface Verification extends StoredObject {
  readonly userId: string;
  readonly type: 'email' | 'phoneNumber' | 'registration';
  /** The address or number; of a registration its application. */
  readonly value: string;
  readonly oneTimeCode?: string;
}

/** The verifications of a user, oldest first. */
export function verificationsOf(userId: string, { store }: Pick<Instance, 'store'>): readonly Verification[] {
  // `as`: only this file puts them there.
  return store.findAll(verificationKind, 'userId', userId) as readonly Verification[];
}

/** A verification by its id. */
export function findVerification(id: unknown, { store }: Pick<Instance, 'store'>): Verification | undefined {
  const found = typeof id === 'string' ? store.get(verificationKind, id) : undefined;
  // `as`: only this file puts them there. The store's look-up does not mind case, but an id does.
  return found?.id === id ? (found as Verification) : undefined;
}

/** Gives each thing that waits an id, once, and takes away the ids of all that does not wait any longer. */
export function refreshVerifications(user: StoredObject, instance: Instance): void {
  const waiting = waitingOf(user);
  const known = verificationsOf(user.id, instance);
  for (const { id, type, value } of known) {
    if (!waiting.some((item) => item.type === type && item.value === value))
      instance.store.remove(verificationKind, id);
  }
  for (const { type, value, isAsked } of waiting) {
    const isKnown = known.some((item) => item.type === type && item.value === value);
    if (isAsked && !isKnown) issue(user, { type, value }, instance);
  }
}

/** A new id for something that waits; the old one is no longer good. */
export function issue(
  user: StoredObject,
  { type, value }: Pick<Verification, 'type' | 'value'>,
  instance: Instance,
): Verification {
  for (const old of verificationsOf(user.id, instance)) {
    if (old.type === type && old.value === value) instance.store.remove(verificationKind, old.id);
  }
  const tenant = instance.store.get('tenant', String(user['tenantId'])) ?? {};
  const application = type === 'registration' ? instance.store.get('application', value) : undefined;
  const name = {
    email: 'emailVerification',
    phoneNumber: 'phoneVerification',
    registration: 'registrationVerification',
  }[type];
  const generator = (what: string): unknown =>
    valueAt(tenant, `externalIdentifierConfiguration.${name}${what}Generator`);
  const strategy =
    application?.['verificationStrategy'] ??
    valueAt(tenant, `${type === 'phoneNumber' ? 'phone' : 'email'}Configuration.verificationStrategy`);
  const made: Verification = {
    id: externalId(generator('Id'), instance),
    userId: user.id,
    tenantId: user['tenantId'],
    type,
    value,
    ...(strategy === 'FormField' ? { oneTimeCode: externalId(generator('OneTimeCode'), instance) } : {}),
  };
  instance.store.put(verificationKind, made);
  return made;
}

/** What stands beside a user in an answer. */
export function verificationIds(user: StoredObject, instance: Instance): Fields {
  const all = verificationsOf(user.id, instance).filter(({ type }) => type !== 'registration');
  const email = all.find(({ type }) => type === 'email');
  return {
    emailVerificationId: email?.id,
    emailVerificationOneTimeCode: email?.oneTimeCode,
    verificationIds:
      all.length === 0 ? undefined : all.map(({ id, oneTimeCode, type, value }) => ({ id, oneTimeCode, type, value })),
  };
}

/** What else stands there when a user is looked up. */
export function registrationVerificationIds(user: StoredObject, instance: Instance): Fields {
  const all = verificationsOf(user.id, instance).filter(({ type }) => type === 'registration');
  const codes = all.filter(({ oneTimeCode }) => oneTimeCode !== undefined);
  const map = (list: readonly Verification[], field: 'id' | 'oneTimeCode'): Fields | undefined =>
    list.length === 0 ? undefined : Object.fromEntries(list.map((item) => [item.value, item[field]]));
  return {
    registrationVerificationIds: map(all, 'id'),
    registrationVerificationOneTimeCodes: map(codes, 'oneTimeCode'),
  };
}

/** What waits. An address that a message to set a password will prove is not asked for by one of its own. */
function waitingOf(
  user: StoredObject,
): readonly (Pick<Verification, 'type' | 'value'> & { readonly isAsked: boolean })[] {
  const identities = (['email', 'phoneNumber'] as const).flatMap((type) => {
    const identity = identityIn(user, type);
    const isAsked = identity?.['verifiedReason'] === 'Pending';
    return isPending(identity) ? [{ type, value: String(identity?.['value']), isAsked }] : [];
  });
  const registrations = registrationsOf(user)
    .filter(({ verified }) => verified === false)
    .map(({ applicationId }) => ({ type: 'registration' as const, value: String(applicationId), isAsked: true }));
  return [...identities, ...registrations];
}
