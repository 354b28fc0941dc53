import type { JsonObject } from '../../model/index.js';
import type { Journal } from '../journal/journal.js';

/**
 * By change key, of every write that a journal says was sent: the object right before the first of them; undefined where it
 * was not there. What was sent and never confirmed is in it: nobody knows what became of it.
 */
export function writtenIn({ entries }: Pick<Journal, 'entries'>): ReadonlyMap<string, JsonObject | undefined> {
  const written = new Map<string, JsonObject | undefined>();
  for (const entry of entries) {
    if (entry.record === 'before' && !written.has(entry.change)) written.set(entry.change, entry.before);
  }
  return written;
}
