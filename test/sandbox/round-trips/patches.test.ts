import { afterAll, beforeAll, expect, test } from 'vitest';

import { withValueAt, valueAt } from '../../../src/sandbox/fields.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import type { World } from '../../contract/resources.js';
import { createNeighbours } from './neighbours.js';
import { patches, type Patched } from './patches.js';
import { merged, subjectOf, without, type RoundTrip } from './round-trip.js';
import { roundTrips } from './round-trips.js';

/** FusionAuth docs apis, "The PATCH HTTP Method"; fusionauth-issues #441 and #424 for the legacy way; RFC 6902; RFC 7396. */
let sandbox: Sandbox;
let world: World;
beforeAll(async () => {
  sandbox = await startSandbox();
  world = await createNeighbours(sandbox);
});
afterAll(() => sandbox.close());

const named = roundTrips.flatMap((trip) => {
  const patched = patches[trip.what];
  return patched === undefined ? [] : [[trip.what, trip, patched] as const];
});

const at = (path: string, value: unknown): object => withValueAt({}, path, value);

/** An object with something in all that is patched; what a patch of a media type makes of it, and of nothing else. */
async function prepared(trip: RoundTrip, { map, list, cleared, also = {} }: Patched) {
  const subject = subjectOf(trip, { target: sandbox, world });
  const { body } = await subject.make();
  const restated = (trip.restated ?? []).map((name) => [name, body[trip.wrapper][name]] as const);
  const parts = [
    subject.required,
    Object.fromEntries(restated),
    also,
    ...(map === undefined ? [] : [at(map, { first: '1' })]),
    ...(list === undefined ? [] : [at(list.path, [list.items(world)[0]])]),
    ...(cleared === undefined ? [] : [at(...cleared)]),
  ];
  const before = await subject.send('PUT', { [trip.wrapper]: parts.reduce(merged) });
  expect(before).toMatchObject({ status: 200 });
  return async (type: string, patch: unknown, path: string) => {
    const answer = await subject.send('PATCH', patch, type);
    expect(answer).toMatchObject({ status: 200 });
    expect(without(subject.shown(answer), [path])).toEqual(without(subject.shown(before), [path]));
    return valueAt(answer.body[trip.wrapper], path);
  };
}

const legacy = 'application/json';
const merge = 'application/merge-patch+json';
const operations = 'application/json-patch+json';
const pointer = ({ wrapper }: RoundTrip, path: string): string => `/${wrapper}/${path.replaceAll('.', '/')}`;

const ofMaps = named.filter(([, , { map }]) => map !== undefined);
const ofLists = named.filter(([, , { list }]) => list !== undefined);
const ofSet = named.filter(([, , { set }]) => set !== undefined);
const ofCleared = named.filter(([, , { cleared }]) => cleared !== undefined);

test.each(ofMaps)(
  'a map of a %s is merged, with null taking away, or changed by operations',
  async (_, trip, patched) => {
    const { map = '', mapReplaced } = patched;
    const send = await prepared(trip, patched);
    const of = (value: unknown): object => ({ [trip.wrapper]: at(map, value) });
    const second = await send(legacy, of({ second: '2' }), map);
    expect(second).toMatchObject({ second: '2' });
    expect(Object.hasOwn(Object(second), 'first')).toBe(mapReplaced !== true);
    expect(await send(merge, of({ first: '3', second: null }), map)).toEqual(
      without({ ...Object(second), first: '3' }, ['second']),
    );
    const add = { op: 'add', path: `${pointer(trip, map)}/third`, value: '4' };
    expect(await send(operations, [add], map)).toMatchObject({ first: '3', third: '4' });
  },
);

test.each(ofLists)(
  'trap: a list of a %s is appended to, replaced, or changed by operations',
  async (_, trip, patched) => {
    const { list, listReplaced } = patched;
    if (list === undefined) return;
    const [first, second] = list.items(world);
    const send = await prepared(trip, patched);
    const of = (value: unknown): object => ({ [trip.wrapper]: at(list.path, value) });
    const both = await send(legacy, of([second]), list.path);
    expect(both).toMatchObject(listReplaced === true ? [second] : [first, second]);
    expect(await send(merge, of([first]), list.path)).toMatchObject([first]);
    const path = pointer(trip, list.path);
    const swap = [
      { op: 'add', path: `${path}/-`, value: second },
      { op: 'remove', path: `${path}/0` },
    ];
    expect(await send(operations, swap, list.path)).toMatchObject([second]);
  },
);

test.each(ofCleared)('a field of a %s is cleared by null, or removed', async (_, trip, patched) => {
  const [path, value] = patched.cleared ?? ['', ''];
  const send = await prepared(trip, patched);
  const of = (given: unknown): object => ({ [trip.wrapper]: at(path, given) });
  expect(await send(legacy, of(null), path)).toBeUndefined();
  expect(await send(merge, of(value), path)).toEqual(value);
  expect(await send(merge, of(null), path)).toBeUndefined();
  expect(await send(operations, [{ op: 'add', path: pointer(trip, path), value }], path)).toEqual(value);
  expect(await send(operations, [{ op: 'remove', path: pointer(trip, path) }], path)).toBeUndefined();
});

test.each(ofSet)('a field of a %s is set in each way', async (_, trip, patched) => {
  const [path, first, second] = patched.set ?? ['', '', ''];
  const send = await prepared(trip, patched);
  const of = (given: unknown): object => ({ [trip.wrapper]: at(path, given) });
  expect(await send(legacy, of(first), path)).toEqual(first);
  expect(await send(merge, of(second), path)).toEqual(second);
  expect(await send(operations, [{ op: 'replace', path: pointer(trip, path), value: first }], path)).toEqual(first);
});

test('every kind that is patched has its part here', () => {
  expect(roundTrips.map(({ what }) => what).filter((what) => patches[what] === undefined)).toEqual([]);
});
