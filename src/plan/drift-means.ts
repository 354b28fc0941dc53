import { catalog, meaningsOf } from '../catalog/index.js';
import { type DriftedChange, reversedEdit } from '../model/index.js';
import type { Risk } from './judge-risk.js';

/**
 * What it means for logins that this moved on the instance: the rules of the kind, read from the files to the instance. What
 * waits for an apply (pending) has happened to nobody yet, and what is missing or extra is said by that word.
 */
export function driftMeans({ change, origin, edits }: DriftedChange, names: ReadonlyMap<string, string>): Risk {
  const moved = origin !== 'pending' && (change.op === 'update' || change.op === 'adopt' || change.op === 'reactivate');
  if (!moved || !catalog.has(change.ref.kind)) return { risk: 'safe', reasons: [] };
  const told = meaningsOf(catalog.kind(change.ref.kind), edits.map(reversedEdit), (id) => names.get(id));
  return { risk: told[0]?.risk ?? 'safe', reasons: told.map((meaning) => meaning.text) };
}
