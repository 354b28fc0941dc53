import type { DesiredState, JsonObject, LiveKind, LiveState, Ref } from '../model/index.js';
import { placeholderId } from './fresh-install.js';

/** What the files only look up, and a fresh install does not have. */
export interface AbsentObject {
  readonly ref: Ref;
  readonly id: string;
  readonly body: JsonObject;
}

/** The objects under `existing:` that are not in a live state. */
export function absentObjects(desired: DesiredState, live: LiveState): readonly AbsentObject[] {
  return desired.existing.flatMap(({ ref, match }) => {
    const read = live.kinds.get(ref.kind);
    const there = read?.known === true ? read.resources : [];
    const isThere = there.some((item) =>
      Object.entries(match).every(([field, value]) => (field === 'id' ? item.id : item.body[field]) === value),
    );
    if (isThere || match['id']?.startsWith('builtin:') === true) return [];
    const id = match['id'] ?? placeholderId(ref.kind, `existing ${ref.key}`);
    return [{ ref, id, body: { ...match, id } }];
  });
}

/** A live state that has these objects too, so that what refers to them can be resolved before it is left out. */
export function withObjects(live: LiveState, objects: readonly AbsentObject[]): LiveState {
  const kinds = new Map<string, LiveKind>(live.kinds);
  for (const { ref, id, body } of objects) {
    const read = kinds.get(ref.kind);
    const before = read?.known === true ? read.resources : [];
    kinds.set(ref.kind, { known: true, resources: [...before, { kind: ref.kind, id, body, detailed: true }] });
  }
  return { ...live, kinds };
}
