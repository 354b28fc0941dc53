import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import type { World } from '../../contract/resources.js';
import { ask, codesOf, type Answer } from '../../contract/target.js';
import { inWorld } from '../../contract/world.js';
import { without } from '../round-trips/round-trip.js';
import { documentedErrors } from './documented-errors.js';
import type { DocumentedExample } from './documented-example.js';
import { documentedExamples } from './documented-examples.js';
import { createSurroundings } from './surroundings.js';

let sandbox: Sandbox;
let world: World;
beforeAll(async () => {
  sandbox = await startSandbox();
  world = await createSurroundings(sandbox);
});
afterAll(() => sandbox.close());

let count = 0;

function send({ call, ofTenant }: Pick<DocumentedExample, 'call' | 'ofTenant'>, body?: unknown): Promise<Answer> {
  const [method = '', path = ''] = call.split(' ');
  const { defaultTenantId = '' } = world;
  return ask(sandbox, {
    method,
    path: inWorld(path, world),
    ...(body === undefined ? {} : { body }),
    ...(ofTenant === true ? { tenantId: defaultTenantId } : {}),
  });
}

test.each(documentedExamples.map((example) => [example.sample, example] as const))(
  'the sample %s is accepted, and comes back as documented',
  async (_, example) => {
    const { body, hidden = [], shown, readBack } = example;
    const request = body(world, (count += 1));
    const sent = await send(example, request);
    expect([sent.status, codesOf(sent)]).toEqual([200, []]);
    const answer = readBack === undefined ? sent : await send({ ...example, call: `GET ${readBack}` });
    expect(answer.body).toMatchObject(Object(without(request, hidden)));
    expect(answer.body).toMatchObject(shown?.(world) ?? {});
  },
);

describe('what the samples have that the documented rules do not allow', () => {
  test.each(documentedErrors.map((error) => [error.sample, error.what, error] as const))(
    '%s: %s',
    async (_, __, error) => {
      const { status, body } = await send(error, error.body(world, (count += 1)));
      const { fields, ignored } = { fields: [], ignored: undefined, ...error };
      expect([status, Object.keys(body.fieldErrors ?? {})]).toEqual([error.answer === 'refused' ? 400 : 200, fields]);
      expect(JSON.stringify(body)).not.toContain(ignored ?? 'nothing is ignored here');
    },
  );
});
