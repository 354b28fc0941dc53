import type { Problem } from './errors.js';
import { isRecord } from './kinds/normal-text.js';
import { shapes } from './shapes.generated.js';
import type { Fields, StoredObject } from './store.js';
import type { Kind } from './kind.js';
import type { Switches } from './switches.js';

/**
 * The fields of an object by type, or the values of an enumeration. A type is `text`, `number`, `boolean`, `uuid`, `any`,
 * the name of another shape, `[type]` for a list or `{type}` for a map.
 */
type Shape = Readonly<Record<string, string>> | readonly string[];

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}

/** A value as the server's JSON reader takes it, and what it does not take. */
export interface ShapeCheck {
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** Checks a value against a type. @param path - where it stands in the request; problems are `at: 'request'`. */
export function checkShape(
  type: string,
  value: unknown,
  { path, unknownProperties }: { readonly path: string } & Pick<Switches, 'unknownProperties'>,
): ShapeCheck {
  const problems: Problem[] = [];
  const checked = check(type, value, path, { problems, unknownProperties });
  return { value: checked, problems };
}

/** The type of a field in a shape, by its dotted path; undefined where the shape has no such field. */
export function typeAt(type: string, path: string): string | undefined {
  return path.split('.').reduce<string | undefined>((current, name) => {
    const shape = current === undefined ? undefined : shapes[current];
    return shape === undefined || isEnumeration(shape) ? undefined : shape[name];
  }, type);
}

/** The shape of an object of a kind; undefined where any JSON object is taken. */
export function shapeOf({ shape }: Pick<Kind, 'shape'>, sent: Fields, previous?: StoredObject): string | undefined {
  return typeof shape === 'function' ? shape(sent, previous) : shape;
}

interface Checking extends Pick<Switches, 'unknownProperties'> {
  readonly problems: Problem[];
}

function check(type: string, value: unknown, path: string, checking: Checking): unknown {
  if (value === null || value === undefined || type === 'any') return value;
  const refuse = (why: string): undefined => {
    checking.problems.push(unreadable(path, why));
    return undefined;
  };
  if (type.startsWith('[')) {
    if (!Array.isArray(value)) return refuse('Expected a list');
    return value.map((item, index) => check(type.slice(1, -1), item, `${path}[${index}]`, checking));
  }
  if (type.startsWith('{')) {
    if (!isRecord(value)) return refuse('Expected an object');
    return mapEntries(value, ([key, item]) => [key, check(type.slice(1, -1), item, `${path}.${key}`, checking)]);
  }
  switch (type) {
    case 'text':
      return isScalar(value) ? String(value) : refuse('Expected a text');
    case 'number':
      return checkNumber(value) ?? refuse('Expected a number');
    case 'boolean':
      return checkBoolean(value) ?? refuse('Expected true or false');
    case 'uuid':
      return checkUuid(value, path, checking);
    default:
      return checkNamed(type, value, path, checking);
  }
}

function checkNamed(type: string, value: unknown, path: string, checking: Checking): unknown {
  const shape = shapes[type];
  if (shape === undefined) return value;
  if (isEnumeration(shape)) {
    if (shape.includes(String(value))) return value;
    checking.problems.push(notOneOf(path, shape));
    return undefined;
  }
  if (!isRecord(value)) {
    checking.problems.push(unreadable(path, 'Expected an object'));
    return undefined;
  }
  const known: [string, unknown][] = [];
  for (const [name, item] of Object.entries(value)) {
    const place = path === '' ? name : `${path}.${name}`;
    const fieldType = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (fieldType !== undefined) known.push([name, check(fieldType, item, place, checking)]);
    else if (checking.unknownProperties === 'reject') checking.problems.push(unknownProperty(place));
  }
  return Object.fromEntries(known);
}

/** No number of the server's classes is so large: a `long` has 63 bits and a sign. */
const beyondLong = 2 ** 63;

/** The server's reader makes numbers of numeric texts, and truth values of `"true"` and `"false"` (Jackson's coercions). */
function checkNumber(value: unknown): unknown {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Math.abs(number) < beyondLong ? number : undefined;
}

function checkBoolean(value: unknown): unknown {
  if (typeof value === 'boolean') return value;
  return value === 'true' || value === 'false' ? value === 'true' : undefined;
}

function checkUuid(value: unknown, path: string, { problems }: Checking): unknown {
  if (value === '') return null;
  if (isUuid(value)) return value.toLowerCase();
  const message = `Invalid ${path} [${String(value)}]. This must be a valid UUID String (e.g. 25a872da-bb44-4af8-a43d-e7bcb5351ebc).`;
  problems.push({ field: path, kind: 'couldNotConvert', message, at: 'request' });
  return undefined;
}

export function unknownProperty(path: string): Problem {
  return unreadable(path, 'Unrecognized property');
}

/** A value that an enumeration does not have. */
export function notOneOf(path: string, values: readonly string[]): Problem {
  return unreadable(path, `Expected one of ${values.join(', ')}`);
}

function unreadable(path: string, why: string): Problem {
  const message = `Unable to parse JSON. The property [${path}] was invalid. The error was [Possible conversion error]. The detailed exception was [${why}].`;
  return { field: path, kind: 'invalidJSON', message, at: 'request' };
}

function isScalar(value: unknown): value is boolean | number | string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

export function isEnumeration(shape: Shape): shape is readonly string[] {
  return Array.isArray(shape);
}

function mapEntries(
  record: Readonly<Record<string, unknown>>,
  map: (entry: readonly [string, unknown]) => readonly [string, unknown],
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(map));
}
