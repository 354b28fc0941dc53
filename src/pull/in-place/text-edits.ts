import { isScalar, type Node, Scalar } from 'yaml';
import { canonicalBody, type Kind } from '../../catalog/index.js';
import { type DesiredResource, type Json, pathOf, type PlainEdit, pointerOf, valueAt } from '../../model/index.js';
import { nestedAt } from '../minimal-body.js';
import { textsOf } from '../text-files.js';
import { editValue, jsonNode } from './edit-value.js';
import { replaceScalar } from './edits.js';
import { isForEach, joined, type Known, placeOf } from './known-state.js';
import { withMessages } from './message-lines.js';
import { addValue } from './new-values.js';
import { refuse, refuseForEach } from './refusals.js';
import { type SourceFile, startAt } from './source-file.js';
import { addSplices, type Origin, type ToWrite } from './to-write.js';

/** Parts of a text, each of which is owned by itself: the messages of a theme. */
export function editText(
  known: Known,
  out: ToWrite,
  resource: DesiredResource,
  path: readonly string[],
  edits: readonly PlainEdit[],
): void {
  const kind = known.options.catalog.kind(resource.ref.kind);
  const changes = new Map(
    edits.map(({ pointer, from }) => [pathOf(pointer).at(-1) ?? '', typeof from === 'string' ? from : undefined]),
  );
  const written = valueAt(resource.fields, path);
  const [first] = edits;
  if (typeof written !== 'string' || !first) return;
  const pointers = edits.map(({ pointer }) => pointer);
  replaceText(known, out, { resource, kind, path, text: withMessages(written, changes), pointers });
}

function replaceText(
  known: Known,
  out: ToWrite,
  of: {
    readonly resource: DesiredResource;
    readonly kind: Kind;
    readonly path: readonly string[];
    readonly text: string;
    readonly pointers: readonly string[];
  },
): void {
  const { resource, kind, path, text, pointers } = of;
  const at = resource.locations.get(pointerOf(path));
  const place = at && placeOf(known, at);
  const field = path.join('.');
  if (isForEach(resource.ref)) {
    for (const pointer of pointers) refuseForEach(out, resource, { pointer });
    return;
  }
  if (!at || !place) {
    const node = newValue(known, out, { kind, key: resource.ref.key, path, value: text });
    addValue(known, out, { ref: resource.ref, path, node, field });
    return;
  }
  const { source, node } = place;
  const origin: Origin = { edit: { ref: resource.ref, field, what: 'changed', at } };
  if (isScalar(node) && node.tag === '!file') {
    editFile(known, out, { resource, kind, path, source, node, value: text, origin });
    return;
  }
  const edited = editValue(source, node, { written: '', live: text, named: text }, noRules);
  if (edited.ok) {
    addSplices(out, source, edited.splices);
    out.edits.push(origin.edit);
  } else for (const pointer of pointers) refuse(out, edited.refusal, source, { ...origin, pointer });
}

/** The text of a `!file`, where this environment is the only one that reads it. */
export function editFile(
  known: Known,
  out: ToWrite,
  of: {
    readonly resource: DesiredResource;
    readonly kind: Kind;
    readonly path: readonly string[];
    readonly source: SourceFile;
    readonly node: Scalar;
    readonly value: Json;
    readonly origin: Origin;
  },
): void {
  const { resource, kind, path, source, node, value, origin } = of;
  const file = joined(source.file, String(node.value));
  const before = file === undefined ? undefined : known.options.texts.get(file);
  const alone = file !== undefined && (known.uses.get(file) ?? 0) <= 1 && !source.isRepeated(node);
  if (typeof value !== 'string' || before === undefined || !alone || file === undefined) {
    if (source.isRepeated(node)) {
      refuse(out, { why: 'repeated', offset: startAt(node) }, source, origin);
      return;
    }
    // The file is not of this environment alone: the value gets a place of its own.
    const own = newValue(known, out, { kind, key: resource.ref.key, path, value });
    const edited = replaceScalar(source, node, own);
    if (edited.ok) addSplices(out, source, edited.splices);
    out.edits.push(origin.edit);
    return;
  }
  const same = (text: string): boolean =>
    JSON.stringify(canonicalBody(kind, nestedAt(path, text))) ===
    JSON.stringify(canonicalBody(kind, nestedAt(path, value)));
  out.texts.set(file, asWritten(before, value, same));
  out.edits.push({ ...origin.edit, at: { file, line: 1, col: 1 } });
}

/** A value as a new one is written: a long text in a file of its own. */
export function newValue(
  known: Known,
  out: ToWrite,
  of: { readonly kind: Kind; readonly key: string; readonly path: readonly string[]; readonly value: Json },
): Node {
  const { kind, key, path, value } = of;
  const [text] = textsOf(kind, key.replaceAll('/', '-'), nestedAt(path, value));
  if (!text || typeof value !== 'string') return jsonNode(value);
  const file = freeName(known, out, text.file);
  out.texts.set(`${known.folder}/${file}`, text.text);
  const node = new Scalar(file);
  node.tag = '!file';
  return node;
}

/** A name for a new file in the folder that nothing has yet. */
export function freeName(known: Known, out: ToWrite, file: string): string {
  const [, stem = file, end = ''] = /^(.*?)(\.[^/]*)?$/s.exec(file) ?? [];
  let name = file;
  const isTaken = (path: string): boolean => known.options.taken.has(path) || out.texts.has(`${known.folder}/${path}`);
  for (let count = 2; isTaken(name); count += 1) name = `${stem}-${count}${end}`;
  return name;
}

/** A text with the line ends, the last line break and the byte order mark of the one before, where that means the same. */
function asWritten(before: string, text: string, isSame: (text: string) => boolean): string {
  const bom = before.startsWith('\uFEFF') ? '\uFEFF' : '';
  const ended = before.endsWith('\n') && !text.endsWith('\n') ? `${text}\n` : text;
  const unix = isSame(ended) ? ended : text;
  const returns = unix.replaceAll(/\r?\n/g, '\r\n');
  return bom + (before.includes('\r\n') && isSame(returns) ? returns : unix);
}

const noRules = { set: false, atLeast: false, wholeMap: false };
