import { type Kind, mapField } from '../catalog/index.js';
import type { JsonObject } from '../model/index.js';

/** A body without its references to some objects, and the fields they were in, as names joined by dots. */
export function withoutReferences(
  kind: Kind,
  body: JsonObject,
  ids: ReadonlySet<string>,
): { readonly body: JsonObject; readonly lost: readonly string[] } {
  if (ids.size === 0) return { body, lost: [] };
  const lost: string[] = [];
  let value: unknown = body;
  for (const { path } of kind.refs) {
    value = mapField(value, path, (id, at) => {
      if (typeof id !== 'string' || !ids.has(id)) return id;
      lost.push(at.join('.'));
      return undefined;
    });
  }
  // mapField gives back the object it was given, less some fields.
  return { body: value as JsonObject, lost };
}
