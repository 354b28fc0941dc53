import type { WriteHooks } from '../../live/index.js';
import { changeKey, type Outcome } from '../../model/index.js';
import { beforeImage } from './before-image.js';
import type { JournalEntry } from './journal.js';
import type { JournalFile } from './journal-file.js';

/** What a run tells its journal. */
export interface RunJournal {
  readonly path: string;
  /** For the writer: no write leaves before its line is on the disk. */
  readonly hooks: WriteHooks;
  /** What became of a change. Not waited for: where it is lost, the change is in doubt and looked at again. */
  readonly note: (outcome: Outcome) => void;
  /** The last line of the run, and the end of writing. @throws KedgeError `journal/not-written`. */
  readonly end: (input: {
    readonly record: 'ended' | 'interrupted';
    /** Epoch milliseconds. */
    readonly instant: number;
    /** One per change of the plan. */
    readonly outcomes: readonly Outcome[];
  }) => Promise<void>;
}

/** @param redact - takes every known secret out of a text. */
export function createRunJournal(file: JournalFile, redact: (text: string) => string): RunJournal {
  // An error of a line that nobody waits for is told by the next that somebody does.
  const put = (entry: JournalEntry): void => void file.append(entry).catch(() => undefined);
  return {
    path: file.path,
    hooks: {
      beforeWrite: ({ change, step, before }) =>
        file.append({
          record: 'before',
          change: changeKey(change),
          step,
          ...(before && { before: beforeImage(before, redact) }),
        }),
      afterWrite: ({ change, step }) => {
        put({ record: 'after', change: changeKey(change), step });
        return Promise.resolve();
      },
    },
    note: (outcome) => put(entryOf(outcome, redact)),
    end: async ({ record, instant, outcomes }) => {
      const count = (result: Outcome['result']): number => outcomes.filter((item) => item.result === result).length;
      try {
        await file.append({
          record,
          instant,
          applied: count('applied'),
          failed: count('failed'),
          skipped: count('skipped'),
        });
      } finally {
        await file.close();
      }
    },
  };
}

function entryOf(outcome: Outcome, redact: (text: string) => string): JournalEntry {
  const change = changeKey(outcome.change);
  switch (outcome.result) {
    case 'applied': {
      const { attempts, ms, paths } = outcome;
      return { record: 'applied', change, attempts, ms, ...(paths && { paths }) };
    }
    case 'failed': {
      const { error } = outcome;
      return { record: 'failed', change, code: error.code, message: redact(error.message) };
    }
    case 'skipped':
      return { record: 'skipped', change, because: redact(outcome.because) };
  }
}
