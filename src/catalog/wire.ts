import { isJsonObject, type JsonObject, KedgeError, valueAt } from '../model/index.js';
import { mapField } from './field-path.js';
import type { FieldPath } from './field-path.js';

/**
 * The objects of a retrieve-all or search answer.
 * @param response - what the client resolved with. @param wrapper - the field they stand in: `tenants`.
 * @throws {@link KedgeError} `live/bad-response` when the answer is a 200 of another shape. An answer without the wrapper
 * means "none" only when it says nothing else either: the server may leave an empty collection out (FusionAuth docs:
 * apis/errors, "empty collections"), and anything more is somebody else's page.
 */
export function listOf(response: unknown, wrapper: string): readonly JsonObject[] {
  if (isJsonObject(response)) {
    const list = response[wrapper];
    // `Array.isArray` loses the item type; each item is checked for an id by the reader.
    if (Array.isArray(list)) return list as readonly JsonObject[];
    const rest = Object.keys(response).filter((key) => key !== 'total');
    if (list === undefined && rest.length === 0 && (response['total'] ?? 0) === 0) return [];
  }
  throw shapeError(wrapper);
}

/** The object of an answer about one object. @throws {@link KedgeError} `live/bad-response` when it is not there. */
export function oneOf(response: unknown, wrapper: string): JsonObject {
  const body = isJsonObject(response) ? response[wrapper] : undefined;
  if (!isJsonObject(body)) throw shapeError(wrapper);
  return body;
}

/** What a read by id gives, or undefined where the instance answers 404. */
export async function orAbsent<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof KedgeError && error.code === 'live/not-found') return undefined;
    throw error;
  }
}

/**
 * A body as the client's request type. The client's types describe the same JSON, but as interfaces of optional fields,
 * which no index signature is assignable to; that the fields are right is what the generated schemas check.
 */
export function asRequest<T>(body: object): T {
  return body as T;
}

/** A query parameter that the client's types ask for and the API does not: left out where the text is not given. */
export function optionalParameter(text: string | undefined): string {
  // The client types every parameter as text, and leaves out those that are undefined.
  return text as string;
}

/** A body without some of its fields. */
export function without(body: JsonObject, ...fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !fields.includes(key)));
}

/**
 * A body without the deprecated copies of fields it also has: a PUT that carries both lets the server choose, and it may
 * choose the old one. A copy whose original is missing stays: an older server knows no other name for it.
 * @param copies - path of the copy → path of the original, without `[]` and `{}`.
 */
export function withoutCopies(body: JsonObject, copies: Readonly<Record<FieldPath, FieldPath>>): JsonObject {
  return Object.entries(copies).reduce<JsonObject>(
    (value, [copy, original]) =>
      // mapField gives back the object it was given, less the copy.
      valueAt(value, original.split('.')) === undefined
        ? value
        : (mapField(value, copy, () => undefined) as JsonObject),
    body,
  );
}

function shapeError(wrapper: string): KedgeError {
  return new KedgeError({
    code: 'live/bad-response',
    message: `the instance answered 200 without the '${wrapper}' that belongs in it`,
    hint: 'check that the url is that of FusionAuth itself, not of a proxy or a login page in front of it',
  });
}
