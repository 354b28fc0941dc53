import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KedgeError, type Plan } from '../model/index.js';
import { hostilePlans } from '../testing/hostile-plans.js';
import {
  applyReport,
  driftReport,
  errorReport,
  planReport,
  renderDrift,
  renderError,
  renderFindings,
  renderJson,
  renderOutcomes,
  renderPlan,
} from './index.js';

/** Everything a terminal acts on, line breaks between lines aside. */
// oxlint-disable-next-line eslint/no-control-regex
const acting = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const options = { color: false, width: 100, unmanaged: true };

function everyOutput(plan: Plan): { readonly text: string; readonly json: string } {
  const error = new KedgeError({
    code: 'live/rejected',
    message: plan.environment,
    hint: plan.environment,
    cause: new Error(plan.instance),
    findings: [
      {
        code: 'desired/bad-key',
        severity: 'error',
        message: plan.environment,
        excerpt: plan.environment,
        at: { file: plan.environment, line: 1, col: 2 },
      },
    ],
  });
  const outcomes = plan.changes.map((planned, index) =>
    index % 2 === 0
      ? { result: 'failed' as const, change: planned.change, error }
      : { result: 'skipped' as const, change: planned.change, because: plan.environment },
  );
  const results = [
    { environment: plan.environment, plan, requests: 3 },
    { environment: plan.environment, error },
  ];
  const record = { local: true, instance: false };
  return {
    text: [
      renderPlan(plan, options),
      renderDrift(plan, options),
      renderOutcomes(outcomes, options),
      renderError(error, options),
      renderFindings(error.findings, options),
    ].join(''),
    json: [
      renderJson(planReport(results)),
      renderJson(driftReport(results, { pending: true })),
      renderJson(applyReport({ plan, outcomes, record, interrupted: false })),
      renderJson(errorReport(error)),
    ].join(''),
  };
}

describe('no output', () => {
  it('holds the value of a secret, whatever the plan', () => {
    fc.assert(
      fc.property(hostilePlans, ({ secret, plan }) => {
        const { text, json } = everyOutput(plan);
        expect(text + json).not.toContain(secret);
      }),
      { numRuns: 300 },
    );
  });

  it('holds anything that a terminal acts on, whatever the instance and the files hold', () => {
    fc.assert(
      fc.property(hostilePlans, ({ plan }) => {
        const { text, json } = everyOutput(plan);
        expect(acting.exec(text)).toBeNull();
        // oxlint-disable-next-line eslint/no-control-regex
        expect(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.exec(json)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
