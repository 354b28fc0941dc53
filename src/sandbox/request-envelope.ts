import { invalid, parameterError, type Problem } from './errors.js';
import type { Kind } from './kind.js';
import { isRecord } from './kinds/normal-text.js';
import { checkShape, shapeOf, typeAt, unknownProperty } from './shape.js';
import type { Fields, StoredObject } from './store.js';
import type { Switches } from './switches.js';

/** A request's body with types as they should be: the object, and what stands beside it. */
export interface Envelope {
  readonly envelope: Fields;
  readonly sent: Fields;
}

/** Fields that any request may have beside the object. */
const everywhere: ReadonlySet<string> = new Set(['eventInfo']);

/** What decides how a body is read. */
interface Reading extends Pick<Switches, 'unknownProperties'> {
  /** The object that the request changes. */
  readonly previous?: StoredObject | undefined;
}

/**
 * Checks a request's body against its kind.
 * @throws {@link Refusal} 400 with all types that are wrong, or when there is no object at all.
 */
export function readEnvelope(kind: Kind, sentBody: unknown, { unknownProperties, previous }: Reading): Envelope {
  const body = withCopied(kind, sentBody);
  if (!isRecord(body) || !isRecord(body[kind.one])) throw missingObject(kind, body);
  const problems: Problem[] = [];
  const known: [string, unknown][] = [];
  for (const [name, value] of Object.entries(body)) {
    const prepared = name === kind.one && kind.prepare !== undefined ? kind.prepare(value) : value;
    const type = typeInEnvelope(kind, name, { value: prepared, previous });
    if (type === undefined) {
      if (unknownProperties === 'reject') problems.push(unknownProperty(name));
      continue;
    }
    const checked = checkShape(type, prepared, { path: name, unknownProperties });
    problems.push(...checked.problems);
    known.push([name, checked.value]);
  }
  if (problems.length > 0) throw invalid(problems, kind.one);
  const envelope = Object.fromEntries(known);
  const sent = envelope[kind.one];
  return { envelope, sent: isRecord(sent) ? sent : {} };
}

/**
 * A whole request with types as they should be, where no kind's way of reading fits.
 * @throws {@link Refusal} 400 with all types that are wrong.
 */
export function checkedRequest(shape: string, body: unknown, { unknownProperties }: Switches): Fields {
  const { value, problems } = checkShape(shape, body ?? {}, { path: '', unknownProperties });
  if (problems.length > 0) throw invalid(problems, '');
  return isRecord(value) ? value : {};
}

/** Of a copy nothing need be said but what it is a copy of. */
function withCopied({ copy, one }: Kind, body: unknown): unknown {
  if (!isRecord(body) || copy === undefined || typeof body[copy.parameter] !== 'string') return body;
  return { ...body, [one]: body[one] ?? {} };
}

function typeInEnvelope(
  kind: Kind,
  name: string,
  { value, previous }: { readonly value: unknown; readonly previous: StoredObject | undefined },
): string | undefined {
  if (name === kind.one) return shapeOf(kind, isRecord(value) ? value : {}, previous) ?? '{any}';
  if (name === kind.copy?.parameter) return 'uuid';
  if (kind.siblings?.some((sibling) => sibling.name === name) === true) return '[uuid]';
  if (everywhere.has(name)) return 'any';
  return kind.request === undefined ? undefined : typeAt(kind.request, name);
}

function missingObject(kind: Kind, body: unknown): Error {
  if (isRecord(body) && body[kind.one] !== undefined && body[kind.one] !== null) {
    return parameterError('invalidJSON', kind.one, `Unable to parse JSON. The property [${kind.one}] was invalid.`);
  }
  return parameterError('missing', kind.one, `The request has no [${kind.one}].`);
}
