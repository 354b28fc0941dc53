import { canonicalJson, compareRefs, compareText, type DesiredState, digestOf, type Policy } from '../model/index.js';

/**
 * The digest of all that the files ask for, whichever file and line it stands in: moving an entry, a comment, or a squash
 * merge leaves it as it is. Secrets count as their source, so that a machine without them comes to the same digest.
 */
export function desiredDigest(desired: DesiredState): string {
  const { environment, namespace, resources, childLists, tombstones, existing, moved, policy } = desired;
  return digestOf({
    environment,
    namespace,
    resources: [...resources]
      .sort((left, right) => compareRefs(left.ref, right.ref))
      .map(({ at: _at, locations: _locations, listModes, ...rest }) => ({
        ...rest,
        listModes: Object.fromEntries(listModes),
      })),
    childLists: inOrder(childLists.map(withoutPlace)),
    tombstones: inOrder(tombstones.map(withoutPlace)),
    existing: inOrder(existing.map(withoutPlace)),
    moved: inOrder(moved.map(withoutPlace)),
    policy: policyForm(policy),
  });
}

function policyForm(policy: Policy): unknown {
  return { ...policy, prune: [...policy.prune].sort(), protect: inOrder(policy.protect.map(withoutPlace)) };
}

function withoutPlace<T extends { readonly at: unknown }>({ at: _at, ...rest }: T): Omit<T, 'at'> {
  return rest;
}

/** None of these lists means anything by its order. */
function inOrder(items: readonly unknown[]): readonly unknown[] {
  const byText = items.map((item) => [canonicalJson(item), item] as const);
  return byText.sort(([left], [right]) => compareText(left, right)).map(([, item]) => item);
}
