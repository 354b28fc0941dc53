import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isRecord } from './kinds/normal-text.js';
import type { SeedIds } from './seeds/ids.js';
import { Store, type StoredObject, type StoreSnapshot } from './store.js';

/** All that a sandbox with `--data` remembers from one start to the next. */
export interface SavedState {
  /** The unrestricted key, so that a second start needs no kickstart to know it. */
  readonly apiKey: string;
  readonly seeds: SeedIds;
  /** What a reset goes back to. */
  readonly fresh: StoreSnapshot;
  readonly now: StoreSnapshot;
}

/** What the file of the state holds: the whole state, and the number of the file of changes that goes with it. */
export interface StateDocument extends SavedState {
  readonly version: typeof stateVersion;
  readonly generation: number;
}

/** One change: an object put or removed, or a counter moved. */
export type Change =
  | readonly ['count', counter: string, value: number]
  | readonly ['put', kind: string, object: StoredObject]
  | readonly ['remove', kind: string, id: string];

export const stateVersion = 2;

export function stateFile(folder: string): string {
  return join(folder, 'sandbox-state.json');
}

export function changesFile(folder: string, generation: number): string {
  return join(folder, `sandbox-changes-${generation}.jsonl`);
}

/**
 * The state in a folder, undefined where there is none: the whole as it was written last, and the changes since then. A last
 * line without its end is a write that never was answered, and is left out.
 * @throws when the files are not what a sandbox wrote.
 */
export function loadState(folder: string): SavedState | undefined {
  const file = stateFile(folder);
  if (!existsSync(file)) return undefined;
  const state = parse(readFileSync(file, 'utf8'), file);
  if (!isRecord(state) || state['version'] !== stateVersion) {
    throw new Error(`${file} was not written by this version`);
  }
  // `as`: the sandbox wrote it, whole.
  const { apiKey, seeds, fresh, now, generation } = state as unknown as StateDocument;
  return { apiKey, seeds, fresh, now: withChanges(now, changesFile(folder, generation)) };
}

function withChanges(snapshot: StoreSnapshot, file: string): StoreSnapshot {
  if (!existsSync(file)) return snapshot;
  const store = new Store();
  store.restore(snapshot);
  // After the last line end there is nothing, or what was cut off.
  for (const line of readFileSync(file, 'utf8').split('\n').slice(0, -1)) {
    // `as`: the sandbox wrote it; a line that is whole is right.
    for (const change of parse(line, file) as readonly Change[]) apply(change, store);
  }
  return store.snapshot();
}

function apply(change: Change, store: Store): void {
  switch (change[0]) {
    case 'count':
      return store.setCounter(change[1], change[2]);
    case 'put':
      return store.put(change[1], change[2]);
    case 'remove':
      return store.remove(change[1], change[2]);
  }
}

function parse(text: string, file: string): unknown {
  try {
    // `as`: looked at by the caller.
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new Error(`${file} is damaged, or no sandbox wrote it`, { cause });
  }
}
