import type { Catalog } from '../catalog/index.js';
import { isJsonObject, type JsonObject, type KindName, type LiveKind, type LiveState, pathOf } from '../model/index.js';
import type { SnapshotFile } from './snapshot-file.js';

/**
 * The live state that a snapshot was taken of. A kind that it does not have is unknown, never empty.
 * @param secrets - whether `(secret)` stands where the snapshot left a secret out: for who asks which there are.
 */
export function liveStateOf(
  snapshot: SnapshotFile,
  catalog: Catalog,
  secrets: 'left-out' | 'marked' = 'left-out',
): LiveState {
  const kinds = catalog.kinds.map(({ kind, title }): readonly [KindName, LiveKind] => {
    const read = Object.hasOwn(snapshot.kinds, kind) ? snapshot.kinds[kind] : undefined;
    if (read === undefined) return [kind, { known: false, why: `the snapshot has nothing of the kind ${title}` }];
    if (!read.known) return [kind, { known: false, why: `${read.why} (when the snapshot was taken)` }];
    const resources = read.objects.map(({ body, parentId, active, secrets: pointers = [] }) => ({
      kind,
      // `as`: looked at when the snapshot was read.
      id: body['id'] as string,
      ...(parentId !== undefined && { parentId }),
      ...(active !== undefined && { active }),
      body: secrets === 'marked' ? pointers.map(pathOf).reduce(marked, body) : body,
      detailed: true,
    }));
    return [kind, { known: true, resources }];
  });
  return { serverVersion: snapshot.fusionauth ?? undefined, kinds: new Map(kinds) };
}

/** Only maps are gone into: no secret of FusionAuth's stands in a list. */
function marked(body: JsonObject, [step = '', ...rest]: readonly string[]): JsonObject {
  if (rest.length === 0) return { ...body, [step]: '(secret)' };
  const under = body[step] ?? {};
  return isJsonObject(under) ? { ...body, [step]: marked(under, rest) } : body;
}

/** Of these ids of kinds that nobody lists, those that the snapshot was not asked for: whether they are there it cannot say. */
export function notAsked(
  snapshot: SnapshotFile,
  wanted: ReadonlyMap<KindName, readonly string[]>,
): ReadonlyMap<KindName, readonly string[]> {
  const missing = new Map<KindName, readonly string[]>();
  for (const [kind, ids] of wanted) {
    const read = snapshot.kinds[kind];
    // Of an unknown kind the plan says so by itself.
    if (read?.known !== true) continue;
    const asked = new Set(read.asked);
    const left = ids.filter((id) => !asked.has(id));
    if (left.length > 0) missing.set(kind, left);
  }
  return missing;
}
