import { badUuid, invalid, madeUp, madeUpError, notFound, type Problem } from '../errors.js';
import { withoutNulls } from '../fields.js';
import type { Answer, Call, Instance, Kind, Route } from '../kind.js';
import { patchEnvelope, patchMethodOf } from '../patch.js';
import { referredTo, thereIsNo } from '../references.js';
import { checkedRequest } from '../request-envelope.js';
import { isUuid } from '../shape.js';
import type { Fields, StoredObject } from '../store.js';
import { knownUser, userIdProblems } from '../users/known-user.js';
import { familiesOf, familyMembers } from './family.js';
import { isRecord } from './normal-text.js';

const path = '/api/user/consent';

/**
 * What users have consented to, for themselves or for a child. A revoked consent stays, and can become active again.
 * Source: FusionAuth docs apis/consents, "Grant a User Consent" and what follows. The codes of errors are
 * UNVERIFIED (switch undocumentedErrors).
 */
export const userConsent: Kind = {
  name: 'userConsent',
  label: 'User Consent',
  path,
  one: 'userConsent',
  many: 'userConsents',
  idParameter: 'userConsentId',
  operations: [],
  scope: 'tenant',
  indexed: [{ field: 'userId' }, { field: 'giverUserId' }, { field: 'consentId' }],
  routes: [
    route('POST', `${path}/:userConsentId?`, grant),
    route('GET', `${path}/:userConsentId?`, read),
    route('PUT', `${path}/:userConsentId`, (call) => change(call, sentConsent(call.body, call))),
    route('PATCH', `${path}/:userConsentId`, (call) => change(call, patched(call))),
    route('DELETE', `${path}/:userConsentId`, revoke),
  ],
};

function route(method: Route['method'], to: string, handle: Route['handle']): Route {
  return { method, path: to, endpoint: path, scope: 'tenant', handle };
}

/** Consents go with the user who has or gave them, and with what was consented to. */
export function forgetConsents(field: 'consentId' | 'giverUserId' | 'userId', id: string, { store }: Instance): void {
  for (const one of store.findAll('userConsent', field, id)) store.remove('userConsent', one.id);
}

function grant(call: Call): Answer {
  const { params, instance } = call;
  const id = params['userConsentId'];
  if (id !== undefined && !isUuid(id)) throw badUuid('userConsentId', id);
  if (id !== undefined && instance.store.get('userConsent', id) !== undefined) {
    throw madeUpError('duplicate', 'userConsentId', `A User Consent with Id = [${id}] already exists.`);
  }
  const sent = sentConsent(call.body, call);
  const problems = grantProblems(sent, call);
  if (problems.length > 0) throw invalid(madeUp(problems), 'userConsent');
  const now = instance.now();
  const { consentId, data, giverUserId, status, userId, values } = sent;
  return stored(
    {
      consentId,
      data: isRecord(data) ? data : {},
      giverUserId,
      id: id?.toLowerCase() ?? instance.uuid(),
      insertInstant: now,
      lastUpdateInstant: now,
      status: status ?? 'Active',
      tenantId: knownUser(userId, call)?.['tenantId'],
      userId,
      values: values ?? [],
    },
    instance,
  );
}

function read(call: Call): Answer {
  const { params, query, instance } = call;
  if (params['userConsentId'] !== undefined) {
    return { status: 200, body: { userConsent: view(found(call), instance) } };
  }
  const userId = query.get('userId');
  if (userId === null || userId === '') throw madeUpError('missing', 'userId', 'The userId is required.');
  if (!isUuid(userId)) throw badUuid('userId', userId);
  if (knownUser(userId, call) === undefined) throw notFound();
  const consents = instance.store.findAll('userConsent', 'userId', userId);
  return { status: 200, body: { userConsents: consents.map((one) => view(one, instance)) } };
}

/** "Only the values and status may be modified." */
function change(call: Call, sent: Fields): Answer {
  const { instance } = call;
  const before = found(call);
  const { status, values = [] } = sent;
  const problems = [...valueProblems(values, before['consentId'], instance)];
  if (status === undefined) problems.push({ field: 'status', kind: 'missing', message: 'The status is required.' });
  if (problems.length > 0) throw invalid(madeUp(problems), 'userConsent');
  return stored({ ...before, status, values, lastUpdateInstant: instance.now() }, instance);
}

function patched(call: Call): Fields {
  const { status, values } = found(call);
  const method = patchMethodOf(call.contentType);
  const body = patchEnvelope({ userConsent: { status, values } }, call.body ?? {}, { method, replaced: [] });
  return sentConsent(withoutNulls(body), call);
}

function revoke(call: Call): Answer {
  const { instance } = call;
  stored({ ...found(call), status: 'Revoked', lastUpdateInstant: instance.now() }, instance);
  return { status: 200 };
}

function grantProblems(sent: Fields, call: Call): readonly Problem[] {
  const { instance } = call;
  const { consentId, giverUserId, userId, values = [] } = sent;
  const problems = [...userIdProblems(sent, ['giverUserId', 'userId'], call)];
  const refuse = (field: string, kind: string, message: string): void => {
    problems.push({ field, kind, message });
  };
  const consent = referredTo(instance, 'consent', consentId);
  if (consent === undefined) {
    refuse('consentId', consentId === undefined ? 'missing' : 'invalid', thereIsNo('Consent', consentId));
    return problems;
  }
  problems.push(...valueProblems(values, consentId, instance));
  const user = knownUser(userId, call);
  if (problems.length > 0 || user === undefined) return problems;
  if (instance.store.findAll('userConsent', 'userId', user.id).some((one) => one['consentId'] === consentId)) {
    refuse('consentId', 'duplicate', 'The User has this Consent already.');
  }
  if (giverUserId === userId && isTooYoung(user, consent, instance)) {
    refuse('giverUserId', 'invalid', 'The User is too young to consent for himself.');
  }
  if (giverUserId !== userId && !isParent(String(giverUserId), user.id, instance)) {
    refuse('giverUserId', 'invalid', 'Only an adult of the family can consent for another User.');
  }
  return problems;
}

/** Where the date of birth is known. The ages of countries are not looked at. */
function isTooYoung(user: Fields, consent: Fields, { now }: Instance): boolean {
  const { birthDate } = user;
  const least = consent['defaultMinimumAgeForSelfConsent'];
  if (typeof birthDate !== 'string' || typeof least !== 'number') return false;
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number);
  return Date.UTC(year + least, month - 1, day) > now();
}

function isParent(giver: string, child: string, instance: Instance): boolean {
  return familiesOf(child, instance).some((one) =>
    familyMembers(one).some(({ userId, role }) => userId === giver && role === 'Adult'),
  );
}

function valueProblems(values: unknown, consentId: unknown, instance: Instance): readonly Problem[] {
  const consent = referredTo(instance, 'consent', consentId);
  const known = Array.isArray(consent?.['values']) ? consent['values'] : [];
  const chosen: readonly unknown[] = Array.isArray(values) ? values : [];
  const unknown = chosen.filter((value) => !known.includes(value));
  if (unknown.length > 0) {
    return [{ field: 'values', kind: 'invalid', message: `The Consent has no value [${unknown.join(', ')}].` }];
  }
  if (chosen.length < 2 || consent?.['multipleValuesAllowed'] === true) return [];
  return [{ field: 'values', kind: 'invalid', message: 'The Consent allows a single value.' }];
}

function sentConsent(body: unknown, { instance }: Call): Fields {
  const { userConsent: sent } = checkedRequest('UserConsentRequest', body, instance.switches);
  if (isRecord(sent)) return sent;
  throw madeUpError('missing', 'userConsent', 'The userConsent is required.');
}

function found({ params, instance, tenantId }: Call): StoredObject {
  const id = params['userConsentId'] ?? '';
  if (!isUuid(id)) throw badUuid('userConsentId', id);
  const one = instance.store.get('userConsent', id);
  if (one === undefined || (tenantId !== undefined && one['tenantId'] !== tenantId)) throw notFound();
  return one;
}

function stored(one: StoredObject, instance: Instance): Answer {
  instance.store.put('userConsent', one);
  return { status: 200, body: { userConsent: view(one, instance) } };
}

/** With what was consented to, as it is now. */
function view({ tenantId: _tenant, ...shown }: StoredObject, instance: Instance): Fields {
  return { ...shown, consent: referredTo(instance, 'consent', shown['consentId']) };
}
