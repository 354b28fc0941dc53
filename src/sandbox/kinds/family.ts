import { badUuid, invalid, madeUp, madeUpError, notFound, type Problem } from '../errors.js';
import type { Answer, Call, Instance, Kind, Route } from '../kind.js';
import { checkedRequest } from '../request-envelope.js';
import { isUuid } from '../shape.js';
import type { Fields, StoredObject } from '../store.js';
import { onlyTenant } from '../tenant-rule.js';
import { knownUser, userIdProblems } from '../users/known-user.js';
import { recordsIn } from '../users/normal-user.js';
import { userView } from '../users/user-view.js';
import { isBlank, isRecord } from './normal-text.js';

const path = '/api/user/family';

/**
 * Families: adults, teens and children among the users. A family comes to be with its first member, who is an adult and
 * owns it, and is gone with its last. Sources: FusionAuth docs apis/families; `Family` and `FamilyMember` of
 * fusionauth-java-client. The codes of errors are UNVERIFIED (switch undocumentedErrors).
 * Neither ages nor the tenant's `familyConfiguration` are looked at here, whatever the server does.
 */
export const family: Kind = {
  name: 'family',
  label: 'Family',
  path,
  one: 'family',
  many: 'families',
  idParameter: 'familyId',
  operations: [],
  scope: 'tenant',
  indexed: [{ field: 'members.*.userId' }],
  routes: [
    route('POST', `${path}/:familyId?`, create),
    route('GET', `${path}/:familyId?`, read),
    route('PUT', `${path}/:familyId`, change),
    route('DELETE', `${path}/:familyId/:userId`, remove),
    { ...route('GET', `${path}/pending`, pending), endpoint: `${path}/pending` },
    { ...route('POST', `${path}/request`, request), endpoint: `${path}/request` },
  ],
};

function route(method: Route['method'], to: string, handle: Route['handle']): Route {
  return { method, path: to, endpoint: path, scope: 'tenant', handle };
}

/** The families a user belongs to. */
export function familiesOf(userId: string, { store }: Pick<Instance, 'store'>): readonly StoredObject[] {
  return store.findAll('family', 'members.*.userId', userId);
}

export function familyMembers(of: Fields): readonly Fields[] {
  return recordsIn(of['members']);
}

/** A user who is gone is in no family. */
export function leaveFamilies(userId: string, instance: Instance): void {
  for (const one of familiesOf(userId, instance)) withoutMember(one, userId, instance);
}

function create(call: Call): Answer {
  const { params, instance } = call;
  const id = params['familyId'];
  if (id !== undefined && !isUuid(id)) throw badUuid('familyId', id);
  if (id !== undefined && instance.store.get('family', id) !== undefined) {
    throw madeUpError('duplicate', 'familyId', `A Family with Id = [${id}] already exists.`);
  }
  const sent = sentMember(call);
  const problems = [...memberProblems(sent, undefined, call)];
  if (!isBlank(sent['role']) && sent['role'] !== 'Adult') {
    const message = 'When creating a family the first user must be an adult.';
    problems.push({ field: 'role', kind: 'invalid', message });
  }
  if (problems.length > 0) throw invalid(madeUp(problems), 'familyMember');
  const now = instance.now();
  const tenantId = knownUser(sent['userId'], call)?.['tenantId'];
  const made = { id: id?.toLowerCase() ?? instance.uuid(), tenantId, insertInstant: now, lastUpdateInstant: now };
  return stored({ ...made, members: [newMember({ ...sent, owner: true }, now)] }, instance);
}

function read(call: Call): Answer {
  const { params, query, instance } = call;
  if (params['familyId'] !== undefined) return { status: 200, body: { family: view(found(call)) } };
  const userId = query.get('userId');
  if (userId === null || userId === '') throw madeUpError('missing', 'userId', 'The userId is required.');
  if (!isUuid(userId)) throw badUuid('userId', userId);
  if (knownUser(userId, call) === undefined) throw notFound();
  return { status: 200, body: { families: familiesOf(userId.toLowerCase(), instance).map(view) } };
}

/** A member's role and whether he owns the family; who is no member yet becomes one. */
function change(call: Call): Answer {
  const { instance } = call;
  const present = found(call);
  const sent = sentMember(call);
  const problems = memberProblems(sent, present, call);
  if (problems.length > 0) throw invalid(madeUp(problems), 'familyMember');
  const now = instance.now();
  const members = familyMembers(present);
  const before = members.find(({ userId }) => userId === sent['userId']);
  const made: Fields = {
    ...newMember(sent, now),
    ...(before === undefined ? {} : { insertInstant: before['insertInstant'] }),
  };
  const changed =
    before === undefined ? [...members, made] : members.map((member) => (member === before ? made : member));
  if (made['role'] !== 'Adult') forgetParentEmail(knownUser(sent['userId'], call), instance);
  return stored({ ...present, lastUpdateInstant: now, members: changed }, instance);
}

function remove(call: Call): Answer {
  const { params, instance } = call;
  const userId = params['userId'] ?? '';
  if (!isUuid(userId)) throw badUuid('userId', userId);
  const present = found(call);
  if (familyMembers(present).every((member) => member['userId'] !== userId.toLowerCase())) throw notFound();
  withoutMember(present, userId.toLowerCase(), instance);
  return { status: 200 };
}

/** Children who wait for a parent: users who named this address as their parent's. */
function pending(call: Call): Answer {
  const users = waitingFor(call.query.get('parentEmail'), call);
  return { status: 200, body: { users: users.map(userView) } };
}

/** A message to the parent; the sandbox sends none. */
function request(call: Call): Answer {
  const { parentEmail } = checkedRequest('FamilyEmailRequest', call.body, call.instance.switches);
  waitingFor(parentEmail, call);
  return { status: 200 };
}

function waitingFor(parentEmail: unknown, call: Call): readonly StoredObject[] {
  if (typeof parentEmail !== 'string' || isBlank(parentEmail)) {
    throw madeUpError('blank', 'parentEmail', 'The parentEmail is required.');
  }
  return call.instance.store.findAll('user', 'parentEmail', parentEmail.trim(), onlyTenant(call));
}

/** "This value will only remain until the child is claimed by a parent": FusionAuth docs apis/users, `parentEmail`. */
function forgetParentEmail(child: StoredObject | undefined, { store }: Instance): void {
  if (child?.['parentEmail'] === undefined) return;
  const { parentEmail: _parent, ...claimed } = child;
  store.put('user', { ...claimed, id: child.id });
}

function withoutMember(present: StoredObject, userId: string, { store, now }: Instance): void {
  const members = familyMembers(present).filter((member) => member['userId'] !== userId);
  if (members.length === 0) store.remove('family', present.id);
  else store.put('family', { ...present, members, lastUpdateInstant: now() });
}

function memberProblems(sent: Fields, present: Fields | undefined, call: Call): readonly Problem[] {
  const problems = [...userIdProblems(sent, ['userId'], call)];
  const refuse = (field: string, kind: string, message: string): void => {
    problems.push({ field, kind, message });
  };
  if (isBlank(sent['role'])) refuse('role', 'missing', 'The role is required.');
  const user = knownUser(sent['userId'], call);
  if (user === undefined) return problems;
  if (present !== undefined && user['tenantId'] !== present['tenantId']) {
    refuse('userId', 'invalid', 'The User is one of another Tenant than the Family.');
  }
  const elsewhere = familiesOf(user.id, call.instance).filter(({ id }) => id !== present?.['id']);
  if (sent['role'] === 'Adult' && elsewhere.length > 0) {
    refuse('userId', 'duplicate', 'An adult belongs to a single Family.');
  }
  return problems;
}

/** A teen or child cannot own a family. */
function newMember({ userId, role, owner, data }: Fields, now: number): Fields {
  const kept = isRecord(data) && Object.keys(data).length > 0 ? { data } : {};
  return {
    ...kept,
    insertInstant: now,
    lastUpdateInstant: now,
    owner: role === 'Adult' && owner === true,
    role,
    userId,
  };
}

function sentMember({ body, instance }: Call): Fields {
  const { familyMember } = checkedRequest('FamilyRequest', body, instance.switches);
  if (isRecord(familyMember)) return familyMember;
  throw madeUpError('missing', 'familyMember', 'The familyMember is required.');
}

function found({ params, instance, tenantId }: Call): StoredObject {
  const id = params['familyId'] ?? '';
  if (!isUuid(id)) throw badUuid('familyId', id);
  const one = instance.store.get('family', id);
  if (one === undefined || (tenantId !== undefined && one['tenantId'] !== tenantId)) throw notFound();
  return one;
}

function stored(one: StoredObject, { store }: Instance): Answer {
  store.put('family', one);
  return { status: 200, body: { family: view(one) } };
}

function view({ tenantId: _tenant, ...shown }: StoredObject): Fields {
  return shown;
}
