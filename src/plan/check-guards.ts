import type { Catalog } from '../catalog/index.js';
import {
  type Change,
  type ChangeLimit,
  compareText,
  type GuardFinding,
  type GuardPolicy,
  type KindName,
  type Plan,
  type PlannedChange,
  refText,
  type RiskClass,
} from '../model/index.js';
import { judgeRisk } from './judge-risk.js';
import { writes } from './plan-queries.js';

/** What the guards are asked by. */
export interface GuardContext {
  readonly catalog: Catalog;
  /** Of the machine that applies, not of the one that planned. */
  readonly policy: GuardPolicy;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** How many refs a message names. */
const mostNamed = 3;

/**
 * What the guards have against performing a plan, each with the numbers; empty for a plan that writes nothing. Pure: it is
 * asked when a plan is shown, and again right before the first write, whichever machine made the plan and when.
 */
export function checkGuards(plan: Plan, { catalog, policy, now }: GuardContext): readonly GuardFinding[] {
  const writing = plan.changes.filter(({ change }) => writes(change));
  if (writing.length === 0) return [];
  // A file may say less of its risk than there is: what the change itself is counts as well.
  const judged = writing.map((planned) => ({
    change: planned.change,
    risks: [planned.risk, judgeRisk(planned.change, { catalog }).risk],
  }));
  return [
    ...policy.freeze
      .filter(({ from, to }) => from <= now && now < to)
      .map(({ written, reason }): GuardFinding => ({
        code: 'plan/frozen',
        message: `${plan.environment} is frozen ${written}: ${reason}`,
      })),
    ...tooMany(plan, writing, { catalog, policy }),
    ...ofRisk(judged, 'destructive', 'destructive: putting it back does not give people back what they had'),
    ...ofRisk(judged, 'irreversible', 'irreversible: what goes is gone for good'),
  ];
}

function ofRisk(
  judged: readonly { readonly change: Change; readonly risks: readonly RiskClass[] }[],
  risk: 'destructive' | 'irreversible',
  words: string,
): readonly GuardFinding[] {
  const found = judged.filter(({ risks }) => risks.includes(risk));
  if (found.length === 0) return [];
  const names = found.slice(0, mostNamed).map(({ change }) => refText(change.ref));
  const more = found.length > mostNamed ? ` and ${found.length - mostNamed} more` : '';
  const subject = found.length === 1 ? '1 change is' : `${found.length} changes are`;
  return [{ code: `plan/${risk}`, message: `${subject} ${words} (${names.join(', ')}${more})` }];
}

/** What the project has of one kind, and how much of it a plan changes. */
interface Tally {
  owned: number;
  updates: number;
  deletes: number;
}

function tooMany(
  plan: Plan,
  writing: readonly PlannedChange[],
  { catalog, policy }: Pick<GuardContext, 'catalog' | 'policy'>,
): readonly GuardFinding[] {
  const tallies = new Map<KindName, Tally>();
  const tallyOf = ({ ref }: Pick<Change, 'ref'>): Tally => {
    const tally = tallies.get(ref.kind) ?? { owned: 0, updates: 0, deletes: 0 };
    tallies.set(ref.kind, tally);
    return tally;
  };
  const owned = [...plan.kept, ...[...plan.changes, ...plan.withheld].map(({ change }) => change)].filter(wasThere);
  for (const change of owned) tallyOf(change).owned += 1;
  for (const { change } of writing.filter(({ change: item }) => wasThere(item))) {
    tallyOf(change)[change.op === 'delete' ? 'deletes' : 'updates'] += 1;
  }
  return [...tallies]
    .sort(([left], [right]) => compareText(left, right))
    .flatMap(([kind, tally]) => {
      const limits = policy.kinds.get(kind) ?? policy.limits;
      const { collection } = catalog.kind(kind);
      return [
        ...over(limits.updates, { collection, done: 'updated', count: tally.updates, owned: tally.owned }),
        ...over(limits.deletes, { collection, done: 'deleted', count: tally.deletes, owned: tally.owned }),
      ];
    });
}

/** True for what exists before the plan: a create, and its second half, are of nothing that anybody has. */
function wasThere(change: Change): boolean {
  return change.op !== 'create' && !(change.op === 'update' && change.completes === true);
}

function over(
  limit: ChangeLimit,
  of: {
    readonly collection: string;
    readonly done: 'updated' | 'deleted';
    readonly count: number;
    readonly owned: number;
  },
): readonly GuardFinding[] {
  const { collection, done, count, owned } = of;
  const code = done === 'updated' ? 'plan/too-many-updates' : 'plan/too-many-deletes';
  const share = (count * 100) / owned;
  if (owned >= limit.from && share > limit.percent) {
    // A share that rounds to the limit would read as a contradiction.
    const text = Math.round(share) > limit.percent ? String(Math.round(share)) : share.toFixed(2);
    const message = `${text} % of the ${collection} would be ${done}, more than ${limit.percent} % (${count} of ${owned})`;
    return [{ code, message }];
  }
  if (limit.count === undefined || count <= limit.count) return [];
  return [{ code, message: `${count} of the ${collection} would be ${done}, more than ${limit.count}` }];
}
