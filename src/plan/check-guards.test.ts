import { describe, expect, it } from 'vitest';
import type { Change, GuardPolicy, KeepChange, Plan, PlannedChange, RiskClass } from '../model/index.js';
import { smallCatalog } from '../testing/small-catalog.js';
import { checkGuards } from './check-guards.js';

const overlay = { fields: {}, listModes: {} };
const usual = { percent: 30, from: 10 };
const policy: GuardPolicy = { limits: { updates: usual, deletes: usual }, kinds: new Map(), freeze: [] };
const base = (key: string) => ({ ref: { kind: 'webhook', key }, id: key, overlay });
const update = (key: string): Change => ({ ...base(key), op: 'update', edits: [] });
const remove = (key: string): Change => ({ ref: base(key).ref, id: key, op: 'delete', why: 'tombstone' });
const many = <T>(count: number, make: (key: string) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(`sink-${index}`));

function planOf(
  changes: readonly Change[],
  more: { readonly kept?: number; readonly risk?: RiskClass; readonly withheld?: readonly Change[] } = {},
): Plan {
  const risk = more.risk ?? 'safe';
  return {
    version: 1,
    environment: 'production',
    namespace: 'n',
    instance: 'https://auth.acme.example',
    hashKeyId: 'k',
    changes: changes.map((change): PlannedChange => ({ change, after: [], locks: [], risk, reasons: [] })),
    kept: many(more.kept ?? 0, (key): KeepChange => ({ ...base(`kept-${key}`), op: 'keep' })),
    withheld: (more.withheld ?? []).map((change) => ({ change, code: 'prune-off', why: '', hint: '' })),
    released: [],
    notCompared: [],
    unmanaged: [],
    unknownKinds: [],
    recorded: true,
    digest: 'd',
  };
}
const told = (plan: Plan, more: Partial<GuardPolicy> = {}, now = 0) =>
  all(plan, more, now).filter((text) => !text.startsWith('plan/irreversible'));
const all = (plan: Plan, more: Partial<GuardPolicy> = {}, now = 0) =>
  checkGuards(plan, { catalog: smallCatalog, policy: { ...policy, ...more }, now }).map(
    ({ code, message }) => `${code} ${message}`,
  );

describe('the guards', () => {
  it('have nothing against a plan that writes nothing, not even while all is frozen', () => {
    const freeze = [{ from: 0, to: 9, written: '', reason: '' }];
    expect(told(planOf([], { kept: 12 }), { freeze })).toEqual([]);
    expect(told(planOf([{ ...base('sink'), op: 'adopt', edits: [] }]), { freeze })).toEqual([]);
  });

  it('refuse too large a share of what the project owns, with the numbers', () => {
    expect(told(planOf(many(4, remove), { kept: 8 }))).toEqual([
      'plan/too-many-deletes 33 % of the webhooks would be deleted, more than 30 % (4 of 12)',
    ]);
    expect(told(planOf(many(5, update), { kept: 5 }))).toEqual([
      'plan/too-many-updates 50 % of the webhooks would be updated, more than 30 % (5 of 10)',
    ]);
  });

  it('let the share itself pass, and say one that rounds to it with decimals', () => {
    expect(told(planOf(many(3, remove), { kept: 7 }))).toEqual([]);
    expect(told(planOf(many(70, remove), { kept: 160 }))).toEqual([
      'plan/too-many-deletes 30.43 % of the webhooks would be deleted, more than 30 % (70 of 230)',
    ]);
  });

  it('count shares from ten objects on, and what is withheld among what is owned', () => {
    expect(told(planOf(many(9, remove)))).toEqual([]);
    expect(told(planOf(many(4, update), { kept: 5, withheld: many(1, remove) }))).toHaveLength(1);
    expect(told(planOf(many(4, update), { kept: 6, withheld: many(4, (key) => remove(`old-${key}`)) }))).toEqual([]);
  });

  it('never count what is new', () => {
    const creates = many(20, (key): Change => ({ ...base(key), op: 'create', edits: [] }));
    const completed = many(20, (key): Change => ({ ...base(key), op: 'update', completes: true, edits: [] }));
    expect(told(planOf([...creates, ...completed], { kept: 1 }))).toEqual([]);
  });

  it('hold a kind to its own limits, and every kind to a number of its own where there is one', () => {
    const deletes = { ...usual, count: 2 };
    const own = { updates: usual, deletes: { ...usual, percent: 50 } };
    expect(told(planOf(many(4, remove), { kept: 8 }), { kinds: new Map([['webhook', own]]) })).toEqual([]);
    expect(told(planOf(many(3, remove)), { limits: { updates: usual, deletes } })).toEqual([
      'plan/too-many-deletes 3 of the webhooks would be deleted, more than 2',
    ]);
    expect(told(planOf(many(2, remove)), { limits: { updates: usual, deletes } })).toEqual([]);
  });

  it('name what is destructive and what is irreversible, even where a file says less of it', () => {
    expect(all(planOf([remove('sink')], { risk: 'safe' }))).toEqual([
      'plan/irreversible 1 change is irreversible: what goes is gone for good (webhook/sink)',
    ]);
    expect(all(planOf(many(5, update), { risk: 'destructive' }))).toEqual([
      'plan/destructive 5 changes are destructive: putting it back does not give people back what they had (webhook/sink-0, webhook/sink-1, webhook/sink-2 and 2 more)',
    ]);
  });

  it('freeze from the first instant to just before the last', () => {
    const freeze = [{ from: 100, to: 200, written: 'from A to B', reason: 'year end' }];
    const frozen = ['plan/frozen production is frozen from A to B: year end'];
    expect([99, 100, 199, 200].map((now) => told(planOf([update('sink')]), { freeze }, now))).toEqual([
      [],
      frozen,
      frozen,
      [],
    ]);
  });
});
