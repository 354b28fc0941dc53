import { randomBytes, randomUUID } from 'node:crypto';

import { noEvents, type Events, type SandboxEvent } from '../events/event.js';
import { indexRules, type InstanceOptions } from '../instance.js';
import type { Answer, Call, Instance, Kind } from '../kind.js';
import { routesOf } from '../routes.js';
import { createIndexes, keepIndexes } from '../search-engine/keep-indexes.js';
import { createSeedIds } from '../seeds/ids.js';
import { Store } from '../store.js';
import { defaultSwitches } from '../switches.js';

/** Events that keep what they are told, for tests. */
export function recordedEvents(): {
  readonly told: SandboxEvent[];
  readonly types: () => string[];
  readonly events: Events;
} {
  const told: SandboxEvent[] = [];
  return { told, types: () => told.map(({ type }) => type), events: { send: async (event) => void told.push(event) } };
}

/** An instance with an empty store that knows the indexes of some kinds, for tests of handlers without a server. */
export function emptyInstance(
  kinds: readonly Kind[],
  options: Partial<Pick<InstanceOptions, 'now' | 'search' | 'searchLagMs'>> & { readonly events?: Events } = {},
): Instance {
  let instant = Date.UTC(2026, 0, 15, 8, 30);
  const { search = 'database', searchLagMs = 0, now = () => (instant += 1) } = options;
  const instance: Instance = {
    store: new Store(indexRules(kinds)),
    switches: defaultSwitches(),
    seeds: createSeedIds(randomUUID),
    fusionauth: '1.69.0',
    search,
    now,
    uuid: randomUUID,
    random: (length) => randomBytes(length),
    later: () => undefined,
    events: options.events ?? noEvents,
    indexes: createIndexes(kinds, { search, searchLagMs }),
  };
  keepIndexes(instance);
  return instance;
}

/** Calls a kind's route, as the server would. */
export async function callRoute(
  kind: Kind,
  instance: Instance,
  request: {
    readonly method: string;
    readonly path: string;
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: string;
    readonly body?: unknown;
    readonly contentType?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly tenantId?: string;
  },
): Promise<Answer> {
  const route = routesOf(kind).find(({ method, path }) => method === request.method && path === request.path);
  if (route === undefined) throw new Error(`${kind.name} has no route ${request.method} ${request.path}`);
  const call: Call = {
    instance,
    apiKey: undefined,
    tenantId: request.tenantId,
    method: request.method,
    path: request.path,
    params: request.params ?? {},
    query: new URLSearchParams(request.query),
    headers: new Headers(request.headers),
    contentType: request.contentType ?? 'application/json',
    body: request.body,
  };
  return route.handle(call);
}
