import { canonicalBody } from '../catalog/index.js';
import {
  type Change,
  filterOverlay,
  type JsonObject,
  type LiveResource,
  type LiveState,
  overlayFields,
  type Plan,
} from '../model/index.js';
import { liveState, smallCatalog } from './small-catalog.js';

/**
 * What an instance would be after a plan was performed, worked out without HTTP: overlays laid over bodies, then the
 * kind's normalisation, as the server would do it. Deletes deactivate where the kind has a soft delete.
 */
export function performed(plan: Plan, live: LiveState): LiveState {
  const resources = new Map<string, LiveResource>();
  for (const read of live.kinds.values()) {
    if (read.known) for (const resource of read.resources) resources.set(`${resource.kind}:${resource.id}`, resource);
  }
  for (const { change } of plan.changes) perform(change, resources);
  return liveState([...resources.values()]);
}

function perform(change: Change, resources: Map<string, LiveResource>): void {
  const kind = smallCatalog.kind(change.ref.kind);
  const key = `${kind.kind}:${change.id}`;
  const before = resources.get(key);
  if (change.op === 'keep') return;
  if (change.op === 'delete') {
    if (kind.softDelete && before) resources.set(key, { ...before, active: false });
    else resources.delete(key);
    return;
  }
  const start: JsonObject = before?.body ?? {
    id: change.id,
    ...(kind.scope === 'tenant' && change.tenantId !== undefined && { tenantId: change.tenantId }),
  };
  const edited = new Set(change.edits.map(({ pointer }) => pointer));
  // As the writer does: a null that nothing differs in is satisfied as it is.
  const overlay = filterOverlay(change.overlay, (leaf) => leaf.value !== null || !before || edited.has(leaf.pointer));
  const body: JsonObject = canonicalBody(kind, overlayFields(start, overlay));
  resources.set(key, {
    kind: kind.kind,
    id: change.id,
    body,
    detailed: false,
    ...(kind.softDelete && { active: true }),
    ...(change.parentId !== undefined && { parentId: change.parentId }),
  });
}
