import { type Kind, mapField, visitField } from '../catalog/index.js';
import { type JsonObject, pointerOf } from '../model/index.js';

/** A body without its secrets, and what was taken out. */
export interface SealedBody {
  readonly body: JsonObject;
  /** JSON Pointers of the secrets that had a value, sorted. */
  readonly pointers: readonly string[];
  /** The values, in clear: to look for them elsewhere, and for nothing else. */
  readonly values: readonly string[];
}

/**
 * Takes every secret field of the kind out of a body. Of a map whose values are all secret (`headers`) nothing stays: an
 * empty map would say that there are none.
 */
export function sealBody(kind: Kind, body: JsonObject): SealedBody {
  const pointers = new Set<string>();
  const values: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') values.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  let bare: unknown = body;
  for (const { path } of kind.secrets) {
    visitField(body, path, (value, at) => {
      collect(value);
      if (value !== '' && value !== null) pointers.add(pointerOf(at));
    });
    bare = mapField(bare, path.replace(/(?:\{\}|\[\])$/, ''), () => undefined);
  }
  // mapField gives back the object it was given, less what was asked to go.
  return { body: bare as JsonObject, pointers: [...pointers].sort(), values };
}
