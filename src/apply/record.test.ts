import { describe, expect, test } from 'vitest';
import { createCatalog } from '../catalog/index.js';
import {
  type ApplyRecord,
  type Change,
  KedgeError,
  keyedHash,
  type Outcome,
  type Plan,
  type RecordedObject,
  Secret,
} from '../model/index.js';
import { acmeKind } from '../testing/acme-kinds.js';
import { hashKept, nextRecord, summaryOf } from './record.js';

const namespace = '0d8a7ab0-4ed8-44a5-b6b5-5d1c24a0a1e0';
const plan: Plan = {
  version: 1,
  environment: 'production',
  namespace,
  instance: 'https://auth.acme.test',
  serverVersion: undefined,
  hashKeyId: 'a-key',
  changes: [],
  kept: [],
  withheld: [],
  released: [],
  notCompared: [],
  unmanaged: [],
  unknownKinds: [],
  recorded: true,
  digest: 'sha256:01',
};

function recorded(key: string, more: Partial<RecordedObject> = {}): RecordedObject {
  return { kind: 'lambda', key, id: `${key}-id`, adopted: false, paths: { '/name': 'old' }, ...more };
}

function recordOf(...objects: RecordedObject[]): ApplyRecord {
  return { version: 1, namespace, environment: 'production', instant: 1, planDigest: 'sha256:00', objects };
}

type Written = Exclude<Change, { op: 'delete' | 'keep' | 'replace' }>;

function written(op: Written['op'], key: string, fields: Written['overlay']['fields'] = { name: key }): Written {
  return { op, ref: { kind: 'lambda', key }, id: `${key}-id`, overlay: { fields, listModes: {} }, edits: [] };
}

function applied(change: Change, paths?: Record<string, string>): Outcome {
  return { result: 'applied', change, attempts: 1, ms: 0, ...(paths && { paths }) };
}

const deletion = (key: string): Change => ({
  op: 'delete',
  ref: { kind: 'lambda', key },
  id: `${key}-id`,
  why: 'prune',
});
const error = new KedgeError({ code: 'live/rejected', message: 'no' });

function next(input: Partial<Parameters<typeof nextRecord>[0]>): readonly RecordedObject[] {
  return nextRecord({ previous: undefined, plan, outcomes: [], hashes: new Map(), instant: 2, ...input }).objects;
}

describe('the next record', () => {
  test('holds what was created, and what was found as found', () => {
    const outcomes = [
      applied(written('create', 'claims'), { '/name': 'h1' }),
      applied(written('adopt', 'audit'), { '/name': 'h2' }),
    ];
    expect(next({ outcomes })).toEqual([
      recorded('audit', { adopted: true, paths: { '/name': 'h2' } }),
      recorded('claims', { paths: { '/name': 'h1' } }),
    ]);
  });

  test('says which plan, when and from which commit', () => {
    expect(
      nextRecord({ previous: undefined, plan, outcomes: [], hashes: new Map(), instant: 2, commit: 'abc' }),
    ).toEqual({
      version: 1,
      namespace,
      environment: 'production',
      instant: 2,
      commit: 'abc',
      planDigest: 'sha256:01',
      objects: [],
    });
  });

  test('keeps the entry of what failed, was skipped, or was not in the plan', () => {
    const previous = recordOf(recorded('a'), recorded('b'), recorded('c'));
    const outcomes: Outcome[] = [
      { result: 'failed', change: written('update', 'a'), error },
      { result: 'skipped', change: deletion('b'), because: 'lambda/a failed' },
    ];
    expect(next({ previous, outcomes })).toEqual(previous.objects);
  });

  test('has no entry for what was deleted, and none for a create that failed', () => {
    const outcomes: Outcome[] = [applied(deletion('a')), { result: 'failed', change: written('create', 'b'), error }];
    expect(next({ previous: recordOf(recorded('a')), outcomes })).toEqual([]);
  });

  test('takes the hashes of what is kept, and what was created once stays so', () => {
    const kept = [{ ...written('update', 'claims'), op: 'keep' } as const];
    const hashes = new Map([['lambda/claims', { '/name': 'now' }]]);
    const previous = recordOf(recorded('claims'));
    expect(next({ previous, plan: { ...plan, kept }, hashes })).toEqual([
      recorded('claims', { paths: { '/name': 'now' } }),
    ]);
  });

  test('takes what is kept without ever having been recorded as adopted, unless its id is of this project', () => {
    const kept = [{ ...written('update', 'claims'), op: 'keep' } as const];
    expect(next({ plan: { ...plan, kept } })).toMatchObject([{ adopted: true }]);
  });

  test('forgets paths that nobody owns any more, and remembers a secret that was not written', () => {
    const fields = { name: 'claims', password: new Secret('env:P', 'p') };
    const previous = recordOf(
      recorded('claims', { paths: { '/name': 'o', '/debug': 'o', '/password': 'secret-hash' } }),
    );
    const outcomes = [applied(written('update', 'claims', fields), { '/name': 'n' })];
    expect(next({ previous, outcomes })[0]?.paths).toEqual({ '/name': 'n', '/password': 'secret-hash' });
  });

  test('has a moved object under its new key alone', () => {
    const previous = recordOf(recorded('old', { id: 'claims-id', adopted: true }));
    const outcomes = [applied(written('update', 'claims'), { '/name': 'n' })];
    expect(next({ previous, outcomes })).toEqual([recorded('claims', { adopted: true, paths: { '/name': 'n' } })]);
  });
});

test('hashes of what is kept are those of the live values, and none of a secret that cannot be read', () => {
  const secrets = [{ path: 'password', readBack: 'never', onOmit: 'kept', source: 'made for tests' }] as const;
  const fields = { name: ' claims ', password: new Secret('env:P', 'p') };
  const kept = [{ ...written('update', 'claims', fields), op: 'keep' } as const];
  const live = new Map([
    ['lambda/claims', { kind: 'lambda', id: 'claims-id', body: { id: 'claims-id', name: 'claims' }, detailed: true }],
  ]);
  const catalog = createCatalog([acmeKind({ secrets })]);
  expect(hashKept({ plan: { ...plan, kept }, live, catalog, hashKey: 'k' })).toEqual(
    new Map([['lambda/claims', { '/name': keyedHash('k', 'claims') }]]),
  );
});

test('a summary counts what happened, in the order of a plan', () => {
  const outcomes: Outcome[] = [
    applied(deletion('a')),
    applied(written('create', 'b')),
    applied(written('create', 'c')),
    { result: 'failed', change: written('update', 'd'), error },
  ];
  expect(summaryOf(outcomes)).toBe('2 created, 1 deleted, 1 failed');
  expect(summaryOf([])).toBe('nothing to do');
});
