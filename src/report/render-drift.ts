import {
  type Drift,
  type DriftedChange,
  driftOf,
  type DriftOrigin,
  editOriginOf,
  type Plan,
  refText,
  reversedEdit,
} from '../model/index.js';
import { createPlanView, type PlanView } from './plan-view.js';
import { renderAsides, renderHeading } from './render-asides.js';
import { type DriftMeans, meansNothing } from './drift-words.js';
import { type BlockOptions, renderChange, renderMeanings } from './render-change.js';
import { counted, type TextOptions } from './text-style.js';
import { visibleText } from './visible-text.js';

const titles: { readonly [origin in DriftOrigin]: string } = {
  conflict: 'Conflict (the instance and the files both moved since the last apply; files → instance)',
  drift: 'Drift (moved on the instance since the last apply; files → instance)',
  unrecorded: 'Differences (no apply is recorded, so who moved cannot be told; files → instance)',
  pending: 'Pending (changed in the files, waiting for an apply; instance → files)',
};

const order: readonly DriftOrigin[] = ['conflict', 'drift', 'unrecorded', 'pending'];

/**
 * What moved on the instance, for people. It is the plan read from the other side: the same changes, other words.
 * @param options.means - says what each means for logins: `driftMeans`. Without it nothing is said.
 */
export function renderDrift(plan: Plan, options: TextOptions & { readonly means?: DriftMeans }): string {
  const { means = meansNothing } = options;
  const view = createPlanView(plan, options);
  const drift = driftOf(plan);
  const lines = [
    ...renderHeading(view),
    ...order.flatMap((origin) => section(origin, drift, { view, means })),
    ...renderAsides(view),
    view.paint.strong(driftSummary(drift, plan)),
  ];
  return `${lines.join('\n')}\n`;
}

function section(
  origin: DriftOrigin,
  drift: Drift,
  { view, means }: { readonly view: PlanView; readonly means: DriftMeans },
): readonly string[] {
  const { plan, paint } = view;
  const items = drift.items.filter((item) => item.origin === origin);
  if (items.length === 0) return [];
  const withheld = new Map(plan.withheld.map((item) => [refText(item.change.ref), item]));
  const blocks = items.flatMap((item) => {
    const held = withheld.get(refText(item.change.ref));
    return [
      ...renderChange(item.change, view, blockOf(item)),
      ...renderMeanings(means(item, view.names), paint),
      ...(held === undefined
        ? []
        : [`      an apply will not undo this: ${visibleText(held.why)}`, `      hint: ${visibleText(held.hint)}`]),
      '',
    ];
  });
  return [paint.strong(titles[origin]), '', ...blocks];
}

/** What happened, seen from the instance: what the plan would create is missing there, what it would undo was done. */
function blockOf({ change, origin, edits }: DriftedChange): BlockOptions {
  const pending = origin === 'pending';
  switch (change.op) {
    case 'create':
      return pending ? { word: 'new' } : { sign: '-', word: 'missing', edits: [] };
    case 'delete':
      return pending ? { word: 'leaving' } : { sign: '+', word: 'extra' };
    case 'reactivate':
      return { sign: '-', word: 'inactive', edits: edits.map(reversedEdit) };
    case 'replace':
    case 'update':
    case 'adopt':
    case 'keep':
      return pending ? { word: 'edited' } : { word: 'moved', edits: edits.map(reversedEdit) };
  }
}

/** The sum of the drift in one line. */
function driftSummary(drift: Drift, plan: Plan): string {
  const { counts } = drift;
  const moved = counts.drift + counts.conflict + counts.unrecorded;
  const mixed = drift.items.filter(
    (item) => item.origin !== 'pending' && item.edits.some((edit) => editOriginOf(edit, drift.recorded) === 'pending'),
  ).length;
  const pending = counts.pending === 0 ? '' : ` ${counts.pending} pending.`;
  const partly = mixed === 0 ? '' : ` ${counted(mixed, 'of these has', 'of these have')} pending edits as well.`;
  if (moved === 0) return `No drift: ${counted(plan.kept.length, 'resource')} in step.${pending}`;
  const sum = drift.recorded
    ? `${counts.drift} drifted, ${counts.conflict} in conflict`
    : `${counts.unrecorded} differ`;
  return `Drift: ${sum}; ${plan.kept.length} in step.${pending}${partly}`;
}
