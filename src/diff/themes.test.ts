import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import {
  type DesiredObject,
  type DesiredResource,
  type DesiredState,
  type LiveResource,
  type LiveState,
  overlayLeaves,
} from '../model/index.js';
import { makePlan } from '../plan/index.js';
import { desiredState, idOf, liveResource, place, wanted } from '../testing/small-catalog.js';
import { diffStates, missingMessages } from './index.js';

const shipped = liveResource('theme', '75a068fd-e94b-451a-9aeb-3ddb9a3b5987', {
  name: 'FusionAuth',
  type: 'advanced',
  defaultMessages: 'login=Log in\nnext=Next\n',
});
const theme = (fields: DesiredObject, more: object = {}): DesiredResource =>
  wanted({ kind: 'theme', key: 'brand' }, { name: 'Brand', ...fields }, more);
const liveTheme = (fields: object) =>
  liveResource('theme', idOf('theme', 'brand'), { name: 'Brand', type: 'advanced', ...fields });
const hashKey = 'k';
const liveState = (resources: readonly LiveResource[]): LiveState => ({
  serverVersion: '1.69.0',
  kinds: new Map(
    catalog.kinds.map(({ kind }) => [kind, { known: true, resources: resources.filter((item) => item.kind === kind) }]),
  ),
});

describe('the messages of a theme', () => {
  const difference = (fields: DesiredObject, live: object) =>
    diffStates({
      catalog,
      hashKey,
      desired: desiredState([theme(fields)]),
      live: liveState([shipped, liveTheme(live)]),
    });

  it('are owned one by one: an edit names the message, and the text is no pointer of its own', () => {
    const made = difference({ defaultMessages: 'login=Hi' }, { defaultMessages: 'next=Next\nlogin=Log in' });
    expect(made.changes).toMatchObject([
      { op: 'update', edits: [{ pointer: '/defaultMessages/login', from: 'Log in', to: 'Hi' }] },
    ]);
    expect(made.owned.get('theme/brand')).toEqual(['/name', '/defaultMessages/login']);
    const [change] = made.changes;
    expect(change?.op === 'update' && overlayLeaves(change.overlay).map((leaf) => leaf.pointer)).toEqual([
      '/name',
      '/defaultMessages',
    ]);
  });

  it('that are written with other comments, order and separators are no edit', () => {
    const made = difference(
      { defaultMessages: '# a\nnext : Next\nlogin Log in\n' },
      { defaultMessages: 'login=Log in\nnext=Next' },
    );
    expect(made.changes).toMatchObject([{ op: 'keep' }]);
  });
});

describe('a warning about messages', () => {
  const lacking = (resources: readonly DesiredResource[], live: object, from = [shipped]) =>
    missingMessages({
      catalog,
      hashKey,
      desired: desiredState(resources),
      live: liveState([...from, liveTheme(live)]),
    });

  it('names those of the default theme that neither the theme nor the file has', () => {
    expect(lacking([theme({})], { defaultMessages: 'login=Hi' })).toMatchObject([
      { code: 'plan/missing-messages', severity: 'warning', message: expect.stringMatching(/lacks 1 of .*: next$/) },
    ]);
    expect(lacking([theme({ defaultMessages: 'next=Go' })], { defaultMessages: 'login=Hi' })).toEqual([]);
  });

  it('names a dozen at most, and counts the others', () => {
    const many = Array.from({ length: 15 }, (_, index) => `key-${index}=x`).join('\n');
    const newer = { ...shipped, body: { ...shipped.body, defaultMessages: many } };
    const [finding] = lacking([theme({})], {}, [newer]);
    expect(finding?.message).toMatch(/lacks 15 of .*key-11, and 3 more$/);
  });

  it('is not given without a theme in the files, for one that is not there yet, or without a default theme of its type', () => {
    expect(lacking([], { defaultMessages: 'login=Hi' })).toEqual([]);
    expect(lacking([wanted({ kind: 'theme', key: 'new' }, { name: 'New' })], {})).toEqual([]);
    expect(lacking([theme({ type: 'simple' })], { type: 'simple' })).toEqual([]);
  });
});

describe('a theme that is to be deleted', () => {
  const brand = liveTheme({});
  const tenant = (fields: object) => liveResource('tenant', idOf('tenant', 'crew'), { name: 'Crew', ...fields });
  const app = (fields: object) =>
    liveResource('application', idOf('application', 'web'), {
      name: 'Web',
      tenantId: idOf('tenant', 'crew'),
      ...fields,
    });
  const plan = (
    resources: readonly DesiredResource[],
    live: readonly ReturnType<typeof tenant>[],
    buried: readonly string[] = [],
    policy: DesiredState['policy'] = { prune: new Set(), protect: [] },
  ) => {
    const tombstones = [
      { ref: { kind: 'theme', key: 'brand' }, at: place() },
      ...buried.map((kind) => ({ ref: { kind, key: kind === 'tenant' ? 'crew' : 'web' }, at: place() })),
    ];
    const desired = desiredState(resources, { tombstones, policy });
    const difference = diffStates({ catalog, hashKey, desired, live: liveState([shipped, brand, ...live]) });
    return makePlan({
      catalog,
      desired,
      difference,
      instance: 'https://auth.acme.example',
      serverVersion: undefined,
      hashKey,
    });
  };
  const deleted = (made: ReturnType<typeof plan>): readonly string[] =>
    made.changes.flatMap(({ change }) => (change.op === 'delete' ? [change.ref.kind] : []));

  it('is kept while something that nobody manages wears it, with the names of the first five', () => {
    const tenants = [1, 2, 3, 4, 5, 6].map((n) =>
      liveResource('tenant', `33333333-3333-4333-8333-33333333333${n}`, { name: `Crew ${n}`, themeId: brand.id }),
    );
    const made = plan([], tenants);
    expect(deleted(made)).toEqual([]);
    expect(made.withheld).toMatchObject([
      { code: 'plan/in-use', why: expect.stringMatching(/tenant Crew 1, .*tenant Crew 5 and 1 more$/) },
    ]);
  });

  it('is kept while its wearer is only withheld from being deleted or replaced', () => {
    const withheld = plan([], [tenant({ themeId: brand.id })]);
    expect(withheld.withheld.map(({ code }) => code).sort()).toEqual(['plan/in-use', 'prune-off']);
    const other = liveResource('tenant', '33333333-3333-4333-8333-333333333330', { name: 'Other' });
    const web = wanted({ kind: 'application', key: 'web' }, { name: 'Web', tenantId: other.id, themeId: null });
    const replaced = plan([web], [tenant({}), other, app({ themeId: brand.id })]);
    expect(replaced.withheld.map(({ code }) => code)).toContain('plan/in-use');
    const protect = [{ ref: { kind: 'tenant', key: 'crew' }, at: place() }];
    const kept = plan([], [tenant({ themeId: brand.id })], ['tenant'], { prune: new Set(), protect });
    expect(kept.withheld.map(({ code }) => code).sort()).toEqual(['plan/in-use', 'plan/protected']);
  });

  it('goes with a plan that points its wearer to another one', () => {
    const made = plan(
      [wanted({ kind: 'tenant', key: 'crew' }, { name: 'Crew', themeId: 'builtin:default-theme' })],
      [tenant({ themeId: brand.id })],
    );
    expect(made.withheld).toEqual([]);
    expect(made.changes.map(({ change }) => `${change.op} ${change.ref.kind}`)).toEqual([
      'update tenant',
      'delete theme',
    ]);
  });

  it('goes with the tenant that wears it, and with that tenant’s applications, but not with an application that sleeps on', () => {
    expect(deleted(plan([], [tenant({ themeId: brand.id }), app({ themeId: brand.id })], ['tenant']))).toContain(
      'theme',
    );
    const asleep = plan([], [tenant({}), app({ themeId: brand.id })], ['application']);
    expect(asleep.withheld).toContainEqual(
      expect.objectContaining({ code: 'plan/in-use', why: expect.stringContaining('application Web') }),
    );
  });
});
