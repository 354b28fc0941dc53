import type { Catalog, Kind } from '../catalog/index.js';
import {
  type ChildList,
  type DesiredObject,
  type DesiredResource,
  isUuid,
  locationText,
  type Location,
  type Ref,
} from '../model/index.js';
import { didYouMean } from './closest.js';
import type { FindingList } from './finding-list.js';
import { forEachTenants } from './for-each.js';
import { entryMap } from './layer-content.js';
import { sealSecrets } from './secret-fields.js';
import { type Locals, noLocals, type Resolver } from './value-resolver.js';
import { entryOf, shapeText, type Written, type WrittenEntry, type WrittenList, type WrittenMap } from './written.js';

/** A resource with what the checks after it still need. */
export interface BuiltResource {
  readonly kind: Kind;
  readonly resource: DesiredResource;
  /** Its fields as written, to find the place of a key that is no field. */
  readonly written: WrittenMap;
  /** Pointers at which a finding has already said why there is no value. */
  readonly unresolved: ReadonlySet<string>;
}

/** Everything that entries of the files turned into. */
export interface BuiltResources {
  readonly resources: BuiltResource[];
  readonly childLists: ChildList[];
}

export interface BuilderContext {
  readonly catalog: Catalog;
  readonly resolver: Resolver;
  readonly findings: FindingList;
}

/** Where a resource comes from: its name in the repository, and what was written for it. */
interface Origin {
  readonly kind: Kind;
  readonly key: string;
  readonly at: Location;
  readonly map: WrittenMap;
  readonly locals: Locals;
  readonly parent?: Ref;
  /** The tenant that `forEach` gives it. */
  readonly tenant?: { readonly key: string; readonly at: Location };
}

/** Turns one merged entry into its resource, or one per tenant, each with the resources inside it. */
export function buildEntry(
  entry: { readonly kind: Kind; readonly key: string; readonly written: WrittenEntry },
  into: BuiltResources,
  context: BuilderContext,
): void {
  const { kind, key, written } = entry;
  const map = entryMap(kind, key, written, context.findings);
  if (!map) return;
  const origin = { kind, map, at: written.keyAt };
  const forEach = map.entries.get('forEach');
  if (!forEach || kind.scope === 'singleton') {
    buildResource({ ...origin, key, locals: noLocals }, into, context);
    return;
  }
  for (const tenant of forEachTenants(forEach.value, context.findings)) {
    const locals = new Map([['tenant', tenant.key]]);
    buildResource({ ...origin, key: `${key}@${tenant.key}`, locals, tenant }, into, context);
  }
}

function buildResource(origin: Origin, into: BuiltResources, context: BuilderContext): void {
  const { kind, key, map, parent, locals } = origin;
  const { findings } = context;
  const ref: Ref = { kind: kind.kind, key };
  if (map.mode) {
    const message = `!${map.mode} stands on a list or map inside ${article(kind)}, not on the ${kind.title} itself`;
    findings.add({ code: 'desired/bad-tag', message, at: map.at });
  }
  const written = withoutReserved(map, reservedKeys(kind));
  const { value, locations, listModes, unresolved } = context.resolver.resolve(written, locals);
  let fields: DesiredObject = asObject(value);
  if (origin.tenant && fields['tenantId'] === undefined && kind.refs.some((field) => field.path === 'tenantId')) {
    fields = { tenantId: origin.tenant.key, ...fields };
    locations.set('/tenantId', origin.tenant.at);
  }
  fields = sealSecrets(fields, { kind, key, written, findings });
  const id = kind.scope === 'singleton' ? builtInId(kind) : readId(origin, context);
  const was = parent === undefined ? undefined : readText(origin, 'was', context);
  const resource: DesiredResource = {
    ref,
    ...(parent && { parent }),
    ...(id !== undefined && { id }),
    ...(was !== undefined && { was }),
    fields,
    at: origin.at,
    locations,
    listModes,
  };
  into.resources.push({ kind, resource, written, unresolved });
  for (const child of kind.children) {
    const list = map.entries.get(child.field)?.value;
    if (list)
      buildChildren({ ...origin, list, child: context.catalog.kind(child.kind), field: child.field }, into, context);
  }
}

function buildChildren(
  origin: Origin & { readonly list: Written; readonly child: Kind; readonly field: string },
  into: BuiltResources,
  context: BuilderContext,
): void {
  const { kind, key, list, child, field } = origin;
  const { findings } = context;
  if (list.shape !== 'list') {
    const message = `${field} of the ${kind.title} '${key}' is a list, not ${shapeText(list)}`;
    findings.add({ code: 'desired/bad-type', message, hint: `write ${field}: [] for none`, at: list.at });
    return;
  }
  const parent: Ref = { kind: kind.kind, key };
  into.childLists.push({ parent, kind: child.kind, mode: list.mode ?? 'only', at: list.at });
  const places = new Map<string, Location>();
  for (const map of childMaps(list, { field, child, findings })) {
    const name = nameOf({ ...origin, map }, child, context);
    if (name === undefined) continue;
    const earlier = places.get(name);
    if (earlier) {
      const message = `${field} of the ${kind.title} '${key}' has '${name}' twice, first at ${locationText(earlier)}`;
      findings.add({ code: 'desired/duplicate-identity', message, hint: 'keep one of the two', at: map.at });
      continue;
    }
    places.set(name, map.at);
    const childKey = `${key}/${child.collection}/${name}`;
    buildResource({ kind: child, key: childKey, at: map.at, map, locals: origin.locals, parent }, into, context);
  }
}

function childMaps(
  list: WrittenList,
  context: { readonly field: string; readonly child: Kind; readonly findings: FindingList },
): readonly WrittenMap[] {
  const maps: WrittenMap[] = [];
  for (const item of list.items) {
    if (item.shape === 'map') maps.push(item);
    else {
      const message = `${context.field} has ${shapeText(item)} where a ${context.child.title} should be`;
      const hint = `write { ${context.child.nameField}: … }`;
      context.findings.add({ code: 'desired/bad-type', message, hint, at: item.at });
    }
  }
  return maps;
}

function nameOf(origin: Origin, child: Kind, context: BuilderContext): string | undefined {
  const name = readText(origin, child.nameField, context);
  if (name === undefined && !entryOf(origin.map, child.nameField)) {
    const message = `a ${child.title} of '${origin.key}' has no ${child.nameField}`;
    context.findings.add({ code: 'desired/missing-field', message, at: origin.map.at });
  }
  return name;
}

/** The text of a key that is kedge's own; undefined where it is not written, or after a finding. */
function readText(origin: Origin, name: string, context: BuilderContext): string | undefined {
  const written = origin.map.entries.get(name)?.value;
  if (!written) return undefined;
  const { value, unresolved } = context.resolver.resolve(written, origin.locals);
  if (unresolved.size > 0) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  const message = `${name} is text, not ${shapeText(written)}`;
  context.findings.add({ code: 'desired/bad-type', message, at: written.at });
  return undefined;
}

function readId(origin: Origin, context: BuilderContext): string | undefined {
  const id = readText(origin, 'id', context);
  const at = entryOf(origin.map, 'id')?.value.at ?? origin.at;
  if (id === undefined || isUuid(id)) return id?.toLowerCase();
  const { kind } = origin;
  if (id.startsWith('builtin:')) {
    const name = id.slice('builtin:'.length);
    if (context.catalog.builtIn(name)?.kind === kind.kind) return id;
    const hint = didYouMean(
      id,
      kind.builtIns.map((builtIn) => `builtin:${builtIn.name}`),
    );
    const message = `no ${kind.title} is built in under the name '${name}'`;
    context.findings.add({ code: 'desired/unknown-reference', message, hint, at });
    return undefined;
  }
  const hint = 'the logical key is the name in front of the entry; leave id out to let kedge derive it';
  context.findings.add({ code: 'desired/bad-type', message: 'id is a UUID or builtin:<name>', hint, at });
  return undefined;
}

/** Every instance has the one object of such a kind already. */
function builtInId(kind: Kind): string | undefined {
  const [builtIn] = kind.builtIns;
  return builtIn && `builtin:${builtIn.name}`;
}

function reservedKeys(kind: Kind): readonly string[] {
  if (kind.scope === 'singleton') return [];
  return ['id', kind.scope === 'child' ? 'was' : 'forEach', ...kind.children.map((child) => child.field)];
}

function withoutReserved(map: WrittenMap, reserved: readonly string[]): WrittenMap {
  if (!reserved.some((name) => map.entries.has(name))) return map;
  const entries = new Map(map.entries);
  for (const name of reserved) entries.delete(name);
  return { shape: 'map', at: map.at, patches: map.patches, entries };
}

function asObject(value: unknown): DesiredObject {
  // A written map resolves to an object, and sealing changes nothing but text inside it.
  return value as DesiredObject;
}

function article(kind: Kind): string {
  return `${/^[aeiou]/i.test(kind.title) ? 'an' : 'a'} ${kind.title}`;
}
