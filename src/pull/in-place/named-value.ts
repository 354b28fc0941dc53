import { canonicalBody, type Kind } from '../../catalog/index.js';
import { isJsonObject, type Json, type JsonObject, plainValue, valueAt } from '../../model/index.js';
import { nestedAt } from '../minimal-body.js';
import { type NameReference, nameReferences } from '../references.js';
import type { Known } from './known-state.js';

/** A live value with logical keys where the files have them. */
export function namedValue(known: Known, kind: Kind, path: readonly string[], live: Json): Json {
  const name: NameReference = (to, id) =>
    isInFiles(known, to, id) ? known.pulled.name(to, id) : { found: false, text: id, shared: false };
  const whole = (value: Json): Json => {
    const { body } = nameReferences(kind, nestedAt(path, value), { catalog: known.options.catalog, name });
    // A value comes back where it was put, unless a step of the path is an id that has a name now.
    return (valueAt(body, path) ?? valueAt(body, onlyPath(body, path)) ?? value) as Json;
  };
  // Item by item: a set would be sorted anew, and no item could be told from another.
  return Array.isArray(live) ? (live as readonly Json[]).flatMap((item) => whole([item])) : whole(live);
}

/** The only way down a body that holds one value. */
function onlyPath(body: JsonObject, path: readonly string[]): readonly string[] {
  const steps: string[] = [];
  let value: unknown = body;
  for (let length = 0; length < path.length && isJsonObject(value); length += 1) {
    const [key = ''] = Object.keys(value);
    steps.push(key);
    value = value[key];
  }
  return steps;
}

function isInFiles(known: Known, kind: string, id: string): boolean {
  if (known.options.scope === 'everything' || known.refs.has(`${kind}:${id}`)) return true;
  return known.given.keys.has(`${kind}:${id}`);
}

/** A written value with ids where references were, as the server would keep it; a list item by item, in its order. */
export function writtenValue(kind: Kind, path: readonly string[], value: unknown): Json {
  // An edit that is no secret has no secret in its value.
  const plain = plainValue((value ?? null) as never);
  const one = (item: Json): Json => (valueAt(canonicalBody(kind, nestedAt(path, item)), path) ?? item) as Json;
  return Array.isArray(plain) ? (plain as readonly Json[]).flatMap((item) => one([item])) : one(plain);
}
