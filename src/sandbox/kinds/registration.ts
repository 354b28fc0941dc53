import { draftNew, existing, refusal, storeNew, tellNew, type Draft } from '../crud.js';
import { badUuid, invalid, notFound, parameterError, type Problem } from '../errors.js';
import { tell } from '../events/tell.js';
import { withoutNulls } from '../fields.js';
import type { Answer, Call, Instance, Kind, Route, Told } from '../kind.js';
import { patchEnvelope, patchMethodOf } from '../patch.js';
import { referredTo, thereIsNo } from '../references.js';
import { checkedRequest } from '../request-envelope.js';
import { isUuid } from '../shape.js';
import type { Fields, StoredObject } from '../store.js';
import { externalId } from '../users/external-id.js';
import { normalRegistration, recordsIn, registrationsOf, withoutIdentities } from '../users/normal-user.js';
import { userView, userWithoutRegistrations } from '../users/user-view.js';
import { refreshVerifications, verificationIds, verificationsOf } from '../users/verifications.js';
import { isRecord } from './normal-text.js';
import { rolesOf } from './role-index.js';
import { user } from './user.js';

const endpoint = '/api/user/registration';
const byBoth = `${endpoint}/:userId/:applicationId`;

/**
 * Registrations of users for applications, which are kept with the user. An update without the application in the path
 * takes it from the body, as the client sends it. Source: FusionAuth docs apis/registrations; fusionauth-issues #3061.
 */
export const registration: Kind = {
  name: 'registration',
  label: 'Registration',
  path: endpoint,
  one: 'registration',
  many: 'registrations',
  idParameter: 'applicationId',
  operations: [],
  scope: 'tenant',
  routes: [
    route('POST', `${endpoint}/:userId?`, register),
    route('GET', byBoth, read),
    route('PUT', `${byBoth}?`, (call) => change(call, requestOf(call.body, call))),
    route('PATCH', `${byBoth}?`, (call) => change(call, patched(call))),
    route('DELETE', byBoth, remove),
  ],
};

function route(method: Route['method'], path: string, handle: Route['handle']): Route {
  return { method, path, endpoint, scope: 'tenant', handle };
}

/** A registration request whose types are right. */
interface RegistrationRequest {
  readonly envelope: Fields;
  readonly sent: Fields;
}

/** Registers a user that exists, or makes the user and its registration in one call. */
async function register(call: Call): Promise<Answer> {
  const { instance } = call;
  const request = requestOf(call.body, call);
  const application = applicationOf(request.sent['applicationId'], call);
  const draft = await newUserOf(call, request);
  const owner = draft?.object ?? existing(user, call);
  const made = newRegistration(request, application, instance);
  refuse([...registrationProblems(request.sent, application, owner), ...duplicateProblems(owner, application.id)]);
  if (draft !== undefined) await tellNew(user, draft);
  await tell(call, owner, about('user.registration.create', owner, made));
  // It may have been deleted while webhooks were asked.
  applicationOf(application.id, call);
  const changed =
    draft === undefined
      ? addRegistration(existing(user, call), made, call)
      : await storeNew(user, { ...draft, object: { ...draft.object, registrations: [made] } });
  await tell(call, changed, about('user.registration.create.complete', changed, made));
  const verification = verificationsOf(owner.id, instance).find(
    ({ type, value }) => type === 'registration' && value === application.id,
  );
  return {
    status: 200,
    body: {
      registration: made,
      registrationVerificationId: verification?.id,
      registrationVerificationOneTimeCode: verification?.oneTimeCode,
      ...(draft === undefined ? {} : { ...verificationIds(changed, instance), user: userView(changed) }),
    },
  };
}

/** Somebody else may have registered the user while webhooks were asked. */
function addRegistration(owner: StoredObject, made: Fields, { instance }: Call): StoredObject {
  refuse(duplicateProblems(owner, made['applicationId']));
  const changed = withRegistrations(owner, [...registrationsOf(owner), made], instance);
  instance.store.put('user', changed);
  refreshVerifications(changed, instance);
  return changed;
}

function read(call: Call): Answer {
  return { status: 200, body: { registration: find(call).registration } };
}

/** What only the server sets stays as it is. */
async function change(call: Call, { envelope, sent }: RegistrationRequest): Promise<Answer> {
  const { instance } = call;
  const { owner, registration: original } = find(call);
  const application = applicationOf(original['applicationId'], call);
  refuse(registrationProblems(sent, application, owner));
  const { id, applicationId, cleanSpeakId, insertInstant, lastLoginInstant, verified, verifiedInstant } = original;
  const changed = {
    usernameStatus: original['usernameStatus'],
    ...withoutNullsIn(normalRegistration(sent)),
    ...tokenOf(envelope, instance),
    ...withoutNullsIn({ id, applicationId, cleanSpeakId, insertInstant, lastLoginInstant, verified, verifiedInstant }),
    lastUpdateInstant: Math.max(instance.now(), Number(original['lastUpdateInstant'] ?? 0) + 1),
  };
  await tell(call, owner, about('user.registration.update', owner, changed, original));
  const { owner: before, registration: now } = find(call);
  const list = registrationsOf(before).map((other) => (other === now ? changed : other));
  const stored = withRegistrations(before, list, instance);
  instance.store.put('user', stored);
  await tell(call, stored, about('user.registration.update.complete', stored, changed, original));
  return { status: 200, body: { registration: changed } };
}

/** Without the application in its path a PATCH is a PUT (fusionauth-issues #3061). */
function patched(call: Call): RegistrationRequest {
  if (call.params['applicationId'] === undefined) return requestOf(call.body, call);
  const { registration: present } = find(call);
  const method = patchMethodOf(call.contentType);
  const body = withoutNulls(patchEnvelope({ registration: present }, call.body ?? {}, { method, replaced }));
  return requestOf(body, call);
}

/** What the legacy PATCH replaces (FusionAuth docs apis, "PATCH"). */
const replaced = ['data', 'preferredLanguages', 'roles'].map((name) => `registration.${name}`);

async function remove(call: Call): Promise<Answer> {
  const { instance } = call;
  const { owner, registration: gone } = find(call);
  await tell(call, owner, about('user.registration.delete', owner, gone));
  const { owner: before, registration: now } = find(call);
  const left = registrationsOf(before).filter((other) => other !== now);
  const stored = withRegistrations(before, left, instance);
  instance.store.put('user', stored);
  refreshVerifications(stored, instance);
  await tell(call, stored, about('user.registration.delete.complete', stored, gone));
  return { status: 200 };
}

/** An event about a registration; the user in it has none. Source: `UserRegistrationCreateEvent` of fusionauth-java-client. */
function about(type: string, owner: Fields, made: Fields, original?: Fields): Told {
  const { applicationId } = made;
  const before = original === undefined ? {} : { original };
  return { type, fields: { applicationId, registration: made, ...before, user: userWithoutRegistrations(owner) } };
}

function requestOf(body: unknown, { instance }: Call): RegistrationRequest {
  const prepared = isRecord(body) ? { ...body, user: withoutIdentities(body['user']) } : body;
  const envelope = checkedRequest('RegistrationRequest', prepared, instance.switches);
  const sent = envelope['registration'];
  if (isRecord(sent)) return { envelope, sent };
  throw parameterError('missing', 'registration', 'The registration is required.');
}

function find(call: Call): { readonly owner: StoredObject; readonly registration: Fields } {
  const { params, body, contentType } = call;
  const inPath = params['applicationId'];
  if (inPath !== undefined && !isUuid(inPath)) throw badUuid('applicationId', inPath);
  const owner = existing(user, call);
  const inBody = isRecord(body) && isRecord(body['registration']) ? body['registration']['applicationId'] : undefined;
  const wanted = inPath ?? (contentType === 'application/json-patch+json' ? undefined : inBody);
  const registration = registrationsOf(owner).find(
    ({ applicationId }) => typeof wanted === 'string' && applicationId === wanted.toLowerCase(),
  );
  if (registration === undefined) throw notFound();
  return { owner, registration };
}

/** The user that a request brings, checked but not stored; undefined where it is about one that exists. */
async function newUserOf(call: Call, { envelope }: RegistrationRequest): Promise<Draft | undefined> {
  const { params, instance, tenantId } = call;
  const id = params['userId'];
  if (id !== undefined && !isUuid(id)) throw badUuid('userId', id);
  const known = id === undefined ? undefined : instance.store.get('user', id);
  const isKnown = known !== undefined && (tenantId === undefined || known['tenantId'] === tenantId);
  const sent = envelope['user'];
  if (!isRecord(sent)) {
    if (isKnown) return undefined;
    throw id === undefined ? parameterError('missing', 'userId', 'The userId is required.') : notFound();
  }
  const draft = draftNew(user, call, { envelope, sent });
  if (draft.problems.length > 0) throw await refusal(user, draft);
  return draft;
}

function applicationOf(id: unknown, { instance }: Call): StoredObject {
  const application = referredTo(instance, 'application', id);
  if (application !== undefined) return application;
  const kind = id === undefined ? 'missing' : 'invalid';
  throw invalid([{ field: 'applicationId', kind, message: thereIsNo('Application', id) }], 'registration');
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw invalid(problems, 'registration');
}

/** Roles are names and must exist in the application; a universal application takes users of every tenant. */
function registrationProblems(sent: Fields, application: StoredObject, owner: Fields): readonly Problem[] {
  const known = new Set<unknown>(rolesOf(application).map(({ name }) => name));
  const roles: readonly unknown[] = Array.isArray(sent['roles']) ? sent['roles'] : [];
  const problems: Problem[] = roles
    .filter((role) => !known.has(role))
    .map((role) => ({ field: 'roles', kind: 'invalid', message: `The Application has no role [${String(role)}].` }));
  if (application['tenantId'] !== undefined && application['tenantId'] !== owner['tenantId']) {
    problems.push({ field: 'applicationId', kind: 'invalid', message: 'The Application is one of another Tenant.' });
  }
  return problems;
}

/** The code is of the registration as a whole: error bodies that people have published. */
function duplicateProblems(owner: Fields, id: unknown): readonly Problem[] {
  if (registrationsOf(owner).every(({ applicationId }) => applicationId !== id)) return [];
  const message = `The User is registered for the Application with Id = [${String(id)}] already.`;
  return [{ field: 'registration', kind: 'duplicate', message, at: 'request' }];
}

/**
 * Without roles in the request, the application's default roles (FusionAuth docs core concepts, roles). It waits to be
 * verified where the application wants that and the request does not skip it (FusionAuth docs apis/registrations).
 */
function newRegistration(
  { envelope, sent }: RegistrationRequest,
  application: StoredObject,
  instance: Instance,
): Fields {
  const instant = instance.now();
  const verified = application['verifyRegistration'] !== true || envelope['skipRegistrationVerification'] === true;
  const { id, roles } = sent;
  const defaults = rolesOf(application).filter(({ isDefault }) => isDefault === true);
  return {
    ...withoutNullsIn(
      normalRegistration({
        ...sent,
        roles: Array.isArray(roles) && roles.length > 0 ? roles : defaults.map(({ name }) => name),
      }),
    ),
    ...tokenOf(envelope, instance),
    id: isUuid(id) ? id.toLowerCase() : instance.uuid(),
    applicationId: application.id,
    insertInstant: instant,
    lastLoginInstant: instant,
    lastUpdateInstant: instant,
    usernameStatus: 'ACTIVE',
    verified,
    ...(verified ? { verifiedInstant: instant } : {}),
  };
}

/** A token to log in with instead of the password. Source: FusionAuth docs apis/registrations. */
function tokenOf(envelope: Fields, instance: Instance): Fields {
  if (envelope['generateAuthenticationToken'] !== true) return {};
  return { authenticationToken: externalId(undefined, instance) };
}

function withRegistrations(owner: StoredObject, registrations: readonly Fields[], instance: Instance): StoredObject {
  const bumped = instance.switches.userPartBumps === 'on' ? { lastUpdateInstant: instance.now() } : {};
  return { ...owner, ...bumped, registrations };
}

/** What `withoutNulls` gives of an object. */
function withoutNullsIn(object: Fields): Fields {
  return recordsIn([withoutNulls(object)])[0] ?? {};
}
