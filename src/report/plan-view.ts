import { type Plan, refText } from '../model/index.js';
import { createPaint, type Paint, type TextOptions } from './text-style.js';

/** A plan on its way to a page: with how it is to look, and what its ids stand for. */
export interface PlanView {
  readonly plan: Plan;
  readonly options: TextOptions;
  readonly paint: Paint;
  /** Id → what the plan calls that object, so that references can be read. */
  readonly names: ReadonlyMap<string, string>;
}

/** Makes the view that every part of a report is rendered from. */
export function createPlanView(plan: Plan, options: TextOptions): PlanView {
  return { plan, options, paint: createPaint(options.color), names: namesIn(plan) };
}

/** Id → what the plan calls that object. */
export function namesIn(plan: Plan): ReadonlyMap<string, string> {
  const planned = plan.changes.map((item) => item.change);
  const withheld = plan.withheld.map((item) => item.change);
  return new Map([
    ...plan.unmanaged.map((item) => [item.id, `${item.kind} "${item.name}"`] as const),
    ...[...planned, ...withheld, ...plan.kept].map((change) => [change.id, refText(change.ref)] as const),
  ]);
}
