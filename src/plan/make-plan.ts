import type { Catalog } from '../catalog/index.js';
import {
  type Change,
  changeKey,
  compareText,
  type DesiredState,
  type Difference,
  digestOf,
  hashKeyId,
  type Plan,
  type PlannedChange,
  refText,
  type WithheldChange,
} from '../model/index.js';
import { desiredDigest } from './desired-digest.js';
import { judgeRisk } from './judge-risk.js';
import { orderChanges } from './order-changes.js';
import { seenFields, type SeenFields } from './seen-fields.js';

/** What a plan is made from. */
export interface PlanInput {
  readonly catalog: Catalog;
  readonly desired: DesiredState;
  readonly difference: Difference;
  /** The instance's URL, without credentials. */
  readonly instance: string;
  readonly serverVersion: string | undefined;
  /** The key that the hashes of the difference were made with. */
  readonly hashKey: string;
  /** `run`: the difference is that of a rollback, and no files asked for it. */
  readonly source?: 'run';
}

/**
 * Turns a difference into a plan: what policy forbids is withheld and said, the rest is ordered, given its risk, and
 * digested. Pure, and deterministic to the byte: the digest is over all of it but itself.
 * @throws {@link KedgeError} `plan/cycle`. @see docs/adr/0004-plan.md
 */
export function makePlan(input: PlanInput): Plan {
  const { difference, desired, catalog } = input;
  const withheld: WithheldChange[] = [];
  const allowed: Change[] = [];
  const kept: (Change & { readonly op: 'keep' })[] = [];
  for (const change of difference.changes) {
    const objection = objectionTo(change, input);
    if (objection) withheld.push({ change, ...objection });
    else if (change.op === 'keep') kept.push(change);
    else allowed.push(change);
  }
  const ordered = orderChanges(allowed, difference.dependencies);
  const names = namesOf(difference);
  const performed = new Set(ordered.map((change) => changeKey(change)));
  const changes = ordered.map((change): PlannedChange => {
    const text = changeKey(change);
    const seen = seenBy(change, input);
    return {
      change,
      after: (difference.dependencies.get(text) ?? []).filter((other) => performed.has(other)),
      locks: difference.locks.get(text) ?? [],
      ...judgeRisk(change, { catalog, nameOf: (id) => names.get(id) }),
      ...(seen && { seen }),
    };
  });
  const plan = {
    version: 1 as const,
    environment: desired.environment,
    namespace: desired.namespace,
    instance: input.instance,
    serverVersion: input.serverVersion,
    desired: input.source === 'run' ? undefined : desiredDigest(desired),
    hashKeyId: hashKeyId(input.hashKey),
    changes,
    kept,
    withheld,
    released: difference.released,
    notCompared: difference.notCompared,
    unmanaged: difference.unmanaged,
    unknownKinds: [...difference.unknownKinds].sort((left, right) => compareText(left.kind, right.kind)),
    recorded: difference.recorded,
  };
  return { ...plan, digest: digestOf(plan) };
}

/** Id → what the plan calls that object, so that sentences name it. */
function namesOf(difference: Difference): ReadonlyMap<string, string> {
  return new Map([
    ...difference.unmanaged.map((item) => [item.id, item.name] as const),
    ...difference.changes.map((change) => [change.id, change.ref.key] as const),
  ]);
}

/** What stands in the fields of the object that the change does not own; nothing where this plan makes the object. */
function seenBy(change: Change, { catalog, difference, hashKey }: PlanInput): SeenFields | undefined {
  const live = difference.live.get(refText(change.ref));
  if (!live || (change.op === 'update' && change.completes === true)) return undefined;
  const owned = change.op === 'delete' ? [] : (difference.owned.get(refText(change.ref)) ?? []);
  return seenFields(catalog.kind(change.ref.kind), { live: live.body, owned, hashKey });
}

function objectionTo(change: Change, input: PlanInput): Omit<WithheldChange, 'change'> | undefined {
  const { policy } = input.desired;
  const text = refText(change.ref);
  const kind = input.catalog.kind(change.ref.kind);
  if (change.op === 'replace') {
    return {
      code: 'plan/immutable-field',
      why: `FusionAuth cannot change this on an existing ${kind.title}: ${change.because.join('; ')}`,
      hint: 'put the field back, or write the new object under another key and bury the old one under absent:',
    };
  }
  if (change.op !== 'delete') return undefined;
  const users = input.difference.usedBy.get(text) ?? [];
  if (policy.protect.some((item) => refText(item.ref) === text)) {
    return {
      code: 'plan/protected',
      why: `${text} is protected by policy.protect`,
      hint: 'take it off policy.protect first',
    };
  }
  const isAskedFor = change.why === 'tombstone' || change.why === 'rollback' || policy.prune.has(kind.kind);
  if (users.length > 0 && isAskedFor) {
    return {
      code: 'plan/in-use',
      why: `FusionAuth does not delete a ${kind.title} that is in use, and this one is by ${users.slice(0, 5).join(', ')}${users.length > 5 ? ` and ${users.length - 5} more` : ''}`,
      hint: 'point them to something else first, in the same files or by hand',
    };
  }
  if (isAskedFor) return undefined;
  return {
    code: 'prune-off',
    why:
      change.why === 'unlisted'
        ? `the instance has this ${kind.title} and the written list does not`
        : `this project made it and the files no longer name it`,
    hint: `to delete it, set policy.kinds.${kind.collection}.prune: true${change.why === 'unlisted' ? '; to keep it, list it or write !atLeast' : ', or list it under absent:'}`,
  };
}
