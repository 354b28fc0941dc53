import { notFound, parameterError, Refusal } from '../errors.js';
import { tell } from '../events/tell.js';
import { valueAt } from '../fields.js';
import type { Answer, Call, Kind, Route } from '../kind.js';
import { checkedRequest } from '../request-envelope.js';
import type { Fields, StoredObject } from '../store.js';
import { onlyTenant } from '../tenant-rule.js';
import { tenantOf } from '../users/compose-user.js';
import { findByLogin, identityIn } from '../users/identities.js';
import { recordsIn, registrationsOf } from '../users/normal-user.js';
import { userView, userWithoutRegistrations } from '../users/user-view.js';
import { findVerification, issue, refreshVerifications, verificationKind } from '../users/verifications.js';

/**
 * What the links in verification messages do. The sandbox sends no message: the ids are in the answers to who has an API
 * key. Sources: FusionAuth docs apis/users ("Verify a User's Email", "Resend Verification Email") and apis/registrations.
 */
export const userVerification: Kind = {
  name: verificationKind,
  label: 'Verification',
  path: '/api/user/verify-email',
  one: 'verification',
  many: 'verifications',
  idParameter: 'verificationId',
  operations: [],
  scope: 'tenant',
  indexed: [{ field: 'userId' }],
  routes: [
    route('POST', '/api/user/verify-email/:verificationId?', verifyEmail),
    route('PUT', '/api/user/verify-email', resendEmail),
    route('POST', '/api/user/verify-registration/:verificationId?', verifyRegistration),
    route('PUT', '/api/user/verify-registration', resendRegistration),
  ],
};

/** Anybody who has an id may use it. */
function route(method: Route['method'], path: string, handle: Route['handle']): Route {
  return { method, path, endpoint: path.replace(/\/:.*$/, ''), scope: 'anonymous', handle };
}

async function verifyEmail(call: Call): Promise<Answer> {
  const { apiKey, instance } = call;
  const request = checkedRequest('VerifyEmailRequest', call.body, instance.switches);
  const { userId } = request;
  if (typeof userId === 'string' && apiKey !== undefined) {
    await markEmail(ownerOf(userId, call), 'Administrative', call);
    return { status: 200 };
  }
  const verification = findVerification(request['verificationId'] ?? call.params['verificationId'], instance);
  if (verification?.type !== 'email' || !isCode(verification.oneTimeCode, request)) throw notFound();
  const owner = ownerOf(verification.userId, call);
  if (valueAt(tenantOf(owner, instance), 'emailConfiguration.verifyEmail') !== true) throw new Refusal(403);
  await markEmail(owner, 'Completed', call);
  return { status: 200 };
}

/** Tells webhooks, which have a say, and marks what the user is like then. */
async function markEmail(owner: StoredObject, reason: 'Administrative' | 'Completed', call: Call): Promise<void> {
  const verified = withVerifiedEmail(owner, reason, call);
  const loginId = identityIn(verified, 'email')?.['value'];
  if (loginId === undefined) throw notFound();
  await tell(call, verified, { type: 'user.email.verified', fields: { user: userView(verified) } });
  await tell(call, verified, {
    type: 'user.identity.verified',
    fields: { loginId, loginIdType: 'email', user: userView(verified) },
  });
  const stored = withVerifiedEmail(ownerOf(owner.id, call), reason, call);
  call.instance.store.put('user', stored);
  refreshVerifications(stored, call.instance);
}

function withVerifiedEmail(owner: StoredObject, verifiedReason: string, { instance }: Call): StoredObject {
  const now = instance.now();
  const identities = recordsIn(owner['identities']).map((identity) =>
    identity['type'] === 'email'
      ? { ...identity, lastUpdateInstant: now, verified: true, verifiedInstant: now, verifiedReason }
      : identity,
  );
  return {
    ...owner,
    identities,
    lastUpdateInstant: now,
    verified: true,
    verifiedInstant: owner['verifiedInstant'] ?? now,
  };
}

/** A new id, shown only to who has an API key. */
function resendEmail(call: Call): Answer {
  const { instance } = call;
  const owner = ownerByEmail(call);
  if (valueAt(tenantOf(owner, instance), 'emailConfiguration.verifyEmail') !== true) throw new Refusal(403);
  return shown(call, issue(owner, { type: 'email', value: String(owner['email']) }, instance));
}

async function verifyRegistration(call: Call): Promise<Answer> {
  const { instance } = call;
  const request = checkedRequest('VerifyRegistrationRequest', call.body, instance.switches);
  const verification = findVerification(request['verificationId'] ?? call.params['verificationId'], instance);
  if (verification?.type !== 'registration' || !isCode(verification.oneTimeCode, request)) throw notFound();
  const { userId, value: applicationId } = verification;
  const now = instance.now();
  const verified = (registration: Fields): Fields =>
    registration['applicationId'] === applicationId
      ? { ...registration, lastUpdateInstant: now, verified: true, verifiedInstant: now }
      : registration;
  const owner = ownerOf(userId, call);
  const registration = registrationsOf(owner)
    .map(verified)
    .find((other) => other['applicationId'] === applicationId);
  const user = userWithoutRegistrations(owner);
  await tell(call, owner, { type: 'user.registration.verified', fields: { applicationId, registration, user } });
  const present = ownerOf(userId, call);
  const stored = { ...present, registrations: registrationsOf(present).map(verified) };
  instance.store.put('user', stored);
  refreshVerifications(stored, instance);
  return { status: 200 };
}

function resendRegistration(call: Call): Answer {
  const { instance, query } = call;
  const owner = ownerByEmail(call);
  const applicationId = query.get('applicationId')?.toLowerCase();
  const waiting = registrationsOf(owner).find((registration) => registration['applicationId'] === applicationId);
  if (waiting === undefined || applicationId === undefined) throw notFound();
  return shown(call, issue(owner, { type: 'registration', value: applicationId }, instance));
}

function shown({ apiKey }: Call, { id, oneTimeCode }: Fields): Answer {
  return apiKey === undefined ? { status: 200 } : { status: 200, body: { verificationId: id, oneTimeCode } };
}

function isCode(expected: string | undefined, { oneTimeCode }: Fields): boolean {
  return expected === undefined || expected === oneTimeCode;
}

function ownerByEmail(call: Call): StoredObject {
  const email = call.query.get('email') ?? '';
  if (email === '') throw parameterError('blank', 'email', 'The email is required.');
  const owner = findByLogin(call.instance, onlyTenant(call), { loginId: email, types: ['email'] });
  if (owner === undefined) throw notFound();
  return owner;
}

function ownerOf(userId: string, { instance, tenantId }: Call): StoredObject {
  const owner = instance.store.get('user', userId);
  if (owner === undefined || (tenantId !== undefined && owner['tenantId'] !== tenantId)) throw notFound();
  return owner;
}
