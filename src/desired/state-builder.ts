import type { Catalog, Kind } from '../catalog/index.js';
import {
  type ChildList,
  compareRefs,
  compareText,
  type DesiredResource,
  type ExistingResource,
  type KindName,
  type Location,
  locationText,
  type Move,
  pointerOf,
  refText,
  type Tombstone,
} from '../model/index.js';
import { canonicalEntry, createKeyOfId } from './canonical-key.js';
import { checkExisting, type Declared, parseExisting, parseMoves, parseTombstones } from './claims.js';
import type { FindingList } from './finding-list.js';
import { checkIdentities } from './identities.js';
import { type LayerContent, mergeLayers } from './layer-content.js';
import type { MergeRules, NamedList } from './layer-merge.js';
import { checkReferences, createReferenceIndex } from './references.js';
import { buildEntry, type BuiltResource, type BuiltResources } from './resource-builder.js';
import type { SchemaCheck } from './schema-check.js';
import type { SchemaSource } from './schema-source.js';
import type { Resolver } from './value-resolver.js';
import { writtenEntryAt } from './written.js';

/** What turning layers into state needs. */
export interface StateContext {
  readonly catalog: Catalog;
  readonly resolver: Resolver;
  readonly schemas: SchemaSource;
  readonly schemaCheck: SchemaCheck;
  /** Undefined where a finding has said why it is not known. */
  readonly namespace: string | undefined;
  /** True when a file could not be read: what refers to something in it is not wrong for that. */
  readonly incomplete: boolean;
  readonly findings: FindingList;
}

/** The parts of the desired state that come from the layers' files, sorted. */
export interface BuiltState {
  readonly resources: readonly DesiredResource[];
  readonly childLists: readonly ChildList[];
  readonly tombstones: readonly Tombstone[];
  readonly existing: readonly ExistingResource[];
  readonly moved: readonly Move[];
  readonly isEmpty: boolean;
}

/** Merges layers, makes their values and checks the whole. Reports everything it finds; what it gives may then be partial. */
export function buildState(layers: readonly LayerContent[], context: StateContext): BuiltState {
  const { catalog, findings } = context;
  const keyOfId = createKeyOfId(layers, context.namespace);
  const rules = createMergeRules(catalog, findings);
  const merged = mergeLayers(layers, {
    findings,
    rulesOf: rules,
    canonical: (kind, entry) => canonicalEntry(entry, { kind: catalog.kind(kind), keyOfId, catalog, findings }),
  });

  const built: BuiltResources = { resources: [], childLists: [] };
  for (const [kindName, entries] of merged.entries) {
    const kind = catalog.kind(kindName);
    for (const [key, written] of entries) buildEntry({ kind, key, written }, built, context);
  }
  const existing: { readonly kind: Kind; readonly found: ExistingResource }[] = [];
  for (const [kindName, entries] of merged.existing) {
    const kind = catalog.kind(kindName);
    for (const [key, written] of entries) {
      const found = parseExisting({ kind, key, written }, context);
      if (found) existing.push({ kind, found });
    }
  }

  for (const resource of built.resources) checkFields(resource, context);
  const declared = declaredOf(built.resources, existing, findings);
  const existingRefs = [...merged.existing].flatMap(([kind, entries]) =>
    [...entries.keys()].map((key) => ({ kind, key })),
  );
  const refs = built.resources.map(({ resource }) => resource.ref).concat(existingRefs);
  const index = createReferenceIndex(refs, catalog);
  if (!context.incomplete) {
    for (const resource of built.resources) checkReferences(resource, { catalog, index, findings });
    for (const { kind, found } of existing) checkExisting(kind, found, { catalog, index, findings });
  }
  checkIdentities(built.resources, existing, { keyOfId, findings });
  const tombstones = parseTombstones(merged.absent, { catalog, declared, findings });
  const moved = context.incomplete ? [] : parseMoves(merged.moved, { catalog, index, declared, findings });

  return {
    resources: built.resources.map(({ resource }) => resource).sort((left, right) => compareRefs(left.ref, right.ref)),
    childLists: built.childLists.sort(
      (left, right) => compareRefs(left.parent, right.parent) || compareText(left.kind, right.kind),
    ),
    tombstones: [...tombstones].sort((left, right) => compareRefs(left.ref, right.ref)),
    existing: existing.map(({ found }) => found).sort((left, right) => compareRefs(left.ref, right.ref)),
    moved: [...moved].sort((left, right) => compareText(left.kind, right.kind) || compareText(left.from, right.from)),
    isEmpty: built.resources.length + merged.absent.length + merged.moved.length + existing.length === 0,
  };
}

/** The named lists of each kind are its children's; made once per kind, for a merge asks for every entry. */
function createMergeRules(catalog: Catalog, findings: FindingList): (kind: KindName) => MergeRules {
  const made = new Map<KindName, MergeRules>();
  const rulesOf = (kindName: KindName): MergeRules => {
    const known = made.get(kindName);
    if (known) return known;
    const named = new Map<string, NamedList>();
    for (const child of catalog.kind(kindName).children) {
      named.set(child.field, { nameField: catalog.kind(child.kind).nameField, rules: rulesOf(child.kind) });
    }
    const rules: MergeRules = { findings, named };
    made.set(kindName, rules);
    return rules;
  };
  return rulesOf;
}

function checkFields(built: BuiltResource, context: StateContext): void {
  const { kind, resource, written, unresolved } = built;
  const what = `${kind.title} '${resource.ref.key}'`;
  const schema = context.schemas.kind(kind.kind);
  for (const fault of context.schemaCheck.check(schema, { value: resource.fields, what })) {
    const { pointer, ...rest } = fault;
    if (unresolved.has(pointer)) continue;
    const key = fault.code === 'desired/unknown-field' ? writtenEntryAt(written, pointer)?.keyAt : undefined;
    context.findings.add({ ...rest, at: key ?? resource.locations.get(pointer) ?? resource.at });
  }
  for (const { field, why, hint } of kind.withoutEffect?.(resource.fields) ?? []) {
    const at = resource.locations.get(pointerOf([field])) ?? resource.at;
    const message = `${field} of the ${what} ${why}`;
    context.findings.add({ code: 'desired/no-effect', severity: 'warning', message, hint, at });
  }
}

function declaredOf(
  resources: readonly BuiltResource[],
  existing: readonly { readonly found: ExistingResource }[],
  findings: FindingList,
): Declared {
  const refs = new Map<string, Location>();
  const ids = new Map<string, Location>();
  for (const { resource } of resources) {
    refs.set(refText(resource.ref), resource.at);
    if (resource.id !== undefined) ids.set(`${resource.ref.kind} ${resource.id}`, resource.at);
  }
  for (const { found } of existing) {
    const earlier = refs.get(refText(found.ref));
    if (earlier) {
      const message = `'${found.ref.key}' is existing here, and declared at ${locationText(earlier)}`;
      const hint = 'what is existing is never written: take it out of one of the two';
      findings.add({ code: 'desired/duplicate-key', message, hint, at: found.at });
    }
    refs.set(refText(found.ref), found.at);
  }
  return { refs, ids };
}
