import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lawRuns } from '../testing/law-runs.js';
import { admit, afterAnswer, afterFailure, type Breaker, closedBreaker, type Passage } from './circuit-breaker.js';

const policy = { failures: 3, openMs: 1000 };

/** The breaker after so many failures of ordinary requests, one per millisecond. */
function failed(count: number): Breaker {
  let breaker: Breaker = closedBreaker;
  for (let now = 1; now <= count; now += 1) breaker = afterFailure(breaker, { passage: 'ordinary', now }, policy);
  return breaker;
}

describe('a circuit', () => {
  test('opens at the last of so many failures in a row, and says how long it stays so', () => {
    expect(failed(2)).toEqual({ state: 'closed', failures: 2 });
    expect(failed(3)).toEqual({ state: 'open', since: 3 });
    expect(admit(failed(3), 103, policy)).toEqual({ waitMs: 900 });
  });

  test('lets one request through when its time is over, and no second one', () => {
    const admission = admit(failed(3), 1003, policy);
    expect(admission).toEqual({ passage: 'probe', breaker: { state: 'probing', since: 1003 } });
    if (!('breaker' in admission)) throw new Error('expected a passage');
    expect(admit(admission.breaker, 9999, policy)).toEqual({ waitMs: 0 });
  });

  test('opens again when that one fails, and not for what was sent before', () => {
    const probing: Breaker = { state: 'probing', since: 1003 };
    expect(afterFailure(probing, { passage: 'ordinary', now: 1010 }, policy)).toEqual(probing);
    expect(afterFailure(probing, { passage: 'probe', now: 1010 }, policy)).toEqual({ state: 'open', since: 1010 });
    expect(afterFailure(failed(3), { passage: 'ordinary', now: 50 }, policy)).toEqual(failed(3));
  });

  test('closes with any answer', () => {
    expect(afterAnswer()).toEqual({ state: 'closed', failures: 0 });
  });

  test('that a clock set back would keep open lets its one request through', () => {
    expect(admit({ state: 'open', since: 3_600_000 }, 0, policy)).toMatchObject({ passage: 'probe' });
  });
});

type Step =
  | { readonly act: 'ask' }
  | { readonly act: 'answer' | 'fail'; readonly which: number }
  | { readonly act: 'wait' };

test('whatever happens: nothing passes beside a probe, nothing is held up before so many failures, and none for longer than said', () => {
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ act: fc.constant('ask' as const) }),
    fc.record({ act: fc.constantFrom('answer' as const, 'fail' as const), which: fc.nat() }),
    fc.record({ act: fc.constant('wait' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      let breaker: Breaker = closedBreaker;
      let now = 0;
      let inARow = 0;
      let probing = false;
      const flying: Passage[] = [];
      const broken: string[] = [];
      for (const one of steps) {
        now += one.act === 'wait' ? policy.openMs : 1;
        if (one.act === 'ask') {
          const admission = admit(breaker, now, policy);
          if ('waitMs' in admission) {
            if (inARow < policy.failures) broken.push(`held up after ${inARow} failures`);
            if (admission.waitMs > policy.openMs) broken.push(`held up for ${admission.waitMs} ms`);
            continue;
          }
          ({ breaker } = admission);
          flying.push(admission.passage);
          if (probing) broken.push('passed beside a probe');
          probing = admission.passage === 'probe';
        } else if (one.act !== 'wait' && flying.length > 0) {
          const [passage = 'ordinary'] = flying.splice(one.which % flying.length, 1);
          if (one.act === 'answer' || passage === 'probe') probing = false;
          inARow = one.act === 'answer' ? 0 : inARow + 1;
          breaker = one.act === 'answer' ? afterAnswer() : afterFailure(breaker, { passage, now }, policy);
        }
      }
      const later = admit(breaker, now + policy.openMs, policy);
      if (breaker.state === 'open' && !('passage' in later)) broken.push('stayed open');
      expect(broken).toEqual([]);
    }),
    { numRuns: lawRuns.breakerHoldsUpInTime },
  );
});
