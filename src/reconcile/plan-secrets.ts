import {
  type DesiredState,
  type DesiredValue,
  isDesiredList,
  isDesiredObject,
  type Plan,
  Secret,
} from '../model/index.js';
import { type FiledPlan, secretSources, unfiledPlan } from '../plan/index.js';

/**
 * A plan of a file with its secrets, which the files give by their source.
 * @returns the sources that its changes need and the files do not name, where there are any.
 */
export function withSecrets(
  plan: FiledPlan,
  desired: DesiredState,
): { readonly plan: Plan } | { readonly missing: readonly string[] } {
  const secrets = secretsBySource(desired);
  const missing = [...secretSources(plan)].filter((source) => !secrets.has(source));
  if (missing.length > 0) return { missing };
  return { plan: unfiledPlan(plan, (source) => secrets.get(source) ?? new Secret(source, '')) };
}

/** Source → the secret, of everything that the files ask for. */
function secretsBySource(desired: DesiredState): ReadonlyMap<string, Secret> {
  const found = new Map<string, Secret>();
  const walk = (value: DesiredValue): void => {
    if (value instanceof Secret) found.set(value.source, value);
    else if (isDesiredList(value)) value.forEach(walk);
    else if (isDesiredObject(value)) Object.values(value).forEach(walk);
  };
  for (const resource of desired.resources) walk(resource.fields);
  return found;
}
