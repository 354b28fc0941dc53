import { canonicalJson } from '../model/index.js';
import type { SnapshotFile } from './snapshot-file.js';

/** The text of a snapshot: indented, each object's fields in alphabetical order, so that two snapshots can be compared by line. */
export function snapshotText(snapshot: SnapshotFile): string {
  // The head first, where whoever opens the file looks for it.
  const { kinds, ...head } = snapshot;
  return `${JSON.stringify({ ...head, kinds: JSON.parse(canonicalJson(kinds)) as unknown }, null, 2)}\n`;
}
