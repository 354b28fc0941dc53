import { compareText, type KindName, type Location } from '../model/index.js';

/** Why something of the live instance is not in the pulled files. The set is closed. */
export type PullNoteReason =
  /** A field that must never be shown: left un-owned. */
  | 'secret'
  /** A reference to an object that the instance does not show, or that is not pulled: written as its id. */
  | 'unknown-reference'
  /** A key whose material cannot be read back: it could only be made anew, with other material. */
  | 'key-material'
  /** A deactivated object: not pulled. */
  | 'inactive'
  /** An object that FusionAuth ships: not pulled, every instance has its own. */
  | 'shipped'
  /** A kind that could not be read: nothing of it was pulled. */
  | 'unknown-kind'
  /** A field of an object that the files cannot express. */
  | 'not-expressible'
  /** Something of the files that differs from the instance and cannot be edited where it stands. */
  | 'not-edited'
  /** An entry of the files that the instance does not have. */
  | 'gone';

/** One thing of the live instance that is not, or not wholly, in the pulled files. Holds no secret. */
export interface PullNote {
  readonly reason: PullNoteReason;
  readonly kind: KindName;
  /** The logical key the object has in the files, or its name where it is not in them. */
  readonly object: string;
  readonly id?: string;
  /** Field names joined by dots. */
  readonly field?: string;
  /** Where in the files it is, for what is there already. */
  readonly at?: Location;
  /** One sentence, no final stop. */
  readonly message: string;
}

/** A line of explanation that stands where a field would have been. */
export interface PullComment {
  /** The field it speaks of, as steps. */
  readonly path: readonly string[];
  readonly text: string;
}

/** Notes in an order that does not depend on how they came to be. */
export function sortedNotes(notes: readonly PullNote[]): readonly PullNote[] {
  const text = (note: PullNote): string => [note.kind, note.object, note.field ?? '', note.reason, note.id].join('\n');
  return [...notes].sort((a, b) => compareText(text(a), text(b)));
}
