import type { WriteStep } from '../../live/index.js';
import type { Approval, JsonObject, RecordedObject } from '../../model/index.js';
import type { PlanFile } from '../../plan/index.js';

/** JSON Pointer of each owned leaf → keyed hash of what was verified there. */
export type Paths = RecordedObject['paths'];

/** The first line of a journal: what was going to be done, and all that going on after a crash needs. */
export interface JournalHeader {
  readonly format: 'kedge-journal';
  readonly version: 1;
  /** Epoch milliseconds. */
  readonly instant: number;
  /** Findings that were overridden with `--allow`, by code. */
  readonly allowed: readonly string[];
  /** Of the plan; going on with it needs them again. */
  readonly approvals?: readonly Approval[];
  /** Why nobody can go on with this run; empty as a rule. */
  readonly notResumable: readonly string[];
  /** By ref text: the hashes of everything the plan keeps, for the record at the end. */
  readonly kept: { readonly [ref: string]: Paths };
  /** The plan, in which a secret stands as its source. */
  readonly file: PlanFile;
}

/** A write that is about to be sent. It is on the disk before the write leaves. */
export interface BeforeEntry {
  readonly record: 'before';
  /** The key of the change within the plan. */
  readonly change: string;
  readonly step: WriteStep['step'];
  /** The object as it was, without its secrets; absent before a create. */
  readonly before?: JsonObject;
}

/** A write that the instance confirmed. */
export interface AfterEntry {
  readonly record: 'after';
  readonly change: string;
  readonly step: WriteStep['step'];
}

/** A change that is done and verified. */
export interface AppliedEntry {
  readonly record: 'applied';
  readonly change: string;
  readonly attempts: number;
  readonly ms: number;
  readonly paths?: Paths;
}

/** A change that failed. */
export interface FailedEntry {
  readonly record: 'failed';
  readonly change: string;
  readonly code: string;
  readonly message: string;
}

/** A change that was not tried. */
export interface SkippedEntry {
  readonly record: 'skipped';
  readonly change: string;
  readonly because: string;
}

/** From here on another run goes on. */
export interface ResumedEntry {
  readonly record: 'resumed';
  readonly instant: number;
}

/** The run came to its end, or was interrupted and waits to be gone on with. */
export interface EndEntry {
  readonly record: 'ended' | 'interrupted';
  readonly instant: number;
  readonly applied: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A later run made what was left here meaningless. */
export interface SupersededEntry {
  readonly record: 'superseded';
  readonly instant: number;
}

/** A line of a journal after the first. */
export type JournalEntry =
  | BeforeEntry
  | AfterEntry
  | AppliedEntry
  | FailedEntry
  | SkippedEntry
  | ResumedEntry
  | EndEntry
  | SupersededEntry;

/** A journal that was read. */
export interface Journal {
  readonly header: JournalHeader;
  readonly entries: readonly JournalEntry[];
  /** True when a crash cut off the last line: what it was going to say is taken as never said. */
  readonly torn: boolean;
  /** Bytes of all whole lines. */
  readonly bytes: number;
}

/** The line of a header or an entry, with its end. */
export function journalLine(value: JournalHeader | JournalEntry): string {
  return `${JSON.stringify(value)}\n`;
}
