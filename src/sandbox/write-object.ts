import { invalid, type Problem } from './errors.js';
import { fillDefaults, sameJson, valueAt, withKeptValues, withoutNulls, withValuesOf } from './fields.js';
import type { Kind, Write } from './kind.js';
import { isBlank, isRecord } from './kinds/normal-text.js';
import { licenceProblems } from './licence.js';
import { withoutNewerParts } from './quirks/newer-parts.js';
import { referenceProblems } from './references.js';
import { shapeOf, typeAt } from './shape.js';
import type { Fields, StoredObject } from './store.js';

/** Set by the server alone, on every kind. */
const serverOwned = ['id', 'insertInstant', 'lastUpdateInstant'] as const;

/** What the object has before any default: its own id, and the tenant it belongs to where its kind has tenants. */
export type Identity = { readonly id: string } & Readonly<Record<string, string>>;

/**
 * The object that a write makes of what was sent, checked. Nothing is stored.
 * @throws {@link Refusal} 400 with everything that is wrong.
 */
export function composeObject(kind: Kind, write: Write, identity: Identity): StoredObject {
  const object = draftObject(kind, write, identity);
  const problems = checkObject(kind, object, write);
  if (problems.length > 0) throw invalid(problems, kind.one);
  return object;
}

/**
 * The object that a write makes of what was sent: defaults, fields nobody may set, fields that stay, normalisation and
 * instants. Nothing is checked.
 * @param start - what a create starts from besides the defaults (a copy); empty for others.
 */
export function draftObject(kind: Kind, write: Write, identity: Identity, start: Fields = {}): StoredObject {
  const { instance, previous, sent } = write;
  const settable = without(knownFields(kind, write), [...serverOwned, ...(kind.readOnly ?? [])]);
  const defaults = fillDefaults(start, kind.defaults?.(instance, sent) ?? {});
  const filled = settled(kind, fillDefaults(settable, defaults), previous);
  const normal = withoutNulls(kind.normalise?.({ ...filled, ...identity }, write) ?? { ...filled, ...identity });
  // Defaults, and what was derived, have newer fields too.
  const known = withoutNewerParts(shapeOf(kind, sent), normal, instance, kind.one).value;
  return withInstants({ ...asRecord(known), id: identity.id }, write);
}

/** What was sent, as far as the version knows it. @throws {@link Refusal} 400 for what it cannot read. */
function knownFields(kind: Kind, { sent, instance }: Write): Fields {
  const { value, problems } = withoutNewerParts(shapeOf(kind, sent), sent, instance, kind.one);
  if (problems.length > 0) throw invalid(problems, kind.one);
  return asRecord(value);
}

/** On a change: what cannot be set stays, and so do secrets that were left out. */
function settled(kind: Kind, filled: Fields, previous: StoredObject | undefined): Fields {
  if (previous === undefined) return filled;
  const fixed = withValuesOf(filled, previous, [...(kind.readOnly ?? []), ...(kind.createOnly ?? [])]);
  return withKeptValues(fixed, previous, kind.kept ?? []);
}

/** All that is wrong with an object, and with what stands beside it. */
export function checkObject(kind: Kind, object: StoredObject, write: Write): readonly Problem[] {
  const required = typeof kind.required === 'function' ? kind.required(object) : (kind.required ?? []);
  const blank = required.filter((path) => isBlank(valueAt(object, path)));
  return [
    ...blank.map((path) => requiredProblem(kind, path, object)),
    ...uniqueProblems(kind, object, write),
    ...referenceProblems(object, kind, write.instance),
    ...licenceProblems(object, kind, write.instance),
    ...(kind.validate?.(object, write) ?? []),
  ];
}

/** `[blank]` for texts, `[missing]` for everything else. */
function requiredProblem(kind: Kind, path: string, object: StoredObject): Problem {
  const shape = shapeOf(kind, object);
  const type = shape === undefined ? 'text' : typeAt(shape, path);
  const message = `You must specify the [${kind.one}.${path}] property.`;
  return { field: path, kind: type === 'text' ? 'blank' : 'missing', message };
}

/** Values that another object of the kind has already. */
export function uniqueProblems(
  kind: Kind,
  object: StoredObject,
  { instance }: Pick<Write, 'instance'>,
): readonly Problem[] {
  const { store, switches } = instance;
  const shared = (kind.unique ?? []).flatMap(({ field, within, undocumented }): readonly Problem[] => {
    if (undocumented === true && switches.uniqueNames === 'whereDocumented') return [];
    const value = object[field];
    if (typeof value !== 'string' || value === '') return [];
    const others = store
      .findAll(kind.name, field, value, within === undefined ? undefined : object[within])
      .filter((other) => other.id !== object.id)
      .filter((other) => switches.nameCase === 'insensitive' || other[field] === value)
      .filter((other) => switches.inactiveNames === 'taken' || other['active'] !== false);
    if (others.length === 0) return [];
    return [{ field, kind: 'duplicate', message: `${article(kind.label)} with ${field} = [${value}] already exists.` }];
  });
  return [...shared, ...(kind.taken?.(object, instance) ?? [])];
}

/** `lastUpdateInstant` grows with every change, even with two in one millisecond; a create sets both to the same. */
function withInstants(object: StoredObject, { instance, previous }: Write): StoredObject {
  const now = instance.now();
  if (previous === undefined) return { ...object, insertInstant: now, lastUpdateInstant: now };
  const before = Number(previous['lastUpdateInstant'] ?? 0);
  const insertInstant = previous['insertInstant'];
  const same = { ...object, insertInstant, lastUpdateInstant: previous['lastUpdateInstant'] };
  if (instance.switches.noopUpdate === 'keeps' && sameJson(same, previous)) return previous;
  return { ...object, insertInstant, lastUpdateInstant: Math.max(now, before + 1) };
}

function without(object: Fields, paths: readonly string[]): Fields {
  return withValuesOf(object, {}, paths);
}

function asRecord(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

/** `A Tenant`, `An Application`. */
export function article(label: string): string {
  return `${/^[aeiou]/i.test(label) ? 'An' : 'A'} ${label}`;
}
