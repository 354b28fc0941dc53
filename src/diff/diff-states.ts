import { fieldCovers, type Kind, typeOf, visitField } from '../catalog/index.js';
import {
  type ApplyRecord,
  type Change,
  compareRefs,
  type Difference,
  type Finding,
  KedgeError,
  type LiveResource,
  type NotCompared,
  type RecordedObject,
  refText,
  type ReleasedPath,
  valueAt,
} from '../model/index.js';
import { breakCircles } from './circles.js';
import { compareResource, type Comparison, sourceOf } from './compare-resource.js';
import { declaredKinds } from './declared-kinds.js';
import { dependenciesOf, locksOf } from './dependencies.js';
import type { DiffInput } from './diff-input.js';
import { type Identified, type Identity, identify } from './identity.js';
import { findSurplus, findUnmanaged } from './surplus.js';
import { usersOfDeleted } from './users-of-deleted.js';

/**
 * Compares the files with the instance: one change per desired resource, and the deletes that tombstones, complete lists
 * and the record call for.
 * @returns changes sorted by ref. @throws {@link KedgeError} with all findings: identities that clash, references that
 * lead nowhere, kinds that must be read and cannot be, fields that a create needs.
 */
export function diffStates(input: DiffInput): Difference {
  const identity = identify(input);
  const findings: Finding[] = [...identity.findings, ...unreadableKinds(input)];
  const recordOf = new Map(input.record?.objects.map((object) => [refText(object), object]));
  const changes: Change[] = [];
  const notCompared: NotCompared[] = [];
  const live = new Map<string, LiveResource>();
  const owned = new Map<string, readonly string[]>();
  for (const item of identity.resources) {
    const text = refText(item.resource.ref);
    const { hashKey, secrets } = input;
    const context = { record: recordedAs(item, recordOf, input.record), hashKey, secrets };
    const comparison = compareResource(item, context);
    if (input.writes !== 'none')
      findings.push(...forbidden(item, comparison, identity), ...unownedOnTheWay(item, comparison));
    changes.push(changeOf(item, comparison, input.record));
    owned.set(text, comparison.owned);
    if (item.live) live.set(text, item.live);
    for (const leaf of comparison.notCompared) {
      notCompared.push({
        ref: item.resource.ref,
        pointer: leaf.pointer,
        source: sourceOf(leaf.value),
      });
    }
  }
  const [first] = findings.filter((finding) => finding.severity === 'error');
  if (first) throw failure(first, findings);
  const surplus = findSurplus(input, identity);
  changes.push(...surplus.map((item) => item.change));
  for (const item of surplus) live.set(refText(item.change.ref), item.live);
  changes.sort((left, right) => compareRefs(left.ref, right.ref));
  const { catalog } = input;
  const dependencies = dependenciesOf({ identity, changes, catalog, live });
  const unwound = breakCircles({ changes, dependencies, catalog, live });
  return {
    ...unwound,
    locks: locksOf({ identity, changes: unwound.changes, catalog, live }),
    released: releasedPaths(input.record, owned),
    notCompared: notCompared.sort((left, right) => compareRefs(left.ref, right.ref)),
    unmanaged: findUnmanaged(input, identity, new Set(surplus.map((item) => `${item.live.kind}:${item.live.id}`))),
    unknownKinds: [...input.live.kinds].flatMap(([kind, read]) => (read.known ? [] : [{ kind, why: read.why }])),
    live,
    owned,
    usedBy: usersOfDeleted({ catalog: input.catalog, index: identity.index, changes, policy: input.desired.policy }),
    recorded: input.record !== undefined,
  };
}

/**
 * The live objects that must be read by id before the diff, because the files own something that lists leave out. Never
 * throws: what is wrong with the identities is said by {@link diffStates}.
 */
export function resourcesToDetail(input: DiffInput): readonly LiveResource[] {
  const refs = new Set(
    input.desired.resources
      .filter((resource) => ownsDetail(input.catalog.kind(resource.ref.kind), resource.fields))
      .map((resource) => refText(resource.ref)),
  );
  if (refs.size === 0) return [];
  return identify(input).resources.flatMap(({ live, resource }) =>
    live && !live.detailed && refs.has(refText(resource.ref)) ? [live] : [],
  );
}

/** True where the files own something of an object that only a read by id gives. */
export function ownsDetail(kind: Kind, fields: unknown): boolean {
  let owns = false;
  for (const path of kind.detailFields ?? []) visitField(fields, path, () => (owns = true));
  for (const secret of kind.secrets) {
    if (secret.readBack === 'get') visitField(fields, secret.path, () => (owns = true));
  }
  return owns;
}

function changeOf(item: Identified, comparison: Comparison, record: ApplyRecord | undefined): Change {
  const { resource, live, id, parentId, tenantId } = item;
  const { edits, overlay } = comparison;
  const base = {
    ref: resource.ref,
    id,
    at: resource.at,
    ...(parentId !== undefined && { parentId }),
    ...(tenantId !== undefined && { tenantId }),
  };
  if (!live) return { ...base, op: 'create', overlay, edits };
  if (live.active === false) return { ...base, op: 'reactivate', overlay, edits };
  if (comparison.immutable.length > 0) {
    return { ...base, op: 'replace', overlay, edits, because: comparison.immutable.map((field) => field.lost) };
  }
  const recorded = record?.objects.some((object) => object.id === live.id && object.kind === resource.ref.kind);
  if (item.foundBy === 'natural' && !recorded && resource.parent === undefined)
    return { ...base, op: 'adopt', overlay, edits };
  return edits.length === 0 ? { ...base, op: 'keep', overlay } : { ...base, op: 'update', overlay, edits };
}

/** The record of a resource: under its own ref, or under the one its object had before it was moved. */
function recordedAs(
  item: Identified,
  recordOf: ReadonlyMap<string, RecordedObject>,
  record: ApplyRecord | undefined,
): RecordedObject | undefined {
  const own = recordOf.get(refText(item.resource.ref));
  if (own?.id === item.id) return own;
  if (item.foundBy !== 'moved' && item.foundBy !== 'record') return undefined;
  return record?.objects.find((object) => object.id === item.id && object.kind === item.resource.ref.kind);
}

/** What no plan can do: change a read-only built-in, or create something without what the API asks for. */
function forbidden(item: Identified, comparison: Comparison, identity: Identity): readonly Finding[] {
  const { kind, resource, live } = item;
  if (live && comparison.edits.length > 0 && identity.builtIns.isReadOnly(kind.kind, live.id)) {
    return [
      {
        code: 'plan/protected',
        severity: 'error',
        message: `${refText(resource.ref)} is a built-in ${kind.title} that FusionAuth does not let anybody change`,
        hint: 'make one of your own, and refer to that',
        at: resource.at,
      },
    ];
  }
  const parent =
    kind.parent === undefined || item.parentId === undefined ? undefined : { kind: kind.parent, id: item.parentId };
  if (parent && (!live || comparison.edits.length > 0) && identity.builtIns.hasFixed(kind.kind, parent)) {
    return [
      {
        code: 'plan/protected',
        severity: 'error',
        message: `${refText(resource.ref)} would be changed, and FusionAuth lets nobody change the ${kind.title}s of a built-in ${kind.parent}`,
        hint: `take it out of the files; ${kind.title}s of your own belong to an application of your own`,
        at: resource.at,
      },
    ];
  }
  if (live || resource.id?.startsWith('builtin:')) return [];
  const ofType = typeOf(kind, resource.fields)?.required ?? [];
  const missing = [...kind.required, ...ofType].filter(
    (path) => valueAt(resource.fields, path.split('.')) === undefined,
  );
  const needsTenant = kind.scope === 'tenant' && item.tenantId === undefined ? ['tenantId'] : [];
  return [...missing, ...needsTenant].map((path) => ({
    code: 'desired/missing-field' as const,
    severity: 'error' as const,
    message: `${refText(resource.ref)} does not exist yet, and to create a ${kind.title} FusionAuth needs '${path}'`,
    hint: path === 'tenantId' ? 'this instance has more than one tenant: say which' : `write ${path}:`,
    at: resource.at,
  }));
}

/** Fields that a change sets on its way and that the files do not own: after a stop in between nobody would see them. */
function unownedOnTheWay(item: Identified, comparison: Comparison): readonly Finding[] {
  const { kind, resource, live } = item;
  return (kind.stepped ?? []).flatMap(({ path, by }): readonly Finding[] => {
    const edit = comparison.edits.find(({ pointer }) => fieldCovers(path, pointer));
    if (!edit || valueAt(live?.body, by.path.split('.')) !== by.from) return [];
    if (comparison.owned.some((pointer) => fieldCovers(by.path, pointer))) return [];
    return [
      {
        code: 'desired/missing-field',
        severity: 'error',
        message: `${refText(resource.ref)} changes ${path}, for which kedge must set ${by.path} to ${!by.from} and back, and the files do not own ${by.path}`,
        hint: `write ${by.path}: ${by.from} beside it: after a stop on the way, the next plan then shows it`,
        at: edit.at ?? resource.at,
      },
    ];
  });
}

/** Unknown is never empty: what is declared, buried or to be pruned must have been read. */
function unreadableKinds(input: DiffInput): readonly Finding[] {
  const { desired, live } = input;
  return [...declaredKinds(desired)].flatMap(([kind, at]): readonly Finding[] => {
    const read = live.kinds.get(kind);
    if (read?.known) return [];
    return [
      {
        code: 'diff/unknown-kind-state',
        severity: 'error',
        message: `the ${input.catalog.kind(kind).title}s of this instance could not be read: ${read?.why ?? 'they were not asked for'}`,
        hint: 'use an API key that may read this kind, and a licence that includes it, or take it out of this environment',
        ...(at && { at }),
      },
    ];
  });
}

function releasedPaths(
  record: ApplyRecord | undefined,
  owned: ReadonlyMap<string, readonly string[]>,
): readonly ReleasedPath[] {
  return (record?.objects ?? []).flatMap((object) => {
    const now = owned.get(refText(object));
    if (!now) return [];
    // A path that is now written in more detail, or as part of a whole, is still owned.
    const isOwned = (pointer: string): boolean =>
      now.some((own) => own === pointer || own.startsWith(`${pointer}/`) || pointer.startsWith(`${own}/`));
    const gone = Object.keys(object.paths).filter((pointer) => !isOwned(pointer));
    return gone.sort().map((pointer) => ({ ref: { kind: object.kind, key: object.key }, pointer }));
  });
}

function failure(first: Finding, findings: readonly Finding[]): KedgeError {
  const { code, message, hint, at } = first;
  if (findings.length > 1) {
    return new KedgeError({ code, message: `${findings.length} things stand in the way of a plan`, findings });
  }
  return new KedgeError({ code, message, findings, ...(hint !== undefined && { hint }), ...(at && { at }) });
}
