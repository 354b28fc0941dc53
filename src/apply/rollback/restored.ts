import { canonicalBody, fieldCovers, type Kind, readableBody, visitField } from '../../catalog/index.js';
import { isMet, ownedValues } from '../../live/index.js';
import {
  type AdoptChange,
  type DesiredObject,
  type Edit,
  filterOverlay,
  isJsonObject,
  type Json,
  type JsonObject,
  jsonEqual,
  type LiveResource,
  type Overlay,
  pathOf,
  type PlainEdit,
  pointerOf,
  type UpdateChange,
  valueAt,
} from '../../model/index.js';
import { baseOf } from './change-base.js';
import { withValue } from './with-value.js';

/** A change that writes fields of an object that was there. */
export type WritingChange = AdoptChange | UpdateChange;

/** Sets the fields back that the run changed. Those it owned and did not change go along, so that they stay owned. */
export function restored(
  change: WritingChange,
  kind: Kind,
  states: { readonly before: JsonObject | undefined; readonly live: LiveResource },
): UpdateChange | undefined {
  const { live } = states;
  const now = canonicalBody(kind, live.body);
  const before = states.before && canonicalBody(kind, states.before);
  const known = change.edits.filter((edit) => isKnown(edit, kind));
  const back = new Map(known.flatMap((edit) => valuesBefore(edit, { kind, before, modes: change.overlay.listModes })));
  const edits = [...back].flatMap(([pointer, from]): readonly Edit[] => {
    const value = valueAt(now, pathOf(pointer));
    if (jsonEqual(value ?? null, from ?? null)) return [];
    if (holdsSecret(kind, live.body, pointer)) return [{ pointer, secret: true, origin: 'pending', source: 'none' }];
    return [
      {
        pointer,
        secret: false,
        origin: 'pending',
        // Live bodies are parsed JSON.
        ...(value !== undefined && { from: value as Json }),
        ...(from !== undefined && { to: from }),
      },
    ];
  });
  if (edits.length === 0) return undefined;
  const lost = lostSecrets(change, kind);
  const overlay = overlayBefore(change, kind, { back, live });
  return { ...baseOf(change), op: 'update', overlay, edits, ...(lost.length > 0 && { lost }) };
}

/** By pointer, what is to be set back for one edit: of a map that is owned field by field, each field. */
function valuesBefore(
  edit: Edit,
  by: { readonly kind: Kind; readonly before: JsonObject | undefined; readonly modes: Overlay['listModes'] },
): readonly (readonly [pointer: string, value: Json | undefined])[] {
  const pointer = pointerOf(placeOf(edit, by.before));
  const value = edit.secret ? undefined : writable(by.kind, edit);
  const leaves = (at: string, item: Json | undefined): readonly (readonly [string, Json | undefined])[] =>
    isJsonObject(item) && Object.keys(item).length > 0 && by.modes[at] === undefined
      ? Object.entries(item).flatMap(([key, inner]) => leaves(`${at}${pointerOf([key])}`, inner))
      : [[at, item]];
  return leaves(pointer, value);
}

/** What was there, without what is the server's own. */
function writable(kind: Kind, { pointer, from }: PlainEdit): Json | undefined {
  if (!isJsonObject(from)) return from;
  const path = pathOf(pointer);
  const nested = path.reduceRight<Json>((inner, step) => ({ [step]: inner }), from);
  // A JSON object holds JSON.
  return valueAt(readableBody(kind, nested as JsonObject), path) as Json;
}

/** True where it is known what was there: a value in clear, or no secret at all. */
function isKnown(edit: Edit, kind: Kind): boolean {
  if (!edit.secret) return true;
  const isReadable = !kind.secrets.some(
    (secret) => secret.readBack === 'never' && fieldCovers(secret.path, edit.pointer),
  );
  return isReadable && edit.fromHash === undefined;
}

/** True where a live object has a secret at a pointer or inside it. */
function holdsSecret(kind: Kind, live: JsonObject, pointer: string): boolean {
  let found = false;
  for (const { path } of kind.secrets) {
    visitField(live, path, (value, at) => {
      const place = pointerOf(at);
      if (value !== undefined && value !== null && (place === pointer || place.startsWith(`${pointer}/`))) found = true;
    });
  }
  return found;
}

/** What is to be set back for one edit: the field, or the highest of the maps around it that were not there either. */
function placeOf(edit: Edit, before: JsonObject | undefined): readonly string[] {
  const path = pathOf(edit.pointer);
  if (before === undefined || (!edit.secret && edit.from !== undefined)) return path;
  for (let length = 1; length < path.length; length += 1)
    if (valueAt(before, path.slice(0, length)) === undefined) return path.slice(0, length);
  return path;
}

/** What a run wrote over that nobody has: secrets. */
export function lostSecrets(change: WritingChange, kind: Kind): readonly string[] {
  const secrets = change.edits.filter((edit) => !isKnown(edit, kind));
  return secrets.map(
    ({ pointer }) => `${pathOf(pointer).join('.')}: what it was is in no journal, so it stays as it is`,
  );
}

/** By pointer: what was there before; undefined for nothing. */
type Back = ReadonlyMap<string, Json | undefined>;

/** The overlay of a change with the values that were there before it; without what somebody else has moved since. */
function overlayBefore(
  change: WritingChange,
  kind: Kind,
  { back, live }: { readonly back: Back; readonly live: LiveResource },
): Overlay {
  let fields: DesiredObject = canonicalBody(kind, change.overlay.fields);
  for (const [pointer, value] of back) fields = withValue(fields, pathOf(pointer), value ?? null);
  const overlay: Overlay = { fields, listModes: modesBefore(change.overlay, back) };
  const moved = ownedValues({ kind, overlay, live: live.body })
    .filter((value) => !value.unreadable && !isMet(kind, value))
    .map(({ leaf }) => leaf.pointer);
  const isBack = (pointer: string): boolean => isAmong([...back.keys()], pointer);
  const kept = filterOverlay(overlay, ({ pointer }) => isBack(pointer) || !isAmong(moved, pointer));
  // Of what a kind's normalisation takes apart, the written form is sent.
  return { ...kept, fields: kind.written === undefined ? kept.fields : kind.written(kept.fields as JsonObject) };
}

/** What is set back is complete as it was: a list is so by itself, a map where it was said of it. */
function modesBefore({ listModes }: Overlay, back: Back): Overlay['listModes'] {
  const kept = Object.entries(listModes).filter(([pointer]) => !back.has(pointer) || isJsonObject(back.get(pointer)));
  return Object.fromEntries(kept);
}

/** True where a pointer is one of these, above one or inside one. */
function isAmong(pointers: readonly string[], pointer: string): boolean {
  return pointers.some(
    (other) => other === pointer || other.startsWith(`${pointer}/`) || pointer.startsWith(`${other}/`),
  );
}
