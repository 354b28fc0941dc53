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
import { createCatalog } from '../catalog/index.js';
import { type DiffInput, diffStates, resourcesToDetail } from './index.js';

const hashKey = 'a hash key';
const TENANT = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const FUSIONAUTH = '3c219e58-ed0e-4b18-ad48-f4f92793ae32';

const tenant = liveResource('tenant', TENANT, { name: 'Main' });
const fusionauth = liveResource('application', FUSIONAUTH, { name: 'FusionAuth', tenantId: TENANT });
const main = wanted({ kind: 'tenant', key: 'main' }, { name: 'Main' }, { id: TENANT });

function diff(input: Omit<DiffInput, 'catalog' | 'hashKey'>) {
  return diffStates({ catalog: smallCatalog, hashKey, ...input });
}

function lines(input: Omit<DiffInput, 'catalog' | 'hashKey'>): readonly string[] {
  return diff(input).changes.map(changeLine);
}

function codes(input: Omit<DiffInput, 'catalog' | 'hashKey'>): readonly string[] {
  try {
    diff(input);
  } catch (error) {
    if (error instanceof KedgeError) return error.findings.map((finding) => finding.code);
    throw error;
  }
  return [];
}

function record(objects: ApplyRecord['objects']): ApplyRecord {
  return { version: 1, namespace, environment: 'production', instant: 1, planDigest: 'sha256:0', objects };
}

describe('finding the live object', () => {
  const web = wanted({ kind: 'application', key: 'web' }, { name: 'Web', tenantId: 'main' });
  const live = (id: string, name = 'Web') => liveResource('application', id, { name, tenantId: TENANT });

  it('creates with the derived id what nothing leads to', () => {
    const { changes } = diff({ desired: desiredState([main, web]), live: liveState([tenant]) });
    expect(changes.map(changeLine)).toEqual(['create application/web', 'keep tenant/main']);
    expect(changes[0]).toMatchObject({ id: idOf('application', 'web'), tenantId: TENANT });
  });

  it('keeps an object that has the derived id', () => {
    expect(
      lines({ desired: desiredState([main, web]), live: liveState([tenant, live(idOf('application', 'web'))]) }),
    ).toContain('keep application/web');
  });

  it('adopts by natural key what somebody else made', () => {
    const { changes } = diff({ desired: desiredState([main, web]), live: liveState([tenant, live(OTHER)]) });
    expect(changes[0]).toMatchObject({ op: 'adopt', id: OTHER, edits: [] });
  });

  it('keeps what it adopted before, once the record says so', () => {
    const adopted = record([{ kind: 'application', key: 'web', id: OTHER, adopted: true, paths: {} }]);
    expect(
      lines({ desired: desiredState([main, web]), live: liveState([tenant, live(OTHER)]), record: adopted }),
    ).toContain('keep application/web');
  });

  it('follows a recorded object through a change of its name', () => {
    const adopted = record([{ kind: 'application', key: 'web', id: OTHER, adopted: true, paths: {} }]);
    const state = liveState([tenant, live(OTHER, 'Old name')]);
    expect(lines({ desired: desiredState([main, web]), live: state, record: adopted })).toContain(
      'update application/web',
    );
  });

  it('follows an object through a change of its logical key', () => {
    const moved = [{ kind: 'application', from: 'portal', to: 'web', at: place() }];
    const state = liveState([tenant, live(idOf('application', 'portal'), 'Portal')]);
    const { changes } = diff({ desired: desiredState([main, web], { moved }), live: state });
    expect(changes[0]).toMatchObject({ op: 'update', id: idOf('application', 'portal') });
  });

  it('refuses when the derived id and the name lead to two objects, and names both', () => {
    const state = liveState([tenant, live(idOf('application', 'web'), 'Renamed'), live(OTHER)]);
    expect(() => diff({ desired: desiredState([main, web]), live: state })).toThrow(
      new RegExp(`could be two live applications: ${idOf('application', 'web')}.*${OTHER}`),
    );
  });

  it('refuses when an explicit id is not there and its name belongs to another object', () => {
    const pinned = { ...web, id: idOf('application', 'pinned') };
    expect(codes({ desired: desiredState([main, pinned]), live: liveState([tenant, live(OTHER)]) })).toEqual([
      'diff/identity-conflict',
    ]);
  });

  it('refuses when two resources are the same object', () => {
    const again = wanted({ kind: 'tenant', key: 'second' }, { name: 'Second' }, { id: TENANT });
    expect(codes({ desired: desiredState([main, again]), live: liveState([tenant]) })).toEqual([
      'diff/identity-conflict',
    ]);
  });

  it('lets two resources swap names only one after the other, never by mixing up their ids', () => {
    const a = wanted({ kind: 'key', key: 'a' }, { name: 'B' });
    const b = wanted({ kind: 'key', key: 'b' }, { name: 'A' });
    const state = liveState([
      liveResource('key', idOf('key', 'a'), { name: 'A' }),
      liveResource('key', idOf('key', 'b'), { name: 'B' }),
    ]);
    const { changes, dependencies } = diff({ desired: desiredState([a, b]), live: state });
    expect(changes.map((change) => change.id)).toEqual([idOf('key', 'a'), idOf('key', 'b')]);
    expect([...dependencies]).toEqual([
      ['key/a', ['key/b']],
      ['key/b', ['key/a']],
    ]);
  });

  it('finds a built-in by its role, whatever its name and id', () => {
    const byRole = wanted(
      { kind: 'tenant', key: 'home' },
      { issuer: 'acme.example' },
      { id: 'builtin:default-tenant' },
    );
    const { changes } = diff({ desired: desiredState([byRole]), live: liveState([tenant, fusionauth]) });
    expect(changes).toMatchObject([{ op: 'update', id: TENANT, edits: [{ pointer: '/issuer', to: 'acme.example' }] }]);
  });

  it('says so when an instance lacks a built-in', () => {
    const byRole = wanted({ kind: 'tenant', key: 'home' }, {}, { id: 'builtin:default-tenant' });
    expect(codes({ desired: desiredState([byRole]), live: liveState([]) })).toEqual(['diff/not-found']);
  });

  it('never changes a read-only built-in', () => {
    const shadow = wanted({ kind: 'key', key: 'shadow' }, { name: 'Mine now' }, { id: 'builtin:shadow-key' });
    const state = liveState([liveResource('key', '092dbedc-30af-4149-9c61-b578f2c72f59', { name: 'Shadow' })]);
    expect(codes({ desired: desiredState([shadow]), live: state })).toEqual(['plan/protected']);
  });

  it('never changes, makes or deletes the roles of the FusionAuth application', () => {
    const app = wanted({ kind: 'application', key: 'fusionauth' }, {}, { id: 'builtin:fusionauth-app' });
    const admin = liveResource('role', OTHER, { name: 'admin' }, { parentId: FUSIONAUTH });
    const state = liveState([tenant, fusionauth, admin]);
    const role = (name: string, fields = {}) =>
      wanted({ kind: 'role', key: `fusionauth/roles/${name}` }, { name, ...fields }, { parent: app.ref });
    const childLists = [{ parent: app.ref, kind: 'role', mode: 'only' as const, at: place() }];
    expect(codes({ desired: desiredState([app, role('captain')]), live: state })).toEqual(['plan/protected']);
    expect(codes({ desired: desiredState([app, role('admin', { isDefault: true })]), live: state })).toEqual([
      'plan/protected',
    ]);
    expect(lines({ desired: desiredState([app], { childLists }), live: state })).toEqual([
      'keep application/fusionauth',
    ]);
    expect(lines({ desired: desiredState([app, role('admin')]), live: state })).toContain(
      'keep role/fusionauth/roles/admin',
    );
  });

  it('reactivates an application that was deactivated', () => {
    const state = liveState([tenant, { ...live(idOf('application', 'web')), active: false }]);
    expect(lines({ desired: desiredState([main, web]), live: state })).toContain('reactivate application/web');
  });

  it('takes the only tenant for a resource that names none, and asks when there are two', () => {
    const nowhere = wanted({ kind: 'application', key: 'web' }, { name: 'Web' });
    expect(diff({ desired: desiredState([nowhere]), live: liveState([tenant]) }).changes[0]).toMatchObject({
      tenantId: TENANT,
    });
    const second = liveResource('tenant', OTHER, { name: 'Second' });
    expect(codes({ desired: desiredState([nowhere]), live: liveState([tenant, second]) })).toEqual([
      'desired/missing-field',
    ]);
  });

  it('follows was: to a role that was renamed in the files', () => {
    const web1 = { ...web, id: OTHER };
    const role = wanted(
      { kind: 'role', key: 'web/roles/manager' },
      { name: 'manager' },
      { parent: web.ref, was: 'boss' },
    );
    const boss = liveResource('role', '33333333-3333-4333-8333-333333333333', { name: 'boss' }, { parentId: OTHER });
    const { changes } = diff({
      desired: desiredState([main, web1, role]),
      live: liveState([tenant, live(OTHER), boss]),
    });
    expect(changes.find((change) => change.ref.kind === 'role')).toMatchObject({ op: 'update', id: boss.id });
  });
});

describe('references', () => {
  it('puts ids where logical keys, built-ins and existing objects stand', () => {
    const app = wanted(
      { kind: 'application', key: 'web' },
      { name: 'Web', tenantId: 'builtin:default-tenant', jwtConfiguration: { accessTokenKeyId: 'signing' } },
    );
    const existing = [{ ref: { kind: 'key', key: 'signing' }, match: { name: 'Corporate' }, at: place() }];
    const state = liveState([tenant, fusionauth, liveResource('key', OTHER, { name: 'Corporate' })]);
    const { changes } = diff({ desired: desiredState([app], { existing }), live: state });
    expect(changes[0]).toMatchObject({
      overlay: { fields: { tenantId: TENANT, jwtConfiguration: { accessTokenKeyId: OTHER } } },
    });
  });

  it('refer to an object before it exists, by the id it will have, and wait for it', () => {
    const key = wanted({ kind: 'key', key: 'signing' }, { name: 'Signing' });
    const app = wanted(
      { kind: 'application', key: 'web' },
      { name: 'Web', tenantId: TENANT, jwtConfiguration: { accessTokenKeyId: 'signing' } },
    );
    const { changes, dependencies } = diff({ desired: desiredState([app, key]), live: liveState([tenant]) });
    expect(changes[0]).toMatchObject({
      overlay: { fields: { jwtConfiguration: { accessTokenKeyId: idOf('key', 'signing') } } },
    });
    expect(dependencies.get('application/web')).toEqual(['key/signing']);
  });

  it('that lead nowhere are findings, all of them', () => {
    const app = wanted(
      { kind: 'application', key: 'web' },
      { name: 'Web', tenantId: 'nowhere', formId: 'builtin:nothing' },
    );
    expect(codes({ desired: desiredState([app]), live: liveState([tenant]) })).toEqual([
      'desired/unknown-reference',
      'diff/not-found',
    ]);
  });

  it('to an existing object that is not there, or there twice, are findings', () => {
    const missing = [{ ref: { kind: 'key', key: 'gone' }, match: { name: 'Gone' }, at: place() }];
    expect(codes({ desired: desiredState([], { existing: missing }), live: liveState([]) })).toEqual([
      'diff/not-found',
    ]);
    const twice = [{ ref: { kind: 'webhook', key: 'hook' }, match: { url: 'https://a.example' }, at: place() }];
    const hooks = [TENANT, OTHER].map((id) => liveResource('webhook', id, { url: 'https://a.example' }));
    expect(codes({ desired: desiredState([], { existing: twice }), live: liveState(hooks) })).toEqual([
      'diff/identity-conflict',
    ]);
  });
});

describe('ownership', () => {
  const app = (
    fields: Parameters<typeof wanted>[1],
    listModes: readonly (readonly [string, 'only' | 'atLeast'])[] = [],
  ) => wanted({ kind: 'application', key: 'web' }, fields, { id: OTHER, listModes: new Map(listModes) });
  const state = (body: Parameters<typeof liveResource>[2]) =>
    liveState([tenant, liveResource('application', OTHER, { name: 'Web', tenantId: TENANT, ...body })]);
  const edits = (resource: ReturnType<typeof app>, body: Parameters<typeof liveResource>[2]) => {
    const [change] = diff({ desired: desiredState([resource]), live: state(body) }).changes;
    return change && 'edits' in change ? change.edits.map((edit) => edit.pointer) : [];
  };

  it('never looks at a field that the files do not own', () => {
    expect(edits(app({ name: 'Web' }), { themeId: OTHER, data: { set: 'by hand' } })).toEqual([]);
  });

  it('owns maps per key', () => {
    expect(edits(app({ data: { ours: 1 } }), { data: { ours: 1, theirs: 2 } })).toEqual([]);
    expect(edits(app({ data: { ours: 1 } }), { data: { ours: 2 } })).toEqual(['/data/ours']);
  });

  it('takes {} to mean an empty map, and a struct written as {} to own nothing', () => {
    expect(edits(app({ data: {} }), { data: { theirs: 2 } })).toEqual(['/data']);
    expect(edits(app({ data: {} }), {})).toEqual([]);
    expect(edits(app({ loginConfiguration: {} }), { loginConfiguration: { requireAuthentication: false } })).toEqual(
      [],
    );
  });

  it('owns security maps whole', () => {
    expect(
      edits(app({ permissions: { '/api/user': ['GET'] } }), {
        permissions: { '/api/user': ['GET'], '/api/key': ['GET'] },
      }),
    ).toEqual(['/permissions']);
  });

  it('takes !only on a map for complete, and !atLeast on a security map for a part', () => {
    const only = app({ data: { ours: 1 } }, [['/data', 'only']]);
    expect(edits(only, { data: { ours: 1, theirs: 2 } })).toEqual(['/data']);
    const part = app({ permissions: { a: ['GET'] } }, [['/permissions', 'atLeast']]);
    expect(edits(part, { permissions: { a: ['GET'], b: ['GET'] } })).toEqual([]);
    expect(edits(part, { permissions: { b: ['GET'] } })).toEqual(['/permissions']);
  });

  it('takes a written list for complete, and a set for a set', () => {
    const listed = app({ oauthConfiguration: { redirects: ['https://b', 'https://a'] } });
    expect(edits(listed, { oauthConfiguration: { redirects: ['https://a', 'https://b'] } })).toEqual([]);
    expect(edits(listed, { oauthConfiguration: { redirects: ['https://a', 'https://b', 'https://c'] } })).toEqual([
      '/oauthConfiguration/redirects',
    ]);
  });

  it('lets the live list hold more under !atLeast', () => {
    const modes = [['/oauthConfiguration/redirects', 'atLeast']] as const;
    const listed = app({ oauthConfiguration: { redirects: ['https://a'] } }, modes);
    expect(edits(listed, { oauthConfiguration: { redirects: ['https://z', 'https://a'] } })).toEqual([]);
    expect(edits(listed, { oauthConfiguration: { redirects: ['https://z'] } })).toEqual([
      '/oauthConfiguration/redirects',
    ]);
  });

  it('compares the items of an ordered list in order, and only the fields written in them', () => {
    const listed = app({ policies: [{ id: 'a', domains: ['y', 'x'] }, { id: 'b' }] });
    const a = { id: 'a', domains: ['x', 'y'], migrate: false };
    expect(edits(listed, { policies: [a, { id: 'b', migrate: true }] })).toEqual([]);
    expect(edits(listed, { policies: [{ id: 'b' }, a] })).toEqual(['/policies']);
  });

  it('takes null for satisfied by absent or by the default of the server', () => {
    const cleared = app({ loginConfiguration: { requireAuthentication: null }, themeId: null });
    expect(edits(cleared, { loginConfiguration: { requireAuthentication: true } })).toEqual([]);
    expect(edits(cleared, { loginConfiguration: { requireAuthentication: false }, themeId: OTHER })).toEqual([
      '/loginConfiguration/requireAuthentication',
      '/themeId',
    ]);
  });

  it('compares in the normalisation of the server', () => {
    expect(edits(app({ name: '  Web ' }), {})).toEqual([]);
  });

  it('refuses a change in steps while the files do not own what it sets on the way', () => {
    const stepped = { path: 'strategy', by: { path: 'enabled', from: true }, source: 'docs' };
    const catalog = createCatalog(
      smallCatalog.kinds.map((kind) => (kind.kind === 'key' ? { ...kind, stepped: [stepped] } : kind)),
    );
    const codesWith = (fields: object, body: object): readonly string[] => {
      const key = wanted({ kind: 'key', key: 'gate' }, { name: 'Gate', ...fields }, { id: OTHER });
      const live = liveState([liveResource('key', OTHER, { name: 'Gate', strategy: 'old', ...body })]);
      try {
        return diffStates({ catalog, hashKey, desired: desiredState([key]), live }).changes.map(({ op }) => op);
      } catch (error) {
        return error instanceof KedgeError ? error.findings.map(({ code }) => code) : [String(error)];
      }
    };
    expect(codesWith({ strategy: 'new' }, { enabled: true })).toEqual(['desired/missing-field']);
    expect(codesWith({ strategy: 'new', enabled: true }, { enabled: true })).toEqual(['update']);
    expect(codesWith({ strategy: 'new' }, { enabled: false })).toEqual(['update']);
    expect(codesWith({ strategy: 'old' }, { enabled: true })).toEqual(['keep']);
  });

  it('takes another value of an immutable field for a replacement, with what it costs', () => {
    const second = liveResource('tenant', TENANT.replace('1', '4'), { name: 'Second' });
    const moved = wanted({ kind: 'application', key: 'web' }, { name: 'Web', tenantId: second.id }, { id: OTHER });
    const live = liveState([tenant, second, liveResource('application', OTHER, { name: 'Web', tenantId: TENANT })]);
    expect(diff({ desired: desiredState([moved]), live }).changes).toMatchObject([
      { op: 'replace', because: ['every user registration of the application'] },
    ]);
  });

  it('does not call a written path released because the server normalises it away', () => {
    const before = record([
      {
        kind: 'application',
        key: 'web',
        id: OTHER,
        adopted: true,
        paths: { '/data/blank': 'x', '/loginConfiguration': 'y' },
      },
    ]);
    const written = app({ name: 'Web', data: { blank: 'gone' } });
    const dropping = createCatalog(
      smallCatalog.kinds.map((kind) =>
        kind.kind === 'application' ? { ...kind, canonical: (body) => ({ ...body, data: {} }) } : kind,
      ),
    );
    const input = { catalog: dropping, hashKey, desired: desiredState([written]), live: state({}), record: before };
    expect(diffStates(input).released.map((path) => path.pointer)).toEqual(['/loginConfiguration']);
  });

  it('says which paths the files no longer own', () => {
    const before = record([
      { kind: 'application', key: 'web', id: OTHER, adopted: true, paths: { '/name': 'x', '/themeId': 'y' } },
    ]);
    const { released } = diff({ desired: desiredState([app({ name: 'Web' })]), live: state({}), record: before });
    expect(released).toEqual([{ ref: { kind: 'application', key: 'web' }, pointer: '/themeId' }]);
  });
});

describe('secrets', () => {
  const app = (fields: Parameters<typeof wanted>[1]) =>
    wanted({ kind: 'application', key: 'web' }, fields, { id: OTHER });
  const state = (body: Parameters<typeof liveResource>[2]) =>
    liveState([tenant, liveResource('application', OTHER, { name: 'Web', tenantId: TENANT, ...body })]);

  it('never appear in an edit or anywhere else in a difference', () => {
    const resource = app({
      oauthConfiguration: { clientSecret: 'written in clear' },
      data: { token: new Secret('env:TOKEN', 's3cr3t') },
    });
    const difference = diff({
      desired: desiredState([resource]),
      live: state({ oauthConfiguration: { clientSecret: 'live one' } }),
    });
    expect(difference.changes[0]).toMatchObject({
      edits: [
        { pointer: '/data/token', secret: true, source: 'env:TOKEN' },
        { pointer: '/oauthConfiguration/clientSecret', secret: true, source: 'literal' },
      ],
    });
    expect(JSON.stringify(difference.changes)).not.toMatch(/written in clear|s3cr3t|live one/);
  });

  it('that can be read back are compared by value', () => {
    const resource = app({ oauthConfiguration: { clientSecret: new Secret('env:S', 'same') } });
    expect(
      lines({ desired: desiredState([resource]), live: state({ oauthConfiguration: { clientSecret: 'same' } }) }),
    ).toEqual(['keep application/web']);
  });

  it('that cannot be read back are compared with the fingerprint in the record, and said to be not compared without one', () => {
    const resource = app({ vault: { secret: new Secret('env:S', 'now') } });
    const known = (value: string) =>
      record([
        {
          kind: 'application',
          key: 'web',
          id: OTHER,
          adopted: true,
          paths: { '/vault/secret': keyedHash(hashKey, value) },
        },
      ]);
    expect(diff({ desired: desiredState([resource]), live: state({}) }).notCompared).toMatchObject([
      { pointer: '/vault/secret', source: 'env:S' },
    ]);
    expect(lines({ desired: desiredState([resource]), live: state({}), record: known('now') })).toEqual([
      'keep application/web',
    ]);
    expect(lines({ desired: desiredState([resource]), live: state({}), record: known('before') })).toEqual([
      'update application/web',
    ]);
  });

  it('that were left out of the live state are not compared, not even those written in clear or in a list', () => {
    const resource = app({
      name: 'Web',
      oauthConfiguration: { clientSecret: 'written in clear' },
      data: { tokens: [new Secret('env:TOKEN', 's3cr3t')] },
      vault: {},
    });
    const input = { desired: desiredState([resource]), live: state({}), secrets: 'left-out' as const };
    expect(lines(input)).toEqual(['keep application/web']);
    expect(diff(input).notCompared.map(({ pointer, source }) => [pointer, source])).toEqual([
      ['/oauthConfiguration/clientSecret', 'literal'],
      ['/data/tokens', 'env:TOKEN'],
    ]);
  });

  it('that only a read by id shows ask for that read', () => {
    const resource = app({ mail: { password: new Secret('env:S', 'now') } });
    const input = { catalog: smallCatalog, hashKey, desired: desiredState([resource]), live: state({}) };
    expect(resourcesToDetail(input).map((live) => live.id)).toEqual([OTHER]);
    expect(resourcesToDetail({ ...input, desired: desiredState([app({ name: 'Web' })]) })).toEqual([]);
    const read = liveResource('application', OTHER, { name: 'Web', tenantId: TENANT }, { detailed: true });
    expect(resourcesToDetail({ ...input, live: liveState([tenant, read]) })).toEqual([]);
    expect(resourcesToDetail({ ...input, live: liveState([tenant]) })).toEqual([]);
  });
});

describe('who moved a field since the record', () => {
  const origin = (recorded: string, live: string, desired: string) => {
    const resource = wanted({ kind: 'application', key: 'web' }, { name: desired }, { id: OTHER });
    const before = record([
      { kind: 'application', key: 'web', id: OTHER, adopted: true, paths: { '/name': keyedHash(hashKey, recorded) } },
    ]);
    const state = liveState([tenant, liveResource('application', OTHER, { name: live, tenantId: TENANT })]);
    const [change] = diff({ desired: desiredState([resource]), live: state, record: before }).changes;
    return change && 'edits' in change ? change.edits[0]?.origin : undefined;
  };

  it('is the instance (drift), the files (pending), or both (conflict)', () => {
    expect(origin('Web', 'Hacked', 'Web')).toBe('drift');
    expect(origin('Web', 'Web', 'Portal')).toBe('pending');
    expect(origin('Web', 'Hacked', 'Portal')).toBe('conflict');
  });

  it('is the instance where the files clear a field that was clear', () => {
    const resource = wanted({ kind: 'application', key: 'web' }, { themeId: null }, { id: OTHER });
    const was = { kind: 'application', key: 'web', id: OTHER, adopted: true };
    const state = liveState([
      tenant,
      liveResource('application', OTHER, { name: 'Web', tenantId: TENANT, themeId: 'x' }),
    ]);
    const cleared = record([{ ...was, paths: { '/themeId': keyedHash(hashKey, null) } }]);
    expect(diff({ desired: desiredState([resource]), live: state, record: cleared }).changes[0]).toMatchObject({
      edits: [{ pointer: '/themeId', from: 'x', origin: 'drift' }],
    });
  });
});

describe('what should be gone', () => {
  const ours = liveResource('webhook', idOf('webhook', 'old-sink'), { url: 'https://old.example' });

  it('is what a tombstone names', () => {
    const tombstones = [{ ref: { kind: 'webhook', key: 'old-sink' }, at: place() }];
    const { changes } = diff({ desired: desiredState([], { tombstones }), live: liveState([ours]) });
    expect(changes).toMatchObject([{ op: 'delete', why: 'tombstone', id: ours.id }]);
    expect(lines({ desired: desiredState([], { tombstones }), live: liveState([]) })).toEqual([]);
  });

  it('is what carries the stamp of this project and is in no file any more', () => {
    expect(diff({ desired: desiredState([]), live: liveState([ours]) }).changes).toMatchObject([
      { op: 'delete', why: 'prune' },
    ]);
  });

  it('is never what was adopted, what somebody else made, or a built-in', () => {
    const theirs = liveResource('webhook', OTHER, { url: 'https://theirs.example' });
    const adopted = record([{ kind: 'webhook', key: 'theirs', id: OTHER, adopted: true, paths: {} }]);
    const { changes, unmanaged } = diff({
      desired: desiredState([]),
      live: liveState([theirs, tenant, fusionauth]),
      record: adopted,
    });
    expect(changes).toEqual([]);
    expect(unmanaged).toEqual([{ kind: 'webhook', id: OTHER, name: 'https://theirs.example' }]);
  });

  it('is a role that a written list does not name, unless the list is !atLeast', () => {
    const web = wanted({ kind: 'application', key: 'web' }, { name: 'Web' }, { id: OTHER });
    const live = liveState([
      tenant,
      liveResource('application', OTHER, { name: 'Web', tenantId: TENANT }),
      liveResource('role', TENANT, { name: 'admin' }, { parentId: OTHER }),
    ]);
    const list = (mode: 'only' | 'atLeast') => [{ parent: web.ref, kind: 'role', mode, at: place() }];
    expect(lines({ desired: desiredState([web], { childLists: list('only') }), live })).toContain(
      'delete role/web/roles/admin',
    );
    expect(lines({ desired: desiredState([web], { childLists: list('atLeast') }), live })).toEqual([
      'keep application/web',
    ]);
    expect(lines({ desired: desiredState([web]), live })).toEqual(['keep application/web']);
  });

  it('goes only after everything that refers to it has let go', () => {
    const hook = wanted({ kind: 'webhook', key: 'sink' }, { url: 'https://sink.example', tenantIds: [] });
    const stamped = liveResource('tenant', idOf('tenant', 'old'), { name: 'Old' });
    const live = liveState([
      stamped,
      liveResource('webhook', idOf('webhook', 'sink'), { url: 'https://sink.example', tenantIds: [stamped.id] }),
    ]);
    const { dependencies, locks } = diff({ desired: desiredState([hook]), live });
    expect(dependencies.get(`tenant/(${stamped.id})`)).toEqual(['webhook/sink']);
    expect(locks.get('webhook/sink')).toEqual([`tenant:${stamped.id}`, `webhook:${idOf('webhook', 'sink')}`]);
  });

  it('goes after what is in it and goes as well, and after nothing that names it no more', () => {
    const old = liveResource('application', idOf('application', 'old'), { name: 'Old', tenantId: TENANT });
    const admin = liveResource('role', OTHER, { name: 'admin' }, { parentId: old.id });
    const web = liveResource('application', idOf('application', 'web'), {
      name: 'Web',
      tenantId: TENANT,
      formId: null,
    });
    const tombstones = [
      { ref: { kind: 'application', key: 'old' }, at: place() },
      { ref: { kind: 'role', key: 'old/roles/admin' }, id: OTHER, at: place() },
    ];
    const kept = wanted({ kind: 'application', key: 'web' }, { name: 'Web', tenantId: TENANT });
    const { changes, dependencies } = diff({
      desired: desiredState([kept], { tombstones }),
      live: liveState([tenant, old, admin, web]),
    });
    expect(changes.map(changeLine)).toEqual([
      'delete application/old',
      'keep application/web',
      'delete role/old/roles/admin',
    ]);
    expect(dependencies.get('application/old')).toEqual(['role/old/roles/admin']);
  });
});

describe('a kind that could not be read', () => {
  it('is unknown, never empty: declaring, burying or pruning it is refused', () => {
    const app = wanted({ kind: 'webhook', key: 'sink' }, { url: 'https://a.example' });
    const live = liveState([], ['webhook']);
    expect(codes({ desired: desiredState([app]), live })).toEqual(['diff/unknown-kind-state']);
    const tombstones = [{ ref: { kind: 'webhook', key: 'old' }, at: place() }];
    expect(codes({ desired: desiredState([], { tombstones }), live })).toEqual(['diff/unknown-kind-state']);
    const policy = { prune: new Set(['webhook']), protect: [] };
    expect(codes({ desired: desiredState([], { policy }), live })).toEqual(['diff/unknown-kind-state']);
  });

  it('that nothing needs is only reported', () => {
    expect(diff({ desired: desiredState([]), live: liveState([], ['webhook']) }).unknownKinds).toEqual([
      { kind: 'webhook', why: 'the API key may not read it' },
    ]);
  });
});
