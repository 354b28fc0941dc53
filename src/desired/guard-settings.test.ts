import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import type { PolicySettings } from './environment-file.js';
import { createFindingList } from './finding-list.js';
import { parseGuards } from './guard-settings.js';

const usual = { percent: 30, from: 10 };

function parse(file: PolicySettings | undefined) {
  const findings = createFindingList();
  const at = (pointer: string) => ({ file: pointer, line: 1, col: 1 });
  return { guards: parseGuards(file, { catalog, findings, at }), findings: findings.findings() };
}

describe('the guards of an environment', () => {
  it('are there where nothing is written', () => {
    expect(parse(undefined).guards).toEqual({
      limits: { updates: usual, deletes: usual },
      kinds: new Map(),
      freeze: [],
    });
  });

  it('take from a kind what it says, from the environment what the kind does not say, and else the default', () => {
    const { guards } = parse({
      maxDeletes: { count: 5 },
      kinds: { webhooks: { maxDeletes: { percent: 50 } }, lambdas: { prune: true } },
    });
    expect(guards.limits.deletes).toEqual({ ...usual, count: 5 });
    expect(guards.kinds).toEqual(
      new Map([['webhook', { updates: usual, deletes: { percent: 50, from: 10, count: 5 } }]]),
    );
  });

  it('read instants with their offset', () => {
    const window = { from: '2026-12-20T00:00:00+01:00', to: '2027-01-02T00:00Z', reason: 'year end' };
    expect(parse({ freeze: [window] }).guards.freeze).toEqual([
      {
        from: Date.UTC(2026, 11, 19, 23),
        to: Date.UTC(2027, 0, 2),
        written: 'from 2026-12-20T00:00:00+01:00 to 2027-01-02T00:00Z',
        reason: 'year end',
      },
    ]);
  });

  it.each([
    ['2026-12-20T00:00:00', '2027-01-02T00:00:00Z', '/policy/freeze/0/from'],
    ['2026-12-20T00:00:00Z', 'Christmas', '/policy/freeze/0/to'],
    ['2026-13-40T00:00:00Z', '2027-01-02T00:00:00Z', '/policy/freeze/0/from'],
    ['2027-01-02T00:00:00Z', '2026-12-20T00:00:00Z', '/policy/freeze/0/to'],
  ])('refuse a freeze from %s to %s, at its place', (from, to, place) => {
    expect(parse({ freeze: [{ from, to, reason: 'year end' }] }).findings).toMatchObject([
      { code: 'desired/bad-value', at: { file: place } },
    ]);
  });
});
