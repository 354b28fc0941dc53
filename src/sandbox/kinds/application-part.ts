import { builtInError } from '../built-in.js';
import { existing } from '../crud.js';
import { badUuid, invalid, notFound, parameterError } from '../errors.js';
import { withoutNulls } from '../fields.js';
import type { Answer, Call, Kind, Route, Write } from '../kind.js';
import { patchEnvelope, patchMethodOf } from '../patch.js';
import { readEnvelope } from '../request-envelope.js';
import { isUuid } from '../shape.js';
import { fusionAuthApplicationId } from '../seeds/ids.js';
import type { Fields, StoredObject } from '../store.js';
import { article, composeObject } from '../write-object.js';
import { application } from './application.js';
import { isRecord } from './normal-text.js';

/** A list inside an application whose items have routes of their own: roles and scopes. */
export interface ApplicationPart {
  /** The application's field: `roles`. */
  readonly list: string;
  /** How an item is checked and normalised; its operations and routes are made here. */
  readonly item: Kind;
  /** Whether an item can be read by its id; roles cannot (FusionAuth docs, list of API endpoints). */
  readonly readable: boolean;
  readonly afterDelete?: (item: StoredObject, call: Call) => void;
}

/** Source: FusionAuth docs apis/applications ("roles") and apis/scopes. */
export function routesOfPart(part: ApplicationPart): readonly Route[] {
  const { item, readable } = part;
  const under = `/api/application/:applicationId/${item.one}`;
  const endpoint = `/api/application/${item.one}`;
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

function create(part: ApplicationPart, call: Call): Answer {
  const { item } = part;
  const owner = changeable(part, call);
  const { envelope, sent } = readEnvelope(item, call.body, call.instance.switches);
  const write: Write = { instance: call.instance, operation: 'create', previous: undefined, envelope, sent, call };
  const created = composeObject(item, write, identity(part, owner, newId(part, call, sent)));
  checkName(part, owner, created);
  store(part, call, [...itemsOf(part, owner), created]);
  return answer(part, created);
}

function update(part: ApplicationPart, call: Call): Answer {
  return replace(part, call, { operation: 'update', ...readEnvelope(part.item, call.body, call.instance.switches) });
}

function patch(part: ApplicationPart, call: Call): Answer {
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

function replace(part: ApplicationPart, call: Call, write: Pick<Write, 'envelope' | 'operation' | 'sent'>): Answer {
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
  return answer(part, changed);
}

function remove(part: ApplicationPart, call: Call, gone: StoredObject): Answer {
  const owner = changeable(part, call);
  store(
    part,
    call,
    itemsOf(part, owner).filter(({ id }) => id !== gone.id),
  );
  part.afterDelete?.(gone, call);
  return { status: 200 };
}

/** The application that is to be changed. That the roles of FusionAuth's own are read-only: FusionAuth docs, roles. */
function changeable({ list }: ApplicationPart, call: Call): StoredObject {
  const owner = existing(application, call);
  if (owner.id === fusionAuthApplicationId && list === 'roles') {
    throw builtInError('The roles of the FusionAuth application cannot be changed.', application, call.instance);
  }
  return owner;
}

function identity({ item }: ApplicationPart, owner: StoredObject, id: string): { readonly id: string } {
  return item.name === 'scope' ? Object.assign({ id }, { applicationId: owner.id }) : { id };
}

function found(part: ApplicationPart, call: Call): StoredObject {
  const { idParameter } = part.item;
  const id = call.params[idParameter] ?? '';
  const owner = existing(application, call);
  if (!isUuid(id)) throw badUuid(idParameter, id);
  const item = itemsOf(part, owner).find((other) => other.id === id.toLowerCase());
  if (item === undefined) throw notFound();
  return item;
}

function named(part: ApplicationPart, call: Call): StoredObject {
  const owner = existing(application, call);
  const name = call.query.get('name');
  if (name === null || name === '') throw parameterError('blank', 'name', 'The name or the Id is required.');
  const item = itemsOf(part, owner).find((other) => other['name'] === name);
  if (item === undefined) throw notFound();
  return item;
}

function newId(part: ApplicationPart, { params, instance }: Call, sent: Fields): string {
  const { item, list } = part;
  const inPath = params[item.idParameter];
  if (inPath !== undefined && !isUuid(inPath)) throw badUuid(item.idParameter, inPath);
  const id = (inPath ?? (isUuid(sent['id']) ? sent['id'] : undefined))?.toLowerCase();
  if (id === undefined) return instance.uuid();
  const taken = [...instance.store.all('application')].some((owner) =>
    itemsOf({ list }, owner).some((other) => other.id === id),
  );
  if (!taken) return id;
  throw parameterError('duplicate', item.idParameter, `${article(item.label)} with Id = [${id}] already exists.`);
}

function checkName(part: ApplicationPart, owner: StoredObject, item: StoredObject): void {
  const { name } = item;
  const same = itemsOf(part, owner).find((other) => other.id !== item.id && other['name'] === name);
  if (same === undefined) return;
  const message = `${article(part.item.label)} with name = [${String(name)}] already exists.`;
  throw invalid([{ field: 'name', kind: 'duplicate', message }], part.item.one);
}

function itemsOf({ list }: Pick<ApplicationPart, 'list'>, owner: StoredObject): readonly StoredObject[] {
  const items: unknown = owner[list];
  return Array.isArray(items)
    ? items.filter((item): item is StoredObject => isRecord(item) && typeof item['id'] === 'string')
    : [];
}

/** The application's own `lastUpdateInstant` stays: that a role moves it is nowhere said (UNVERIFIED). */
function store({ list }: ApplicationPart, call: Call, items: readonly StoredObject[]): void {
  const owner = existing(application, call);
  call.instance.store.put('application', { ...owner, [list]: items });
}

function answer({ item }: ApplicationPart, object: StoredObject): Answer {
  return { status: 200, body: { [item.one]: object } };
}
