import { canonicalJson, type Json, pathOf } from '../model/index.js';
import { visibleText } from './visible-text.js';

/** The longest value that stands on one line in full. */
const LONGEST = 160;

/** A value on one line, as JSON; what is too long is cut, and says how much there was. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return '(none)';
  const text = visibleText(typeof value === 'string' ? quoted(value) : JSON.stringify(value));
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}

/** Quotes as JSON does, but leaves control characters to {@link visibleText}, which shows more of them. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** A JSON Pointer as people write fields: `roles[0].name`, `data["a.b"]`; the whole document is `(all)`. */
export function dottedPath(pointer: string): string {
  const steps = pathOf(pointer);
  if (steps.length === 0) return '(all)';
  return steps
    .map((step, index) => {
      if (/^[A-Za-z_][\w-]*$/.test(step)) return index === 0 ? step : `.${step}`;
      return /^\d{1,6}$/.test(step) ? `[${step}]` : `[${visibleText(quoted(step))}]`;
    })
    .join('');
}

/** True for text that is shown line by line: it has several lines, or is too long for one. */
export function isLongText(value: Json | undefined): value is string {
  return typeof value === 'string' && (value.includes('\n') || value.length > LONGEST);
}

/** What a list lost and gained, each item as often as it did; both empty when only the order differs. */
export function listDifference(
  from: readonly Json[],
  to: readonly Json[],
): { readonly removed: readonly Json[]; readonly added: readonly Json[] } {
  const left = new Map<string, number>();
  for (const item of from) left.set(canonicalJson(item), (left.get(canonicalJson(item)) ?? 0) + 1);
  const added = to.filter((item) => !take(left, item));
  const rest = new Map<string, number>();
  for (const item of to) rest.set(canonicalJson(item), (rest.get(canonicalJson(item)) ?? 0) + 1);
  const removed = from.filter((item) => !take(rest, item));
  return { removed, added };
}

function take(counts: Map<string, number>, item: Json): boolean {
  const text = canonicalJson(item);
  const count = counts.get(text) ?? 0;
  if (count > 0) counts.set(text, count - 1);
  return count > 0;
}
