import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffStates } from '../../diff/index.js';
import {
  changeKey,
  type DesiredState,
  type JsonObject,
  type LiveResource,
  type LiveState,
  type Plan,
  refText,
  Secret,
} from '../../model/index.js';
import { makePlan } from '../../plan/index.js';
import { lawRuns } from '../../testing/law-runs.js';
import { performed } from '../../testing/pure-server.js';
import {
  desiredState,
  idOf,
  liveResource,
  liveState,
  place,
  smallCatalog,
  wanted,
} from '../../testing/small-catalog.js';
import { smallStates } from '../../testing/small-states.js';
import { invertRun, type InvertedRun } from './invert-run.js';

const instance = 'https://auth.acme.example';

function planOf(desired: DesiredState, live: LiveState): Plan {
  const difference = diffStates({ catalog: smallCatalog, desired, live, hashKey: 'k' });
  return makePlan({ catalog: smallCatalog, desired, difference, instance, serverVersion: '1.69.0', hashKey: 'k' });
}

/** By `kind:id`: every object that is there. */
function objectsOf(live: LiveState): ReadonlyMap<string, LiveResource> {
  const found = [...live.kinds.values()].flatMap((read) => (read.known ? read.resources : []));
  return new Map(found.map((resource) => [`${resource.kind}:${resource.id}`, resource]));
}

/** As a journal has it: before-images without secrets, of the first so many changes. */
function writtenOf(plan: Plan, before: LiveState, count = plan.changes.length): Map<string, JsonObject | undefined> {
  const objects = objectsOf(before);
  return new Map(
    plan.changes.slice(0, count).map(({ change }) => {
      const { clientSecret: _, ...oauth } = (objects.get(`${change.ref.kind}:${change.id}`)?.body[
        'oauthConfiguration'
      ] ?? {}) as JsonObject;
      const body = objects.get(`${change.ref.kind}:${change.id}`)?.body;
      return [changeKey(change), body && (body['oauthConfiguration'] ? { ...body, oauthConfiguration: oauth } : body)];
    }),
  );
}

function inverse(plan: Plan, states: { before: LiveState; now: LiveState }, count?: number): InvertedRun {
  return invertRun({
    run: { plan, written: writtenOf(plan, states.before, count) },
    catalog: smallCatalog,
    live: states.now,
    desired: desiredState([]),
    instance,
    hashKey: 'k',
  });
}

/** What is left of objects when secrets, emptiness and what is asleep are looked away from. */
function shape(live: LiveState): unknown {
  const bare = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(bare);
    if (typeof value !== 'object' || value === null) return value ?? undefined;
    const entries = Object.entries(value)
      .filter(([key]) => key !== 'clientSecret')
      .map(([key, item]) => [key, bare(item)] as const)
      .filter(([, item]) => item !== undefined && !(typeof item === 'object' && Object.keys(item ?? {}).length === 0));
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return [...objectsOf(live)]
    .filter(([, resource]) => resource.active !== false)
    .map(([key, resource]) => [key, bare(resource.body)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const sameTenants = (a: DesiredState, b: DesiredState): boolean =>
  a.resources.every(({ ref, fields }) => {
    const other = b.resources.find((item) => refText(item.ref) === refText(ref));
    return ref.kind !== 'application' || !other || other.fields['tenantId'] === fields['tenantId'];
  });

/** Everything that is no longer asked for is buried, so that runs delete as well. */
function burying(a: DesiredState, b: DesiredState): DesiredState {
  const kept = new Set(b.resources.map(({ ref }) => refText(ref)));
  const gone = a.resources.filter(({ ref }) => !kept.has(refText(ref)) && ref.kind !== 'role');
  return { ...b, childLists: [], tombstones: gone.map(({ ref }) => ({ ref, at: place() })) };
}

describe('a rollback', () => {
  it('leads from any state that a run led to back to the one before it', () => {
    fc.assert(
      fc.property(smallStates, smallStates, (a, b) => {
        fc.pre(sameTenants(a, b));
        const before = performed(planOf(a, liveState([])), liveState([]));
        const plan = planOf(burying(a, b), before);
        const now = performed(plan, before);
        const back = performed(inverse(plan, { before, now }).plan, now);
        expect(shape(back)).toEqual(shape(before));
        expect(inverse(plan, { before, now: back }).plan.changes).toEqual([]);
      }),
      { numRuns: lawRuns.rolledBackIsAsBefore },
    );
  }, 60_000);

  it('of a run that stopped halfway takes back what it had written, and nothing else', () => {
    fc.assert(
      fc.property(smallStates, smallStates, fc.nat({ max: 8 }), (a, b, count) => {
        fc.pre(sameTenants(a, b));
        const before = performed(planOf(a, liveState([])), liveState([]));
        const whole = planOf(burying(a, b), before);
        const part = { ...whole, changes: whole.changes.slice(0, count) };
        const now = performed(part, before);
        expect(shape(performed(inverse(whole, { before, now }, count).plan, now))).toEqual(shape(before));
      }),
      { numRuns: lawRuns.rolledBackFromHalfway },
    );
  }, 60_000);
});

const acme = liveResource('tenant', idOf('tenant', 'acme'), { name: 'acme' });
const crewId = idOf('application', 'crew');
const crew = (body: JsonObject, more = {}): LiveResource =>
  liveResource('application', crewId, { tenantId: acme.id, name: 'Crew', ...body }, more);
const asks = (fields: DesiredState['resources'][number]['fields']): DesiredState =>
  desiredState([
    wanted({ kind: 'tenant', key: 'acme' }, { name: 'acme' }),
    wanted({ kind: 'application', key: 'crew' }, { tenantId: 'acme', name: 'Crew', ...fields }),
  ]);

describe('what a rollback plans', () => {
  it('is no plan of the files, and deletes what the run made under its present name', () => {
    const before = liveState([acme]);
    const plan = planOf(asks({}), before);
    const now = performed(plan, before);
    const { plan: back } = inverse(plan, { before, now });
    expect(back.desired).toBeUndefined();
    expect(back.changes).toMatchObject([
      { change: { op: 'delete', why: 'rollback', name: 'Crew', ref: { kind: 'application', key: 'crew' } } },
    ]);
  });

  it('leaves alone what somebody else has changed since', () => {
    const before = liveState([acme, crew({ data: { note: 1 }, oauthConfiguration: { redirects: ['a'] } })]);
    const plan = planOf(asks({ data: { note: 1 }, oauthConfiguration: { redirects: ['b'] } }), before);
    const now = liveState([acme, crew({ data: { note: 2 }, oauthConfiguration: { redirects: ['b'] } })]);
    const { plan: back } = inverse(plan, { before, now });
    expect(back.changes).toMatchObject([
      { change: { op: 'update', edits: [{ pointer: '/oauthConfiguration/redirects', from: ['b'], to: ['a'] }] } },
    ]);
    expect(shape(performed(back, now))).toEqual(
      shape(liveState([acme, crew({ data: { note: 2 }, oauthConfiguration: { redirects: ['a'] } })])),
    );
  });

  it('keeps the source of a secret it does not change, and says which it cannot bring back', () => {
    const secret = (clientSecret: string): JsonObject => ({ oauthConfiguration: { clientSecret, redirects: ['a'] } });
    const before = liveState([acme, crew({ ...secret('old'), name: 'Crews' }, { id: crewId })]);
    const desired = asks({ oauthConfiguration: { clientSecret: new Secret('env:CREW', 'new') } });
    const plan = planOf(desired, before);
    const { plan: back } = inverse(plan, { before, now: performed(plan, before) });
    expect(back.changes).toMatchObject([
      {
        change: {
          edits: [{ pointer: '/name', to: 'Crews' }],
          overlay: { fields: { oauthConfiguration: { clientSecret: new Secret('env:CREW', '') } } },
          lost: [expect.stringContaining('oauthConfiguration.clientSecret')],
        },
      },
    ]);
    const onlySecret = liveState([acme, crew(secret('old'))]);
    const rotated = planOf(desired, onlySecret);
    expect(inverse(rotated, { before: onlySecret, now: performed(rotated, onlySecret) })).toMatchObject({
      plan: { changes: [] },
      findings: [{ code: 'rollback/not-back', message: expect.stringContaining('application/crew') }],
    });
  });

  it('makes a deleted object anew under its id, without its secrets, and says what is lost', () => {
    const gone = liveResource('webhook', idOf('webhook', 'sink'), {
      url: 'https://sink.example',
      headers: { a: 'b', token: 'is-secret' },
      insertInstant: 1,
    });
    const before = liveState([acme, gone]);
    const desired = desiredState([wanted({ kind: 'tenant', key: 'acme' }, { name: 'acme' })], {
      tombstones: [{ ref: { kind: 'webhook', key: 'sink' }, at: place() }],
    });
    const plan = planOf(desired, before);
    const image = { ...gone.body, headers: { a: 'b', token: { $secret: 'elsewhere' } } };
    const { plan: back } = invertRun({
      run: { plan, written: new Map([['webhook/sink', image]]) },
      catalog: smallCatalog,
      live: performed(plan, before),
      desired: desiredState([]),
      instance,
      hashKey: 'k',
    });
    expect(back.changes).toMatchObject([
      {
        change: {
          op: 'create',
          id: gone.id,
          overlay: { fields: { url: 'https://sink.example', headers: { a: 'b' } } },
          lost: ['headers.token: a secret stood in it', expect.stringContaining('it is gone')],
        },
      },
    ]);
  });

  it('puts to sleep what the run woke, and wakes what it put to sleep', () => {
    const asleep = liveState([acme, crew({}, { active: false })]);
    const plan = planOf(asks({ data: { note: 1 } }), asleep);
    expect(plan.changes.map(({ change }) => change.op)).toEqual(['reactivate']);
    const now = performed(plan, asleep);
    expect(inverse(plan, { before: asleep, now }).plan.changes).toMatchObject([
      { change: { op: 'delete', lost: [expect.stringContaining('data.note')] } },
    ]);
    expect(inverse(plan, { before: asleep, now: asleep }).plan.changes).toEqual([]);
    const awake = liveState([acme, crew({}, { active: true })]);
    const buried = desiredState([wanted({ kind: 'tenant', key: 'acme' }, { name: 'acme' })], {
      tombstones: [{ ref: { kind: 'application', key: 'crew' }, at: place() }],
    });
    const burial = planOf(buried, awake);
    expect(inverse(burial, { before: awake, now: performed(burial, awake) }).plan.changes).toMatchObject([
      { change: { op: 'reactivate', edits: [] } },
    ]);
  });

  it('is withheld where policy protects the object or others use it, and says what it could not read', () => {
    const before = liveState([acme]);
    const plan = planOf(asks({}), before);
    const input = {
      run: { plan, written: writtenOf(plan, before) },
      catalog: smallCatalog,
      instance,
      hashKey: 'k',
    };
    const now = performed(plan, before);
    const ref = { kind: 'application', key: 'crew' };
    const policy = { prune: new Set<string>(), protect: [{ ref, at: place() }] };
    const { plan: guarded } = invertRun({ ...input, live: now, desired: desiredState([], { policy }) });
    expect(guarded.withheld).toMatchObject([{ code: 'plan/protected' }]);
    const blind = liveState([acme], ['application']);
    expect(invertRun({ ...input, live: blind, desired: desiredState([]) })).toMatchObject({
      plan: { changes: [] },
      findings: [{ message: expect.stringContaining('the API key may not read it') }],
    });
  });
});
