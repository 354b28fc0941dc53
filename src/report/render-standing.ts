import type { Plan, PlannedChange, Standing } from '../model/index.js';
import { createPlanView } from './plan-view.js';
import { renderHeading } from './render-asides.js';
import { renderPlanned } from './render-change.js';
import { counted, type TextOptions } from './text-style.js';
import { visibleText } from './visible-text.js';

/** Where a run stands that did not come to its end: what is done in one line, what is in doubt and what is left in full. */
export function renderStanding(
  run: {
    readonly plan: Plan;
    readonly standing: Standing;
    readonly journal: string;
    /** Epoch milliseconds. */
    readonly begun: number;
  },
  options: TextOptions,
): string {
  const { done, inDoubt, left } = run.standing;
  const view = createPlanView(run.plan, options);
  const part = (title: string, changes: readonly PlannedChange[]): readonly string[] =>
    changes.length === 0
      ? []
      : [view.paint.strong(title), '', ...changes.flatMap((planned) => [...renderPlanned(planned, view), ''])];
  const lines = [
    ...renderHeading(view),
    `The apply of ${new Date(run.begun).toISOString()} did not come to its end (${visibleText(run.journal)}).`,
    `${counted(done.length, 'change')} done, ${inDoubt.length} in doubt, ${left.length} left.`,
    '',
    ...part(
      'In doubt: sent, and nobody knows whether it arrived. Looked at first, written only where it is missing',
      inDoubt,
    ),
    ...part('Left', left),
  ];
  return `${lines.join('\n')}\n`;
}
