import { fieldMatches, type Kind } from '../catalog/index.js';
import { type DesiredObject, type DesiredValue, isDesiredObject, type ListMode, pointerOf } from '../model/index.js';

/** One owned leaf of a resource: a scalar, a secret, a whole list, a whole map, or a null. */
export interface OwnedLeaf {
  readonly path: readonly string[];
  readonly pointer: string;
  readonly value: DesiredValue;
  readonly mode: ListMode;
  /** Where a map stands as one leaf: it must be exactly this. */
  readonly wholeMap: boolean;
}

/** What decides how a value is cut into leaves. */
export interface LeafRules {
  readonly kind: Kind;
  readonly listModes: ReadonlyMap<string, ListMode>;
}

/** The owned leaves of a resource's fields, in the order they were written. A struct written as `{}` owns nothing. */
export function ownedLeaves(fields: DesiredObject, rules: LeafRules): readonly OwnedLeaf[] {
  const leaves: OwnedLeaf[] = [];
  collect(fields, [], rules, leaves);
  return leaves;
}

function collect(value: DesiredValue, path: readonly string[], rules: LeafRules, into: OwnedLeaf[]): void {
  if (isDesiredObject(value)) {
    const pointer = pointerOf(path);
    const entries = Object.entries(value);
    // `!only` makes any map complete; `!atLeast` on one that is complete by nature is judged as a whole as well.
    const whole =
      rules.listModes.get(pointer) === 'only' ||
      isWholeMap(rules.kind, pointer) ||
      (entries.length === 0 && isFreeMap(rules.kind, pointer));
    if (!whole) {
      for (const [key, item] of entries) collect(item, [...path, key], rules, into);
      return;
    }
    into.push({ path, pointer, value, mode: rules.listModes.get(pointer) ?? 'only', wholeMap: true });
    return;
  }
  const pointer = pointerOf(path);
  into.push({ path, pointer, value, mode: rules.listModes.get(pointer) ?? 'only', wholeMap: false });
}

/** True when the catalog says that this map, once written, is complete. */
function isWholeMap(kind: Kind, pointer: string): boolean {
  return kind.completeMaps.some((path) => fieldMatches(path, pointer));
}

function isFreeMap(kind: Kind, pointer: string): boolean {
  return (kind.freeMaps ?? []).some((path) => fieldMatches(path, pointer));
}
