import { expect, it } from 'vitest';
import { lawRuns } from './law-runs.js';

const total = Object.values<number>(lawRuns).reduce((sum, runs) => sum + runs, 0);

it(`laws are tried on ${total} generated cases in all, which is 10,000 or more`, () => {
  expect(total).toBeGreaterThanOrEqual(10_000);
});
