import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { isRecord } from './kinds/normal-text.js';
import type { SeedIds } from './seeds/ids.js';
import type { StoreSnapshot } from './store.js';

/** All that a sandbox with `--data` remembers from one start to the next. */
export interface SavedState {
  readonly version: 1;
  readonly seeds: SeedIds;
  /** What a reset goes back to. */
  readonly fresh: StoreSnapshot;
  readonly now: StoreSnapshot;
}

const fileName = 'sandbox-state.json';

/** The state in a folder, undefined where there is none. @throws when the file is not one that a sandbox wrote. */
export function loadState(folder: string): SavedState | undefined {
  const file = join(folder, fileName);
  if (!existsSync(file)) return undefined;
  // `as`: checked next.
  const state = JSON.parse(readFileSync(file, 'utf8')) as unknown;
  if (!isRecord(state) || state['version'] !== 1) throw new Error(`${file} was not written by this version`);
  // `as`: the sandbox wrote it, whole.
  return state as unknown as SavedState;
}

/** Writes the state whole or not at all: a file beside it, forced to the disk, then moved over it. */
export function saveState(folder: string, state: SavedState): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, fileName);
  const beside = `${file}.new`;
  const descriptor = openSync(beside, 'w', 0o600);
  try {
    writeFileSync(descriptor, JSON.stringify(state));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(beside, file);
  const directory = openSync(folder, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
