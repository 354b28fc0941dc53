import { randomUUID } from 'node:crypto';

import { answerErrors } from '../contract/known-errors.js';
import { resources, type Resource } from '../contract/resources.js';
import { specials } from '../contract/special-operations.js';
import type { Answer, Ask } from '../contract/target.js';
import { askFor, creation, inWorld } from '../contract/world.js';
import { deleting, type Instance } from './probe.js';
import { specialWrappers } from './special-wrappers.js';
import { inWords, type Statement } from './statement.js';

/** What an instance would not get back: a licence that is activated takes the place of the one it has. */
const spared: ReadonlySet<string> = new Set(['POST /api/reactor']);

/** Each kind is made, read, replaced, changed and deleted; and every other call is answered as its documentation says. */
export const contract: readonly Statement[] = [
  ...resources.flatMap(roundTrip),
  ...Object.entries(specials)
    .filter(([name]) => !spared.has(name))
    .map(([name, special]): Statement => {
      const wrapper = specialWrappers[name];
      const status = answerErrors[name]?.status ?? 200;
      return {
        says: `${name} is answered`,
        expected: wrapper === undefined ? String(status) : `${status} ${wrapper}`,
        observe: async (instance) => inWords(await special(instance), wrapper),
      };
    }),
];

/** An object of a kind that was just made. */
interface Made {
  readonly id: string;
  readonly answer: Answer;
  readonly send: (method: string, body?: object) => Promise<Answer>;
  /** The request that would make another one. */
  readonly another: () => object;
  readonly remove: () => Promise<Answer>;
}

function roundTrip(resource: Resource): readonly Statement[] {
  const { path, wrapper, patch = { data: { owner: 'crew' } } } = resource;
  const one = `${path}/{id}`;
  const withIdOf = ({ id }: Made, answer: Answer): string =>
    `${inWords(answer, wrapper)}${answer.body?.[wrapper]?.id === id ? ' with its id' : ''}`;
  const said = (says: string, expected: string, observe: (made: Made) => Promise<string>): Statement => ({
    says,
    expected,
    observe: async (instance) => {
      const made = await makeOne(resource, instance);
      if (made.answer.status !== 200) return `not made: ${inWords(made.answer)}`;
      try {
        return await observe(made);
      } finally {
        await made.remove();
      }
    },
  });
  const reading: readonly Statement[] = [
    said(`GET ${one} reads it`, `200 ${wrapper} with its id`, async (made) => withIdOf(made, await made.send('GET'))),
    said(`GET ${one} does not find one that was deleted`, '404', async ({ remove, send }) => {
      await remove();
      return inWords(await send('GET'), wrapper);
    }),
  ];
  return [
    said(`POST ${one} makes one of the required fields alone`, `200 ${wrapper} with its id`, (made) =>
      Promise.resolve(withIdOf(made, made.answer)),
    ),
    said(`POST ${one} refuses an id that is taken`, '400', async ({ send, another }) =>
      String((await send('POST', another())).status),
    ),
    ...(resource.readWithOwner === true ? [] : reading),
    said(`PUT ${one} takes what was read`, `200 ${wrapper}`, async ({ send, answer }) =>
      inWords(await send('PUT', { [wrapper]: answer.body[wrapper] }), wrapper),
    ),
    said(`PATCH ${one} changes a field`, `200 ${wrapper} changed`, async ({ send }) => {
      const answer = await send('PATCH', { [wrapper]: patch });
      const changed = Object.entries(patch).every(
        ([name, value]) => JSON.stringify(answer.body?.[wrapper]?.[name]) === JSON.stringify(value),
      );
      return `${inWords(answer, wrapper)}${changed ? ' changed' : ''}`;
    }),
    said(`DELETE ${one} is answered without a body`, '200 empty', async ({ remove }) => {
      const answer = await remove();
      return `${inWords(answer)}${answer.body === undefined ? ' empty' : ''}`;
    }),
  ];
}

async function makeOne(resource: Resource, instance: Instance): Promise<Made> {
  const { world } = instance;
  const id = randomUUID();
  const path = `${inWorld(resource.path, world)}/${id}`;
  const ask = (request: Ask): Promise<Answer> => askFor(resource, instance, request);
  const send: Made['send'] = (method, body) => ask({ method, path, ...(body === undefined ? {} : { body }) });
  const another = (): object => creation(resource, world);
  const remove = (): Promise<Answer> => ask({ method: 'DELETE', path: deleting(path) });
  return { id, answer: await send('POST', another()), send, another, remove };
}
