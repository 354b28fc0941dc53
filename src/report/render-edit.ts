import { type DriftOrigin, type Edit, editOriginOf, type Json, type PlainEdit } from '../model/index.js';
import { diffLines, type DiffLine } from './line-diff.js';
import type { PlanView } from './plan-view.js';
import { counted } from './text-style.js';
import { dottedPath, isLongText, listDifference, valueText } from './value-text.js';
import { visibleLines, visibleText } from './visible-text.js';

/** The most lines that one text or list takes up. */
const MOST_LINES = 24;

const originWords: { readonly [origin in DriftOrigin]: string } = {
  drift: 'drift',
  pending: 'pending',
  conflict: 'conflict',
  unrecorded: '',
};

/** What the edits of one change are rendered with. */
export interface EditContext extends PlanView {
  /** True for an object that is not there yet: only the new values are shown. */
  readonly fresh: boolean;
}

/** The lines of all edits of one change, indented, values aligned, `file:line` at the right. */
export function renderEdits(edits: readonly Edit[], context: EditContext): readonly string[] {
  const column = Math.min(52, Math.max(0, ...edits.map((edit) => dottedPath(edit.pointer).length)));
  return edits.flatMap((edit) => renderEdit(edit, column, context));
}

function renderEdit(edit: Edit, column: number, context: EditContext): readonly string[] {
  const { paint } = context;
  const name = `      ${dottedPath(edit.pointer).padEnd(column)}  `;
  const right = notesOf(edit, context);
  if (edit.secret) {
    const was = context.fresh || edit.fromHash === undefined ? 'set' : 'changed';
    return [line(name, `(secret ${visibleText(edit.source)}) ${was}`, right, context)];
  }
  const { from, to } = edit;
  if (isLongText(from) || isLongText(to)) {
    const lines = textLines(from, to);
    if (lines.every((item) => item.mark === '…')) {
      return [line(name, '(only line breaks differ)', right, context)];
    }
    return [line(name, textSummary(edit), right, context), ...indented(lines, context)];
  }
  if (Array.isArray(to) && (Array.isArray(from) || from === undefined)) {
    // `Array.isArray` loses the item type of a readonly list.
    const lists = { from: (from ?? []) as readonly Json[], to: to as readonly Json[] };
    if (to.length > 0 || lists.from.length > 0) {
      const { removed, added } = listDifference(lists.from, lists.to);
      if (removed.length + added.length === 0) {
        return [line(name, `the same ${to.length} items in another order: ${valueText(to)}`, right, context)];
      }
      const items = [
        ...removed.map((item): DiffLine => ({ mark: '-', text: named(item, context) })),
        ...added.map((item): DiffLine => ({ mark: '+', text: named(item, context) })),
      ];
      return [line(name, '', right, context), ...indented(items, context)];
    }
  }
  const next = to === undefined ? paint.removed('(none)') : paint.added(named(to, context));
  if (context.fresh) return [line(name, next, right, context)];
  const before = paint.removed(named(from, context));
  const oneLine = named(from, context).length + named(to, context).length + 4;
  if (name.length + oneLine <= context.options.width) return [line(name, `${before} → ${next}`, right, context)];
  return [line(name, before, right, context), `${' '.repeat(Math.max(0, name.length - 2))}${paint.faint('→')} ${next}`];
}

/** A value on one line; an id that the plan knows is followed by what it stands for. */
function named(value: Json | undefined, context: EditContext): string {
  const name = typeof value === 'string' ? context.names.get(value) : undefined;
  return name === undefined ? valueText(value) : `${valueText(value)} (${visibleText(name)})`;
}

function textSummary(edit: PlainEdit): string {
  const lines = (value: Json | undefined): string =>
    typeof value === 'string' ? counted(withoutLastBreak(value).length, 'line') : valueText(value);
  if (edit.from === undefined) return `(text of ${lines(edit.to)})`;
  return edit.to === undefined ? `(text of ${lines(edit.from)}) → (none)` : '(text changed)';
}

function textLines(from: Json | undefined, to: Json | undefined): readonly DiffLine[] {
  const lines = (value: Json | undefined): readonly string[] =>
    value === undefined ? [] : typeof value === 'string' ? withoutLastBreak(value) : [valueText(value)];
  return diffLines(lines(from), lines(to));
}

/** The lines of a text; the line break that ends the last one begins no other. */
function withoutLastBreak(text: string): readonly string[] {
  const lines = visibleLines(text);
  return lines.length > 1 && lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function indented(lines: readonly DiffLine[], context: EditContext): readonly string[] {
  const { paint, options } = context;
  const shown = lines.slice(0, MOST_LINES).map((item) => {
    if (item.mark === '…') return paint.faint(`        … ${item.skipped} unchanged`);
    const room = Math.max(40, options.width - 10);
    const text = item.text.length <= room ? item.text : `${item.text.slice(0, room - 1)}…`;
    const whole = `        ${item.mark} ${text}`;
    return item.mark === '+' ? paint.added(whole) : item.mark === '-' ? paint.removed(whole) : paint.faint(whole);
  });
  const more = lines.length - shown.length;
  return more > 0 ? [...shown, paint.faint(`        … ${more} more lines`)] : shown;
}

function notesOf(edit: Edit, context: EditContext): string {
  const origin = originWords[editOriginOf(edit, context.plan.recorded)];
  const at = edit.at ? `${visibleText(edit.at.file)}:${edit.at.line}` : '';
  return [context.fresh ? '' : origin, at].filter((note) => note !== '').join('  ');
}

/** A line with its notes at the right edge, or right after the value where there is no room. */
function line(name: string, value: string, right: string, context: EditContext): string {
  const left = `${name}${value}`;
  if (right === '') return left.trimEnd();
  // Colours have no width.
  // oxlint-disable-next-line eslint/no-control-regex
  const used = left.replaceAll(/\u001b\[\d+m/g, '').trimEnd().length;
  const gap = Math.max(2, context.options.width - used - right.length);
  return `${left.trimEnd()}${' '.repeat(gap)}${context.paint.faint(right)}`;
}
