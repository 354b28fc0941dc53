import { canonicalBody, type Kind } from '../catalog/index.js';
import {
  type DesiredObject,
  type DesiredResource,
  type DesiredValue,
  type ListMode,
  type Overlay,
  pointerOf,
  Secret,
} from '../model/index.js';
import { type OwnedLeaf, ownedLeaves } from './owned-leaves.js';

/** What a write of this resource would lay over the live object, but for its references: they stand as written. */
export function unresolvedOverlay(kind: Kind, resource: Pick<DesiredResource, 'fields' | 'listModes'>): Overlay {
  const { fields, listModes } = resource;
  const canonical = canonicalBody<DesiredObject>(kind, fields);
  return overlayOf(fields, ownedLeaves(canonical, { kind, listModes }));
}

/** The fields to lay over the live object, as written (the server normalises them itself), without empty structs. */
export function overlayOf(fields: DesiredObject, leaves: readonly OwnedLeaf[]): Overlay {
  const modes: Record<string, ListMode> = {};
  const whole = new Set<string>();
  for (const item of leaves) {
    if (item.wholeMap) whole.add(item.pointer);
    if (item.wholeMap || item.mode === 'atLeast') modes[item.pointer] = item.mode;
  }
  return { fields: withoutEmptyStructs(fields, '', whole), listModes: modes };
}

function withoutEmptyStructs(fields: DesiredObject, at: string, whole: ReadonlySet<string>): DesiredObject {
  const entries = Object.entries(fields).flatMap(([key, value]): readonly (readonly [string, DesiredValue])[] => {
    const pointer = at + pointerOf([key]);
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Secret)
      return [[key, value]];
    if (whole.has(pointer)) return [[key, value]];
    // Not a scalar, list or secret: an object of desired values.
    const inner = withoutEmptyStructs(value as DesiredObject, pointer, whole);
    return Object.keys(inner).length === 0 ? [] : [[key, inner]];
  });
  return Object.fromEntries(entries);
}
