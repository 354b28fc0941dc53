import { describe, expect, it } from 'vitest';
import { diffStates } from '../diff/index.js';
import { type DesiredState, Secret } from '../model/index.js';
import { desiredState, idOf, liveResource, liveState, place, smallCatalog, wanted } from '../testing/small-catalog.js';
import { countChanges, hasDifferences, makePlan, writes } from './index.js';

function plan(desired: DesiredState, live: ReturnType<typeof liveState>) {
  const difference = diffStates({ catalog: smallCatalog, desired, live, hashKey: 'k' });
  return makePlan({
    catalog: smallCatalog,
    desired,
    difference,
    instance: 'https://auth.acme.example',
    serverVersion: live.serverVersion,
    hashKey: 'k',
  });
}

const hook = (key: string) => liveResource('webhook', idOf('webhook', key), { url: `https://${key}.example` });

describe('makePlan', () => {
  it('holds nothing to do when the instance is as the files say', () => {
    const desired = desiredState([wanted({ kind: 'webhook', key: 'sink' }, { url: 'https://sink.example' })]);
    const made = plan(desired, liveState([hook('sink')]));
    expect(made.changes).toEqual([]);
    expect(hasDifferences(made)).toBe(false);
    expect(countChanges(made)).toMatchObject({ keep: 1, create: 0 });
  });

  it('withholds the delete of an owned object while pruning is off, and says how to allow it', () => {
    const made = plan(desiredState([]), liveState([hook('old-sink')]));
    expect(made.changes).toEqual([]);
    expect(made.withheld).toMatchObject([
      { code: 'prune-off', hint: expect.stringContaining('policy.kinds.webhooks.prune: true') },
    ]);
    expect(hasDifferences(made)).toBe(true);
  });

  it('withholds the delete of a role that a list does not name, and says how to keep it or let it go', () => {
    const id = '11111111-1111-4111-8111-111111111111';
    const app = wanted({ kind: 'application', key: 'web' }, { name: 'Web' }, { id });
    const live = liveState([
      liveResource('tenant', id, { name: 'One' }),
      liveResource('application', id, { name: 'Web', tenantId: id }),
      liveResource('role', id, { name: 'old' }, { parentId: id }),
    ]);
    const childLists = [{ parent: app.ref, kind: 'role', mode: 'only' as const, at: place() }];
    expect(plan(desiredState([app], { childLists }), live).withheld).toMatchObject([
      {
        code: 'prune-off',
        why: expect.stringContaining('the written list does not'),
        hint: expect.stringContaining('!atLeast'),
      },
    ]);
  });

  it('deletes it where policy says prune, and calls it irreversible', () => {
    const policy = { prune: new Set(['webhook']), protect: [] };
    const made = plan(desiredState([], { policy }), liveState([hook('old-sink')]));
    expect(made.changes).toMatchObject([
      { risk: 'irreversible', reasons: ['it is gone'], change: { op: 'delete', why: 'prune' } },
    ]);
  });

  it('needs no prune for a tombstone', () => {
    const tombstones = [{ ref: { kind: 'webhook', key: 'old-sink' }, at: place() }];
    expect(countChanges(plan(desiredState([], { tombstones }), liveState([hook('old-sink')])))).toMatchObject({
      delete: 1,
    });
  });

  it('never deletes what is protected', () => {
    const tombstones = [{ ref: { kind: 'webhook', key: 'old-sink' }, at: place() }];
    const policy = {
      prune: new Set(['webhook']),
      protect: [{ ref: { kind: 'webhook', key: 'old-sink' }, at: place() }],
    };
    const made = plan(desiredState([], { tombstones, policy }), liveState([hook('old-sink')]));
    expect(made.withheld).toMatchObject([{ code: 'plan/protected' }]);
    expect(made.changes).toEqual([]);
  });

  it('withholds a replacement, with what it would cost', () => {
    const [first, second] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
    const app = wanted({ kind: 'application', key: 'web' }, { name: 'Web', tenantId: second }, { id: first });
    const live = liveState([
      liveResource('tenant', first, { name: 'One' }),
      liveResource('tenant', second, { name: 'Two' }),
      liveResource('application', first, { name: 'Web', tenantId: first }),
    ]);
    expect(plan(desiredState([app]), live).withheld).toMatchObject([
      { code: 'plan/immutable-field', why: expect.stringContaining('every user registration') },
    ]);
  });

  it('says of each change what it waits for and what must not run beside it', () => {
    const tenant = wanted({ kind: 'tenant', key: 'main' }, { name: 'Main' });
    const sink = wanted({ kind: 'webhook', key: 'sink' }, { url: 'https://sink.example', tenantIds: ['main'] });
    const made = plan(desiredState([sink, tenant]), liveState([]));
    expect(made.changes.map(({ change, after, locks }) => [change.ref.key, after, locks])).toEqual([
      ['main', [], [`tenant:${idOf('tenant', 'main')}`]],
      ['sink', ['tenant/main'], [`tenant:${idOf('tenant', 'main')}`, `webhook:${idOf('webhook', 'sink')}`]],
    ]);
  });

  it('has the same digest for the same input in any order, and another for another plan', () => {
    const resources = ['a', 'b', 'c'].map((key) => wanted({ kind: 'webhook', key }, { url: `https://${key}.example` }));
    const once = plan(desiredState(resources), liveState([]));
    expect(plan(desiredState(resources.toReversed()), liveState([])).digest).toBe(once.digest);
    expect(plan(desiredState(resources.slice(1)), liveState([])).digest).not.toBe(once.digest);
  });

  it('holds no secret value, wherever it stands', () => {
    const sink = wanted(
      { kind: 'webhook', key: 'sink' },
      { url: 'https://sink.example', headers: { authorization: new Secret('env:SIEM_TOKEN', 'hunter2') } },
    );
    const text = JSON.stringify(plan(desiredState([sink]), liveState([])));
    expect(text).toContain('env:SIEM_TOKEN');
    expect(text).not.toContain('hunter2');
  });

  it('counts an adoption that finds all as it should be as no write', () => {
    const app = wanted({ kind: 'key', key: 'signing' }, { name: 'Signing' });
    const made = plan(
      desiredState([app]),
      liveState([liveResource('key', '11111111-1111-4111-8111-111111111111', { name: 'Signing' })]),
    );
    expect(made.changes.map(({ change }) => [change.op, writes(change)])).toEqual([['adopt', false]]);
    expect(hasDifferences(made)).toBe(false);
  });
});
