import type { Kind, WriteClient, WriteTarget } from '../catalog/index.js';
import { unresolvedOverlay } from '../diff/index.js';
import { createWriteClients, createWriter, rehearse } from '../live/index.js';
import {
  type DesiredResource,
  type JsonObject,
  type KindName,
  type Overlay,
  overlayFields,
  type Permission,
  plainValue,
} from '../model/index.js';
import type { EnvironmentNeeds } from './environment-needs.js';
import type { NeedList } from './need-list.js';
import { addGet, anyId } from './read-needs.js';
import { unlike } from './unlike.js';

/**
 * What an apply of these files may write, whatever the instance has: each declared object may have to be made, changed or
 * woken, and what is buried or may be pruned may have to go. Each object is read by id right before it is written.
 */
export async function addWriteNeeds(needs: NeedList, of: EnvironmentNeeds): Promise<void> {
  const { catalog, desired } = of;
  for (const resource of desired.resources) await addResource(needs, catalog.kind(resource.ref.kind), resource);
  const deleted = new Set<KindName>([...desired.policy.prune, ...desired.tombstones.map(({ ref }) => ref.kind)]);
  for (const name of deleted) {
    const kind = catalog.kind(name);
    await addGet(needs, kind, 'deleted');
    needs.add(await deleting(kind), { subject: kind.title, does: 'deleted' });
  }
  await addBookkeeping(needs, of);
}

/** What an apply writes for itself. Anything more that it comes to keep in the instance belongs here. */
async function addBookkeeping(needs: NeedList, of: EnvironmentNeeds): Promise<void> {
  const { catalog, desired, recordInInstance } = of;
  if (!recordInInstance) return;
  const { namespace, environment } = desired;
  const record = { version: 1, namespace, environment, instant: 0, planDigest: '', objects: [] } as const;
  const permissions = await rehearse((transport) =>
    createWriter({ transport, catalog, hashKey: '' }).writeRecord({ record, summary: '', recordKey: '' }),
  );
  needs.add(permissions, { subject: 'record of the apply', does: 'written' });
}

async function addResource(needs: NeedList, kind: Kind, resource: DesiredResource): Promise<void> {
  const builtIn = kind.builtIns.find(({ name, find }) => isId(resource.id, name, find));
  if (kind.scope !== 'singleton' && builtIn?.writable === false) return;
  const overlay = unresolvedOverlay(kind, resource);
  await addGet(needs, kind, 'read before a write');
  if (kind.scope !== 'singleton' && builtIn === undefined) {
    needs.add(await creating(kind, overlay), { subject: kind.title, does: 'created' });
    const { reactivate } = kind.writes;
    if (reactivate) needs.add(await writing(reactivate), { subject: kind.title, does: 'woken' });
  }
  needs.add((await updating(kind, overlay)).flat(), { subject: kind.title, does: 'updated' });
}

/** The permissions that a create of these fields needs. */
export async function creating(kind: Kind, overlay: Overlay): Promise<readonly Permission[]> {
  return writing((target) => kind.writes.create(target, overlayFields({}, overlay)));
}

/** The permissions that an update may need: of an object that has nothing of it, and of one that differs in everything. */
export async function updating(kind: Kind, overlay: Overlay): Promise<readonly (readonly Permission[])[]> {
  // A value of an object is an object.
  const other = unlike(plainValue(overlay.fields)) as JsonObject;
  const permissions = [{}, other].map((live) =>
    writing((target) => kind.writes.update({ ...target, live }, overlayFields(live, overlay))),
  );
  return Promise.all(permissions);
}

/** The permissions that a delete needs. */
export async function deleting(kind: Kind): Promise<readonly Permission[]> {
  return writing((target) => kind.writes.delete(target));
}

function isId(id: string | undefined, name: string, find: Kind['builtIns'][number]['find']): boolean {
  return id === `builtin:${name}` || ('id' in find && id === find.id);
}

async function writing(use: (target: WriteTarget) => Promise<unknown>): Promise<readonly Permission[]> {
  return rehearse(async (transport) => {
    const client: WriteClient = (await createWriteClients(transport)).forTenant();
    await use({ client, id: anyId, parentId: anyId });
  });
}
