import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lawRuns } from '../testing/law-runs.js';
import { type RetryBudget, unusedBudget, withRequest, withRetry } from './retry-budget.js';

test('repetitions never exceed the floor and the share of the requests, and are granted up to there', () => {
  const policy = fc.record({ floor: fc.nat(20), share: fc.double({ min: 0, max: 1, noNaN: true }) });
  const steps = fc.array(fc.constantFrom('request', 'retry'), { maxLength: 200 });
  fc.assert(
    fc.property(policy, steps, (limits, asked) => {
      let budget: RetryBudget = unusedBudget;
      let granted = 0;
      for (const step of asked) {
        if (step === 'request') {
          budget = withRequest(budget);
          continue;
        }
        const most = limits.floor + limits.share * budget.requests;
        const next = withRetry(budget, limits);
        expect(next !== undefined).toBe(granted + 1 <= most);
        if (next === undefined) continue;
        granted += 1;
        budget = next;
      }
      expect(budget).toEqual({ requests: asked.filter((step) => step === 'request').length, retries: granted });
    }),
    { numRuns: lawRuns.budgetIsKept },
  );
});
