import type { Instance } from './kind.js';
import { isRecord } from './kinds/normal-text.js';
import type { SeedIds } from './seeds/ids.js';
import type { Fields, StoredObject } from './store.js';
import { checkSwitches, type Switches } from './switches.js';

/** All that a sandbox is made of, as JSON: to be kept, compared, or given to another sandbox of the same version. */
export interface SandboxSnapshot {
  readonly format: 1;
  /** The version of FusionAuth it was taken of. */
  readonly fusionauth: string;
  readonly switches: Switches;
  /** The ids of what a fresh install has. */
  readonly seeds: Fields;
  /** Objects by kind, in order of creation, as they are stored: with what no answer shows, private keys among it. */
  readonly objects: Readonly<Record<string, readonly StoredObject[]>>;
  /** The last number given by each counter, such as that of audit-log entries. */
  readonly counters: Readonly<Record<string, number>>;
}

/** A snapshot that is none, or of another version. */
export class SnapshotError extends Error {
  override readonly name: string = 'SnapshotError';
}

/** The state of an instance. It shares its objects, which nobody changes; who gives it away must copy it. */
export function takeSnapshot({ store, switches, seeds, fusionauth }: Instance): SandboxSnapshot {
  return { format: 1, fusionauth, switches: { ...switches }, seeds: { ...seeds }, ...store.snapshot() };
}

/** Makes an instance what it was when the snapshot was taken. */
export function restoreSnapshot(snapshot: SandboxSnapshot, { store, switches, seeds }: Instance): void {
  Object.assign(switches, snapshot.switches);
  Object.assign(seeds, snapshot.seeds);
  store.restore(snapshot);
}

/**
 * Reads a snapshot that comes from outside.
 * @throws {@link SnapshotError} and {@link SwitchError} saying what is wrong with it.
 */
export function parseSnapshot(value: unknown, { fusionauth, seeds }: Instance): SandboxSnapshot {
  const wrong = (why: string): SnapshotError => new SnapshotError(`not a snapshot of this sandbox: ${why}`);
  if (!isRecord(value) || value['format'] !== 1) throw wrong('"format" must be 1');
  if (value['fusionauth'] !== fusionauth) {
    throw wrong(`it is of FusionAuth ${String(value['fusionauth'])}, and this is ${fusionauth}`);
  }
  const { objects, counters, switches } = value;
  if (!isRecord(switches)) throw wrong('"switches" must be an object');
  checkSwitches(switches);
  if (!isSeeds(value['seeds'], seeds)) throw wrong('"seeds" must have the ids of the install');
  if (!isRecord(counters) || !Object.values(counters).every((count) => Number.isSafeInteger(count))) {
    throw wrong('"counters" must be an object of numbers');
  }
  if (!isRecord(objects)) throw wrong('"objects" must be an object');
  for (const [kind, list] of Object.entries(objects)) {
    if (!Array.isArray(list) || !list.every((item) => isRecord(item) && typeof item['id'] === 'string')) {
      throw wrong(`"objects.${kind}" must be a list of objects with ids`);
    }
  }
  // `as`: everything that is relied on was looked at just now.
  return structuredClone(value) as unknown as SandboxSnapshot;
}

/** Whether it has the same names, all the way down, with texts. */
function isSeeds(value: unknown, like: SeedIds | Fields): boolean {
  return (
    isRecord(value) &&
    Object.entries(like).every(([name, item]) =>
      typeof item === 'string' ? typeof value[name] === 'string' : isRecord(item) && isSeeds(value[name], item),
    )
  );
}
