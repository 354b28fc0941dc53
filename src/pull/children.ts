import type { ChildCollection, Kind } from '../catalog/index.js';
import { compareText, derivedId, type JsonObject, type LiveResource } from '../model/index.js';
import { type Draft, type DraftContext, draftOf } from './draft.js';
import type { PullNote } from './pull-note.js';
import { liveName } from './references.js';
import { isShippedChild } from './shipped.js';

/** Whose children, and under which name in the files. */
export interface Parent {
  readonly parent: LiveResource;
  readonly key: string;
  readonly child: ChildCollection;
}

/** The children of one object (the roles of an application) as they stand in its list, sorted by name. */
export function childBodies(
  of: Parent,
  context: DraftContext & IdContext & { readonly notes: PullNote[] },
): readonly JsonObject[] {
  const kind = context.catalog.kind(of.child.kind);
  return childrenOf(of.parent, kind, context).map((live) => {
    const name = liveName(kind, live);
    const { fields, notes, secrets } = draftOf(kind, live, context);
    const left = secrets.map((path) => {
      return { reason: 'secret', field: path.join('.'), message: 'a secret: left un-owned' } as const;
    });
    for (const note of [...notes, ...left])
      context.notes.push({ ...note, kind: kind.kind, object: `${of.key}/${name}`, id: live.id });
    const key = `${of.key}/${kind.collection}/${name}`;
    const id = explicitId({ kind, key, id: live.id }, context);
    return { ...(id !== undefined && { id }), ...fields };
  });
}

/** Roles that were added to FusionAuth's own applications: no file can hold them, so each is a note. */
export function addedRoleNotes(drafts: readonly Draft[], context: DraftContext): readonly PullNote[] {
  return drafts.flatMap((draft) => {
    if (!draft.builtIn) return [];
    return draft.kind.children.flatMap((child) => {
      const kind = context.catalog.kind(child.kind);
      const added = childrenOf(draft.live, kind, context).filter((live) => !isShippedChild(live));
      return added.map((live): PullNote => {
        const message = `the ${kind.title} of a built-in ${draft.kind.title} is not pulled`;
        const object = `${liveName(draft.kind, draft.live)}/${liveName(kind, live)}`;
        return { reason: 'not-expressible', kind: kind.kind, object, id: live.id, message };
      });
    });
  });
}

/** What decides whether an id has to be written. */
export interface IdContext {
  readonly namespace: string;
  readonly looseIds?: ReadonlySet<string> | undefined;
}

/** The id where it is not the one that the logical key gives. */
export function explicitId(
  of: { readonly kind: Kind; readonly key: string; readonly id: string },
  { namespace, looseIds }: IdContext,
): string | undefined {
  const id = of.id.toLowerCase();
  if (looseIds?.has(id) === true) return undefined;
  return derivedId({ namespace, kind: of.kind.kind, key: of.key }) === id ? undefined : id;
}

function childrenOf(parent: LiveResource, kind: Kind, { objects }: DraftContext): readonly LiveResource[] {
  return objects
    .all(kind.kind)
    .filter((item) => item.parentId === parent.id)
    .sort((a, b) => compareText(liveName(kind, a), liveName(kind, b)));
}
