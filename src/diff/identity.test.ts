import { describe, expect, it } from 'vitest';
import { type ApplyRecord, KedgeError, keyedHash, Secret } from '../model/index.js';
import {
  changeLine,
  desiredState,
  idOf,
  liveResource,
  liveState,
  namespace,
  place,
  smallCatalog,
  wanted,
} from '../testing/small-catalog.js';
import { type DiffInput, diffStates } from './index.js';

const hashKey = 'k';
const TENANT = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const THIRD = '33333333-3333-4333-8333-333333333333';
const FUSIONAUTH = '3c219e58-ed0e-4b18-ad48-f4f92793ae32';
const tenant = liveResource('tenant', TENANT, { name: 'Main' });

const diff = (input: Omit<DiffInput, 'catalog' | 'hashKey'>) =>
  diffStates({ catalog: smallCatalog, hashKey, ...input });
const lines = (input: Omit<DiffInput, 'catalog' | 'hashKey'>) => diff(input).changes.map(changeLine);
const failure = (input: Omit<DiffInput, 'catalog' | 'hashKey'>): KedgeError => {
  try {
    diff(input);
  } catch (error) {
    if (error instanceof KedgeError) return error;
    throw error;
  }
  throw new Error('the diff was made');
};
const record = (objects: ApplyRecord['objects']): ApplyRecord => ({
  version: 1,
  namespace,
  environment: 'production',
  instant: 1,
  planDigest: '',
  objects,
});
const existing = (kind: string, key: string, match: Readonly<Record<string, string>>) => ({
  ref: { kind, key },
  match,
  at: place(),
});

describe('an existing object', () => {
  const app = liveResource('application', OTHER, { name: 'Portal', tenantId: TENANT });

  it('is found by id, by what is built in, or by natural key with references in it', () => {
    const fusionauth = liveResource('application', FUSIONAUTH, { name: 'FusionAuth', tenantId: TENANT });
    const live = liveState([tenant, app, fusionauth]);
    const main = wanted({ kind: 'tenant', key: 'main' }, {}, { id: TENANT });
    const role = (key: string) =>
      wanted({ kind: 'role', key: `${key}/roles/crew` }, { name: 'crew' }, { parent: { kind: 'application', key } });
    const all = [
      existing('application', 'portal', { tenantId: 'main', name: 'Portal' }),
      existing('tenant', 'home', { id: 'builtin:default-tenant' }),
    ];
    const { changes } = diff({ desired: desiredState([main, role('portal')], { existing: [all[0]!] }), live });
    expect(changes.find((change) => change.ref.kind === 'role')).toMatchObject({
      op: 'create',
      parentId: OTHER,
      tenantId: TENANT,
    });
    expect(lines({ desired: desiredState([], { existing: [all[1]!] }), live })).toEqual([]);
    expect(
      lines({ desired: desiredState([], { existing: [existing('application', 'portal', { id: OTHER })] }), live }),
    ).toEqual([]);
  });

  it('that is nowhere is a finding, by id and by built-in name', () => {
    const live = liveState([app]);
    for (const id of [THIRD, 'builtin:default-tenant']) {
      expect(
        failure({ desired: desiredState([], { existing: [existing('tenant', 'home', { id })] }), live }).code,
      ).toBe('diff/not-found');
    }
  });
});

describe('a role', () => {
  const web = wanted({ kind: 'application', key: 'web' }, { name: 'Web' });
  const role = wanted({ kind: 'role', key: 'web/roles/crew' }, { name: 'crew' }, { parent: web.ref });

  it('is found by name in its application, which was itself found by name', () => {
    const live = liveState([
      tenant,
      liveResource('application', OTHER, { name: 'Web', tenantId: TENANT }),
      liveResource('role', THIRD, { name: 'crew' }, { parentId: OTHER }),
    ]);
    expect(lines({ desired: desiredState([role, web]), live })).toEqual([
      'adopt application/web',
      'keep role/web/roles/crew',
    ]);
  });

  it('that is found by id under another application is not this role', () => {
    const live = liveState([
      tenant,
      liveResource('application', OTHER, { name: 'Web', tenantId: TENANT }),
      liveResource('application', TENANT, { name: 'Else', tenantId: TENANT }),
      liveResource('role', idOf('role', 'web/roles/crew'), { name: 'crew' }, { parentId: TENANT }),
    ]);
    const pinned = { ...web, id: OTHER };
    expect(lines({ desired: desiredState([pinned, role]), live })).toContain('create role/web/roles/crew');
  });

  it('of a new application that names no tenant is in the only one there is', () => {
    const { changes } = diff({ desired: desiredState([role, web]), live: liveState([tenant]) });
    expect(changes.map(({ op, tenantId }) => [op, tenantId])).toEqual([
      ['create', TENANT],
      ['create', TENANT],
    ]);
  });

  it('of an application that is only looked up and is not there is not told twice', () => {
    const error = failure({
      desired: desiredState([role], { existing: [existing('application', 'web', { id: OTHER })] }),
      live: liveState([tenant]),
    });
    expect(error.findings.map(({ code }) => code)).toEqual(['diff/not-found']);
  });

  it('of no application is not found by its name: another one may have a role of that name', () => {
    const live = liveState([
      tenant,
      liveResource('application', OTHER, { name: 'Web', tenantId: TENANT }),
      liveResource('role', THIRD, { name: 'crew' }),
    ]);
    expect(lines({ desired: desiredState([role, web]), live })).toEqual([
      'adopt application/web',
      'create role/web/roles/crew',
    ]);
  });

  it('is created in the tenant its application is written in', () => {
    const inMain = wanted({ kind: 'application', key: 'web' }, { name: 'Web', tenantId: 'main' });
    const main = wanted({ kind: 'tenant', key: 'main' }, { name: 'Main' });
    const { changes } = diff({ desired: desiredState([inMain, main, role]), live: liveState([]) });
    expect(changes.map((change) => change.tenantId)).toEqual([
      idOf('tenant', 'main'),
      idOf('tenant', 'main'),
      undefined,
    ]);
  });
});

describe('a natural key', () => {
  const key = wanted({ kind: 'key', key: 'signing' }, { name: 'Signing' });

  it('that two live objects share is refused, for nobody can tell which is meant', () => {
    const live = liveState([OTHER, THIRD].map((id) => liveResource('key', id, { name: 'Signing' })));
    expect(failure({ desired: desiredState([key]), live }).message).toMatch(/could be two live keys/);
  });

  it('never takes what another resource owns by id, and waits for it to let go of the name', () => {
    const owner = wanted({ kind: 'key', key: 'old' }, { name: 'Retired' }, { id: OTHER });
    const live = liveState([liveResource('key', OTHER, { name: 'Signing' })]);
    const { changes, dependencies } = diff({ desired: desiredState([key, owner]), live });
    expect(changes.map(changeLine)).toEqual(['update key/old', 'create key/signing']);
    expect(dependencies.get('key/signing')).toEqual(['key/old']);
  });

  it('is not asked of a resource that does not write it', () => {
    const nameless = wanted({ kind: 'key', key: 'signing' }, {}, { id: OTHER });
    expect(
      lines({ desired: desiredState([nameless]), live: liveState([liveResource('key', OTHER, { name: 'Any' })]) }),
    ).toEqual(['keep key/signing']);
  });
});

describe('two ids that lead to two objects', () => {
  it('are refused, and both are named', () => {
    const key = wanted({ kind: 'key', key: 'signing' }, { name: 'Signing' });
    const derived = idOf('key', 'signing');
    const live = liveState([liveResource('key', derived, { name: 'A' }), liveResource('key', OTHER, { name: 'B' })]);
    const known = record([{ kind: 'key', key: 'signing', id: OTHER, adopted: true, paths: {} }]);
    expect(failure({ desired: desiredState([key]), live, record: known }).message).toMatch(
      new RegExp(`${derived}.*${OTHER}`),
    );
  });

  it('by a name from before are no conflict: the object that has the id is meant', () => {
    const web = wanted({ kind: 'application', key: 'web' }, { name: 'Web' }, { id: OTHER });
    const role = wanted(
      { kind: 'role', key: 'web/roles/crew' },
      { name: 'crew' },
      { parent: web.ref, was: 'sailor', id: THIRD },
    );
    const live = liveState([
      tenant,
      liveResource('application', OTHER, { name: 'Web', tenantId: TENANT }),
      liveResource('role', THIRD, { name: 'other' }, { parentId: OTHER }),
      liveResource('role', TENANT, { name: 'sailor' }, { parentId: OTHER }),
    ]);
    expect(lines({ desired: desiredState([web, role]), live })).toEqual([
      'keep application/web',
      'update role/web/roles/crew',
    ]);
  });
});

describe('several dependencies', () => {
  it('of one resource are all kept, and an empty reference is none', () => {
    const keys = ['a', 'b'].map((key) => wanted({ kind: 'key', key }, { name: key }));
    const web = wanted(
      { kind: 'application', key: 'web' },
      { name: 'Web', tenantId: 'main', jwtConfiguration: { accessTokenKeyId: 'a' }, formId: '' },
    );
    const main = wanted({ kind: 'tenant', key: 'main' }, { name: 'Main' });
    const { dependencies } = diff({ desired: desiredState([...keys, web, main]), live: liveState([]) });
    expect(dependencies.get('application/web')).toEqual(['key/a', 'tenant/main']);
  });
});

describe('a role that is listed', () => {
  it('stays, while one beside it that is not goes; a nameless object is called by its id', () => {
    const web = wanted({ kind: 'application', key: 'web' }, { name: 'Web' }, { id: OTHER });
    const role = wanted({ kind: 'role', key: 'web/roles/crew' }, { name: 'crew' }, { parent: web.ref });
    const live = liveState([
      tenant,
      liveResource('application', OTHER, { name: 'Web', tenantId: TENANT }),
      liveResource('role', THIRD, { name: 'crew' }, { parentId: OTHER }),
      liveResource('role', TENANT, { name: '' }, { parentId: OTHER }),
      liveResource('webhook', TENANT, {}),
      liveResource('webhook', THIRD, {}),
    ]);
    const childLists = [{ parent: web.ref, kind: 'role', mode: 'only' as const, at: place() }];
    const made = diff({ desired: desiredState([web, role], { childLists }), live });
    expect(made.changes.map(changeLine)).toEqual([
      'keep application/web',
      `delete role/web/roles/${TENANT}`,
      'keep role/web/roles/crew',
    ]);
    expect(made.unmanaged.map((item) => item.name)).toEqual(['Main', TENANT, THIRD]);
  });
});

describe('a tombstone', () => {
  it('finds its object by a given id and by the record, and nothing where it is gone or deactivated', () => {
    const hook = liveResource('webhook', OTHER, { url: 'https://a.example' });
    const given = [{ ref: { kind: 'webhook', key: 'a' }, id: OTHER, at: place() }];
    const byKey = [{ ref: { kind: 'webhook', key: 'a' }, at: place() }];
    const known = record([{ kind: 'webhook', key: 'a', id: OTHER, adopted: true, paths: {} }]);
    expect(lines({ desired: desiredState([], { tombstones: given }), live: liveState([hook]) })).toEqual([
      'delete webhook/a',
    ]);
    expect(lines({ desired: desiredState([], { tombstones: byKey }), live: liveState([hook]), record: known })).toEqual(
      ['delete webhook/a'],
    );
    const asleep = { ...liveResource('application', OTHER, { name: 'Old', tenantId: TENANT }), active: false };
    const app = [{ ref: { kind: 'application', key: 'old' }, id: OTHER, at: place() }];
    expect(lines({ desired: desiredState([], { tombstones: app }), live: liveState([tenant, asleep]) })).toEqual([]);
  });

  it('lets go of a name before somebody else takes it', () => {
    const tombstones = [{ ref: { kind: 'key', key: 'old' }, id: OTHER, at: place() }];
    const key = wanted({ kind: 'key', key: 'signing' }, { name: 'Signing' });
    const live = liveState([liveResource('key', OTHER, { name: 'Signing' })]);
    expect(diff({ desired: desiredState([key], { tombstones }), live }).dependencies.get('key/signing')).toEqual([
      'key/old',
    ]);
  });
});

describe('a moved resource', () => {
  it('is found by the record of its old key, whose hashes go on counting', () => {
    const moved = [{ kind: 'key', from: 'old', to: 'signing', at: place() }];
    const key = wanted({ kind: 'key', key: 'signing' }, { name: 'Signing' });
    const known = record([
      { kind: 'key', key: 'old', id: OTHER, adopted: true, paths: { '/name': keyedHash(hashKey, 'Before') } },
    ]);
    const live = liveState([liveResource('key', OTHER, { name: 'Before' })]);
    const [change] = diff({ desired: desiredState([key], { moved }), live, record: known }).changes;
    expect(change).toMatchObject({ op: 'update', id: OTHER, edits: [{ pointer: '/name', origin: 'pending' }] });
  });
});

describe('what is wrong', () => {
  it('is one error with its place when it is one, and a count when it is more', () => {
    const lone = wanted({ kind: 'key', key: 'a' }, {});
    expect(failure({ desired: desiredState([lone]), live: liveState([]) })).toMatchObject({
      at: place(),
      hint: 'write name:',
    });
    const two = failure({ desired: desiredState([lone, wanted({ kind: 'key', key: 'b' }, {})]), live: liveState([]) });
    expect(two.message).toBe('2 things stand in the way of a plan');
  });

  it('is not a kind that was never asked for', () => {
    const live = { ...liveState([]), kinds: new Map() };
    const key = wanted({ kind: 'key', key: 'a' }, { name: 'A' });
    expect(failure({ desired: desiredState([key]), live }).message).toMatch(/not asked for/);
  });
});

describe('values', () => {
  const app = (fields: Parameters<typeof wanted>[1], locations = new Map()) =>
    wanted({ kind: 'application', key: 'web' }, fields, { id: OTHER, locations });
  const edits = (resource: ReturnType<typeof app>, body: Parameters<typeof liveResource>[2]) => {
    const live = liveState([tenant, liveResource('application', OTHER, { name: 'Web', tenantId: TENANT, ...body })]);
    const [change] = diff({ desired: desiredState([resource]), live }).changes;
    return change && 'edits' in change ? change.edits : [];
  };

  it('with a secret inside a list are masked as a whole, and name every source', () => {
    const list = [
      { name: 'X', value: new Secret('env:A', 'aaaa') },
      { name: 'Y', value: new Secret('env:B', 'bbbb') },
    ];
    expect(edits(app({ headers: list }), { headers: [] })).toMatchObject([{ secret: true, source: 'env:A, env:B' }]);
  });

  it('of a secret that is cleared say so', () => {
    expect(
      edits(app({ oauthConfiguration: { clientSecret: null } }), { oauthConfiguration: { clientSecret: 'live' } }),
    ).toMatchObject([{ secret: true, source: 'none' }]);
  });

  it('point at the nearest place that was written', () => {
    const at = place(7);
    const [edit] = edits(app({ data: { deep: { er: 1 } } }, new Map([['/data', at]])), {});
    expect(edit?.at).toEqual(at);
  });

  it('null in an item of a list asks for a field that is not there', () => {
    const resource = app({ policies: [{ id: 'a', note: null }] });
    expect(edits(resource, { policies: [{ id: 'a' }] })).toEqual([]);
    expect(edits(resource, { policies: [{ id: 'a', note: 'x' }] })).toHaveLength(1);
  });

  it('null is satisfied by what the server answered when it was last cleared, where no default is known', () => {
    const resource = app({ themeId: null });
    const known = record([
      { kind: 'application', key: 'web', id: OTHER, adopted: true, paths: { '/themeId': keyedHash(hashKey, THIRD) } },
    ]);
    const live = liveState([
      tenant,
      liveResource('application', OTHER, { name: 'Web', tenantId: TENANT, themeId: THIRD }),
    ]);
    expect(lines({ desired: desiredState([resource]), live, record: known })).toEqual(['keep application/web']);
  });

  it('that are empty structs make nothing, however deep', () => {
    const [change] = diff({
      desired: desiredState([app({ name: 'Web', mail: { inner: {} } })]),
      live: liveState([tenant]),
    }).changes;
    expect(change).toMatchObject({ op: 'create', overlay: { fields: { name: 'Web' } } });
  });
});
