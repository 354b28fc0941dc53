import {
  type DesiredResource,
  type Finding,
  type Json,
  type Location,
  locationText,
  pathOf,
  type Ref,
  refText,
} from '../../model/index.js';
import type { PullNote } from '../pull-note.js';
import type { ValueRefusal } from './edit-value.js';
import type { Known } from './known-state.js';
import type { SourceFile } from './source-file.js';
import type { Origin, ToWrite } from './to-write.js';

/** Says in a note what stays as it is, and remembers that it still differs. */
export function leave(
  out: ToWrite,
  about: {
    readonly ref: Ref;
    readonly reason: PullNote['reason'];
    readonly message: string;
    readonly pointer?: string | undefined;
    readonly field?: string | undefined;
    readonly at?: Location | undefined;
    /** Nothing of it differs from what the files own. */
    readonly harmless?: true;
  },
): void {
  const { ref, reason, message, pointer, at } = about;
  const field = about.field ?? (pointer === undefined ? undefined : pathOf(pointer).join('.'));
  out.notes.push({
    reason,
    kind: ref.kind,
    object: ref.key,
    ...(field !== undefined && { field }),
    ...(at && { at }),
    message,
  });
  if (about.harmless !== true) out.left.add(pointer === undefined ? refText(ref) : `${refText(ref)} ${pointer}`);
}

/** Leaves what cannot be edited, with the reason. */
export function refuse(out: ToWrite, refusal: ValueRefusal, source: SourceFile, origin: Origin): void {
  const at = source.place(refusal.offset);
  const { ref, field } = origin.edit;
  if (refusal.why === 'comment-in-flow') {
    const of = field === undefined ? refText(ref) : `${field} of ${refText(ref)}`;
    const there = out.inFlow.get(locationText(at)) ?? { at, of: new Set<string>() };
    out.inFlow.set(locationText(at), there);
    there.of.add(of);
    return;
  }
  const words: Record<Exclude<ValueRefusal['why'], 'comment-in-flow'>, string> = {
    made: `${'tag' in refusal ? refusal.tag : ''} gives it: change what it stands for, or write the value here`,
    repeated: 'an alias repeats it elsewhere: write the value here, or change it for all',
    secret: 'a !secret stands in it: edit it by hand',
    'odd-place': 'its place in the file is not one that is edited: edit it by hand',
  };
  const message = `${liveWords(origin)}: ${words[refusal.why]}`;
  leave(out, { ref, reason: 'not-edited', message, pointer: origin.pointer, field, at });
}

/** A finding for each comment in the middle of brackets, with all that would change there. */
export function commentsInFlow({ inFlow }: ToWrite): readonly Finding[] {
  return [...inFlow.values()].map(({ at, of }) => ({
    code: 'pull/comment-in-flow',
    severity: 'error',
    message: `the comment stands in the middle of a list or map in brackets that ${[...of].join(', ')} ${of.size === 1 ? 'changes' : 'change'}`,
    hint: 'nothing was written: write it as a block, one part on each line, or put the comment above it, and pull again',
    at,
  }));
}

/** Leaves what differs in an object that one entry makes for several tenants. */
export function refuseForEach(
  out: ToWrite,
  resource: DesiredResource,
  edit: { readonly pointer: string; readonly from?: Json; readonly at?: Location },
): void {
  const live = edit.from === undefined ? '' : ` (${shown(edit.from)})`;
  const message = `differs from the instance${live}, and one entry with forEach is for several tenants: write an entry for this one, or apply`;
  leave(out, {
    ref: resource.ref,
    reason: 'not-edited',
    message,
    pointer: edit.pointer,
    at: edit.at ?? resource.at,
  });
}

/** Leaves what has no place in the files. */
export function refuseOrigin(known: Known, out: ToWrite, origin: Origin): void {
  const { ref } = origin.edit;
  const resource = known.resources.get(refText(ref));
  const message = `${liveWords(origin)}: its place in the files is not one that is edited`;
  leave(out, { ref, reason: 'not-edited', message, pointer: origin.pointer, at: resource?.at });
}

function liveWords(origin: Origin): string {
  return origin.live === undefined ? 'differs from the instance' : `is ${shown(origin.live)} on the instance`;
}

/** A live value on one line, cut where it is long. */
export function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
