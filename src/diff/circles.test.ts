import { describe, expect, it } from 'vitest';
import { createCatalog } from '../catalog/index.js';
import { type Change, changeKey, type DesiredObject, type DesiredResource, type LiveResource } from '../model/index.js';
import { desiredState, idOf, liveResource, liveState, smallCatalog, wanted } from '../testing/small-catalog.js';
import { diffStates } from './index.js';

/** Keys that name two other keys: `peer` may come later, `guard` a create cannot do without, and one of a type not without its `twin`. */
const catalog = createCatalog(
  smallCatalog.kinds.map((kind) =>
    kind.kind === 'key'
      ? {
          ...kind,
          refs: [
            { path: 'peers[].id', kind: 'key' },
            { path: 'guard', kind: 'key' },
            { path: 'fixed', kind: 'key' },
            { path: 'twin', kind: 'key' },
          ],
          required: ['name', 'guard'],
          types: { Paired: { clientType: 'Key', required: ['twin'] } },
          immutable: [{ path: 'fixed', lost: 'all' }],
        }
      : kind,
  ),
);

const key = (name: string, more: DesiredObject): DesiredResource =>
  wanted({ kind: 'key', key: name }, { name, guard: 'none', ...more });
const none = liveResource('key', '44444444-4444-4444-8444-444444444444', { name: 'none' });

/** Each change with its edits and what it waits for. */
function unwound(resources: readonly DesiredResource[], live: readonly LiveResource[] = []): readonly string[] {
  const existing = [{ ref: { kind: 'key', key: 'none' }, match: { id: none.id }, at: { file: 'a', line: 1, col: 1 } }];
  const { changes, dependencies } = diffStates({
    catalog,
    hashKey: 'circles',
    desired: desiredState(resources, { existing }),
    live: liveState([none, ...live]),
  });
  const line = (change: Change): string => {
    const edits = 'edits' in change ? change.edits.map(({ pointer }) => pointer).join(' ') : '';
    return `${change.op} ${changeKey(change)}: ${edits} after ${(dependencies.get(changeKey(change)) ?? []).join(', ')}`;
  };
  return changes.map((change) => line(change).replaceAll('key/', ''));
}

const peers = (...names: readonly string[]): DesiredObject => ({ peers: names.map((id) => ({ id })) });

describe('a circle of references', () => {
  it('among objects to create is broken by an update after both', () => {
    expect(unwound([key('a', peers('b')), key('b', peers('a'))])).toEqual([
      'create a: /guard /name after ',
      'update a (completed): /peers after a, b',
      'create b: /guard /name /peers after a',
    ]);
  });

  it('of three is broken once, and two that share an object twice', () => {
    expect(unwound([key('a', peers('b')), key('b', peers('c')), key('c', peers('a'))])).toEqual([
      'create a: /guard /name after ',
      'update a (completed): /peers after a, b',
      'create b: /guard /name /peers after c',
      'create c: /guard /name /peers after a',
    ]);
    expect(unwound([key('a', peers('b')), key('b', peers('a', 'c')), key('c', peers('b'))])).toEqual([
      'create a: /guard /name after ',
      'update a (completed): /peers after a, b',
      'create b: /guard /name after a',
      'update b (completed): /peers after a, b, c',
      'create c: /guard /name /peers after b',
    ]);
  });

  it('through an object that is there needs no second write', () => {
    const there = liveResource('key', idOf('key', 'a'), { name: 'a', guard: none.id });
    expect(unwound([key('a', peers('b')), key('b', { guard: 'a' })], [there])).toEqual([
      'update a: /peers after b',
      'create b: /guard /name after ',
    ]);
  });

  it('is broken where a create can do without, and not at what it needs', () => {
    expect(unwound([key('a', { guard: 'b' }), key('b', peers('a'))])).toEqual([
      'create a: /guard /name after b',
      'create b: /guard /name after ',
      'update b (completed): /peers after a, b',
    ]);
  });

  it.each([
    ['required', { guard: 'b' }, { guard: 'a' }, '/guard /name'],
    ['immutable', { fixed: 'b' }, { fixed: 'a' }, '/fixed /guard /name'],
  ])('that goes through %s fields only stays, for the plan to name', (_, first, second, edits) => {
    expect(unwound([key('a', first), key('b', second)])).toEqual([
      `create a: ${edits} after b`,
      `create b: ${edits} after a`,
    ]);
  });

  it('leaves one of names', () => {
    const live = [['a', 'b'] as const, ['b', 'a'] as const].map(([of, name]) =>
      liveResource('key', idOf('key', of), { name, guard: none.id }),
    );
    expect(unwound([key('a', peers('b')), key('b', peers('a'))], live)).toEqual([
      'update a: /name /peers after b',
      'update b: /name /peers after a',
    ]);
  });

  it('through a deactivated object waits for it to be brought back', () => {
    const gone = liveResource('key', idOf('key', 'a'), { name: 'a', guard: none.id }, { active: false });
    expect(unwound([key('a', peers('b')), key('b', { guard: 'a' })], [gone])).toEqual([
      'reactivate a: /peers after b',
      'create b: /guard /name after a',
    ]);
    expect(unwound([key('a', peers('b')), key('b', peers('a'))], [gone])).toEqual([
      'reactivate a: /peers after b',
      'create b: /guard /name after ',
      'update b (completed): /peers after a, b',
    ]);
  });

  it('is not broken at what objects of the type cannot do without', () => {
    const typed = (name: string, more: DesiredObject): DesiredResource => key(name, { type: 'Paired', ...more });
    expect(unwound([typed('a', { twin: 'b' }), key('b', { twin: 'a' })])).toEqual([
      'create a: /guard /name /twin /type after b',
      'create b: /guard /name after ',
      'update b (completed): /twin after a, b',
    ]);
  });

  it('of one object that refers to itself is none: its id is known before it is made', () => {
    expect(unwound([key('a', peers('a'))])).toEqual(['create a: /guard /name /peers after ']);
  });
});
