import { type FileHandle, open, truncate } from 'node:fs/promises';
import { KedgeError } from '../../model/index.js';
import type { JournalEntry } from './journal.js';
import { journalLine } from './journal.js';

/**
 * A journal that is written to: whole lines at its end, each on the disk before its promise is kept. Lines that come
 * while others are being put on the disk share the next sync. After an error nothing more is written, for half a line
 * may stand at the end.
 */
export class JournalFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #waiting: string[] = [];
  /** The write that takes all that is waiting; absent while nothing waits. */
  #next: Promise<void> | undefined;
  #running: Promise<void> = Promise.resolve();
  #failure: KedgeError | undefined;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** Opens a journal to go on at its end. @param options.bytes - cuts off what stands after so many, a torn line. */
  static async open(path: string, options: { readonly bytes?: number } = {}): Promise<JournalFile> {
    try {
      if (options.bytes !== undefined) await truncate(path, options.bytes);
      return new JournalFile(path, await open(path, 'a'));
    } catch (cause) {
      throw notWritten(path, cause);
    }
  }

  /** @throws {@link KedgeError} `journal/not-written`, from then on always. */
  append(entry: JournalEntry): Promise<void> {
    this.#waiting.push(journalLine(entry));
    if (this.#next) return this.#next;
    const next = this.#running.then(() => this.#write());
    this.#next = next;
    // Whoever appended hears of an error; so does everybody who appends after it.
    this.#running = next.catch(() => undefined);
    return next;
  }

  async #write(): Promise<void> {
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#next = undefined;
    if (this.#failure) throw this.#failure;
    try {
      await this.#handle.appendFile(text, 'utf8');
      await this.#handle.datasync();
    } catch (cause) {
      throw (this.#failure = notWritten(this.path, cause));
    }
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#running;
    await this.#handle.close();
  }
}

/** What a journal that cannot be written to means: no write is sent that it does not know of. */
export function notWritten(path: string, cause: unknown): KedgeError {
  return new KedgeError({
    code: 'journal/not-written',
    message: `the journal ${path} cannot be written`,
    hint: 'make room on the disk, or give the folder .kedge/ to who runs kedge; what was not journaled was not sent',
    cause,
  });
}
