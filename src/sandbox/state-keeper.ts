import { mkdirSync, readdirSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';

import {
  changesFile,
  stateFile,
  stateVersion,
  type Change,
  type SavedState,
  type StateDocument,
} from './state-file.js';
import type { Store } from './store.js';

/** The file of changes is folded into the state when it is longer than this and longer than the state. */
const foldBytes = 1024 * 1024;

const changesPattern = /^sandbox-changes-(\d+)\.jsonl$/;

export interface StateKeeperOptions {
  readonly folder: string;
  readonly store: Store;
  /** The whole state as it is now. */
  readonly state: () => SavedState;
  /** Told when something could not be written that nobody waits for. */
  readonly failed: (error: unknown) => void;
}

/**
 * Keeps a store on the disk. The state is one file, written whole beside and then moved; what changes after that is a line
 * added to a second file, so that a write costs what it changes and not what there is. Changes that come while the disk is
 * busy go to it together. Once {@link StateKeeper.commit} resolves, all that was changed before survives a crash.
 */
export class StateKeeper {
  readonly #options: StateKeeperOptions;
  #changes: Change[] = [];
  /** Whether the next write is of everything. */
  #whole = true;
  #generation = 0;
  #wholeBytes = 0;
  #changesBytes = 0;
  #handle: FileHandle | undefined;
  /** The write under way, or the last one. */
  #writing: Promise<void> = Promise.resolve();
  /** The one that waits for it. */
  #next: Promise<void> | undefined;

  constructor(options: StateKeeperOptions) {
    this.#options = options;
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    for (const path of changesFilesIn(options.folder)) {
      this.#generation = Math.max(this.#generation, Number(changesPattern.exec(basename(path))?.[1]));
    }
    options.store.listen({
      changed: (kind, object, before) => {
        if (object !== undefined) this.#note(['put', kind, object]);
        else if (before !== undefined) this.#note(['remove', kind, before.id]);
      },
      counted: (counter, value) => this.#note(['count', counter, value]),
      restored: () => {
        this.#changes = [];
        this.#whole = true;
        this.#writeSoon();
      },
    });
  }

  /** Resolves when everything changed so far is on the disk. */
  commit(): Promise<void> {
    if (!this.#whole && this.#changes.length === 0) return this.#writing;
    this.#next ??= this.#writing.then(
      () => this.#write(),
      () => this.#write(),
    );
    return this.#next;
  }

  async close(): Promise<void> {
    await this.commit();
    await this.#handle?.close();
    this.#handle = undefined;
  }

  #note(change: Change): void {
    // What will be written whole needs no list.
    if (!this.#whole) this.#changes.push(change);
    this.#writeSoon();
  }

  /** Also what no request waits for is written: work that was put off, and deliveries. */
  #writeSoon(): void {
    if (this.#next === undefined) this.commit().catch(this.#options.failed);
  }

  #write(): Promise<void> {
    if (this.#next !== undefined) this.#writing = this.#next;
    this.#next = undefined;
    const changes = this.#changes;
    this.#changes = [];
    const fold = this.#changesBytes > Math.max(foldBytes, this.#wholeBytes);
    return (this.#whole || fold ? this.#writeWhole() : this.#append(changes)).catch((error: unknown) => {
      // The disk is not to be trusted: the next write is of everything.
      this.#whole = true;
      throw error;
    });
  }

  async #append(changes: readonly Change[]): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(changes)}\n`);
    await this.#handle?.appendFile(line);
    await this.#handle?.datasync();
    this.#changesBytes += line.length;
  }

  async #writeWhole(): Promise<void> {
    const { folder, state } = this.#options;
    this.#whole = false;
    const generation = this.#generation + 1;
    const document: StateDocument = { version: stateVersion, generation, ...state() };
    const text = Buffer.from(JSON.stringify(document));
    const changes = await open(changesFile(folder, generation), 'w', 0o600);
    try {
      await writeDurably(`${stateFile(folder)}.new`, text);
      await rename(`${stateFile(folder)}.new`, stateFile(folder));
      await syncFolder(folder);
    } catch (error) {
      await changes.close();
      throw error;
    }
    await this.#handle?.close();
    this.#handle = changes;
    this.#generation = generation;
    this.#wholeBytes = text.length;
    this.#changesBytes = 0;
    const old = changesFilesIn(folder).filter((path) => path !== changesFile(folder, generation));
    await Promise.all(old.map((path) => rm(path, { force: true })));
  }
}

async function writeDurably(path: string, text: Buffer): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A file that was moved stays moved only once its folder is on the disk too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function changesFilesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => changesPattern.test(name))
    .map((name) => join(folder, name));
}
