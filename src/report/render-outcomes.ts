import { type Outcome, refText } from '../model/index.js';
import { signs } from './render-change.js';
import { causesOf } from './render-error.js';
import { createPaint } from './text-style.js';
import { visibleText } from './visible-text.js';

/** How many changes ended how. */
export interface OutcomeCounts {
  readonly applied: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Counts outcomes; nothing is counted twice and nothing is left out. */
export function countOutcomes(outcomes: readonly Outcome[]): OutcomeCounts {
  const counts = { applied: 0, failed: 0, skipped: 0 };
  for (const outcome of outcomes) counts[outcome.result] += 1;
  return counts;
}

/** One line about one outcome, as it happens. */
export function renderOutcome(outcome: Outcome, options: { readonly color: boolean }): string {
  const paint = createPaint(options.color);
  const { change } = outcome;
  const what = `${signs[change.op]} ${change.op.padEnd(10)}  ${visibleText(refText(change.ref))}`;
  switch (outcome.result) {
    case 'applied': {
      const tries = outcome.attempts > 1 ? `, ${outcome.attempts} attempts` : '';
      return `  ${paint.added('done')}     ${what}  ${paint.faint(`${Math.round(outcome.ms)} ms${tries}`)}`;
    }
    case 'failed':
      return `  ${paint.removed('failed')}   ${what}  ${outcome.error.code}`;
    case 'skipped':
      return `  ${paint.changed('skipped')}  ${what}  ${visibleText(outcome.because)}`;
  }
}

/** After an apply: what failed and why, what was skipped, and the exact sum. */
export function renderOutcomes(outcomes: readonly Outcome[], options: { readonly color: boolean }): string {
  const paint = createPaint(options.color);
  const lines: string[] = [];
  for (const outcome of outcomes) {
    if (outcome.result === 'applied') continue;
    lines.push(renderOutcome(outcome, options));
    if (outcome.result === 'failed') {
      lines.push(`      ${visibleText(outcome.error.message)}`);
      for (const cause of causesOf(outcome.error)) lines.push(paint.faint(`      because: ${visibleText(cause)}`));
      if (outcome.error.hint !== undefined) lines.push(`      hint: ${visibleText(outcome.error.hint)}`);
    }
  }
  if (lines.length > 0) lines.push('');
  return `${[...lines, paint.strong(outcomeSummary(outcomes))].join('\n')}\n`;
}

/** `Applied: 3 done, 0 failed, 0 skipped.` */
export function outcomeSummary(outcomes: readonly Outcome[]): string {
  const counts = countOutcomes(outcomes);
  const word = counts.failed + counts.skipped === 0 ? 'Applied' : 'Applied in part';
  return `${word}: ${counts.applied} done, ${counts.failed} failed, ${counts.skipped} skipped.`;
}
