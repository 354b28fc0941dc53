import type { Catalog } from '../../catalog/index.js';
import { changeKey, isJsonObject, KedgeError } from '../../model/index.js';
import { isApprovalList } from '../approvals-text.js';
import { parsePlanText } from '../plan-text.js';
import type { Journal, JournalEntry, JournalHeader } from './journal.js';
import { isTextMap, parseEntry, parseLine, shapeFault } from './parse-entry.js';

/**
 * Reads the text of a journal. A last line without its end is what a crash leaves: it is passed over and told. Anything
 * else that is not as kedge writes it is refused: going on from a journal that was edited could write anything.
 * @param by.from - where the text comes from, for messages.
 * @throws {@link KedgeError} `journal/unreadable` with the number of the line.
 */
export async function parseJournal(
  text: string,
  by: { readonly catalog: Catalog; readonly from: string },
): Promise<Journal> {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [first, ...rest] = whole.split('\n').slice(0, -1);
  if (first === undefined) throw unreadable(by.from, { line: 1, why: 'it has not one whole line' });
  const header = await parseHeader(first, by);
  const keys = new Set(header.file.plan.changes.map(({ change }) => changeKey(change)));
  const entries: JournalEntry[] = [];
  for (const [index, line] of rest.entries()) {
    const entry = parseEntry(line);
    const why = typeof entry === 'string' ? entry : misplaced(entry, { keys, last: entries.at(-1) });
    if (typeof entry === 'string' || why !== undefined) throw unreadable(by.from, { line: index + 2, why: why ?? '' });
    entries.push(entry);
  }
  return { header, entries, torn: whole.length < text.length, bytes: Buffer.byteLength(whole) };
}

/** Why a line cannot stand where it does. */
function misplaced(
  entry: JournalEntry,
  by: { readonly keys: ReadonlySet<string>; readonly last: JournalEntry | undefined },
): string | undefined {
  if ('change' in entry && !by.keys.has(entry.change)) {
    return `the plan has no change '${entry.change.slice(0, 80)}'`;
  }
  const { last } = by;
  if (last?.record === 'ended' || last?.record === 'superseded') return 'the run had come to its end before it';
  return undefined;
}

async function parseHeader(
  line: string,
  { catalog, from }: { readonly catalog: Catalog; readonly from: string },
): Promise<JournalHeader> {
  const refuse = (why: string, cause?: unknown): KedgeError => unreadable(from, { line: 1, why, cause });
  const value = parseLine(line);
  if (typeof value === 'string') throw refuse(value);
  const { format, version, ...fields } = value;
  if (format !== 'kedge-journal') throw refuse('it does not say "format": "kedge-journal"');
  if (version !== 1) throw refuse('this kedge reads journals of version 1, and it is of another');
  const fault = shapeFault(fields, {
    instant: (item) => typeof item === 'number' && Number.isFinite(item),
    allowed: isTextList,
    'approvals?': isApprovalList,
    notResumable: isTextList,
    kept: (item) => isJsonObject(item) && Object.values(item).every(isTextMap),
    file: isJsonObject,
  });
  if (fault !== undefined) throw refuse(fault);
  try {
    const file = await parsePlanText(JSON.stringify(fields['file']), { catalog, from: 'its plan' });
    // Just checked, field by field.
    return { ...(value as unknown as JournalHeader), file };
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    throw refuse(error.message, error);
  }
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function unreadable(
  from: string,
  input: { readonly line: number; readonly why: string; readonly cause?: unknown },
): KedgeError {
  return new KedgeError({
    code: 'journal/unreadable',
    message: `line ${input.line} of ${from} is not as kedge writes it: ${input.why}`,
    hint: 'plan anew, which is always safe: a plan starts from what the instance has now',
    ...(input.cause !== undefined && { cause: input.cause }),
  });
}
