import { describe, expect, it } from 'vitest';
import type { Change } from '../model/index.js';
import { smallCatalog } from '../testing/small-catalog.js';
import { judgeRisk } from './judge-risk.js';
import { writes } from './plan-queries.js';

const base = { ref: { kind: 'application', key: 'web' }, id: '1', overlay: { fields: {}, listModes: {} } };
const edit = { pointer: '/name', origin: 'unrecorded', secret: false } as const;
const changes: Readonly<Record<Change['op'], Change>> = {
  create: { ...base, op: 'create', edits: [] },
  adopt: { ...base, op: 'adopt', edits: [edit] },
  update: { ...base, op: 'update', edits: [edit] },
  replace: { ...base, op: 'replace', edits: [edit], because: ['every registration'] },
  reactivate: { ...base, op: 'reactivate', edits: [] },
  delete: { ref: base.ref, id: '1', op: 'delete', why: 'prune' },
  keep: { ...base, op: 'keep' },
};

describe('a change', () => {
  it('writes, unless it keeps or adopts what is as it should be', () => {
    const writing = Object.values(changes)
      .filter(writes)
      .map((change) => change.op);
    expect(writing).toEqual(['create', 'adopt', 'update', 'replace', 'reactivate', 'delete']);
    expect(writes({ ...changes.adopt, op: 'adopt', edits: [], overlay: base.overlay })).toBe(false);
  });

  it('is judged by what it can cost', () => {
    const risks = Object.fromEntries(
      Object.values(changes).map((change) => [change.op, judgeRisk(change, { catalog: smallCatalog }).risk]),
    );
    expect(risks).toEqual({
      adopt: 'safe',
      create: 'safe',
      delete: 'destructive',
      keep: 'safe',
      reactivate: 'safe',
      replace: 'irreversible',
      update: 'safe',
    });
    expect(judgeRisk(changes.replace, { catalog: smallCatalog }).reasons).toEqual(['every registration']);
  });
});
