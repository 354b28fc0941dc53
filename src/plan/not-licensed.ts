import type { Catalog, Kind } from '../catalog/index.js';
import {
  type DesiredObject,
  type DesiredState,
  type Finding,
  type Licence,
  type Plan,
  refText,
} from '../model/index.js';
import { writes } from './plan-queries.js';

/** What a change needs a licence for. */
interface LicensedChange {
  readonly ref: string;
  readonly feature: string;
}

/** The changes of a plan that the instance refuses without a licence. */
function licensedChanges(input: { readonly catalog: Catalog; readonly plan: Plan }): readonly LicensedChange[] {
  return input.plan.changes.flatMap(({ change }): readonly LicensedChange[] => {
    if (!writes(change) || change.op === 'delete') return [];
    const feature = licensedFeature(input.catalog.kind(change.ref.kind), change.overlay.fields);
    return feature === undefined ? [] : [{ ref: refText(change.ref), feature }];
  });
}

/** What the instance must be licensed for to take an object of these fields; undefined where no licence is needed. */
export function licensedFeature({ licence }: Kind, { type }: DesiredObject): string | undefined {
  if (licence === undefined) return undefined;
  const needed = licence.types === undefined || (typeof type === 'string' && licence.types.includes(type));
  return needed ? licence.feature : undefined;
}

/** True when it depends on the instance's licence whether this plan can be applied. */
export function needsLicence(input: { readonly catalog: Catalog; readonly plan: Plan }): boolean {
  return licensedChanges(input).length > 0;
}

/** What the plan would write and the licence of the instance does not include, each with its place. */
export function findNotLicensed(input: {
  readonly catalog: Catalog;
  readonly plan: Plan;
  readonly desired: DesiredState;
  readonly licence: Licence;
}): readonly Finding[] {
  const { licence, desired } = input;
  const places = new Map(desired.resources.map((resource) => [refText(resource.ref), resource.at]));
  return licensedChanges(input).flatMap(({ ref, feature }): readonly Finding[] => {
    if (licence.licensed && licence.features.get(feature) !== 'DISABLED') return [];
    const at = places.get(ref);
    return [
      {
        code: 'plan/not-licensed',
        severity: 'error',
        message: licence.licensed
          ? `${ref} needs ${feature}, which the licence of the instance does not include`
          : `${ref} needs a licence with ${feature}, and the instance has no licence`,
        hint: 'activate a licence that includes it, or take it out of this environment',
        ...(at && { at }),
      },
    ];
  });
}
