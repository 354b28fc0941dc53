import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import type { Change, Edit } from '../model/index.js';
import { judgeRisk } from './judge-risk.js';

const base = { ref: { kind: 'application', key: 'web' }, id: 'a1', overlay: { fields: {}, listModes: {} } };
const grants: Edit = {
  pointer: '/oauthConfiguration/enabledGrants',
  origin: 'pending',
  secret: false,
  from: ['authorization_code', 'password'],
  to: ['authorization_code'],
};
const judged = (change: Change) => judgeRisk(change, { catalog });
const told = { risk: 'disruptive', reasons: ['clients can no longer use the grants password'] };
const nothing = { risk: 'safe', reasons: [] };

describe('the risk of a change', () => {
  it.each(['update', 'adopt', 'reactivate'] as const)('of the op %s is what its fields mean', (op) => {
    expect(judged({ ...base, op, edits: [grants] })).toEqual(told);
    expect(judged({ ...base, op, edits: [] })).toEqual(nothing);
  });

  it('is none for what is new', () => {
    expect(judged({ ...base, op: 'create', edits: [grants] })).toEqual(nothing);
    expect(judged({ ...base, op: 'update', completes: true, edits: [grants] })).toEqual(nothing);
  });

  it.each([
    ['webhook', 'disruptive'],
    ['lambda', 'disruptive'],
    ['application', 'destructive'],
    ['role', 'irreversible'],
    ['key', 'irreversible'],
    ['tenant', 'irreversible'],
  ])('of a deleted %s is %s', (kind, risk) => {
    expect(judged({ ref: { kind, key: 'old' }, op: 'delete', id: 'd1', name: 'Old', why: 'prune' }).risk).toBe(risk);
  });
});
