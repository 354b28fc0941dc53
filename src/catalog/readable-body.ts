import type { JsonObject } from '../model/index.js';
import { canonicalBody } from './canonical-body.js';
import { mapField } from './field-path.js';
import type { Kind } from './kind.js';

/** A live body as the server would store it, without what is the server's own, only repeats other fields, or is a child. */
export function readableBody(kind: Kind, body: JsonObject): JsonObject {
  let value: unknown = canonicalBody(kind, body);
  for (const path of [...kind.serverOwned, ...kind.mirrors]) value = mapField(value, path, () => undefined);
  for (const child of kind.children) value = mapField(value, child.field, () => undefined);
  // mapField gives back the object it was given, less some fields.
  return value as JsonObject;
}
