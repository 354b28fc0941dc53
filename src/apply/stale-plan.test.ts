import { describe, expect, it } from 'vitest';
import { diffStates } from '../diff/index.js';
import {
  type DesiredObject,
  type DesiredState,
  type JsonObject,
  type LiveResource,
  type Plan,
  Secret,
} from '../model/index.js';
import { makePlan } from '../plan/index.js';
import { desiredState, idOf, liveResource, liveState, place, smallCatalog, wanted } from '../testing/small-catalog.js';
import { checkStale, type Staleness } from './stale-plan.js';

const acme = liveResource('tenant', idOf('tenant', 'acme'), { name: 'acme' });
const crewId = idOf('application', 'crew');
const crew = (body: JsonObject): LiveResource =>
  liveResource('application', crewId, { tenantId: acme.id, name: 'Crew', ...body });
const sink = (body: JsonObject = {}): LiveResource =>
  liveResource('webhook', idOf('webhook', 'sink'), { url: 'https://sink.example', ...body });

function planOf(desired: DesiredState, live: readonly LiveResource[]): Plan {
  const difference = diffStates({ catalog: smallCatalog, desired, live: liveState(live), hashKey: 'k' });
  const instance = 'https://auth.acme.example';
  return makePlan({ catalog: smallCatalog, desired, difference, instance, serverVersion: '1.69.0', hashKey: 'k' });
}

const asked = (fields: DesiredObject): DesiredState =>
  desiredState([
    wanted({ kind: 'tenant', key: 'acme' }, { name: 'acme' }),
    wanted({ kind: 'application', key: 'crew' }, { tenantId: 'acme', name: 'Crew', ...fields }),
  ]);

function check(
  plan: Plan,
  live: readonly LiveResource[],
  more: { hashKey?: string; unknown?: string[] } = {},
): Staleness {
  const { hashKey = 'k', unknown = [] } = more;
  return checkStale(plan, { catalog: smallCatalog, live: liveState(live, unknown), hashKey });
}

const messages = (findings: Staleness['moved']): readonly string[] => findings.map(({ message }) => message);
const redirects = (...list: readonly string[]): JsonObject => ({ oauthConfiguration: { redirects: list } });
const before = [acme, crew(redirects('https://a.example'))];
const update = planOf(asked(redirects('https://b.example')), before);

describe('a saved plan against the instance', () => {
  it('may be performed when nothing moved', () => {
    expect(check(update, before)).toEqual({ moved: [], carried: [], plan: update });
  });

  it('may be performed when the instance already is as it asks', () => {
    expect(check(update, [acme, crew(redirects('https://b.example'))])).toMatchObject({ moved: [], carried: [] });
  });

  it('may not when a field that it changes, or one that it owns and keeps, has another value', () => {
    expect(messages(check(update, [acme, crew(redirects('https://c.example'))]).moved)).toEqual([
      'application/crew has another oauthConfiguration.redirects than when the plan was made',
    ]);
    expect(check(update, [acme, crew({ ...redirects('https://a.example'), name: 'Deck' })]).moved).toMatchObject([
      { code: 'apply/live-moved', message: expect.stringContaining('another name'), at: place() },
    ]);
  });

  it('tells what is carried along in fields that nobody owns, also where it is new or gone', () => {
    const plan = planOf(asked(redirects('b')), [acme, crew({ ...redirects('a'), data: { note: 1, gone: 1 } })]);
    const { moved, carried } = check(plan, [acme, crew({ ...redirects('a'), data: { note: 2 } })]);
    expect(moved).toEqual([]);
    expect(carried).toMatchObject([
      { code: 'apply/carried-along', severity: 'warning', message: expect.stringContaining('data.gone, data.note') },
    ]);
    // What only a read by id gives, as of this kind, may look new.
    expect(check(update, [acme, crew({ ...redirects('https://a.example'), data: { fresh: 1 } })]).carried).toEqual([]);
  });

  it('may not when the object is gone', () => {
    expect(messages(check(update, [acme]).moved)).toEqual(['application/crew is no longer there']);
  });

  it('may not when a kind that it changes cannot be read any more', () => {
    expect(messages(check(update, [acme], { unknown: ['application'] }).moved)).toEqual([
      'application/crew cannot be read: the API key may not read it',
    ]);
  });

  it('may not create what is there, under its id or under its name', () => {
    const create = planOf(asked({}), [acme]);
    expect(messages(check(create, before).moved)).toEqual([
      `application/crew is there already, with the id ${crewId} that it was to get`,
    ]);
    const other = liveResource('application', 'other', { tenantId: acme.id, name: 'Crew' });
    expect(messages(check(create, [acme, other]).moved)).toEqual([
      "application/crew cannot be made: another application called 'Crew' is there now, other",
    ]);
    expect(check(create, [acme])).toMatchObject({ moved: [], carried: [] });
  });

  it('may create under a name that the plan itself frees', () => {
    const old = liveResource('application', 'old', { tenantId: acme.id, name: 'Crew' });
    const desired = {
      ...asked({}),
      tombstones: [{ ref: { kind: 'application', key: 'old' }, id: 'old', at: place() }],
    };
    const plan = planOf(desired, [acme, old]);
    expect(plan.changes.map(({ change }) => change.op).sort()).toEqual(['create', 'delete']);
    expect(check(plan, [acme, old]).moved).toEqual([]);
  });

  it('may not delete what was changed, and has nothing against what is gone already', () => {
    const desired = desiredState([wanted({ kind: 'tenant', key: 'acme' }, { name: 'acme' })], {
      tombstones: [{ ref: { kind: 'webhook', key: 'sink' }, at: place() }],
    });
    const plan = planOf(desired, [acme, sink()]);
    expect(check(plan, [acme, sink()]).moved).toEqual([]);
    expect(check(plan, [acme]).moved).toEqual([]);
    expect(messages(check(plan, [acme, sink({ headers: { a: 'b' } })]).moved)).toEqual([
      'webhook/sink was to be deleted, and somebody has changed its headers.a since',
    ]);
  });

  it('may not when something that it keeps and refers to is gone', () => {
    expect(messages(check(update, [crew(redirects('https://a.example'))]).moved)).toEqual([
      'tenant/acme is no longer there, and a change of this plan refers to it',
    ]);
    const hook = desiredState([
      wanted({ kind: 'tenant', key: 'acme' }, { name: 'acme' }),
      wanted({ kind: 'webhook', key: 'sink' }, { url: 'https://sink.example', headers: { a: 'b' } }),
    ]);
    expect(check(planOf(hook, [acme, sink()]), [sink()]).moved).toEqual([]);
  });

  it('of another hash key is compared by what stands in it in clear, and says what could not be', () => {
    const secret = { oauthConfiguration: { clientSecret: new Secret('env:CREW', 'new') } };
    const live = (clientSecret: string): readonly LiveResource[] => [
      acme,
      crew({ oauthConfiguration: { clientSecret } }),
    ];
    const plan = planOf(asked(secret), live('old'));
    expect(messages(check(plan, live('other')).moved)).toEqual([
      'application/crew has another oauthConfiguration.clientSecret than when the plan was made',
    ]);
    const stranger = check(plan, live('other'), { hashKey: 'another' });
    expect(stranger.moved).toEqual([]);
    expect(messages(stranger.carried)).toEqual([
      'the plan was made with another hash key: kedge cannot tell what moved since in fields that no file owns, nor whether one of its 1 secrets was changed meanwhile',
    ]);
    expect(stranger.plan.changes[0]).not.toHaveProperty('seen');
    expect(messages(check(update, [acme, crew(redirects('c'))], { hashKey: 'another' }).moved)).toHaveLength(1);
    expect(messages(check(update, before, { hashKey: 'another' }).carried)).toEqual([
      'the plan was made with another hash key: kedge cannot tell what moved since in fields that no file owns',
    ]);
  });
});
