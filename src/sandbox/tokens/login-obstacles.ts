import { tell } from '../events/tell.js';
import { valueAt } from '../fields.js';
import type { Answer, Call, Instance } from '../kind.js';
import { loginPreventions } from '../kinds/user-action-log.js';
import type { Fields, StoredObject } from '../store.js';
import { externalId } from '../users/external-id.js';
import { identityIn, isPending, type IdentityType } from '../users/identities.js';
import { recordsIn, registrationsOf } from '../users/normal-user.js';
import { passwordProblems } from '../users/password-rules.js';
import { twoFactorView } from '../users/two-factor.js';
import { userView } from '../users/user-view.js';
import { verificationsOf } from '../users/verifications.js';
import { registeredApplication } from './complete-login.js';
import type { Issuer } from './token-settings.js';

interface Guest {
  readonly user: StoredObject;
  readonly issuer: Issuer;
}

/** Why a user may not log in at all: locked (423), expired (410), or kept out by an action (409, with the actions). */
export function prevention(user: StoredObject, instance: Instance): Answer | undefined {
  if (user['active'] === false) return { status: 423 };
  if (typeof user['expiry'] === 'number' && user['expiry'] <= instance.now()) return { status: 410 };
  const actions = loginPreventions(user.id, instance);
  return actions.length === 0 ? undefined : { status: 409, body: { actions: actions.map(preventedBy) } };
}

/** Source: `LoginPreventedResponse` of fusionauth-java-client. */
function preventedBy(log: StoredObject): Fields {
  const { actionerUserId, expiry, localizedName, localizedOption, localizedReason, name, option, reason, reasonCode } =
    log;
  return {
    actionId: log['userActionId'],
    actionerUserId,
    expiry,
    localizedName,
    localizedOption,
    localizedReason,
    name,
    option,
    reason,
    reasonCode,
  };
}

/** What a user with the right password has to do first: another factor (242), or another password (203). */
export async function nextStep(password: string, guest: Guest, call: Call): Promise<Answer | undefined> {
  return (await otherFactor(guest, call)) ?? otherPassword(password, guest, call.instance);
}

/**
 * The start of a second step, which the sandbox cannot end. The client of a risk the policy would look at is never risky here.
 * Source: FusionAuth docs apis/login (242), apis/applications and apis/tenants, `multiFactorConfiguration.loginPolicy`;
 * events, `user.two-factor.challenge`.
 */
async function otherFactor({ user, issuer }: Guest, call: Call): Promise<Answer | undefined> {
  const path = 'multiFactorConfiguration.loginPolicy';
  const policy = valueAt(issuer.application, path) ?? valueAt(issuer.tenant, path);
  const methods = recordsIn(twoFactorView(user['twoFactor'])['methods']);
  const isNeeded = policy === 'Required' || (policy === 'Enabled' && methods.length > 0);
  if (!isNeeded) return undefined;
  const applicationId = registeredApplication(user, issuer)?.id;
  const twoFactorId = Buffer.from(call.instance.random(32)).toString('base64url');
  if (methods.length === 0) {
    const configurable = (['authenticator', 'email', 'sms'] as const).filter(
      (method) => valueAt(issuer.tenant, `multiFactorConfiguration.${method}.enabled`) === true,
    );
    return { status: 242, body: { configurableMethods: configurable, twoFactorId } };
  }
  await tell(call, user, { type: 'user.two-factor.challenge', fields: { applicationId, user: userView(user) } });
  return { status: 242, body: { methods, twoFactorId } };
}

/** Source: FusionAuth docs apis/login (203); apis/tenants, `maximumPasswordAge`, `passwordValidationRules.validateOnLogin`. */
function otherPassword(password: string, { user, issuer: { tenant } }: Guest, instance: Instance): Answer | undefined {
  const changePasswordReason = whyChange(password, { user, tenant }, instance);
  if (changePasswordReason === undefined) return undefined;
  const generator = valueAt(tenant, 'externalIdentifierConfiguration.changePasswordIdGenerator');
  return { status: 203, body: { changePasswordId: externalId(generator, instance), changePasswordReason } };
}

function whyChange(
  password: string,
  { user, tenant }: { readonly user: StoredObject; readonly tenant: Fields },
  { now }: Instance,
): unknown {
  if (user['passwordChangeRequired'] === true) return user['passwordChangeReason'] ?? 'Administrative';
  const changed = user['passwordLastUpdateInstant'];
  const days = Number(valueAt(tenant, 'maximumPasswordAge.days') ?? 180);
  const ages = valueAt(tenant, 'maximumPasswordAge.enabled') === true && typeof changed === 'number';
  if (ages && changed + days * 86_400_000 <= now()) return 'Expired';
  if (valueAt(tenant, 'passwordValidationRules.validateOnLogin') !== true) return undefined;
  const problems = passwordProblems(password, { tenant, user, previous: undefined, now: now() });
  return problems.length > 0 ? 'Validation' : undefined;
}

/** What still has to be verified, and whether the user is kept out until it is. */
export interface Pending {
  readonly status: 212 | 213;
  readonly isGated: boolean;
  /** Ids to verify it with, where the user has to enter a code. */
  readonly ids: Fields;
}

/**
 * The address or number that a user logged in by (212), or the registration (213). Source: FusionAuth docs apis/login, response
 * codes and `emailVerificationId`; lifecycle/manage-users/verification: a gated user gets no token.
 */
export function pendingVerification(
  { user, issuer, identityType }: Guest & { readonly identityType: IdentityType },
  instance: Instance,
): Pending | undefined {
  const type = identityType === 'phoneNumber' ? 'phoneNumber' : 'email';
  const verifications = verificationsOf(user.id, instance);
  if (isPending(identityIn(user, type))) {
    const configuration = type === 'phoneNumber' ? 'phoneConfiguration' : 'emailConfiguration';
    const at = (name: string): unknown => valueAt(issuer.tenant, `${configuration}.${name}`);
    const id = verifications.find((verification) => verification.type === type)?.id;
    const ids = { ...(type === 'email' ? { emailVerificationId: id } : {}), identityVerificationId: id };
    return {
      status: 212,
      isGated: at('unverified.behavior') === 'Gated',
      ids: at('verificationStrategy') === 'FormField' ? ids : {},
    };
  }
  const application = registeredApplication(user, issuer);
  const registration = registrationsOf(user).find(({ applicationId }) => applicationId === application?.id);
  if (application?.['verifyRegistration'] !== true || registration?.['verified'] !== false) return undefined;
  const id = verifications.find(({ type: of, value }) => of === 'registration' && value === application.id)?.id;
  return {
    status: 213,
    isGated: valueAt(application, 'unverified.behavior') === 'Gated',
    ids: application['verificationStrategy'] === 'FormField' ? { registrationVerificationId: id } : {},
  };
}
