import type { ChangeOp, Plan } from '../model/index.js';
import { createPlanView } from './plan-view.js';
import { renderAsides, renderHeading, renderWithheld } from './render-asides.js';
import { renderPlanned } from './render-change.js';
import { counted, type TextOptions } from './text-style.js';

/** A plan for people: one block per change in the order of execution, then what is withheld, then the sum. */
export function renderPlan(plan: Plan, options: TextOptions): string {
  const view = createPlanView(plan, options);
  const blocks = plan.changes.flatMap((planned) => [...renderPlanned(planned, view), '']);
  const lines = [
    ...renderHeading(view),
    ...blocks,
    ...renderWithheld(view),
    ...renderAsides(view),
    view.paint.strong(planSummary(plan)),
  ];
  return `${lines.join('\n')}\n`;
}

/** The sum of a plan in one line; a plain sentence when there is nothing to do. */
export function planSummary(plan: Plan): string {
  const inStep = plan.kept.length;
  if (plan.changes.length === 0 && plan.withheld.length === 0) {
    return inStep === 0
      ? 'Nothing to do: the files ask for nothing.'
      : `Nothing to do: the instance is as the files say (${counted(inStep, 'resource')} in step).`;
  }
  const count = (op: ChangeOp): number => plan.changes.filter((planned) => planned.change.op === op).length;
  const parts = [
    `${count('create')} to create`,
    ...optional(count('adopt'), 'to adopt'),
    `${count('update')} to update`,
    ...optional(count('replace'), 'to replace'),
    ...optional(count('reactivate'), 'to reactivate'),
    `${count('delete')} to delete`,
    ...optional(plan.withheld.length, 'withheld'),
  ];
  return `Plan: ${parts.join(', ')}; ${inStep} in step.`;
}

function optional(count: number, words: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${words}`];
}
