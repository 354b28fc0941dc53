import { isUuid, type Location } from '../model/index.js';
import type { FindingList } from './finding-list.js';
import { shapeText, type Written } from './written.js';

/** One tenant of a `forEach`, by its logical key. */
export interface ForEachTenant {
  readonly key: string;
  readonly at: Location;
}

/** The tenants of `forEach: { tenant: [a, b] }`. The only thing that can be gone through is a list of tenants. */
export function forEachTenants(node: Written, findings: FindingList): readonly ForEachTenant[] {
  const wrong = (message: string, at: Location): void => {
    const hint = 'write forEach: { tenant: [one, two] } with logical keys of tenants';
    findings.add({ code: 'desired/bad-type', message, hint, at });
  };
  const list = node.shape === 'map' && node.entries.size === 1 ? node.entries.get('tenant')?.value : undefined;
  if (list?.shape !== 'list') {
    wrong('forEach takes one list, named tenant', node.at);
    return [];
  }
  if (list.items.length === 0) wrong('forEach has no tenants, so the entry stands for nothing', list.at);
  const tenants = new Map<string, ForEachTenant>();
  for (const item of list.items) {
    const key = item.shape === 'scalar' && typeof item.value === 'string' ? item.value : undefined;
    if (key === undefined) wrong(`forEach takes logical keys of tenants, not ${shapeText(item)}`, item.at);
    else if (isUuid(key) || /[/@:]/.test(key) || key === '')
      wrong(`'${key}' is not a logical key of a tenant`, item.at);
    else if (tenants.has(key)) wrong(`the tenant '${key}' is in this forEach twice`, item.at);
    else tenants.set(key, { key, at: item.at });
  }
  return [...tenants.values()];
}
