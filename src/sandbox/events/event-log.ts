import type { Instance } from '../kind.js';
import { logSettings } from '../log-settings.js';
import type { Fields, StoredObject } from '../store.js';

/** Something an administrator may want to know of. Source: FusionAuth client `EventLogType`. */
export interface EventLogEntry {
  readonly type: 'Debug' | 'Error' | 'Information';
  readonly message: string;
}

/** Writes to the event log, and lets go of the oldest entries beyond the number that is kept. Nobody is told of it here. */
export function writeEventLog(
  { type, message }: EventLogEntry,
  { store, now }: Pick<Instance, 'now' | 'store'>,
): StoredObject {
  const sequence = store.next('eventLog');
  const entry = { id: String(sequence), sequence, insertInstant: now(), type, message };
  store.put('eventLog', entry);
  const surplus = store.count('eventLog') - logSettings(store).eventLogEntries;
  if (surplus > 0) for (const { id } of [...store.all('eventLog')].slice(0, surplus)) store.remove('eventLog', id);
  return entry;
}

/** The id of an entry is an int64, not a text. */
export function numberedView({ sequence, ...entry }: StoredObject): Fields {
  return { ...entry, id: sequence };
}
