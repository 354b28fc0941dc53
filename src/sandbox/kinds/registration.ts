import { badUuid, invalid, notFound, parameterError, type Problem } from '../errors.js';
import type { Answer, Call, Instance, Route } from '../kind.js';
import { patchEnvelope, patchMethodOf } from '../patch.js';
import { isUuid } from '../shape.js';
import type { Fields, StoredObject } from '../store.js';
import { isRecord } from './normal-text.js';
import { normalRegistration, userView } from './user-fields.js';
import { newUser, tenantOfNewUser, userProblems } from './user-rules.js';

const endpoint = '/api/user/registration';

/**
 * Registrations of users for applications. An update without the application in the path takes it from the body, as the
 * client sends it. Source: FusionAuth docs apis/registrations; fusionauth-issues #3061.
 */
export const registrationRoutes: readonly Route[] = [
  { method: 'POST', path: `${endpoint}/:userId?`, endpoint, scope: 'tenant', handle: register },
  { method: 'GET', path: `${endpoint}/:userId/:applicationId`, endpoint, scope: 'tenant', handle: read },
  {
    method: 'PUT',
    path: `${endpoint}/:userId/:applicationId?`,
    endpoint,
    scope: 'tenant',
    handle: (call) => change(call, sentOf(call.body)),
  },
  {
    method: 'PATCH',
    path: `${endpoint}/:userId/:applicationId?`,
    endpoint,
    scope: 'tenant',
    handle: (call) => change(call, patched(call)),
  },
  { method: 'DELETE', path: `${endpoint}/:userId/:applicationId`, endpoint, scope: 'tenant', handle: remove },
];

/** Registers a user that exists, or makes the user and its registration in one call. */
function register(call: Call): Answer {
  const { instance, params } = call;
  const request = isRecord(call.body) ? call.body : {};
  const sent = request['registration'];
  if (!isRecord(sent)) throw parameterError('missing', 'registration', 'The registration is required.');
  const application = applicationOf(sent['applicationId'], call);
  const { user, isNew } = userOf(call, request, params['userId']);
  const problems = registrationProblems(sent, application, user);
  if (registrationsOf(user).some(({ applicationId }) => applicationId === application.id)) {
    const message = `The User is registered for the Application with Id = [${application.id}] already.`;
    problems.push({ field: 'applicationId', kind: 'duplicate', message });
  }
  if (problems.length > 0) throw invalid(problems, 'registration');
  const registration = newRegistration(sent, application, instance);
  const stored = withRegistrations(user, [...registrationsOf(user), registration], instance);
  instance.store.put('user', stored);
  return {
    status: 200,
    body: isNew || isRecord(request['user']) ? { registration, user: userView(stored) } : { registration },
  };
}

function read(call: Call): Answer {
  return { status: 200, body: { registration: find(call).registration } };
}

/** @param sent - the registration as it is to be, without what only the server sets. */
function change(call: Call, sent: Fields): Answer {
  const { instance } = call;
  const { user, registration: previous } = find(call);
  const application = applicationOf(previous['applicationId'], call);
  const problems = registrationProblems(sent, application, user);
  if (problems.length > 0) throw invalid(problems, 'registration');
  const { id, applicationId, insertInstant, usernameStatus, verified, verifiedInstant } = previous;
  const settled = { id, applicationId, insertInstant, usernameStatus, verified, verifiedInstant };
  const registration = normalRegistration({ ...sent, ...settled, lastUpdateInstant: instance.now() });
  const others = registrationsOf(user).map((other) => (other === previous ? registration : other));
  instance.store.put('user', withRegistrations(user, others, instance));
  return { status: 200, body: { registration } };
}

/** Without the application in its path a PATCH is a PUT (fusionauth-issues #3061). */
function patched(call: Call): Fields {
  const { body, contentType, params } = call;
  if (params['applicationId'] === undefined) return sentOf(body);
  const { registration } = find(call);
  const method = patchMethodOf(contentType);
  return sentOf(patchEnvelope({ registration }, body ?? {}, { method, replaced }));
}

/** What the legacy PATCH replaces (FusionAuth docs apis, "PATCH"). */
const replaced = ['data', 'preferredLanguages', 'roles'].map((name) => `registration.${name}`);

function sentOf(body: unknown): Fields {
  const sent = isRecord(body) ? body['registration'] : undefined;
  if (isRecord(sent)) return sent;
  throw parameterError('missing', 'registration', 'The registration is required.');
}

function remove(call: Call): Answer {
  const { user, registration } = find(call);
  const others = registrationsOf(user).filter((other) => other !== registration);
  call.instance.store.put('user', withRegistrations(user, others, call.instance));
  return { status: 200 };
}

function find(call: Call): { readonly user: StoredObject; readonly registration: Fields } {
  const { params, body, instance, tenantId } = call;
  for (const name of ['userId', 'applicationId']) {
    const id = params[name];
    if (id !== undefined && !isUuid(id)) throw badUuid(name, id);
  }
  const user = instance.store.get('user', params['userId'] ?? '');
  const sent = isRecord(body) && isRecord(body['registration']) ? body['registration']['applicationId'] : undefined;
  const wanted = params['applicationId']?.toLowerCase() ?? sent;
  if (user === undefined || (tenantId !== undefined && user['tenantId'] !== tenantId)) throw notFound();
  const registration = registrationsOf(user).find(({ applicationId }) => applicationId === wanted);
  if (registration === undefined) throw notFound();
  return { user, registration };
}

/** The user of a registration: the one with the id, or a new one made of the request's `user`. */
function userOf(
  call: Call,
  request: Fields,
  id: string | undefined,
): { readonly user: StoredObject; readonly isNew: boolean } {
  const { instance } = call;
  if (id !== undefined && !isUuid(id)) throw badUuid('userId', id);
  const sent = request['user'];
  const existing = id === undefined ? undefined : instance.store.get('user', id);
  if (existing !== undefined && (call.tenantId === undefined || existing['tenantId'] === call.tenantId)) {
    if (!isRecord(sent)) return { user: existing, isNew: false };
    throw parameterError('duplicate', 'userId', `A User with Id = [${existing.id}] already exists.`);
  }
  if (!isRecord(sent))
    throw existing === undefined && id === undefined
      ? parameterError('missing', 'userId', 'The userId is required.')
      : notFound();
  const user = newUser(sent, id?.toLowerCase() ?? instance.uuid(), tenantOfNewUser(call), instance);
  const problems = userProblems(user, sent, request, instance);
  if (problems.length > 0) throw invalid(problems, 'user');
  return { user, isNew: true };
}

function applicationOf(id: unknown, { instance }: Call): StoredObject {
  const application = typeof id === 'string' ? instance.store.get('application', id) : undefined;
  if (application !== undefined) return application;
  const kind = id === undefined ? 'missing' : 'invalid';
  throw invalid(
    [{ field: 'applicationId', kind, message: `There is no Application with Id = [${String(id)}].` }],
    'registration',
  );
}

/** Roles are names and must exist in the application; a universal application takes users of every tenant. */
function registrationProblems(sent: Fields, application: StoredObject, user: Fields): Problem[] {
  const known = rolesOf(application).map(({ name }) => name);
  const roles = Array.isArray(sent['roles']) ? sent['roles'] : [];
  const problems: Problem[] = roles
    .filter((role) => !known.includes(role))
    .map((role) => ({ field: 'roles', kind: 'invalid', message: `The Application has no role [${String(role)}].` }));
  if (application['tenantId'] !== undefined && application['tenantId'] !== user['tenantId']) {
    problems.push({ field: 'applicationId', kind: 'invalid', message: 'The Application is one of another Tenant.' });
  }
  return problems;
}

/** Without roles in the request, the application's default roles. Source: FusionAuth docs core concepts, roles. */
function newRegistration(sent: Fields, application: StoredObject, instance: Instance): Fields {
  const instant = instance.now();
  const defaults = rolesOf(application).filter(({ isDefault }) => isDefault === true);
  const roles =
    Array.isArray(sent['roles']) && sent['roles'].length > 0 ? sent['roles'] : defaults.map(({ name }) => name);
  const id = isUuid(sent['id']) ? sent['id'] : instance.uuid();
  return normalRegistration({
    ...sent,
    id,
    roles,
    applicationId: application.id,
    insertInstant: instant,
    lastUpdateInstant: instant,
    usernameStatus: 'ACTIVE',
    verified: true,
    verifiedInstant: instant,
  });
}

function withRegistrations(user: StoredObject, registrations: readonly Fields[], { now }: Instance): StoredObject {
  return { ...user, registrations, lastUpdateInstant: now() };
}

function registrationsOf(user: Fields): readonly Fields[] {
  return Array.isArray(user['registrations']) ? user['registrations'].filter(isRecord) : [];
}

function rolesOf(application: Fields): readonly Fields[] {
  return Array.isArray(application['roles']) ? application['roles'].filter(isRecord) : [];
}
