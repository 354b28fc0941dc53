import { pathOf } from '../model/index.js';

/**
 * A path in a resource's body: field names joined by dots; `[]` steps into every item of a list and `{}` into every
 * value of a map (`{key}` means the map's keys themselves). `jwtConfiguration.accessTokenKeyId`, `tenantIds[]`.
 */
export type FieldPath = string;

type Step = { readonly name: string } | 'items' | 'values' | 'keys';

const parsed = new Map<FieldPath, readonly Step[]>();

/** The steps of a field path; parsed once per path, for a plan asks for the same few hundred paths again and again. */
function stepsOf(path: FieldPath): readonly Step[] {
  let steps = parsed.get(path);
  if (!steps) {
    steps = path
      .replaceAll('[]', '.[]')
      .replaceAll('{}', '.{}')
      .replaceAll('{key}', '.{key}')
      .split('.')
      .filter((part) => part !== '')
      .map((part) => (part === '[]' ? 'items' : part === '{}' ? 'values' : part === '{key}' ? 'keys' : { name: part }));
    parsed.set(path, steps);
  }
  return steps;
}

/** True when a JSON Pointer within a body is a place that this field path names. */
export function fieldMatches(path: FieldPath, pointer: string): boolean {
  const names = pathOf(pointer);
  return placesOf(path).length === names.length && isWithin(names, path);
}

/** True when a JSON Pointer is at or inside a place that this field path names. */
export function fieldCovers(path: FieldPath, pointer: string): boolean {
  return isWithin(pathOf(pointer), path);
}

function isWithin(names: readonly string[], path: FieldPath): boolean {
  const steps = placesOf(path);
  if (names.length < steps.length) return false;
  return steps.every((step, index) => {
    const name = names[index] ?? '';
    return typeof step === 'object' ? step.name === name : step === 'items' ? /^\d+$/.test(name) : true;
  });
}

const places = new Map<FieldPath, readonly Step[]>();

/** The steps of a field path that lead to a value: keys are at the place of their map. */
function placesOf(path: FieldPath): readonly Step[] {
  let steps = places.get(path);
  if (!steps) {
    steps = stepsOf(path).filter((step) => step !== 'keys');
    places.set(path, steps);
  }
  return steps;
}

/**
 * A copy of `body` in which `change` has been asked for each value the path names, with the steps that led there.
 * Returning undefined removes the field (or list item). Parts of the body that the path does not touch are shared, not
 * copied. With a final `{key}` step, `change` is asked for each key of the map as a string.
 */
export function mapField(
  body: unknown,
  path: FieldPath,
  change: (value: unknown, at: readonly string[]) => unknown,
): unknown {
  return mapSteps(body, stepsOf(path), [], change);
}

/** Calls `visit` for each value the path names, with the steps that led there. */
export function visitField(
  body: unknown,
  path: FieldPath,
  visit: (value: unknown, at: readonly string[]) => void,
): void {
  mapField(body, path, (value, at) => {
    visit(value, at);
    return value;
  });
}

function mapSteps(
  value: unknown,
  steps: readonly Step[],
  at: readonly string[],
  change: (value: unknown, at: readonly string[]) => unknown,
): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return change(value, at);
  if (step === 'items') {
    if (!Array.isArray(value)) return value;
    const items = value.map((item, index) => mapSteps(item, rest, [...at, String(index)], change));
    return items.every((item, index) => item === value[index]) ? value : items.filter((item) => item !== undefined);
  }
  if (!isPlainObject(value)) return value;
  if (step === 'keys') {
    const pairs = Object.entries(value).map(([key, item]) => [change(key, [...at, key]), item] as const);
    return Object.fromEntries(pairs.filter(([key]) => typeof key === 'string'));
  }
  const names = step === 'values' ? Object.keys(value) : Object.hasOwn(value, step.name) ? [step.name] : [];
  let copy: Record<string, unknown> | undefined;
  for (const name of names) {
    const before = value[name];
    const after = mapSteps(before, rest, [...at, name], change);
    if (after === before) continue;
    copy ??= { ...value };
    if (after === undefined) delete copy[name];
    else copy[name] = after;
  }
  return copy ?? value;
}

/** Objects that YAML or JSON made; class instances such as `Secret` are leaves. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
