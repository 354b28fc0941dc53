import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GuardCode, guardCodes, KedgeError } from '../model/index.js';
import { passGuards } from './guard-plan.js';

const command = 'kedge apply -e production';
const codes = fc.subarray([...guardCodes]);

function refusal(guards: readonly GuardCode[], allow: readonly GuardCode[]): KedgeError | undefined {
  try {
    passGuards(
      guards.map((code) => ({ code, message: `because of ${code}` })),
      { allow, command },
    );
    return undefined;
  } catch (error) {
    if (error instanceof KedgeError) return error;
    throw error;
  }
}

describe('a guarded plan', () => {
  it('law: goes on only where every guard is allowed by name', () => {
    fc.assert(
      fc.property(codes, codes, (guards, allow) => {
        const missing = guards.filter((code) => !allow.includes(code));
        expect(refusal(guards, allow)?.code).toBe(missing[0]);
      }),
    );
  });

  it('is refused with the command that performs it, and with every guard', () => {
    const error = refusal(['plan/frozen', 'plan/destructive'], []);
    expect(error).toMatchObject({
      message: '2 guards refuse this plan; nothing was written',
      hint: 'if it is meant: kedge apply -e production --allow plan/frozen --allow plan/destructive',
    });
    expect(error?.findings.map(({ code }) => code)).toEqual(['plan/frozen', 'plan/destructive']);
  });

  it('is refused in the words of its one guard, and told to allow the others again', () => {
    expect(refusal(['plan/frozen', 'plan/destructive'], ['plan/frozen'])).toMatchObject({
      message: 'because of plan/destructive',
      hint: 'if it is meant: kedge apply -e production --allow plan/frozen --allow plan/destructive',
      findings: [],
    });
  });

  it('says which guards were passed, and nothing of those that were allowed for nothing', () => {
    const guards = [{ code: 'plan/frozen' as const, message: '' }];
    expect(passGuards(guards, { allow: [...guardCodes], command })).toEqual(['plan/frozen']);
  });
});
