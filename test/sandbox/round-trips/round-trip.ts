import { randomUUID } from 'node:crypto';

import { valueAt, withValueAt } from '../../../src/sandbox/fields.js';
import { mergePatch } from '../../../src/sandbox/patch.js';
import { resources, type Resource, type World } from '../../contract/resources.js';
import type { Answer, Ask } from '../../contract/target.js';
import { askFor, inWorld, type Surroundings } from '../../contract/world.js';

/** A kind, or a type of a kind, and what is documented of an object of which only the required fields were sent. */
export interface RoundTrip extends Resource {
  /** What it is called in the name of a test. */
  readonly what: string;
  /** There is exactly one: it is put, never made. */
  readonly single?: true;
  /** Every other field that an answer has. */
  readonly defaults: (world: World) => object;
  /** Dotted paths of what the server makes up, or takes from elsewhere on the instance. */
  readonly made?: readonly string[];
  /** Other values of fields that have a default, or may be absent. */
  readonly changed: (world: World) => object;
  /** Fields made up on a create that a PUT has to have. */
  readonly restated?: readonly string[];
  /** Who says so. */
  readonly source: string;
}

type Documented = Omit<RoundTrip, keyof Resource | 'what'> & Partial<Resource> & { readonly what?: string };

/** What is documented of a kind that the contract has. */
export function documented(path: string, said: Documented): RoundTrip {
  const resource = resources.find((candidate) => candidate.path === path);
  if (resource === undefined) throw new Error(`no resource ${path}`);
  return { what: resource.wrapper, ...resource, ...said };
}

/** One object of a kind, and how it is asked about. */
export interface Subject {
  /** The fields that make it. */
  readonly required: object;
  readonly make: () => Promise<Answer>;
  readonly send: (method: string, body?: unknown, contentType?: string) => Promise<Answer>;
  /** The object of an answer, without what differs from one to the next. */
  readonly shown: (answer: Answer) => unknown;
}

let count = 0;

/** An object that is still to be made. */
export function subjectOf(trip: RoundTrip, surroundings: Surroundings): Subject {
  const { wrapper, single, made = [], beside } = trip;
  const { world } = surroundings;
  const base = inWorld(trip.path, world);
  const path = single === true ? base : `${base}/${randomUUID()}`;
  const required = trip.fields(world, (count += 1));
  const ask = (request: Ask): Promise<Answer> => askFor(trip, surroundings, request);
  return {
    required,
    make: () =>
      ask({
        method: single === true ? 'PUT' : 'POST',
        path,
        body: { [wrapper]: required, ...beside?.(world) },
      }),
    send: (method, body, contentType) =>
      ask({
        method,
        path,
        ...(body === undefined ? {} : { body }),
        ...(contentType === undefined ? {} : { contentType }),
      }),
    shown: ({ body }) => without(body?.[wrapper], [...ofEvery, ...made]),
  };
}

const ofEvery = ['id', 'insertInstant', 'lastUpdateInstant', 'tenantId'] as const;

/** Objects laid over each other at every level; lists are not. */
export function merged(below: object, above: object): object {
  return Object(mergePatch(below, above));
}

/** An object without what stands at these paths. */
export function without(object: unknown, paths: readonly string[]): unknown {
  if (typeof object !== 'object' || object === null) return object;
  return paths
    .filter((path) => valueAt(object, path) !== undefined)
    .reduce((result, path) => withValueAt(result, path, undefined), { ...object });
}
