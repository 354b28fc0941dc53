import { existing } from '../crud.js';
import { badUuid, invalid, notFound, parameterError } from '../errors.js';
import { withoutNulls } from '../fields.js';
import type { Answer, Call, Kind, Route, Write } from '../kind.js';
import { patchEnvelope, patchMethodOf } from '../patch.js';
import { readEnvelope } from '../request-envelope.js';
import { isUuid } from '../shape.js';
import type { Fields, StoredObject } from '../store.js';
import { article, composeObject, type Identity } from '../write-object.js';
import { isRecord } from './normal-text.js';

/** An item of a list, and the object it lies in. */
export interface PartItem {
  readonly item: StoredObject;
  readonly owner: StoredObject;
}

/** A list inside an object whose items have routes of their own: roles and scopes of an application, permissions of a type. */
export interface ObjectPart {
  /** The kind of the object they lie in. */
  readonly owner: Kind;
  /** That object's field: `roles`. */
  readonly list: string;
  /** How an item is checked and normalised; its operations and routes are made here. */
  readonly item: Kind;
  /** Whether an item can be read by its id; roles cannot (FusionAuth docs, list of API endpoints). */
  readonly readable: boolean;
  /** The field of an item that has the owner's id, if there is one. */
  readonly ownerField?: string;
  /** Why the items of an owner cannot be changed. */
  readonly frozen?: (owner: StoredObject, call: Call) => Error | undefined;
  /** Why an item cannot be deleted. */
  readonly used?: (deleted: PartItem, call: Call) => Error | undefined;
  readonly afterDelete?: (deleted: PartItem, call: Call) => void;
  readonly afterRename?: (renamed: PartItem & { readonly before: unknown }, call: Call) => void;
}

/** Source: FusionAuth docs apis/applications ("roles"), apis/scopes and apis/entities/entity-types ("permission"). */
export function routesOfPart(part: ObjectPart): readonly Route[] {
  const { owner, item, readable } = part;
  const under = `${owner.path}/:${owner.idParameter}/${item.one}`;
  const endpoint = `${owner.path}/${item.one}`;
  const route = (method: Route['method'], path: string, handle: Route['handle']): Route => ({
    method,
    path,
    endpoint,
    scope: 'tenant',
    handle,
  });
  const byId = `${under}/:${item.idParameter}`;
  return [
    route('POST', `${byId}?`, (call) => create(part, call)),
    ...(readable ? [route('GET', byId, (call) => answer(part, found(part, call)))] : []),
    route('PUT', byId, (call) => update(part, call)),
    route('PATCH', byId, (call) => patch(part, call)),
    route('DELETE', byId, (call) => remove(part, call, found(part, call))),
    route('DELETE', under, (call) => remove(part, call, named(part, call))),
  ];
}

function create(part: ObjectPart, call: Call): Answer {
  const { item } = part;
  const owner = changeable(part, call);
  const { envelope, sent } = readEnvelope(item, call.body, call.instance.switches);
  const write: Write = { instance: call.instance, operation: 'create', previous: undefined, envelope, sent, call };
  const created = composeObject(item, write, identity(part, owner, newId(part, call, sent)));
  checkName(part, owner, created);
  store(part, call, [...itemsOf(part, owner), created]);
  return answer(part, created);
}

function update(part: ObjectPart, call: Call): Answer {
  return replace(part, call, { operation: 'update', ...readEnvelope(part.item, call.body, call.instance.switches) });
}

function patch(part: ObjectPart, call: Call): Answer {
  const { item } = part;
  const { insertInstant: _inserted, lastUpdateInstant: _updated, ...present } = found(part, call);
  const patched = patchEnvelope({ [item.one]: present }, call.body ?? {}, {
    method: patchMethodOf(call.contentType),
    replaced: [],
  });
  return replace(part, call, {
    operation: 'patch',
    ...readEnvelope(item, withoutNulls(patched), call.instance.switches),
  });
}

function replace(part: ObjectPart, call: Call, write: Pick<Write, 'envelope' | 'operation' | 'sent'>): Answer {
  const owner = changeable(part, call);
  const previous = found(part, call);
  const changed = composeObject(
    part.item,
    { ...write, instance: call.instance, previous, call },
    identity(part, owner, previous.id),
  );
  checkName(part, owner, changed);
  store(
    part,
    call,
    itemsOf(part, owner).map((item) => (item.id === changed.id ? changed : item)),
  );
  const before = previous['name'];
  if (before !== changed['name']) part.afterRename?.({ before, item: changed, owner }, call);
  return answer(part, changed);
}

function remove(part: ObjectPart, call: Call, gone: StoredObject): Answer {
  const owner = changeable(part, call);
  const why = part.used?.({ item: gone, owner }, call);
  if (why !== undefined) throw why;
  store(
    part,
    call,
    itemsOf(part, owner).filter(({ id }) => id !== gone.id),
  );
  part.afterDelete?.({ item: gone, owner }, call);
  return { status: 200 };
}

/** The object whose list is to be changed. */
function changeable(part: ObjectPart, call: Call): StoredObject {
  const owner = existing(part.owner, call);
  const why = part.frozen?.(owner, call);
  if (why !== undefined) throw why;
  return owner;
}

function identity({ ownerField }: ObjectPart, owner: StoredObject, id: string): Identity {
  return ownerField === undefined ? { id } : { id, [ownerField]: owner.id };
}

function found(part: ObjectPart, call: Call): StoredObject {
  const { idParameter } = part.item;
  const id = call.params[idParameter] ?? '';
  const owner = existing(part.owner, call);
  if (!isUuid(id)) throw badUuid(idParameter, id);
  const item = itemsOf(part, owner).find((other) => other.id === id.toLowerCase());
  if (item === undefined) throw notFound();
  return item;
}

function named(part: ObjectPart, call: Call): StoredObject {
  const owner = existing(part.owner, call);
  const name = call.query.get('name');
  if (name === null || name === '') throw parameterError('blank', 'name', 'The name or the Id is required.');
  const item = itemsOf(part, owner).find((other) => other['name'] === name);
  if (item === undefined) throw notFound();
  return item;
}

function newId(part: ObjectPart, { params, instance }: Call, sent: Fields): string {
  const { item } = part;
  const inPath = params[item.idParameter];
  if (inPath !== undefined && !isUuid(inPath)) throw badUuid(item.idParameter, inPath);
  const id = (inPath ?? (isUuid(sent['id']) ? sent['id'] : undefined))?.toLowerCase();
  if (id === undefined) return instance.uuid();
  const taken = [...instance.store.all(part.owner.name)].some((owner) =>
    itemsOf(part, owner).some((other) => other.id === id),
  );
  if (!taken) return id;
  throw parameterError('duplicate', item.idParameter, `${article(item.label)} with Id = [${id}] already exists.`);
}

function checkName(part: ObjectPart, owner: StoredObject, item: StoredObject): void {
  const { name } = item;
  const same = itemsOf(part, owner).find((other) => other.id !== item.id && other['name'] === name);
  if (same === undefined) return;
  const message = `${article(part.item.label)} with name = [${String(name)}] already exists.`;
  throw invalid([{ field: 'name', kind: 'duplicate', message }], part.item.one);
}

function itemsOf({ list }: ObjectPart, owner: StoredObject): readonly StoredObject[] {
  const items: unknown = owner[list];
  return Array.isArray(items)
    ? items.filter((item): item is StoredObject => isRecord(item) && typeof item['id'] === 'string')
    : [];
}

/** Whether it moves the owner's `lastUpdateInstant` is UNVERIFIED (switch partBumpsOwner). */
function store(part: ObjectPart, call: Call, items: readonly StoredObject[]): void {
  const owner = existing(part.owner, call);
  const { now, switches, store: objects } = call.instance;
  const bumped = switches.partBumpsOwner === 'on' ? { lastUpdateInstant: now() } : {};
  objects.put(part.owner.name, { ...owner, ...bumped, [part.list]: items });
}

function answer({ item }: ObjectPart, object: StoredObject): Answer {
  return { status: 200, body: { [item.one]: object } };
}
