import { Scalar } from 'yaml';
import { type Change, compareText, type DesiredResource, type Finding, refText } from '../../model/index.js';
import type { WantedSecret } from '../pull-files.js';
import { type PullNote, sortedNotes } from '../pull-note.js';
import { applyCollected } from './applied-changes.js';
import { editFields } from './field-edits.js';
import { takeGone } from './gone-entries.js';
import { isForEach, type Known, knownState } from './known-state.js';
import { addValue } from './new-values.js';
import { takeEntry } from './pulled-entries.js';
import { commentsInFlow, leave } from './refusals.js';
import { renameReferences } from './renamed-references.js';
import { nothingToWrite, type PulledEdit, type ToWrite } from './to-write.js';
import type { UpdateOptions } from './update-options.js';

/** Files that were brought up to date. */
export interface UpdatedFiles {
  /** Path in the repository → new text, of those that changed or are new. */
  readonly files: ReadonlyMap<string, string>;
  readonly edits: readonly PulledEdit[];
  readonly notes: readonly PullNote[];
  readonly secrets: readonly WantedSecret[];
  /** Why nothing may be written; empty as a rule. */
  readonly findings: readonly Finding[];
  /** `kind/key pointer` of what still differs, and is in the notes; without a pointer for all of an object. */
  readonly left: ReadonlySet<string>;
}

/**
 * Brings the files of an environment up to date with its instance: values that differ are written where they stand, what
 * is new is added, and everything else stays byte for byte as it is. A value from a lower layer is written over in the
 * environment's own. What cannot be edited is a note. Pure.
 */
export function updateFiles(options: UpdateOptions): UpdatedFiles {
  const known = knownState(options);
  const out = nothingToWrite();
  for (const change of options.difference.changes) takeChange(known, out, change);
  renameReferences(known, out);
  for (const entry of known.pulled.entries) takeEntry(known, out, entry);
  out.notes.push(...known.pulled.notes);
  applyCollected(known, out);
  return {
    files: changedFiles(known, out),
    edits: out.edits,
    notes: sortedNotes(out.notes),
    secrets: out.secrets.sort((a, b) => compareText(a.name, b.name)),
    findings: commentsInFlow(out),
    left: out.left,
  };
}

function changedFiles(known: Known, out: ToWrite): ReadonlyMap<string, string> {
  const before = known.options.texts;
  const files = new Map<string, string>();
  for (const source of known.own.all()) {
    const splices = out.splices.get(source) ?? [];
    if (splices.length === 0) continue;
    const text = source.spliced(splices);
    if (text !== before.get(source.file)) files.set(source.file, text);
  }
  for (const [path, text] of out.texts) if (text !== before.get(path)) files.set(path, text);
  return files;
}

function takeChange(known: Known, out: ToWrite, change: Change): void {
  const resource = known.resources.get(refText(change.ref));
  switch (change.op) {
    case 'keep':
      return;
    case 'create':
      if (resource) takeGone(known, out, resource);
      return;
    case 'delete':
      if (change.why === 'tombstone') {
        const message = 'is on the instance, and the files say that it must be absent: it is not pulled';
        leave(out, { ref: change.ref, reason: 'not-edited', message, ...(change.at && { at: change.at }) });
      }
      return;
    case 'reactivate': {
      const message = 'is deactivated on the instance: the files are as they were, and a plan reactivates it';
      leave(out, { ref: change.ref, reason: 'inactive', message, at: resource?.at ?? change.at });
      return;
    }
    case 'adopt':
      if (resource) adopt(known, out, resource, change.id);
      break;
    case 'update':
    case 'replace':
      break;
  }
  if (resource) editFields(known, out, resource, change);
}

/** An object that was found by its name says from now on which one it is. */
function adopt(known: Known, out: ToWrite, resource: DesiredResource, id: string): void {
  if (isForEach(resource.ref)) {
    const message = `is the live ${id}, and an entry with forEach has no id of its own: write id: in an entry for this tenant`;
    leave(out, { ref: resource.ref, reason: 'not-edited', message, at: resource.at });
    return;
  }
  addValue(known, out, { ref: resource.ref, path: ['id'], node: new Scalar(id), field: 'id' });
}
