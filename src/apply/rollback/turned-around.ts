import type { Catalog } from '../../catalog/index.js';
import { type Change, changeKey, type Plan } from '../../model/index.js';

/**
 * By ref text of a change of a rollback: those that come before it. What came after another in the run goes back before it.
 * Where references went in a circle the run made the objects first and gave them the references then; going back there is
 * no order that suits both, and that of the creates is taken. What only a deactivated object uses is in use until its
 * tenant goes, and waits for that.
 */
export function turnedAround(
  plan: Plan,
  by: { readonly changes: ReadonlyMap<string, Change>; readonly catalog: Catalog },
): ReadonlyMap<string, readonly string[]> {
  const before = new Map<string, string[]>();
  const plain = plan.changes.filter(({ change }) => !(change.op === 'update' && change.completes === true));
  const keys = new Set(plain.map(({ change }) => changeKey(change)));
  const add = (text: string, other: string): void => {
    before.set(text, [...(before.get(text) ?? []), other]);
  };
  for (const { change, after } of plain) for (const other of after) if (keys.has(other)) add(other, changeKey(change));
  const tenants = new Map(
    [...by.changes].flatMap(([text, change]) => (isTenantDelete(change) ? [[change.id, text]] : [])),
  );
  for (const [text, waits] of before) {
    for (const other of waits) {
      const user = by.changes.get(other);
      if (user?.op !== 'delete' || user.tenantId === undefined || !by.catalog.kind(user.ref.kind).softDelete) continue;
      const tenant = tenants.get(user.tenantId);
      if (tenant !== undefined && tenant !== text && !leadsTo(before, tenant, text)) add(text, tenant);
    }
  }
  return before;
}

function isTenantDelete(change: Change): boolean {
  return change.op === 'delete' && change.ref.kind === 'tenant';
}

/** True where one waits for the other, in any number of steps. */
function leadsTo(before: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    if (text === to) return true;
    if (seen.has(text)) continue;
    seen.add(text);
    open.push(...(before.get(text) ?? []));
  }
  return false;
}
