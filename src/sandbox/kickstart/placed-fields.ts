import { isRecord } from '../kinds/normal-text.js';
import { isUuid } from '../shape.js';
import type { JsonNode } from './json-document.js';
import { KickstartError, type FilePosition, type KickstartErrorCode } from './kickstart-error.js';
import { followIncludes, resolveNode, type Sources } from './resolve.js';

/** The fields of an object with everything replaced; each knows where it stands, in whatever file that is. */
export interface PlacedFields {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The place of a field, or of the object where it has no such field. */
  readonly placeOf: (name: string) => FilePosition;
}

/** Reads an object. @throws {@link KickstartError} with the given code, when it is none. */
export function readFields(
  node: JsonNode,
  sources: Sources,
  { what, code }: { readonly what: string; readonly code: KickstartErrorCode },
): PlacedFields {
  const written = followIncludes(node, sources).node;
  const fields = resolveNode(node, sources);
  if (!isRecord(fields)) throw new KickstartError(code, `${what} must be an object: write it in {…}`, written.at);
  const entries = written.kind === 'object' ? written.entries : [];
  return { fields, placeOf: (name) => entries.find(({ key }) => key === name)?.value.at ?? written.at };
}

/** A field that may be left out and is a UUID. @throws {@link KickstartError} with the given code, when it is none. */
export function optionalUuid(
  { fields, placeOf }: PlacedFields,
  name: string,
  code: KickstartErrorCode,
): string | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined || isUuid(value)) return value;
  throw new KickstartError(code, `"${name}" must be a UUID; #{UUID()} in a variable makes one`, placeOf(name));
}
