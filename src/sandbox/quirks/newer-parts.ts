import type { Problem } from '../errors.js';
import type { Instance } from '../kind.js';
import { isRecord } from '../kinds/normal-text.js';
import { isEnumeration, notOneOf, unknownProperty } from '../shape.js';
import { shapes } from '../shapes.generated.js';
import { isAtLeast } from '../version.js';
import type { Newcomer } from './quirk.js';
import { newcomers } from './registry.js';

/** An object as an older server knows it, and what that server could not read of it. */
export interface OlderView {
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** Whether a version has nothing below a path yet. */
export function isNewerPath(path: string, version: string): boolean {
  return newerThan(version).some(({ paths = [] }) =>
    paths.some((above) => path === above || path.startsWith(`${above}/`)),
  );
}

/** Whether a version does not have a value of an enumeration yet. */
export function isNewerValue(enumeration: string, value: unknown, version: string): boolean {
  return newerThan(version).some(({ values = {} }) => values[enumeration]?.some((newer) => newer === value) === true);
}

/**
 * A value without the fields that a version does not have yet; values of enumerations that it does not have are problems.
 * @param type - in the language of the table of shapes.
 */
export function withoutNewerParts(
  type: string | undefined,
  value: unknown,
  { fusionauth, switches }: Pick<Instance, 'fusionauth' | 'switches'>,
  path: string,
): OlderView {
  const newer = newerThan(fusionauth);
  if (type === undefined || newer.length === 0) return { value, problems: [] };
  const problems: Problem[] = [];
  const reject = switches.unknownProperties === 'reject';
  return { value: older(type, value, path, { newer, version: fusionauth, reject, problems }), problems };
}

interface Looking {
  readonly newer: readonly Newcomer[];
  readonly version: string;
  /** Whether a field that is not known is a problem. */
  readonly reject: boolean;
  readonly problems: Problem[];
}

function older(type: string, value: unknown, path: string, looking: Looking): unknown {
  if (value === null || value === undefined) return value;
  const inner = type.slice(1, -1);
  if (type.startsWith('[')) {
    return Array.isArray(value) ? value.map((item, at) => older(inner, item, `${path}[${at}]`, looking)) : value;
  }
  if (!type.startsWith('{')) return olderNamed(type, value, path, looking);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, older(inner, item, `${path}.${key}`, looking)]),
  );
}

function olderNamed(type: string, value: unknown, path: string, looking: Looking): unknown {
  const shape = shapes[type];
  if (shape === undefined) return value;
  if (isEnumeration(shape)) {
    if (!isNewerValue(type, value, looking.version)) return value;
    looking.problems.push(
      notOneOf(
        path,
        shape.filter((other) => !isNewerValue(type, other, looking.version)),
      ),
    );
    return undefined;
  }
  if (!isRecord(value)) return value;
  const known: [string, unknown][] = [];
  for (const [name, item] of Object.entries(value)) {
    const place = `${path}.${name}`;
    if (!looking.newer.some((part) => hasField(part, type, name))) {
      known.push([name, older(shape[name] ?? 'any', item, place, looking)]);
    } else if (looking.reject) looking.problems.push(unknownProperty(place));
  }
  return Object.fromEntries(known);
}

function hasField({ fields = {} }: Newcomer, shape: string, name: string): boolean {
  return Object.entries(fields).some(
    ([where, names]) =>
      (where.startsWith('*') ? shape.endsWith(where.slice(1)) : where === shape) && names.includes(name),
  );
}

const byVersion = new Map<string, readonly Newcomer[]>();

/** What came after a version; nothing for the newest, which is asked for with every request. */
function newerThan(version: string): readonly Newcomer[] {
  const known = byVersion.get(version) ?? newcomers.filter(({ since }) => !isAtLeast(version, since));
  byVersion.set(version, known);
  return known;
}
