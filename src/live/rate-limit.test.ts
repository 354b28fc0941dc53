import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lawRuns } from '../testing/law-runs.js';
import { type RateLimit, takeToken, unusedRate } from './rate-limit.js';

/** When each request is sent that asks at these moments. */
function sendTimes(asked: readonly number[], perSecond: number): readonly number[] {
  let limit: RateLimit = unusedRate;
  return asked.map((now) => {
    const taken = takeToken(limit, now, perSecond);
    limit = taken.limit;
    return now + taken.waitMs;
  });
}

test('requests that ask together are spaced evenly, from the first one on', () => {
  expect(sendTimes([0, 0, 0, 0], 4)).toEqual([0, 250, 500, 750]);
  expect(sendTimes([0, 0], 0.5)).toEqual([0, 2000]);
});

test('time in which nobody asked is not saved up', () => {
  expect(sendTimes([0, 60_000, 60_000], 2)).toEqual([0, 60_000, 60_500]);
});

test('two requests are never nearer than the limit says, keep their order, and none waits without need', () => {
  const gaps = fc.array(fc.nat(3000), { minLength: 1, maxLength: 50 });
  const rates = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(gaps, rates, (between, perSecond) => {
      let now = 0;
      const asked = between.map((gap) => (now += gap));
      const sent = sendTimes(asked, perSecond);
      sent.forEach((at, index) => {
        const earliest = Math.max(asked[index] ?? 0, (sent[index - 1] ?? Number.NEGATIVE_INFINITY) + 1000 / perSecond);
        expect(at).toBeCloseTo(earliest, 6);
      });
    }),
    { numRuns: lawRuns.rateSpacesEvenly },
  );
});

test('a clock that is set back makes nobody wait for it to catch up', () => {
  expect(sendTimes([3_600_000, 0], 1)).toEqual([3_600_000, 1000]);
});
