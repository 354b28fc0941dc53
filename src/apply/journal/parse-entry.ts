import { isJsonObject, oddInJson } from '../../model/index.js';
import type { JournalEntry } from './journal.js';

type Check = (value: unknown) => boolean;
/** Fields by name; a name that ends in `?` may be missing. */
type Shape = { readonly [field: string]: Check };

const text: Check = (value) => typeof value === 'string';
const count: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const amount: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const step: Check = (value) => ['create', 'update', 'reactivate', 'delete'].includes(String(value)) && text(value);

/** True for a map of texts. */
export const isTextMap: Check = (value) => isJsonObject(value) && Object.values(value).every(text);

const end: Shape = { instant: amount, applied: count, failed: count, skipped: count };
const shapes: { readonly [Record in JournalEntry['record']]: Shape } = {
  before: { change: text, step, 'before?': isJsonObject },
  after: { change: text, step },
  applied: { change: text, attempts: count, ms: amount, 'paths?': isTextMap },
  failed: { change: text, code: text, message: text },
  skipped: { change: text, because: text },
  resumed: { instant: amount },
  ended: end,
  interrupted: end,
  superseded: { instant: amount },
};

/** Reads a line after the first. @returns what is wrong with it, in words, where something is. */
export function parseEntry(line: string): JournalEntry | string {
  const value = parseLine(line);
  if (typeof value === 'string') return value;
  const { record, ...fields } = value;
  if (typeof record !== 'string' || !Object.hasOwn(shapes, record)) {
    return `this kedge knows no record '${String(record).slice(0, 40)}'`;
  }
  // Just looked up.
  const wrong = shapeFault(fields, shapes[record as JournalEntry['record']]);
  // Just checked against the shape of the record it says it is.
  return wrong ?? (value as unknown as JournalEntry);
}

/** The JSON object of a line, or what is wrong with it. */
export function parseLine(line: string): { readonly [field: string]: unknown } | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'it is not JSON, or not all of it';
  }
  if (!isJsonObject(value)) return 'it is no JSON object';
  return oddInJson(value) ?? value;
}

/** What is wrong with fields: one that is missing, of another type, or not known. */
export function shapeFault(fields: { readonly [field: string]: unknown }, shape: Shape): string | undefined {
  for (const [name, check] of Object.entries(shape)) {
    const field = name.replace('?', '');
    if (!Object.hasOwn(fields, field)) {
      if (field === name) return `it has no ${field}`;
    } else if (!check(fields[field])) return `its ${field} is not of the kind it has to be`;
  }
  const unknown = Object.keys(fields).find(
    (field) => !Object.hasOwn(shape, field) && !Object.hasOwn(shape, `${field}?`),
  );
  return unknown === undefined ? undefined : `it has a field '${unknown.slice(0, 40)}' that this kedge does not know`;
}
