import { isBlank, isRecord } from './kinds/normal-text.js';
import type { Fields } from './store.js';

/** Most paths are written in the code: some hundreds, each asked for again with every write. Templates have others. */
const stepsOfPath = new Map<string, readonly string[]>();
const mostPaths = 5000;

function stepsOf(path: string): readonly string[] {
  let steps = stepsOfPath.get(path);
  if (steps === undefined) {
    steps = path.split('.');
    if (stepsOfPath.size === mostPaths) stepsOfPath.clear();
    stepsOfPath.set(path, steps);
  }
  return steps;
}

/** The value at a dotted path, undefined where there is none. */
export function valueAt(object: unknown, path: string): unknown {
  let value = object;
  for (const name of stepsOf(path)) {
    if (!isRecord(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** The object with another value at a dotted path; undefined takes the field away. Objects on the way are made as needed. */
export function withValueAt(object: Fields, path: string, value: unknown): Fields {
  return withValueBelow(object, { steps: stepsOf(path), from: 0 }, value);
}

function withValueBelow(
  object: Fields,
  { steps, from }: { readonly steps: readonly string[]; readonly from: number },
  value: unknown,
): Fields {
  const name = steps[from] ?? '';
  const inner = object[name];
  if (from === steps.length - 1) {
    if (value !== undefined) return value === inner ? object : { ...object, [name]: value };
    if (!Object.hasOwn(object, name)) return object;
    const { [name]: _, ...others } = object;
    return others;
  }
  if (!isRecord(inner) && value === undefined) return object;
  const present = isRecord(inner) ? inner : {};
  const changed = withValueBelow(present, { steps, from: from + 1 }, value);
  return changed === inner ? object : { ...object, [name]: changed };
}

/** An object that is being changed at some paths, one after the other. */
export interface Editing {
  /** As it is now; what it was made from stays as it was. */
  readonly object: () => Fields;
  /** Another value at a dotted path; undefined takes the field away. Objects on the way are made as needed. */
  readonly set: (path: string, value: unknown) => void;
}

/** Copies each object that a path leads through once, however many of its fields are set: many copies are the cost of a write. */
export function edit(original: Fields): Editing {
  const copies = new WeakSet<object>();
  const copied = (value: unknown): Record<string, unknown> => {
    // One of our own copies, which nobody else has seen.
    if (isRecord(value) && copies.has(value)) return value;
    const copy = isRecord(value) ? { ...value } : {};
    copies.add(copy);
    return copy;
  };
  let object = original;
  return {
    object: () => object,
    set: (path, value) => {
      if (valueAt(object, path) === value) return;
      const steps = stepsOf(path);
      const last = steps.at(-1) ?? '';
      let inner = copied(object);
      object = inner;
      for (const step of steps.slice(0, -1)) {
        const next = copied(inner[step]);
        inner[step] = next;
        inner = next;
      }
      if (value === undefined) delete inner[last];
      else inner[last] = value;
    },
  };
}

/** The first object with values of the second at these paths. */
export function withValuesOf(object: Fields, source: Fields, paths: readonly string[]): Fields {
  return paths.reduce((result, path) => withValueAt(result, path, valueAt(source, path)), object);
}

/** Like {@link withValuesOf}, but only where the first object has nothing, or only blanks. */
export function withKeptValues(object: Fields, source: Fields, paths: readonly string[]): Fields {
  return withValuesOf(
    object,
    source,
    paths.filter((path) => isBlank(valueAt(object, path))),
  );
}

/** Every place that a dotted path with `*` steps leads to, as a path with indexes, and what stands there. */
export function placesAt(value: unknown, path: string): readonly { readonly path: string; readonly value: unknown }[] {
  if (!path.includes('*')) {
    const one = valueAt(value, path);
    return one === undefined ? [] : [{ path, value: one }];
  }
  return stepsOf(path).reduce<readonly { readonly path: string; readonly value: unknown }[]>(
    (places, step) =>
      places.flatMap((place) => {
        const at = (name: string): string => (place.path === '' ? name : `${place.path}.${name}`);
        if (step === '*' && Array.isArray(place.value)) {
          return place.value.map((item: unknown, index) => ({ path: `${place.path}[${index}]`, value: item }));
        }
        if (!isRecord(place.value)) return [];
        if (step === '*') return Object.entries(place.value).map(([name, item]) => ({ path: at(name), value: item }));
        return Object.hasOwn(place.value, step) ? [{ path: at(step), value: place.value[step] }] : [];
      }),
    [{ path: '', value }],
  );
}

/** What was sent, with defaults where nothing or null was; objects are filled in at every level, lists are not. */
export function fillDefaults(sent: Fields, defaults: Fields): Fields {
  const filled: Record<string, unknown> = { ...sent };
  for (const [name, value] of Object.entries(defaults)) {
    const given = Object.hasOwn(sent, name) ? sent[name] : undefined;
    if (given === undefined || given === null) filled[name] = value;
    else if (isRecord(given) && isRecord(value)) filled[name] = fillDefaults(given, value);
  }
  return filled;
}

/**
 * Without nulls at any level, which is how objects are stored and sent (fusionauth-java-client: NON_NULL). What has none is
 * given back as it is, not as a copy.
 */
export function withoutNulls(value: unknown): unknown {
  if (!hasNulls(value)) return value;
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null && item !== undefined)
      .map(([name, item]) => [name, withoutNulls(item)]),
  );
}

/** Whether something below has nothing as its value; items of a list that are null do not count: they stay. */
function hasNulls(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => hasNulls(item));
  if (!isRecord(value)) return false;
  return Object.values(value).some((item) => item === null || item === undefined || hasNulls(item));
}

/** Structural equality of two JSON values; the order of keys does not count. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return Array.isArray(right) && left.length === right.length && left.every((item, at) => sameJson(item, right[at]));
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && sameJson(left[name], right[name]))
  );
}
