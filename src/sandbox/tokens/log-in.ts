import { notFound, parameterError, unauthorized, Refusal } from '../errors.js';
import { tell } from '../events/tell.js';
import { valueAt } from '../fields.js';
import type { Answer, Call } from '../kind.js';
import { takeAction } from '../kinds/user-action-log.js';
import { checkedRequest } from '../request-envelope.js';
import type { Fields, StoredObject } from '../store.js';
import { onlyTenant } from '../tenant-rule.js';
import { findByLogin, identityTypes, type IdentityType } from '../users/identities.js';
import { registrationsOf } from '../users/normal-user.js';
import { verifyPassword } from '../users/passwords.js';
import { userView } from '../users/user-view.js';
import { isAtLeast } from '../version.js';
import { addressOf, completeLogin, registeredApplication, withLoginInfo } from './complete-login.js';
import { countFailure } from './failed-logins.js';
import { nextStep, pendingVerification, prevention } from './login-obstacles.js';
import type { Issuer } from './token-settings.js';

/**
 * `POST /api/login`. In this order: may the caller ask at all (401), is there such a user (404), may the user come in (409, 410,
 * 423), is the password right (404), is there one more step (203, 242), is the user verified (212, 213), registered (202).
 * Source: FusionAuth docs apis/login, response codes. The order is
 * UNVERIFIED (switch preventedLogin) and UNVERIFIED (switch verificationBeforeSteps).
 */
export async function logIn(caller: Call): Promise<Answer> {
  const { instance } = caller;
  const { switches } = instance;
  const request = checkedRequest('LoginRequest', caller.body, instance.switches);
  const call = withLoginInfo(request, caller);
  const issuer = loginPlace(request, call);
  const { loginId, password } = credentials(request);
  const { user, identityType } = knownAs(loginId, loginIdTypes(request), { issuer, call });
  const prevented = prevention(user, instance);
  if (prevented !== undefined && switches.preventedLogin === 'beforePassword') return prevented;
  const authenticationType = authenticate(user, password, issuer);
  if (authenticationType === undefined) return refuseCredentials(user, issuer, call);
  if (prevented !== undefined) return prevented;
  const pending = pendingVerification({ user, issuer, identityType }, instance);
  const gated =
    pending?.isGated === true ? { status: pending.status, body: { ...pending.ids, user: userView(user) } } : undefined;
  if (gated !== undefined && switches.verificationBeforeSteps === 'on') return gated;
  // That a token of the application needs neither another factor nor a new password: UNVERIFIED (switch authenticationTokenSteps).
  const needsSteps = authenticationType === 'PASSWORD' || switches.authenticationTokenSteps === 'taken';
  const step = needsSteps ? await nextStep(password, { user, issuer }, call) : undefined;
  if (step !== undefined) return step;
  if (gated !== undefined) return gated;
  const withTokens = request['noJWT'] !== true;
  const result = await completeLogin({ user, issuer, authenticationType, identityType, request, withTokens }, call);
  const isStranger = issuer.application !== undefined && !result.isRegistered;
  return {
    status: pending?.status ?? (isStranger ? 202 : 200),
    body: { ...pending?.ids, ...result.body },
    cookies: result.cookies,
  };
}

/**
 * The tenant and the application of a login. Without an API key only where that is allowed; of a call that does not say which
 * tenant it means it is not. Source: FusionAuth docs apis/applications and apis/tenants,
 * `loginConfiguration.requireAuthentication`.
 */
function loginPlace({ applicationId }: Fields, call: Call): Issuer {
  const { apiKey, instance, tenantId } = call;
  const application = typeof applicationId === 'string' ? instance.store.get('application', applicationId) : undefined;
  const named = application?.['tenantId'];
  if (apiKey === undefined && !isOpen(applicationId, application, call)) throw unauthorized();
  const isElsewhere = tenantId !== undefined && named !== undefined && named !== tenantId;
  if (applicationId !== undefined && (application === undefined || isElsewhere)) {
    throw parameterError('invalid', 'applicationId', 'There is no such Application.');
  }
  if (application?.['active'] === false) {
    throw parameterError('inactive', 'applicationId', `The Application with Id [${application.id}] is not active.`);
  }
  const tenant = instance.store.get('tenant', typeof named === 'string' ? named : onlyTenant(call));
  if (tenant === undefined) throw notFound();
  return { tenant, application };
}

function isOpen(applicationId: unknown, application: StoredObject | undefined, { instance, tenantId }: Call): boolean {
  const path = 'loginConfiguration.requireAuthentication';
  if (applicationId !== undefined) return valueAt(application, path) === false;
  const tenants = [...instance.store.all('tenant')].filter(({ id }) => tenantId === undefined || id === tenantId);
  return tenants.length === 1 && valueAt(tenants[0], path) === false;
}

function credentials({ loginId, password }: Fields): { readonly loginId: string; readonly password: string } {
  for (const [name, value] of Object.entries({ loginId, password })) {
    if (typeof value !== 'string' || value === '') throw parameterError('blank', name, `The ${name} is required.`);
  }
  return { loginId: String(loginId), password: String(password) };
}

/** E-mail address and user name, in this order, where the request does not say (since 1.59). */
function loginIdTypes({ loginIdTypes: asked }: Fields): readonly IdentityType[] {
  if (!Array.isArray(asked) || asked.length === 0) return ['email', 'username'];
  return asked.map((name: unknown) => {
    const type = identityTypes.find((known) => known === name);
    if (type !== undefined) return type;
    throw parameterError('invalid', 'loginIdTypes', `[${String(name)}] is no type of a login id.`);
  });
}

/** @throws {@link Refusal} 404 with an empty body; nobody is told of it ("not generated when the user doesn't exist"). */
function knownAs(
  loginId: string,
  types: readonly IdentityType[],
  { issuer, call }: { readonly issuer: Issuer; readonly call: Call },
): { readonly user: StoredObject; readonly identityType: IdentityType } {
  for (const identityType of types) {
    const tenantId = String(issuer.tenant['id']);
    const user = findByLogin(call.instance, tenantId, { loginId, types: [identityType] });
    if (user !== undefined) return { user, identityType };
  }
  throw notFound();
}

/** What a password proves; undefined when it is wrong. Source: FusionAuth docs, application authentication tokens. */
function authenticate(
  user: StoredObject,
  password: string,
  { application }: Issuer,
): 'APPLICATION_TOKEN' | 'PASSWORD' | undefined {
  const registration = registrationsOf(user).find(({ applicationId }) => applicationId === application?.id);
  const hasTokens = valueAt(application, 'authenticationTokenConfiguration.enabled') === true;
  if (hasTokens && registration?.['authenticationToken'] === password) return 'APPLICATION_TOKEN';
  switch (verifyPassword(user, password)) {
    case 'matches':
      return 'PASSWORD';
    case 'differs':
      return undefined;
    case 'unsupported': {
      const message = `The sandbox cannot verify a password of scheme [${String(user['encryptionScheme'])}].`;
      throw new Refusal(501, { generalErrors: [{ code: '[NotImplemented]', message }] });
    }
  }
}

/**
 * Answers a wrong password with 404. Too many of them in a row cause a user action, if the tenant names one, which prevents
 * the next login. Source: FusionAuth docs extend/events-and-webhooks/events, `user.login.failed`; `reason` is of 1.53.
 */
async function refuseCredentials(user: StoredObject, issuer: Issuer, call: Call): Promise<never> {
  const { instance } = call;
  const lockout = countFailure(user, issuer.tenant, instance);
  await tell(call, user, {
    type: 'user.login.failed',
    fields: {
      applicationId: registeredApplication(user, issuer)?.id,
      authenticationType: 'PASSWORD',
      ipAddress: addressOf(call),
      reason: isAtLeast(instance.fusionauth, '1.53') ? { code: 'credentials' } : undefined,
      user: userView(user),
    },
  });
  if (lockout !== undefined) await takeAction(user, lockout, call);
  throw notFound();
}
