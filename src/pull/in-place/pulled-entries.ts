import type { Node } from 'yaml';
import { type DesiredResource, type Json, pointerOf, type Ref, refText, valueAt } from '../../model/index.js';
import type { PulledEntry } from '../pull-files.js';
import { entryNode } from '../yaml-text.js';
import { isBuried, isForEach, type Known } from './known-state.js';
import { addValue } from './new-values.js';
import { takeChildren } from './pulled-children.js';
import { leave } from './refusals.js';
import { freeName, newValue } from './text-edits.js';
import type { ToWrite } from './to-write.js';
import { isOwned, leavesOf, pathInFiles } from './written-paths.js';

/** What a fresh pull would write and the files do not say yet. */
export function takeEntry(known: Known, out: ToWrite, entry: PulledEntry): void {
  const { kind, live } = entry;
  const ref = known.refs.get(`${kind.kind}:${live.id}`);
  if (!ref) {
    if (known.options.scope === 'everything') addEntry(known, out, entry);
    return;
  }
  const resource = known.resources.get(refText(ref));
  if (!resource) return;
  const isWritten = (path: readonly string[]): boolean => isOwned(known, kind, resource, path);
  out.notes.push(
    ...entry.notes.filter(
      ({ field, reason }) => !['secret', 'not-expressible'].includes(reason) || !isWritten((field ?? '').split('.')),
    ),
  );
  if (known.options.scope === 'everything') takeFields(known, out, entry, resource);
  // Last, as in a fresh pull.
  takeChildren(known, out, entry, ref);
}

function takeFields(known: Known, out: ToWrite, entry: PulledEntry, resource: DesiredResource): void {
  const { kind, yaml } = entry;
  const { ref } = resource;
  const body = entryNode({ ...yaml, comments: [] });
  const wanted = new Map(entry.secrets.map((secret) => [secret.field, secret]));
  const childFields = new Set(kind.children.map(({ field }) => field));
  const leaves = leavesOf(yaml.body).filter(([step = '', ...rest]) =>
    rest.length > 0 ? true : step !== 'id' && !childFields.has(step),
  );
  const missing = leaves.filter((path) => !isOwned(known, kind, resource, path));
  if (missing.length > 0 && isForEach(ref)) {
    const message = `has fields that the files do not own (${missing.map((path) => path.join('.')).join(', ')}): an entry with forEach is not added to`;
    leave(out, { ref, reason: 'not-edited', message, at: resource.at, harmless: true });
    return;
  }
  for (const path of missing) {
    const value = valueAt(yaml.body, path);
    const file = yaml.files.get(pointerOf(path));
    const node =
      file === undefined
        ? (body.getIn(path, true) as Node)
        : newValue(known, out, { kind, key: ref.key, path, value: valueAt(yaml.body, path) as Json });
    if (value === undefined) continue;
    const secret = wanted.get(path.join('.'));
    addValue(known, out, {
      ref,
      path: pathInFiles(known, kind, resource, path),
      node,
      field: path.join('.'),
      ...(secret && { secret }),
    });
  }
}

function addEntry(known: Known, out: ToWrite, entry: PulledEntry): void {
  const { kind, live, yaml } = entry;
  if (isBuried(known, live) || known.given.existing.has(`${kind.kind}:${live.id}`)) return;
  const files = new Map<string, string>();
  const renamed = new Map<string, string>();
  for (const { file, text } of entry.texts) {
    const name = freeName(known, out, file);
    renamed.set(file, name);
    out.texts.set(`${known.folder}/${name}`, text);
  }
  for (const [pointer, file] of yaml.files) files.set(pointer, renamed.get(file) ?? file);
  const node = entryNode({ ...yaml, files });
  const ref: Ref = { kind: kind.kind, key: yaml.key };
  addValue(known, out, { ref, path: [], node });
  out.secrets.push(...entry.secrets);
  out.notes.push(...entry.notes);
}
