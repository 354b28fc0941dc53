import { builtInError } from './built-in.js';
import { badUuid, invalid, notFound, parameterError, type Problem, type Refusal } from './errors.js';
import { tell } from './events/tell.js';
import { withoutNulls, withValuesOf } from './fields.js';
import type { Answer, Call, Instance, Kind, Told, Viewer, Write } from './kind.js';
import { patchEnvelope, patchMethodOf } from './patch.js';
import { overtaken } from './quirks/concurrent-patch.js';
import { refuseCopySource } from './quirks/copy-source-on-update.js';
import { refuseTenantMergePatch } from './quirks/tenant-merge-patch.js';
import { useProblems } from './references.js';
import { readEnvelope, type Envelope } from './request-envelope.js';
import { findByCriteria, readCriteria, type IndexedKind } from './search-engine/index.js';
import { searchKind } from './search.js';
import { isUuid } from './shape.js';
import type { Fields, StoredObject } from './store.js';
import { newObjectTenant } from './tenant-rule.js';
import { sameTenant } from './visible.js';
import { article, checkObject, draftObject, uniqueProblems } from './write-object.js';

/** POST: with the id of the path, of the body, or a new one. A create is answered 200, never 201. */
export async function createObject(kind: Kind, call: Call): Promise<Answer> {
  const draft = draftNew(kind, call, readEnvelope(kind, call.body, call.instance.switches));
  if (draft.problems.length > 0) throw await refusal(kind, draft);
  // Kinds without events are stored at once: between the look at the store and the write nothing else may happen.
  if (kind.eventName !== undefined) await tellNew(kind, draft);
  return answerWith(kind, await storeNew(kind, draft), call, 'created');
}

/** An object that may come to be, and what is wrong with it. */
export interface Draft {
  readonly object: StoredObject;
  readonly write: Write;
  readonly problems: readonly Problem[];
}

/** The object that a create makes of a request. Nothing is stored and nobody is told. */
export function draftNew(kind: Kind, call: Call, { envelope, sent }: Envelope): Draft {
  const { instance } = call;
  const id = newId(kind, call, sent);
  const tenantId = kind.belongsTo === 'tenant' ? newObjectTenant(kind, call, sent) : undefined;
  const source = copySource(kind, call, { envelope, sent });
  const write: Write = { instance, operation: 'create', previous: undefined, envelope, sent, call };
  const identity = { id, ...(tenantId === undefined ? {} : { tenantId }) };
  const object = draftObject(kind, write, identity, source === undefined ? {} : kind.copy?.from(source, instance));
  return { object, write, problems: checkObject(kind, object, write) };
}

/** Asks webhooks about an object that is to be created. */
export async function tellNew(kind: Kind, { object, write }: Pick<Draft, 'object' | 'write'>): Promise<void> {
  await tellOf(kind, write.call, 'create', { object });
  await alsoTell('before', kind, object, write);
}

/** Stores a new object, at once, and tells webhooks. @throws {@link Refusal} 400 when somebody else was faster. */
export async function storeNew(kind: Kind, { object, write }: Pick<Draft, 'object' | 'write'>): Promise<StoredObject> {
  const { call, instance } = write;
  if (kind.eventName !== undefined) {
    newId(kind, call, { id: object.id });
    refuseTaken(kind, object, write);
  }
  instance.store.put(kind.name, object);
  kind.afterWrite?.(object, write);
  const stored = instance.store.get(kind.name, object.id) ?? object;
  if (kind.eventName === undefined) return stored;
  await tellOf(kind, call, 'create.complete', { object: stored });
  await alsoTell('after', kind, stored, write);
  return stored;
}

/** PUT: everything that is not in the request goes back to its default. */
export async function updateObject(kind: Kind, call: Call): Promise<Answer> {
  if (kind.deletes === 'soft' && call.query.get('reactivate') === 'true') return setActive(kind, call, true);
  const previous = existing(kind, call);
  refuseProtected(kind, previous, call, 'update');
  const read = readEnvelope(kind, call.body, { ...call.instance.switches, previous });
  return replace(kind, call, previous, { operation: 'update', ...read });
}

/** PATCH: the present object, with what stands beside it, changed in one of three ways and then put. */
export async function patchObject(kind: Kind, call: Call): Promise<Answer> {
  const { instance } = call;
  const previous = existing(kind, call);
  refuseProtected(kind, previous, call, 'patch');
  const method = patchMethodOf(call.contentType);
  refuseTenantMergePatch(kind, method, instance);
  const patched = patchEnvelope(presentEnvelope(kind, previous, call), call.body ?? {}, {
    method,
    replaced: replacedPaths(kind, instance).map((path) => `${kind.one}.${path}`),
  });
  const read = readEnvelope(kind, withoutNulls(patched), { ...instance.switches, previous });
  const present = await overtaken(previous, { kind, instance, read: () => existing(kind, call) });
  return replace(kind, call, present, { operation: 'patch', ...read });
}

function replacedPaths({ patchReplaces = [], patchMarked = [] }: Kind, { switches }: Instance): readonly string[] {
  return switches.legacyPatchOfLists === 'markedReplaced' ? [...patchReplaces, ...patchMarked] : patchReplaces;
}

export function readObject(kind: Kind, call: Call): Answer {
  return answerWith(kind, existing(kind, call), call);
}

export function listObjects(kind: Kind, call: Call): Answer {
  const objects = [...call.instance.store.all(kind.name)].filter(
    (object) => sameTenant(kind, object, call) && (kind.listed?.(object, call) ?? true),
  );
  return { status: 200, body: { [kind.many]: objects.map((object) => viewOf(kind, object, call, 'list')) } };
}

export function searchObjects(kind: Kind, call: Call): Answer {
  if (kind.searchIndex !== undefined) return searchInIndex({ ...kind, searchIndex: kind.searchIndex }, call);
  if (kind.search === undefined) throw notFound();
  const { objects, total } = searchKind(kind, kind.search, call);
  return { status: 200, body: { [kind.many]: objects.map((object) => viewOf(kind, object, call, 'search')), total } };
}

function searchInIndex(kind: IndexedKind, call: Call): Answer {
  const { objects, ...rest } = findByCriteria(kind, readCriteria(kind.searchIndex, call), call);
  return { status: 200, body: { [kind.many]: objects.map((object) => viewOf(kind, object, call, 'search')), ...rest } };
}

/** PUT to a search: what was written so far can be found. Source: FusionAuth docs apis/entities/entities, "Flush the Search Engine". */
export function refreshSearch(kind: Kind, { instance }: Call): Answer {
  instance.indexes.get(kind.name)?.refresh(instance);
  return { status: 200 };
}

/** DELETE: for good, or for some kinds only to inactive unless `?hardDelete=true`. Answered 200 with an empty body. */
export async function deleteObject(kind: Kind, call: Call): Promise<Answer> {
  const object = existing(kind, call);
  refuseProtected(kind, object, call, 'delete');
  if (kind.deletes === 'soft' && call.query.get('hardDelete') !== 'true') {
    await setActive(kind, call, false);
    return { status: 200 };
  }
  const problems = useProblems(object, kind, call.instance);
  if (problems.length > 0) throw invalid(problems, kind.one);
  if (kind.eventName !== undefined) {
    await tellOf(kind, call, 'delete', { object });
    existing(kind, call);
  }
  call.instance.store.remove(kind.name, object.id);
  kind.afterDelete?.(object, call.instance);
  if (kind.eventName !== undefined) await tellOf(kind, call, 'delete.complete', { object });
  return { status: 200 };
}

/** The object a path leads to. @throws {@link Refusal} 404, also when the caller's tenant is another one. */
export function existing(kind: Kind, call: Call): StoredObject {
  const id = kind.ids === 'one' ? kind.name : checkedId(kind, call.params[kind.idParameter] ?? '');
  const object = call.instance.store.get(kind.name, id);
  if (object === undefined || !sameTenant(kind, object, call)) throw notFound();
  return object;
}

/** An id as a path has it. @throws {@link Refusal} 400 for one that no object of the kind can have. */
function checkedId({ ids, idParameter }: Kind, id: string): string {
  if (ids === undefined || ids === 'one') {
    if (!isUuid(id)) throw badUuid(idParameter, id);
    return id.toLowerCase();
  }
  if (ids.includes(id)) return id;
  throw parameterError('invalid', idParameter, `The ${idParameter} [${id}] is none of ${ids.join(', ')}.`);
}

/** What an answer shows of an object. */
function viewOf(kind: Kind, object: StoredObject, { instance }: Call, viewer: Viewer): Fields {
  const shown = kind.view?.(object, { instance, viewer }) ?? object;
  return kind.internal === undefined ? shown : withValuesOf(shown, {}, kind.internal);
}

function answerWith(kind: Kind, object: StoredObject, call: Call, viewer: Viewer = 'read'): Answer {
  const beside = kind.beside?.(object, call.instance) ?? {};
  return { status: 200, body: { ...beside, [kind.one]: viewOf(kind, object, call, viewer) } };
}

async function replace(
  kind: Kind,
  call: Call,
  previous: StoredObject,
  { operation, envelope, sent }: Envelope & Pick<Write, 'operation'>,
): Promise<Answer> {
  const { instance } = call;
  refuseCopySource(kind, envelope, instance);
  const write: Write = { instance, operation, previous, envelope, sent, call };
  const tenantId = previous['tenantId'];
  const owned = kind.belongsTo === 'tenant' && typeof tenantId === 'string' ? { tenantId } : {};
  const identity = { id: previous.id, ...owned };
  let object = draftObject(kind, write, identity);
  const problems = checkObject(kind, object, write);
  if (problems.length > 0) throw await refusal(kind, { object, write, problems });
  const asking = askFirst(kind, object, { ...write, previous });
  if (asking !== undefined) {
    await asking;
    // Somebody else may have changed it meanwhile: what this request does not set is as it is now.
    const now = existing(kind, call);
    if (now !== previous) object = draftObject(kind, { ...write, previous: now }, identity);
    refuseTaken(kind, object, write);
  }
  if (object !== previous) instance.store.put(kind.name, object);
  kind.afterWrite?.(object, write);
  const stored = instance.store.get(kind.name, object.id) ?? object;
  if (kind.eventName !== undefined) {
    await tellOf(kind, call, 'update.complete', { object: stored, original: previous });
    await alsoTell('after', kind, stored, write);
  }
  return answerWith(kind, stored, call);
}

function presentEnvelope(kind: Kind, object: StoredObject, { instance }: Call): Fields {
  const settable = withValuesOf(object, {}, [
    'insertInstant',
    'lastUpdateInstant',
    ...(kind.readOnly ?? []),
    ...(kind.internal ?? []),
  ]);
  const siblings = (kind.siblings ?? []).map(({ name, read }) => [name, read(object, instance)] as const);
  return Object.fromEntries([[kind.one, settable], ...siblings.filter(([, value]) => value !== undefined)]);
}

/** Only a user's change of state is an event of its own. Source: FusionAuth docs extend/events-and-webhooks/events. */
async function setActive(kind: Kind, call: Call, active: boolean): Promise<Answer> {
  let changed = withState(existing(kind, call), active, call);
  if (kind.eventName === 'user') {
    await tellOf(kind, call, active ? 'reactivate' : 'deactivate', { object: changed });
    changed = withState(existing(kind, call), active, call);
  }
  call.instance.store.put(kind.name, changed);
  return answerWith(kind, changed, call);
}

/** An object that is active, or is not. */
export function withState(object: StoredObject, active: boolean, { instance }: Call): StoredObject {
  const lastUpdateInstant = Math.max(instance.now(), Number(object['lastUpdateInstant'] ?? 0) + 1);
  const state = object['state'] === undefined ? {} : { state: active ? 'Active' : 'Inactive' };
  return { ...object, active, ...state, lastUpdateInstant };
}

/**
 * Tells of a change before it is made; undefined where there is nothing to tell: between the look at the store and the write
 * nothing else happens then.
 */
function askFirst(kind: Kind, object: StoredObject, write: Write & Replacing): Promise<void> | undefined {
  if (kind.eventName !== undefined) return askOf(kind, object, write);
  const told = kind.alsoTells?.('before', object, write) ?? [];
  return told.length === 0 ? undefined : tellAll(write.call, object, told);
}

interface Replacing {
  readonly previous: StoredObject;
}

async function askOf(kind: Kind, object: StoredObject, write: Write & Replacing): Promise<void> {
  await tellOf(kind, write.call, 'update', { object, original: write.previous });
  await alsoTell('before', kind, object, write);
}

/** What the database's own unique indexes would refuse. */
function refuseTaken(kind: Kind, object: StoredObject, write: Write): void {
  const problems = uniqueProblems(kind, object, write);
  if (problems.length > 0) throw invalid(problems, kind.one);
}

/** The answer to a write that cannot be; events of it come first. */
export async function refusal(kind: Kind, { object, write, problems }: Draft): Promise<Refusal> {
  await alsoTell('refused', kind, object, write);
  return invalid(problems, kind.one);
}

async function alsoTell(
  moment: 'after' | 'before' | 'refused',
  kind: Kind,
  object: StoredObject,
  write: Write,
): Promise<void> {
  await tellAll(write.call, object, kind.alsoTells?.(moment, object, write) ?? []);
}

async function tellAll(call: Call, object: StoredObject, events: readonly Told[]): Promise<void> {
  for (const told of events) await tell(call, object, told);
}

/** Sends an event of a kind that has events. */
async function tellOf(
  kind: Kind,
  call: Call,
  what: string,
  { object, original }: { readonly object: StoredObject; readonly original?: StoredObject },
): Promise<void> {
  await tell(call, object, {
    type: `${kind.eventName}.${what}`,
    fields: {
      [kind.one]: viewOf(kind, object, call, 'read'),
      ...(original === undefined ? {} : { original: viewOf(kind, original, call, 'read') }),
    },
  });
}

/** An id is unique in its kind on the whole instance. The error's field is the URI's parameter. */
function newId(kind: Kind, { params, instance }: Call, sent: Fields): string {
  const inPath = params[kind.idParameter];
  const inBody = isUuid(sent['id']) ? sent['id'].toLowerCase() : undefined;
  const id = inPath === undefined && kind.ids === undefined ? inBody : checkedId(kind, inPath ?? '');
  if (id === undefined) return instance.uuid();
  if (instance.store.get(kind.name, id) === undefined) return id;
  throw parameterError('duplicate', kind.idParameter, `${article(kind.label)} with Id = [${id}] already exists.`);
}

/** FusionAuth docs apis/tenants, `sourceTenantId`; only the new name may stand beside it (release notes 1.46). */
function copySource(kind: Kind, call: Call, { envelope, sent }: Envelope): StoredObject | undefined {
  if (kind.copy === undefined) return undefined;
  const { parameter } = kind.copy;
  const id = envelope[parameter];
  if (typeof id !== 'string') return undefined;
  const source = call.instance.store.get(kind.name, id);
  if (source === undefined || !sameTenant(kind, source, call)) {
    throw parameterError('invalid', parameter, `There is no ${kind.label} with Id [${id}] to copy.`);
  }
  const why = kind.copy.refused?.(source);
  if (why !== undefined) throw parameterError('invalid', parameter, why);
  const extra = Object.entries(sent).filter(([name, value]) => value !== null && !['id', 'name'].includes(name));
  if (extra.length > 0) {
    const names = extra.map(([name]) => name).join(', ');
    throw parameterError('invalid', parameter, `A copy takes only a new name; remove ${names} from the request.`);
  }
  return source;
}

function refuseProtected(
  kind: Kind,
  object: StoredObject,
  { instance }: Call,
  operation: 'delete' | 'patch' | 'update',
): void {
  const why = kind.protected?.(object, operation, instance);
  if (why !== undefined) throw builtInError(why, kind, instance);
}
