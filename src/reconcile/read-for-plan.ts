import { catalog } from '../catalog/index.js';
import type { KindName, LiveState, Plan } from '../model/index.js';
import { withDetail, withLookedUp } from './plan-session.js';
import type { Session } from './session.js';

/** Reads everything that a plan relied on: the lists, what nobody lists by its id, and what it writes in full. */
export async function readForPlan(plan: Plan, session: Session): Promise<LiveState> {
  const changes = [...plan.changes.map(({ change }) => change), ...plan.kept];
  const listed = await session.reader.readLive({ kinds: catalog.kinds.map((kind) => kind.kind) });
  const ids = new Map<KindName, string[]>();
  for (const { ref, id } of changes)
    if (catalog.kind(ref.kind).reads.byIds) ids.set(ref.kind, [...(ids.get(ref.kind) ?? []), id]);
  const whole = await withLookedUp(session, listed, ids);
  const written = new Set(plan.changes.map(({ change }) => `${change.ref.kind}:${change.id}`));
  const detail = [...whole.kinds].flatMap(([kind, read]) =>
    read.known ? read.resources.filter(({ id }) => written.has(`${kind}:${id}`)) : [],
  );
  return withDetail(whole, detail, await session.reader.detail(detail));
}
