import { type JsonObject, kebabCase } from '../model/index.js';
import type { Kind, KindReads, KindWrites, ReadClient } from './kind.js';
import { oneOf } from './wire.js';

/** What stands for the logical key of a kind of which every instance has one: `systemConfiguration/instance`. */
export const singletonKey = 'instance';

/**
 * What is the same for all kinds of which every instance has exactly one object: it is a built-in, so that nothing
 * creates, buries or prunes it, and its id is the kind's own name, for FusionAuth gives it none.
 */
export function singletonKind(
  kind: string,
): Pick<
  Kind,
  | 'scope'
  | 'naturalKey'
  | 'nameField'
  | 'builtIns'
  | 'required'
  | 'immutable'
  | 'children'
  | 'softDelete'
  | 'deleteMeans'
> {
  const name = kebabCase(kind);
  return {
    scope: 'singleton',
    naturalKey: [],
    nameField: 'id',
    builtIns: [{ name, find: { id: kind }, writable: true, source: 'every instance has one' }],
    required: [],
    immutable: [],
    children: [],
    softDelete: false,
    deleteMeans: 'it cannot be deleted',
  };
}

/** The reads of such a kind: one request, which gives the one object. @param wrapper - the field it stands in. */
export function singletonReads(
  kind: string,
  wrapper: string,
  retrieve: (client: ReadClient) => Promise<{ readonly response: unknown }>,
): KindReads {
  const read = async (client: ReadClient): Promise<JsonObject> =>
    named(kind, oneOf((await retrieve(client)).response, wrapper));
  return { list: async (client) => [await read(client)], get: read };
}

/** The writes that such a kind does not have. A plan never asks for them. */
export function neverMade(kind: string): Pick<KindWrites, 'create' | 'delete'> {
  const never = (): Promise<never> =>
    Promise.reject(new TypeError(`every instance has one ${kind}: nobody creates or deletes it`));
  return { create: never, delete: never };
}

/** The object with the id that kedge calls it by. */
export function named(kind: string, body: JsonObject): JsonObject {
  return { ...body, id: kind };
}
