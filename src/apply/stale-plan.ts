import { canonicalBody, type Catalog, hasDetail } from '../catalog/index.js';
import { indexLive, type LiveIndex, naturalKeyOf } from '../diff/index.js';
import { movedValues, type OverlayChange } from '../live/index.js';
import {
  canonicalJson,
  type Change,
  type CreateChange,
  type DeleteChange,
  type Edit,
  editsOf,
  type Finding,
  hashKeyId,
  type KedgeErrorCode,
  type LiveResource,
  type LiveState,
  overlayFields,
  overlayLeaves,
  pathOf,
  type Plan,
  type PlannedChange,
  refText,
  unreachable,
  valueAt,
} from '../model/index.js';
import { movedFields, seenFields } from '../plan/index.js';

/** What became of an instance since a plan was made for it. */
export interface Staleness {
  /** What the plan relied on and is not so any more, each object and field by name; empty when it may be performed. */
  readonly moved: readonly Finding[];
  /** What the plan does not own and is otherwise now: it stays as it is. Warnings. */
  readonly carried: readonly Finding[];
  /** The plan with only those hashes that this machine can compare. */
  readonly plan: Plan;
}

/** What a plan is compared with. */
interface StaleContext {
  readonly catalog: Catalog;
  /** The kinds of all changes of the plan, each object read as a plan reads it. */
  readonly live: LiveState;
  /** The key of this machine. Secrets of a plan that was made with another one are not compared, and that is told. */
  readonly hashKey: string;
}

/** Compares everything a saved plan relied on with the instance as it is now, before the first write. Pure. */
export function checkStale(plan: Plan, context: StaleContext): Staleness {
  const sameKey = plan.hashKeyId === hashKeyId(context.hashKey);
  const comparable = sameKey ? plan : withoutHashes(plan);
  const instance = { ...context, index: indexLive(context.catalog, context.live), planned: plannedIds(plan) };
  return {
    moved: [
      ...comparable.changes.flatMap((planned) => movedSince(planned, instance)),
      ...goneSince(comparable, instance),
    ],
    carried: [
      ...comparable.changes.flatMap((planned) => carriedAlong(planned, instance)),
      ...(sameKey ? [] : secretsNotCompared(plan)),
    ],
    plan: comparable,
  };
}

interface Instance extends StaleContext {
  readonly index: LiveIndex;
  /** `kind:id` of every object that the plan itself changes. */
  readonly planned: ReadonlySet<string>;
}

function plannedIds(plan: Plan): ReadonlySet<string> {
  return new Set(plan.changes.map(({ change }) => `${change.ref.kind}:${change.id}`));
}

/** What one change relied on and is not so any more. */
function movedSince(planned: PlannedChange, instance: Instance): readonly Finding[] {
  const { change } = planned;
  const read = instance.live.kinds.get(change.ref.kind);
  if (read?.known !== true) {
    return [moved(change, `cannot be read: ${read?.why ?? 'nobody asked for its kind'}`)];
  }
  const live = instance.index.byId(change.ref.kind, change.id);
  switch (change.op) {
    case 'create':
      return movedForCreate(change, live, instance);
    case 'update':
      // The second half of a create in this plan: there is nothing to look at before the first.
      return change.completes === true ? [] : movedForWrite(change, live, instance);
    case 'adopt':
    case 'replace':
    case 'reactivate':
      return movedForWrite(change, live, instance);
    case 'delete':
      return movedForDelete(planned, change, { live, instance });
    case 'keep':
      return [];
    default:
      return unreachable(change);
  }
}

function movedForCreate(change: CreateChange, live: LiveResource | undefined, instance: Instance): readonly Finding[] {
  if (live) return [moved(change, `is there already, with the id ${change.id} that it was to get`)];
  const kind = instance.catalog.kind(change.ref.kind);
  const body = canonicalBody(kind, overlayFields({}, change.overlay));
  const name = naturalKeyOf(kind, body, change.parentId);
  const holders = name === undefined ? [] : instance.index.byNaturalKey(kind.kind, name);
  // What the plan itself changes may hold the name until it does.
  const other = holders.find(({ id }) => !instance.planned.has(`${kind.kind}:${id}`));
  if (!other) return [];
  const called = valueAt(body, kind.nameField.split('.'));
  return [moved(change, `cannot be made: another ${kind.title} called '${String(called)}' is there now, ${other.id}`)];
}

function movedForWrite(change: OverlayChange, live: LiveResource | undefined, instance: Instance): readonly Finding[] {
  if (!live) return [moved(change, 'is no longer there')];
  const { hashKey, catalog } = instance;
  const kind = catalog.kind(change.ref.kind);
  const edits = new Map(change.edits.map((edit) => [edit.pointer, edit]));
  return movedValues({ kind, change, live: live.body, hashKey, again: false }).map(({ leaf }) => {
    const at = edits.get(leaf.pointer)?.at ?? change.at;
    return moved(change, `has another ${pathOf(leaf.pointer).join('.')} than when the plan was made`, at);
  });
}

function movedForDelete(
  planned: PlannedChange,
  change: DeleteChange,
  by: { readonly live: LiveResource | undefined; readonly instance: Instance },
): readonly Finding[] {
  const { live, instance } = by;
  // Gone already is what the delete is for.
  if (!live) return [];
  return fieldsMoved(planned, live, instance).map((pointer) =>
    moved(change, `was to be deleted, and somebody has changed its ${pathOf(pointer).join('.')} since`),
  );
}

/** What nobody owns and is otherwise now, for an object that the plan writes. */
function carriedAlong(planned: PlannedChange, instance: Instance): readonly Finding[] {
  const { change } = planned;
  const live = instance.index.byId(change.ref.kind, change.id);
  if (!live || change.op === 'delete') return [];
  const fields = fieldsMoved(planned, live, instance).map((pointer) => pathOf(pointer).join('.'));
  if (fields.length === 0) return [];
  return [
    {
      code: 'apply/carried-along',
      severity: 'warning',
      message: `${refText(change.ref)} has changed since the plan was made, in fields that no file owns: ${fields.join(', ')}`,
      hint: 'they stay as they are now',
      ...(change.at && { at: change.at }),
    },
  ];
}

/** The pointers of what nobody owns that are otherwise than the plan saw them. */
function fieldsMoved(planned: PlannedChange, live: LiveResource, instance: Instance): readonly string[] {
  const { change, seen } = planned;
  if (!seen) return [];
  const kind = instance.catalog.kind(change.ref.kind);
  const owned = change.op === 'delete' ? [] : overlayLeaves(change.overlay).map((leaf) => leaf.pointer);
  const isOwned = (pointer: string): boolean =>
    owned.some((own) => own === pointer || own.startsWith(`${pointer}/`) || pointer.startsWith(`${own}/`));
  const now = seenFields(kind, { live: live.body, owned: [], hashKey: instance.hashKey });
  // What only a read by id gives may be new to a plan that was made from lists.
  const isNew = (pointer: string): boolean => seen[pointer] === undefined && (hasDetail(kind) || isOwned(pointer));
  return movedFields(seen, now).filter((pointer) => !isNew(pointer));
}

/** What the plan keeps as it is, refers to, and is gone. */
function goneSince(plan: Plan, instance: Instance): readonly Finding[] {
  const isRead = ({ ref }: Change): boolean => instance.live.kinds.get(ref.kind)?.known === true;
  const gone = plan.kept.filter((kept) => isRead(kept) && !instance.index.byId(kept.ref.kind, kept.id));
  if (gone.length === 0) return [];
  const named = canonicalJson(plan.changes);
  return gone
    .filter((kept) => named.includes(JSON.stringify(kept.id)))
    .map((kept) => moved(kept, 'is no longer there, and a change of this plan refers to it'));
}

/** A plan whose hashes are of another key: the values in clear are still there to compare with. */
function withoutHashes(plan: Plan): Plan {
  const changes = plan.changes.map(({ seen: _seen, ...planned }): PlannedChange => {
    const { change } = planned;
    if (!('edits' in change)) return planned;
    return { ...planned, change: { ...change, edits: change.edits.map(withoutHash) } };
  });
  return { ...plan, changes };
}

function withoutHash(edit: Edit): Edit {
  const { fromHash: _fromHash, ...rest } = edit;
  return rest;
}

function secretsNotCompared(plan: Plan): readonly Finding[] {
  const edits = plan.changes.flatMap(({ change }) => editsOf(change).filter((edit) => edit.secret));
  const secrets = edits.length === 0 ? '' : `, nor whether one of its ${edits.length} secrets was changed meanwhile`;
  return [
    {
      code: 'apply/carried-along',
      severity: 'warning',
      message: `the plan was made with another hash key: kedge cannot tell what moved since in fields that no file owns${secrets}`,
      hint: 'give both machines the same record.key',
    },
  ];
}

function moved(change: Change, why: string, at = change.at): Finding {
  const code: KedgeErrorCode = 'apply/live-moved';
  return { code, severity: 'error', message: `${refText(change.ref)} ${why}`, ...(at && { at }) };
}
