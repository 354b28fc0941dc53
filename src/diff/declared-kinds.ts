import type { DesiredState, KindName, Location } from '../model/index.js';

/** The kinds that must have been read to plan these files at all, with a place that names them: all that they declare, find, bury or prune. */
export function declaredKinds(desired: DesiredState): ReadonlyMap<KindName, Location | undefined> {
  const needed = new Map<KindName, Location | undefined>();
  for (const item of [...desired.tombstones, ...desired.existing, ...desired.resources])
    needed.set(item.ref.kind, item.at);
  for (const kind of desired.policy.prune) if (!needed.has(kind)) needed.set(kind, undefined);
  return needed;
}
