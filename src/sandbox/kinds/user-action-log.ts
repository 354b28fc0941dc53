import { badUuid, invalid, madeUp, madeUpError, notFound, type Problem } from '../errors.js';
import { tell } from '../events/tell.js';
import type { Answer, Call, Instance, Kind, Route } from '../kind.js';
import { referredTo, thereIsNo } from '../references.js';
import { checkedRequest } from '../request-envelope.js';
import { isUuid } from '../shape.js';
import type { Fields, StoredObject } from '../store.js';
import { revokeOnPrevention } from '../tokens/revoke.js';
import { knownUser, userIdProblems } from '../users/known-user.js';
import { aboutActionee, definitionOf, eventOf, flagsOf, isActive, newLog, withHistory } from '../users/action-log.js';
import { recordsIn } from '../users/normal-user.js';
import { isBlank, isRecord, trim } from './normal-text.js';

const path = '/api/user/action';

/** A timer of Node takes no more; an action that lasts longer is never told to have ended. */
const longestDelayMs = 2 ** 31 - 1;

/**
 * Actions that were taken on users. Only an action in time can be changed or cancelled. Webhooks are told where the request
 * says `broadcast`, and have a say; that an action has come to its end is told by itself. Sources: FusionAuth docs
 * apis/actioning-users and extend/events-and-webhooks/events/user-actions; `UserActionLog` and `UserActionEvent` of
 * fusionauth-java-client. The codes of errors are UNVERIFIED (switch undocumentedErrors).
 * The sandbox writes no e-mails, and its events have none.
 */
export const userActionLog: Kind = {
  name: 'userActionLog',
  label: 'User Action Log',
  path,
  one: 'action',
  many: 'actions',
  idParameter: 'actionId',
  operations: [],
  scope: 'tenant',
  indexed: [{ field: 'actioneeUserId' }],
  routes: [
    route('POST', path, take),
    route('GET', `${path}/:actionId?`, read),
    route('PUT', `${path}/:actionId`, modify),
    route('DELETE', `${path}/:actionId`, cancel),
  ],
};

function route(method: Route['method'], to: string, handle: Route['handle']): Route {
  return { method, path: to, endpoint: path, scope: 'tenant', handle };
}

/** Actions that keep a user from logging in at this moment. */
export function loginPreventions(userId: string, instance: Instance): readonly StoredObject[] {
  return actionsOn(userId, instance).filter(
    (log) => isActive(log, instance) && definitionOf(log, instance)?.['preventLogin'] === true,
  );
}

/** What was done to a user goes with him. */
export function forgetActions(userId: string, instance: Instance): void {
  for (const log of actionsOn(userId, instance)) instance.store.remove('userActionLog', log.id);
}

function actionsOn(userId: string, { store }: Instance): readonly StoredObject[] {
  return store.findAll('userActionLog', 'actioneeUserId', userId);
}

async function take(call: Call): Promise<Answer> {
  const request = sentAction(call);
  const { action } = request;
  const problems = takeProblems(action, call);
  if (problems.length > 0) throw invalid(madeUp(problems), 'action');
  return start(newLog(action, call), request, call);
}

/**
 * An action that is taken on a user by itself, as that of too many failed logins. That webhooks are
 * told is UNVERIFIED (switch ownActionEvents).
 */
export async function takeAction(
  user: StoredObject,
  { userActionId, expiry }: { readonly userActionId: string; readonly expiry: number },
  call: Call,
): Promise<void> {
  const { store, switches } = call.instance;
  if (store.get('userAction', userActionId)?.['active'] === false) return;
  const action = { actioneeUserId: user.id, userActionId, expiry };
  await start(newLog(action, call), { action, broadcast: switches.ownActionEvents === 'told' }, call);
}

/** A user who is kept out may lose all refresh tokens with it. */
async function start(log: StoredObject, request: SentAction, call: Call): Promise<Answer> {
  const { instance } = call;
  await tellOf('start', log, request, call);
  const actionee = instance.store.get('user', String(log['actioneeUserId']));
  const prevents = definitionOf(log, instance)?.['preventLogin'] === true && isActive(log, instance);
  if (actionee !== undefined && prevents) await revokeOnPrevention(actionee, call);
  return stored(log, instance);
}

function read(call: Call): Answer {
  const { params, query, instance } = call;
  if (params['actionId'] !== undefined) return { status: 200, body: { action: view(found(call)) } };
  const userId = query.get('userId');
  if (userId === null || userId === '') throw madeUpError('missing', 'userId', 'The userId is required.');
  if (!isUuid(userId)) throw badUuid('userId', userId);
  if (knownUser(userId, call) === undefined) throw notFound();
  const active = query.get('active');
  const logs =
    query.get('preventingLogin') === 'true'
      ? loginPreventions(userId, instance)
      : actionsOn(userId, instance).filter((log) => active === null || String(isActive(log, instance)) === active);
  return { status: 200, body: { actions: logs.map(view) } };
}

async function modify(call: Call): Promise<Answer> {
  const before = runningAction(call);
  const request = sentAction(call);
  const { action } = request;
  const problems = [...userIdProblems(action, ['actionerUserId'], call), ...expiryProblems(action['expiry'])];
  if (problems.length > 0) throw invalid(madeUp(problems), 'action');
  const { actionerUserId, expiry } = action;
  const changed = {
    ...withHistory(before),
    ...flagsOf(action),
    actionerUserId,
    expiry,
    comment: trim(action['comment']),
  };
  await tellOf('modify', changed, request, call);
  runningAction(call);
  return stored(changed, call.instance);
}

/** A cancelled action has come to its end at this moment. */
async function cancel(call: Call): Promise<Answer> {
  const { instance } = call;
  const before = runningAction(call);
  const request = sentAction(call);
  const { action } = request;
  const problems = userIdProblems(action, ['actionerUserId'], call);
  if (problems.length > 0) throw invalid(madeUp(problems), 'action');
  const { actionerUserId } = action;
  const cancelled = {
    ...withHistory(before),
    actionerUserId,
    comment: trim(action['comment']),
    endEventSent: true,
    expiry: instance.now(),
  };
  await tellOf('cancel', cancelled, request, call);
  runningAction(call);
  return stored(cancelled, instance);
}

/** A request whose types are right. */
interface SentAction {
  readonly action: Fields;
  readonly broadcast: boolean;
}

function sentAction({ body, instance }: Call): SentAction {
  const { action, broadcast } = checkedRequest('ActionRequest', body, instance.switches);
  if (!isRecord(action)) throw madeUpError('missing', 'action', 'The action is required.');
  return { action, broadcast: broadcast === true };
}

function takeProblems(action: Fields, call: Call): readonly Problem[] {
  const { instance } = call;
  const problems = [...userIdProblems(action, ['actioneeUserId', 'actionerUserId'], call)];
  const refuse = (field: string, kind: string, message: string): void => {
    problems.push({ field, kind, message });
  };
  const { userActionId, reasonId, option, applicationIds } = action;
  const definition = referredTo(instance, 'userAction', userActionId);
  if (userActionId === undefined) refuse('userActionId', 'missing', 'The userActionId is required.');
  else if (definition === undefined) refuse('userActionId', 'invalid', thereIsNo('User Action', userActionId));
  else if (definition['active'] === false) refuse('userActionId', 'inactive', 'The User Action is not active.');
  if (definition?.['temporal'] === true) problems.push(...expiryProblems(action['expiry']));
  if (reasonId !== undefined && referredTo(instance, 'userActionReason', reasonId) === undefined) {
    refuse('reasonId', 'invalid', thereIsNo('User Action Reason', reasonId));
  }
  const options = recordsIn(definition?.['options']).map(({ name }) => name);
  if (!isBlank(option) && !options.includes(option))
    refuse('option', 'invalid', `There is no option [${String(option)}].`);
  for (const id of Array.isArray(applicationIds) ? applicationIds : []) {
    if (referredTo(instance, 'application', id) !== undefined) continue;
    refuse('applicationIds', 'invalid', thereIsNo('Application', id));
  }
  return problems;
}

function expiryProblems(expiry: unknown): readonly Problem[] {
  if (typeof expiry === 'number') return [];
  return [{ field: 'expiry', kind: 'missing', message: 'The expiry of an action in time is required.' }];
}

async function tellOf(
  phase: 'cancel' | 'modify' | 'start',
  log: StoredObject,
  { action, broadcast }: SentAction,
  call: Call,
): Promise<void> {
  if (!broadcast) return;
  await tell(call, aboutActionee(log), {
    type: 'user.action',
    fields: eventOf(log, phase, action['notifyUser'] === true),
  });
}

/** Stores an action, and tells webhooks when its time is over unless something changes until then. */
function stored(log: StoredObject, instance: Instance): Answer {
  instance.store.put('userActionLog', log);
  const { expiry } = log;
  const delayMs = typeof expiry === 'number' ? expiry - instance.now() : Number.NaN;
  if (delayMs > 0 && delayMs <= longestDelayMs) {
    instance.later(delayMs, () => end(log.id, expiry, instance), 'onTime');
  }
  return { status: 200, body: { action: view(log) } };
}

function end(id: string, expiry: unknown, instance: Instance): void {
  const log = instance.store.get('userActionLog', id);
  if (log === undefined || log['expiry'] !== expiry || log['endEventSent'] === true) return;
  instance.store.put('userActionLog', { ...log, endEventSent: true });
  if (definitionOf(log, instance)?.['sendEndEvent'] === false) return;
  const { id: linkedObjectId, tenantId } = aboutActionee(log);
  const fields = eventOf(log, 'end', log['notifyUserOnEnd'] === true);
  // Nobody waits for it: an end that webhooks do not agree to is an end all the same.
  const about = { linkedObjectId, ...(typeof tenantId === 'string' ? { tenantId } : {}) };
  instance.events.send({ type: 'user.action', ...about, fields }).catch(() => undefined);
}

function runningAction(call: Call): StoredObject {
  const log = found(call);
  if (isActive(log, call.instance)) return log;
  throw madeUpError('invalid', 'actionId', 'Only an action in time that is not over can be changed.');
}

function found({ params, instance, tenantId }: Call): StoredObject {
  const id = params['actionId'] ?? '';
  if (!isUuid(id)) throw badUuid('actionId', id);
  const log = instance.store.get('userActionLog', id);
  if (log === undefined || (tenantId !== undefined && log['tenantId'] !== tenantId)) throw notFound();
  return log;
}

function view({ tenantId: _tenant, ...shown }: StoredObject): Fields {
  return shown;
}
