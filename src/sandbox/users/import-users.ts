import { invalid, parameterError, Refusal, type Problem } from '../errors.js';
import { eventInfoOf } from '../events/event-info.js';
import { withoutNulls } from '../fields.js';
import { isRecord } from '../kinds/normal-text.js';
import { rolesOf } from '../kinds/role-index.js';
import { lengthProblems } from '../kinds/rules.js';
import type { Answer, Call } from '../kind.js';
import { referredTo, thereIsNo } from '../references.js';
import { checkedRequest } from '../request-envelope.js';
import type { Fields, StoredObject } from '../store.js';
import { onlyTenant } from '../tenant-rule.js';
import { newMemberships, schemeFor, tenantOf, userDefaults } from './compose-user.js';
import { identitiesOf, identityTypes, identityValue } from './identities.js';
import { normalRegistration, normalUser, recordsIn, registrationsOf, withoutIdentities } from './normal-user.js';
import { keepPassword, passwordFields, passwordOf } from './passwords.js';
import { schemeOf } from './password-schemes.js';
import { normalTwoFactor, twoFactorProblems } from './two-factor.js';
import { uniqueUsername } from './unique-username.js';
import { loginIdProblems, profileProblems, schemeProblems, takenLoginIds } from './user-problems.js';
import { userView } from './user-view.js';

/**
 * Many new users at once. Nothing is told but one `user.bulk.create`, and only what `validateDbConstraints` asks for is
 * looked up: a duplicate is otherwise the database's error, as a group that does not exist always is. Sources: FusionAuth
 * docs apis/users, "Import Users"; fusionauth-issues #317, #520, #2836 (the errors), #479 (their fields).
 */
export async function importUsers(call: Call): Promise<Answer> {
  const { instance, body } = call;
  const users = isRecord(body) ? body['users'] : undefined;
  const prepared = isRecord(body) && Array.isArray(users) ? { ...body, users: users.map(withoutIdentities) } : body;
  const request = checkedRequest('ImportRequest', prepared, instance.switches);
  const sent = recordsIn(request['users']);
  if (sent.length === 0) throw parameterError('missing', 'users', 'You must specify the [users] property.');
  const problems = sent.flatMap((user) => importProblems(user, call));
  if (problems.length > 0) throw invalid(problems, 'user');
  const imported = sent.map((user) => importedUser(user, request, call));
  const duplicates = request['validateDbConstraints'] === true ? duplicateProblems(imported, call) : [];
  if (duplicates.length > 0) throw invalid(duplicates, 'user');
  refuseWhatDatabaseWould(imported, call);
  await tellOf(imported, call);
  refuseWhatDatabaseWould(imported, call);
  for (const user of imported) instance.store.put('user', user);
  return { status: 200 };
}

function refuseWhatDatabaseWould(imported: readonly StoredObject[], call: Call): void {
  const isFine = duplicateProblems(imported, call).length === 0 && !imported.some((user) => lacksGroup(user, call));
  if (isFine) return;
  const message =
    'An error occurred during the import request. This is most likely due to a unique key constraint which would indicate one or more of the users in the import request already exist in FusionAuth. Re-attempt the request with additional validation by using the [validateDbConstraints] property.';
  throw new Refusal(500, { generalErrors: [{ code: '[ImportRequestFailed]', message }] });
}

/** One event for each tenant; it is about no user in particular. */
async function tellOf(imported: readonly StoredObject[], call: Call): Promise<void> {
  for (const tenantId of new Set(imported.map((user) => String(user['tenantId'])))) {
    const users = imported.filter((user) => user['tenantId'] === tenantId).map(userView);
    await call.instance.events.send({ type: 'user.bulk.create', tenantId, info: eventInfoOf(call), fields: { users } });
  }
}

/** The tenant of the call goes before the one that a user names. */
function tenantIdOf({ tenantId }: Fields, call: Call): string {
  if (call.tenantId !== undefined) return call.tenantId;
  const known = typeof tenantId === 'string' && call.instance.store.get('tenant', tenantId) !== undefined;
  return known ? String(tenantId) : onlyTenant(call);
}

/** A user as it is stored. `active` is false unless it is sent, as the server's class has it. */
function importedUser(sent: Fields, request: Fields, call: Call): StoredObject {
  const { instance } = call;
  const now = instance.now();
  const id = typeof sent['id'] === 'string' ? sent['id'] : instance.uuid();
  const tenantId = tenantIdOf(sent, call);
  const tenant = tenantOf({ tenantId }, instance);
  const normal = { ...userDefaults, active: false, ...asFields(withoutNulls(normalUser(sent))), id, tenantId };
  const named: Fields = {
    ...normal,
    uniqueUsername: sent['uniqueUsername'] ?? uniqueUsername(normal, undefined, { tenant, instance }),
  };
  const insertInstant = sent['insertInstant'] ?? now;
  const password = importedPassword(sent, { request, tenant, call, now });
  const changes = sent['passwordChangeRequired'] === true && password['password'] !== undefined;
  const verified = sent['verified'] === true;
  const user = withoutNulls({
    ...named,
    ...password,
    identities: identitiesOf(named, undefined, { tenant, now, reason: 'Import' }).map((identity) =>
      verified && identity['type'] === 'email' ? { ...identity, verified: true, verifiedInstant: now } : identity,
    ),
    connectorId: userDefaults['connectorId'],
    insertInstant,
    lastLoginInstant: undefined,
    lastUpdateInstant: instance.switches.importedLastUpdate === 'now' ? now : insertInstant,
    memberships: newMemberships(named, now, instance),
    passwordChangeReason: changes ? (sent['passwordChangeReason'] ?? 'Administrative') : undefined,
    passwordChangeRequired: changes,
    registrations: registrationsOf(named).map((registration) => importedRegistration(registration, call)),
    twoFactor: normalTwoFactor(sent['twoFactor'], undefined, instance),
    verified,
    verifiedInstant: verified ? now : undefined,
  });
  return { ...asFields(user), id };
}

/** A password with a scheme is a hash; one without is in clear, and hashed as the request or else the tenant says. */
function importedPassword(
  sent: Fields,
  {
    request,
    tenant,
    call,
    now,
  }: { readonly request: Fields; readonly tenant: Fields; readonly call: Call; readonly now: number },
): Fields {
  const none = Object.fromEntries([...passwordFields, 'passwordLastUpdateInstant'].map((name) => [name, undefined]));
  const { password, encryptionScheme, factor } = sent;
  if (typeof password !== 'string' || password === '') return none;
  if (typeof encryptionScheme === 'string') {
    return {
      ...none,
      ...passwordOf({ ...sent, factor: factor ?? schemeOf(encryptionScheme)?.defaultFactor }),
      passwordLastUpdateInstant: sent['passwordLastUpdateInstant'] ?? now,
    };
  }
  const kept = keepPassword(password, schemeFor(request, tenant), call.instance.random(32));
  return { ...none, ...kept, passwordLastUpdateInstant: now };
}

function importedRegistration(sent: Fields, { instance }: Call): Fields {
  const now = instance.now();
  const verified = sent['verified'] === true;
  const insertInstant = sent['insertInstant'] ?? now;
  return {
    ...normalRegistration(sent),
    id: sent['id'] ?? instance.uuid(),
    insertInstant,
    lastUpdateInstant: instance.switches.importedLastUpdate === 'now' ? now : insertInstant,
    usernameStatus: sent['usernameStatus'] ?? 'ACTIVE',
    verified,
    verifiedInstant: verified ? (sent['verifiedInstant'] ?? now) : undefined,
  };
}

/** What is wrong with one user; the fields are named as if there were no others. */
function importProblems(sent: Fields, call: Call): readonly Problem[] {
  const normal = normalUser(sent);
  const { encryptionScheme, salt } = sent;
  const problems: Problem[] = [
    ...loginIdProblems(normal),
    ...lengthProblems(normal, ['email', 'firstName', 'fullName', 'lastName', 'middleName', 'username']),
    ...profileProblems(normal),
    ...twoFactorProblems(sent['twoFactor']),
    ...schemeProblems(encryptionScheme),
    ...registrationsOf(sent).flatMap((registration) => registrationProblems(registration, sent, call)),
  ];
  if (typeof encryptionScheme === 'string' && typeof salt !== 'string') {
    problems.push({ field: 'salt', kind: 'missing', message: 'The salt of a hashed password is required.' });
  }
  return problems;
}

function registrationProblems({ applicationId, roles }: Fields, user: Fields, call: Call): readonly Problem[] {
  const refuse = (kind: string, field: string, message: string): readonly Problem[] => [
    { field: `registration.${field}`, kind, message },
  ];
  if (applicationId === undefined) {
    const message = 'You must specify the [user.registration.applicationId] property for each user registration.';
    return refuse('missing', 'applicationId', message);
  }
  const application = referredTo(call.instance, 'application', applicationId);
  const fits =
    application !== undefined &&
    (application['tenantId'] === undefined || application['tenantId'] === tenantIdOf(user, call));
  if (!fits) return refuse('invalid', 'applicationId', thereIsNo('Application', applicationId));
  const known = new Set<unknown>(rolesOf(application).map(({ name }) => name));
  const unknown = (Array.isArray(roles) ? roles : []).filter((role) => !known.has(role));
  return unknown.length === 0 ? [] : refuse('invalid', 'roles', `The Application has no role [${unknown.join(', ')}].`);
}

/** Ids and login ids that are in the store already, or twice in the request. */
function duplicateProblems(imported: readonly StoredObject[], { instance }: Call): readonly Problem[] {
  const seen = new Set<string>();
  const isSeen = (key: string): boolean => {
    const before = seen.has(key);
    seen.add(key);
    return before;
  };
  return imported.flatMap((user) => {
    const problems = [...takenLoginIds(user, instance)];
    if (isSeen(user.id) || instance.store.get('user', user.id) !== undefined) {
      problems.push({ field: 'id', kind: 'duplicate', message: `A User with id = [${user.id}] already exists.` });
    }
    for (const type of identityTypes) {
      const value = identityValue(user, type);
      if (value === undefined || !isSeen(JSON.stringify([user['tenantId'], type, value.toLowerCase()]))) continue;
      problems.push({ field: type, kind: 'duplicate', message: `The ${type} = [${value}] is in the request twice.` });
    }
    return problems;
  });
}

function lacksGroup(user: StoredObject, { instance }: Call): boolean {
  return recordsIn(user['memberships']).some(
    ({ groupId }) => referredTo(instance, 'group', groupId)?.['tenantId'] !== user['tenantId'],
  );
}

function asFields(value: unknown): Fields {
  return isRecord(value) ? value : {};
}
