import { type Catalog, type Kind, visitField } from '../catalog/index.js';
import type { JsonObject, LiveResource } from '../model/index.js';

/** The first digits that the roles of FusionAuth's own applications share (FusionAuth docs: core concepts, roles). */
const shippedRole = '631ecd9d-8d40-4c13-8277-80cedb82';

/** True for a role that one of FusionAuth's own applications is shipped with. */
export function isShippedChild(live: LiveResource): boolean {
  return live.id.toLowerCase().startsWith(shippedRole);
}

/** What finds a shipped object, for `existing:`: its name on any instance, or its id on this one where names may be many. */
export function shippedMatch(kind: Kind, live: LiveResource): JsonObject {
  return kind.naturalKey.length === 0 ? { id: live.id } : { name: live.body['name'] ?? '' };
}

/** `kind:id` of everything these bodies refer to. */
export function referredIds(
  bodies: readonly { readonly kind: Kind; readonly body: JsonObject }[],
  catalog: Catalog,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { kind, body } of bodies) {
    for (const ref of kind.refs) {
      if (!catalog.has(ref.kind)) continue;
      visitField(body, ref.path, (value) => {
        if (typeof value === 'string') found.add(`${ref.kind}:${value}`);
      });
    }
  }
  return found;
}
