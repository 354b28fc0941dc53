import { isScalar } from 'yaml';
import { fieldMatches, type Kind } from '../../catalog/index.js';
import {
  type DesiredResource,
  isJsonObject,
  isUuid,
  pointerOf,
  type Ref,
  refText,
  valueAt,
} from '../../model/index.js';
import { type Known, placeOf } from './known-state.js';

/** A path with ids among its steps as the files write it, with logical keys. */
export function writtenPath(
  known: Known,
  kind: Kind,
  resource: DesiredResource,
  path: readonly string[],
): readonly string[] {
  return stepsWritten(resource, path, (written, keys, id) =>
    keys.find((name) => idOfKey(known, kind, written, name) === id),
  );
}

/** A path of a pulled body as the files write it: a key of theirs may stand for the same object under another name. */
export function pathInFiles(
  known: Known,
  kind: Kind,
  resource: DesiredResource,
  path: readonly string[],
): readonly string[] {
  return stepsWritten(resource, path, (written, keys, step) => {
    const id = idOfKey(known, kind, written, step);
    return id === undefined ? undefined : keys.find((name) => idOfKey(known, kind, written, name) === id);
  });
}

/** A path step by step: a step that the files write stays, for another `find` may know what they write in its place. */
function stepsWritten(
  resource: DesiredResource,
  path: readonly string[],
  find: (written: readonly string[], keys: readonly string[], step: string) => string | undefined,
): readonly string[] {
  const written: string[] = [];
  for (const step of path) {
    const at = valueAt(resource.fields, written);
    const keys = isJsonObject(at) ? Object.keys(at) : [];
    const key = keys.includes(step) ? step : find(written, keys, step);
    written.push(key ?? step);
  }
  return written;
}

/** The id that a key of a map stands for, where the catalog says that its keys are references. */
function idOfKey(known: Known, kind: Kind, path: readonly string[], key: string): string | undefined {
  const field = kind.refs.find((ref) => ref.path === `${path.join('.')}{key}`);
  if (!field) return undefined;
  const own = known.ids.get(refText({ kind: field.kind, key }));
  if (own !== undefined) return own;
  for (const [text, name] of known.given.keys) {
    if (name === key && text.startsWith(`${field.kind}:`)) return text.slice(field.kind.length + 1);
  }
  return key.toLowerCase();
}

/** True where the files say something at a path, or above it something that is no map. */
export function isOwned(known: Known, kind: Kind, resource: DesiredResource, path: readonly string[]): boolean {
  const written = pathInFiles(known, kind, resource, path);
  for (let length = 1; length <= written.length; length += 1) {
    const at = written.slice(0, length);
    const value = valueAt(resource.fields, at);
    if (value === undefined) return false;
    if (length === written.length || !isJsonObject(value)) return true;
    // What is complete as it is written, or must be empty, is edited as a whole.
    const isOf = (maps: readonly string[]): boolean => maps.some((map) => fieldMatches(map, pointerOf(at)));
    const isEmpty = Object.keys(value).length === 0 && isOf(kind.freeMaps ?? []);
    if (resource.listModes.has(pointerOf(at)) || isEmpty || isOf(kind.completeMaps)) return true;
  }
  return false;
}

/** The path at which the files own what an edit is about: its own, or that of the text it is a part of. */
export function ownerOf(resource: DesiredResource, path: readonly string[]): readonly string[] {
  for (let length = path.length; length > 0; length -= 1) {
    if (resource.locations.has(pointerOf(path.slice(0, length)))) return path.slice(0, length);
  }
  return path;
}

/** A path with the keys that really stand in the file: an id may stand there for the logical key that it means. */
export function stepsInSource(known: Known, ref: Ref, path: readonly string[]): readonly string[] {
  const resource = known.resources.get(refText(ref));
  return path.map((step, index) => {
    const at = resource?.locations.get(pointerOf(path.slice(0, index + 1)));
    const place = at && placeOf(known, at);
    const holder = place?.source.holderOf(place.node);
    const key = holder?.in === 'pair' && isScalar(holder.pair.key) ? holder.pair.key.value : undefined;
    return typeof key === 'string' && isUuid(key) ? key : step;
  });
}

/** The paths of all values that are no maps; an empty map is one value. */
export function leavesOf(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (!isJsonObject(value) || (Object.keys(value).length === 0 && at.length > 0)) return [at];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...at, key]));
}
