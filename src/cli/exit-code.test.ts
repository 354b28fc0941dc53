import { describe, expect, it } from 'vitest';
import { type Change, errorCodes, KedgeError, type Outcome, type Plan } from '../model/index.js';
import { exitCodeOfApply, exitCodeOfError, exitCodes, worstExitCode } from './exit-code.js';

const change: Change = { op: 'delete', ref: { kind: 'webhook', key: 'audit' }, id: '1', why: 'tombstone' };
const applied: Outcome = { result: 'applied', change, attempts: 1, ms: 1 };
const skipped: Outcome = { result: 'skipped', change, because: 'interrupted' };
const failedWith = (code: KedgeError['code']): Outcome => ({
  result: 'failed',
  change,
  error: new KedgeError({ code, message: 'no' }),
});
const planWith = (...codes: readonly Plan['withheld'][number]['code'][]): Plan => ({
  version: 1,
  environment: 'production',
  namespace: '',
  instance: '',
  serverVersion: undefined,
  hashKeyId: 'a-key',
  changes: [],
  kept: [],
  withheld: codes.map((code) => ({ change, code, why: '', hint: '' })),
  released: [],
  notCompared: [],
  unmanaged: [],
  unknownKinds: [],
  recorded: false,
  digest: '',
});

describe('the exit code', () => {
  it('of several environments is the gravest: 1, 3, 4, 2, 0', () => {
    expect(worstExitCode([])).toBe(0);
    expect(worstExitCode([0, 2])).toBe(2);
    expect(worstExitCode([2, 4, 0])).toBe(4);
    expect(worstExitCode([4, 3, 2])).toBe(3);
    expect(worstExitCode([2, 3, 1, 4])).toBe(1);
  });

  it.each([
    ['all applied', planWith(), [applied], exitCodes.done],
    ['nothing to do', planWith(), [], exitCodes.done],
    ['deletes that policy keeps back', planWith('prune-off'), [applied], exitCodes.done],
    [
      'a change that cannot be made, beside one that was',
      planWith('plan/immutable-field'),
      [applied],
      exitCodes.partly,
    ],
    ['a change that may not be made, alone', planWith('plan/protected'), [], exitCodes.refused],
    ['a failure beside a success', planWith(), [applied, failedWith('live/rejected')], exitCodes.partly],
    ['a skip beside a success', planWith(), [applied, skipped], exitCodes.partly],
    ['nothing but failures', planWith(), [failedWith('live/rejected'), skipped], exitCodes.couldNotRun],
    ['nothing but refusals', planWith(), [failedWith('apply/live-moved'), skipped], exitCodes.refused],
    ['nothing but skips', planWith(), [skipped], exitCodes.refused],
  ] as const)('of an apply with %s', (_, plan, outcomes, code) => {
    expect(exitCodeOfApply(plan, outcomes)).toBe(code);
  });

  it('of every error is 1 or 3', () => {
    const codes = errorCodes.map((code) => exitCodeOfError(new KedgeError({ code, message: '' })));
    expect(new Set(codes)).toEqual(new Set([1, 3]));
  });
});
