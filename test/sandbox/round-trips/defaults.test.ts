import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import type { World } from '../../contract/resources.js';
import type { Answer } from '../../contract/target.js';
import { createNeighbours } from './neighbours.js';
import { merged, subjectOf, without, type RoundTrip, type Subject } from './round-trip.js';
import { roundTrips } from './round-trips.js';

let sandbox: Sandbox;
let world: World;
beforeAll(async () => {
  sandbox = await startSandbox();
  world = await createNeighbours(sandbox);
});
afterAll(() => sandbox.close());

const named = roundTrips.map((trip) => [trip.what, trip] as const);

/** What an object looks like that has its required fields and the documented defaults. */
const plain = ({ defaults, made = [] }: RoundTrip, { required }: Subject): unknown =>
  without(merged(required, defaults(world)), made);

describe('of the required fields alone', () => {
  test.each(named)('a %s is made with the documented defaults', async (_, trip) => {
    const subject = subjectOf(trip, { target: sandbox, world });
    const answer = await subject.make();
    expect({ status: answer.status, shown: answer.body?.fieldErrors ?? subject.shown(answer) }).toEqual({
      status: 200,
      shown: plain(trip, subject),
    });
  });

  test.each(named)('a %s that is put goes back to them', async (_, trip) => {
    const subject = subjectOf(trip, { target: sandbox, world });
    const { body: made } = await subject.make();
    const restated = Object.fromEntries((trip.restated ?? []).map((name) => [name, made[trip.wrapper][name]]));
    const put = (object: object): Promise<Answer> =>
      subject.send('PUT', { [trip.wrapper]: { ...object, ...restated } });
    const changed = await put(merged(subject.required, trip.changed(world)));
    expect(changed).toMatchObject({ status: 200 });
    expect(subject.shown(changed)).not.toEqual(plain(trip, subject));
    const answer = await put(subject.required);
    expect({ status: answer.status, shown: answer.body?.fieldErrors ?? subject.shown(answer) }).toEqual({
      status: 200,
      shown: plain(trip, subject),
    });
  });
});
