import type { Problem } from '../errors.js';
import { fillDefaults } from '../fields.js';
import type { Kind, Write } from '../kind.js';
import { patchMethodOf } from '../patch.js';
import type { Fields } from '../store.js';
import { isBlank, isRecord } from './normal-text.js';

/** What is special about one of the types that objects of a kind have. */
interface Subtype {
  /** Name in the table of shapes. */
  readonly shape: string;
  readonly defaults: Fields;
  /** Paths that may not be blank. */
  readonly required: readonly string[];
}

/** The types of a kind by their names, which stand in the field `type` of its objects. */
export interface Subtypes {
  /** The shape of what all types have, for a request whose type there is not. */
  readonly base: string;
  /** The type of a request that names none; absent: such a request cannot be read. */
  readonly fallback?: string;
  readonly types: Readonly<Record<string, Subtype>>;
}

/**
 * What a kind with several types is made of: the type chooses the fields, is set by a create and never changed after it.
 * Source: `*JacksonHelper.extractType` and `*RequestDeserializer` of fusionauth-java-client.
 */
export function subtypeRules({
  base,
  fallback = '',
  types,
}: Subtypes): Required<Pick<Kind, 'createOnly' | 'prepare' | 'required' | 'shape'>> {
  const find = ({ type }: Fields): Subtype | undefined => types[String(type)];
  return {
    createOnly: ['type'],
    prepare: (sent) => (isRecord(sent) && isBlank(sent['type']) ? { ...sent, type: fallback } : sent),
    shape: (sent, previous) => find(previous ?? sent)?.shape ?? base,
    required: (object) => find(object)?.required ?? [],
  };
}

/** An object with the defaults of its type. */
export function withTypeDefaults({ types }: Subtypes, object: Fields): Fields {
  return fillDefaults(object, types[String(object['type'])]?.defaults ?? {});
}

/**
 * A type that is not the stored one. A PATCH as `application/json` is read into the stored object, whose class never reads
 * `type` (`@JsonIgnoreProperties` in fusionauth-java-client); what a PUT does is UNVERIFIED (switch subtypeChange).
 */
export function typeProblems({ previous, sent, operation, call, instance }: Write): readonly Problem[] {
  if (previous === undefined || sent['type'] === previous['type']) return [];
  if (instance.switches.subtypeChange === 'ignored') return [];
  if (operation === 'patch' && patchMethodOf(call.contentType) === 'legacy') return [];
  return [{ field: 'type', kind: 'invalid', message: `The type is [${String(previous['type'])}] and stays so.` }];
}
