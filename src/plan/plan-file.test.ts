import { describe, expect, it } from 'vitest';
import { diffStates } from '../diff/index.js';
import { type DesiredState, type LiveResource, type Plan, Secret } from '../model/index.js';
import { desiredState, idOf, liveResource, liveState, place, smallCatalog, wanted } from '../testing/small-catalog.js';
import {
  desiredDigest,
  filedPlan,
  findUnsaved,
  makePlan,
  movedFields,
  secretSources,
  seenFields,
  unfiledPlan,
} from './index.js';

const crew = { kind: 'application', key: 'crew' };
const acme = liveResource('tenant', idOf('tenant', 'acme'), { name: 'acme' });

function planOf(desired: DesiredState, live: readonly LiveResource[] = [acme]): Plan {
  const state = liveState(live);
  const difference = diffStates({ catalog: smallCatalog, desired, live: state, hashKey: 'k' });
  const instance = 'https://auth.acme.example';
  return makePlan({ catalog: smallCatalog, desired, difference, instance, serverVersion: '1.69.0', hashKey: 'k' });
}

const withSecrets = (...secrets: readonly Secret[]): DesiredState =>
  desiredState([
    wanted({ kind: 'tenant', key: 'acme' }, { name: 'acme' }),
    ...secrets.map((clientSecret, index) =>
      wanted(
        { kind: 'application', key: `crew-${index}` },
        {
          tenantId: 'acme',
          name: `Crew ${index}`,
          oauthConfiguration: { clientSecret, redirects: ['https://crew.example'] },
          data: { nested: [{ deep: null }], none: {} },
        },
      ),
    ),
  ]);

describe('the form of a plan in a file', () => {
  it('has the source of every secret and no value, and is the same plan when it is read back', () => {
    const plan = planOf(withSecrets(new Secret('env:CREW', 'hunter2'), new Secret('file:deck', 'trombone')));
    const filed = filedPlan(plan);
    expect(JSON.stringify(filed)).not.toMatch(/hunter2|trombone/);
    expect(JSON.stringify(filed)).toContain('{"$secret":"env:CREW"}');
    expect([...secretSources(filed)].sort()).toEqual(['env:CREW', 'file:deck']);
    const values = new Map([['env:CREW', 'hunter2']]);
    const back = unfiledPlan(filed, (source) => new Secret(source, values.get(source) ?? 'trombone'));
    expect(back).toEqual(plan);
    expect(filedPlan(back)).toEqual(filed);
  });

  it('needs no secrets for what it deletes, and keeps what it does not change', () => {
    const gone = liveResource('webhook', idOf('webhook', 'sink'), { url: 'https://sink.example' });
    const desired = desiredState([wanted({ kind: 'tenant', key: 'acme' }, { name: 'acme' })], {
      tombstones: [{ ref: { kind: 'webhook', key: 'sink' }, at: place() }],
    });
    const plan = planOf(desired, [acme, gone]);
    expect(plan.changes.map(({ change }) => change.op)).toEqual(['delete']);
    expect([...secretSources(filedPlan(plan))]).toEqual([]);
    expect(filedPlan(plan).kept).toHaveLength(1);
    expect(unfiledPlan(filedPlan(plan), (source) => new Secret(source, ''))).toEqual(plan);
  });

  it('is refused where two secrets have one source and not one value, and where a field is called $secret', () => {
    const same = new Secret('env:CREW', 'hunter2');
    expect(findUnsaved(planOf(withSecrets(same, new Secret('env:CREW', 'hunter2'))))).toEqual([]);
    expect(findUnsaved(planOf(withSecrets(same, new Secret('env:CREW', 'trombone'))))).toMatchObject([
      {
        code: 'plan/not-saved',
        at: place(),
        message:
          'no file may hold this plan: oauthConfiguration.clientSecret of application/crew-1 is a secret that has the source of another one, env:CREW, and not its value',
      },
    ]);
    const odd = desiredState([
      wanted({ kind: 'tenant', key: 'acme' }, { name: 'acme' }),
      wanted(crew, { tenantId: 'acme', name: 'Crew', permissions: { a: [{ $secret: 'mine' }] } }),
    ]);
    expect(findUnsaved(planOf(odd))).toMatchObject([
      { message: expect.stringContaining('has a field called $secret') },
    ]);
  });
});

describe('desiredDigest', () => {
  const state = (more: Partial<DesiredState> = {}, line = 1): DesiredState => ({
    ...withSecrets(new Secret('env:CREW', String(line))),
    tombstones: [{ ref: { kind: 'webhook', key: 'old' }, at: place(line) }],
    existing: [{ ref: { kind: 'tenant', key: 'other' }, match: { name: 'Other' }, at: place(line) }],
    childLists: [{ parent: crew, kind: 'role', mode: 'only', at: place(line) }],
    moved: [{ kind: 'webhook', from: 'a', to: 'b', at: place(line) }],
    policy: { prune: new Set(['webhook', 'role']), protect: [{ ref: crew, at: place(line) }] },
    ...more,
  });

  it('is of what is asked for: not of places, of the values of secrets, or of the order of anything', () => {
    const digest = desiredDigest(state());
    expect(desiredDigest(state({}, 7))).toBe(digest);
    expect(desiredDigest(state({ resources: state().resources.toReversed() }))).toBe(digest);
    expect(desiredDigest(state({ policy: { ...state().policy, prune: new Set(['role', 'webhook']) } }))).toBe(digest);
  });

  it.each([
    ['a field', { resources: [] }],
    ['a tombstone', { tombstones: [] }],
    ['what exists', { existing: [] }],
    ['a complete list', { childLists: [] }],
    ['a move', { moved: [] }],
    ['the policy', { policy: { prune: new Set<string>(), protect: [] } }],
    ['the environment', { environment: 'staging' }],
    ['a list mode', { resources: [wanted(crew, {}, { listModes: new Map([['/a', 'atLeast' as const]]) })] }],
  ])('changes with %s', (_, more) => {
    expect(desiredDigest(state(more))).not.toBe(desiredDigest(state()));
  });
});

describe('seenFields', () => {
  const kind = smallCatalog.kind('application');
  const seen = (live: Parameters<typeof seenFields>[1]['live'], owned: readonly string[] = []) =>
    seenFields(kind, { live, owned, hashKey: 'k' });

  it('holds every field that is not owned, not the server’s own and no secret', () => {
    const live = {
      id: 'x',
      lastUpdateInstant: 1,
      name: 'Crew',
      data: { note: 'a', more: { deep: 1 }, none: {} },
      oauthConfiguration: { redirects: ['b', 'a'], clientSecret: 'hunter2' },
    };
    expect(Object.keys(seen(live, ['/name', '/data/more'])).sort()).toEqual([
      '/data/none',
      '/data/note',
      '/oauthConfiguration/redirects',
    ]);
  });

  it('tells what moved, in any direction, and nothing where only the order of a set did', () => {
    const before = seen({ data: { note: 'a', gone: 1 }, oauthConfiguration: { redirects: ['a', 'b'] } });
    const now = seen({ data: { note: 'b', come: 1 }, oauthConfiguration: { redirects: ['b', 'a'] } });
    expect(movedFields(before, now)).toEqual(['/data/come', '/data/gone', '/data/note']);
    expect(movedFields(before, before)).toEqual([]);
  });
});
