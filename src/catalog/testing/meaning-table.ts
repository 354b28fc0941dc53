import { describe, expect, it } from 'vitest';
import type { Edit, Json, KindName, RiskClass } from '../../model/index.js';
import { catalog, meaningsOf } from '../index.js';

/** One edit and what it must be told as. */
export type MeaningCase = { readonly pointer: string; readonly risk: RiskClass; readonly says: string } & (
  | { readonly from: Json; readonly to: Json }
  | { readonly secret: true }
);

/** Tries every case, and that each rule of the kind has one. */
export function testMeanings(kind: KindName, cases: readonly MeaningCase[]): void {
  describe(`what a change of ${kind} means`, () => {
    const described = catalog.kind(kind);

    it.each(cases.map((item) => [item.says, item] as const))('%s', (_, item) => {
      expect(meaningsOf(described, [editOf(item)])).toContainEqual({ risk: item.risk, text: item.says });
    });

    it('has a case for every rule', () => {
      const told = (rule: number, item: MeaningCase): boolean =>
        meaningsOf({ ...described, meanings: (described.meanings ?? []).slice(rule, rule + 1) }, [editOf(item)])
          .length > 0;
      const untried = (described.meanings ?? []).filter((_, rule) => !cases.some((item) => told(rule, item)));
      expect(untried).toEqual([]);
    });

    it('says nothing of a field that stays as it is', () => {
      const still = cases.flatMap((item) =>
        'from' in item ? [editOf({ ...item, to: item.from }), editOf({ ...item, from: item.to })] : [],
      );
      expect(still.flatMap((edit) => meaningsOf(described, [edit]))).toEqual([]);
    });
  });
}

function editOf(item: MeaningCase): Edit {
  const base = { pointer: item.pointer, origin: 'unrecorded' as const };
  return 'from' in item
    ? { ...base, secret: false, from: item.from, to: item.to }
    : { ...base, secret: true, source: 'env:X' };
}
