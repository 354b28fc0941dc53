import { randomBytes } from 'node:crypto';

import { parseAction, type AdministratorRequest } from './administrator/action.js';
import { Administrator } from './administrator/administrator.js';
import { createApp } from './app.js';
import { controlRoutes } from './control.js';
import type { PostResponse } from './events/post.js';
import type { WebhookEventLog } from './events/webhook-log.js';
import { Faults, type Fault } from './faults.js';
import { storeFreshInstall } from './fresh-install.js';
import { openInstance, uuidOf } from './instance.js';
import { generateKey } from './keys/generate.js';
import type { Kickstart } from './kickstart/kickstart.js';
import { loadKickstart } from './kickstart/load.js';
import { runKickstart } from './kickstart/run.js';
import type { Instance } from './kind.js';
import { installedApiKey } from './kinds/api-key.js';
import { applyLicence } from './kinds/reactor.js';
import { kinds } from './kinds/registry.js';
import { listen } from './listen.js';
import { withoutLogs } from './log-settings.js';
import { createPassage, type Passing } from './passage.js';
import { switchesOf } from './quirks/registry.js';
import { rsaSigningKey } from './quirks/rsa-signing-key.js';
import { RequestLog, type RequestReport } from './request-log.js';
import { createSeedIds, forceSeedIds, type SeedIds } from './seeds/ids.js';
import { loadState, saveState, type SavedState } from './state-file.js';
import type { Fields, StoreSnapshot } from './store.js';
import { checkSwitches, defaultSwitches, type Switches } from './switches.js';
import { trustsProxy } from './trusted-proxies.js';
import { isAtLeast, newestVersion, parseVersion } from './version.js';

/** The API key of a sandbox that is given none. */
export const defaultApiKey = 'kedge-sandbox-api-key';

/** How a sandbox is started. Everything has a default. */
export interface SandboxOptions {
  /** The address to listen on, default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: any port that is free. */
  readonly port?: number;
  /** An unrestricted key. Default {@link defaultApiKey}, or the first key of the kickstart. */
  readonly apiKey?: string;
  /** Path of a kickstart file that is run on the fresh install. */
  readonly kickstart?: string;
  /** The version to be like, `1.48` to `1.69`; default `1.69.0`. */
  readonly fusionauth?: string;
  /** The search engine to be like, default `database`. */
  readonly search?: 'database' | 'elasticsearch';
  /** With Elasticsearch: a write is found by searches after so many milliseconds, or a refresh. Default 0: at once. */
  readonly searchLagMs?: number;
  /** Every answer waits so long, in milliseconds, default 0. */
  readonly latencyMs?: number;
  /** A folder to keep the state in; what is there already is taken up, and no kickstart runs. Default: memory only. */
  readonly dataDir?: string;
  /** Behaviours that are not known for sure; see the switches. */
  readonly switches?: Partial<Switches>;
  /** For `#{ENV.NAME}` in a kickstart, default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970, default the system's clock. */
  readonly clock?: () => number;
  /** So many random bytes, for ids and secrets; default the system's. Key pairs are always truly random. */
  readonly random?: (length: number) => Uint8Array;
  /** Bodies that are longer are answered 413; default 50 MB. */
  readonly maxBodyBytes?: number;
  /** Takes one line about something unusual; default: nobody is told. */
  readonly log?: (line: string) => void;
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:39213`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly apiKey: string;
  /** Back to the fresh install, with what the kickstart made; requests, faults and switches too. */
  readonly reset: () => Promise<void>;
  /** What was asked since the start, the last reset or the last {@link Sandbox.clearRequests}. */
  readonly requests: () => RequestReport;
  /** Forgets what was asked so far. */
  readonly clearRequests: () => void;
  /** Lets requests go wrong, as `POST /__sandbox/faults` does. */
  readonly addFault: (fault: Fault) => void;
  /** Requests go right again. */
  readonly clearFaults: () => void;
  /** The events that happened since the start, the last reset or {@link Sandbox.clearEvents}; of many, the last thousand. */
  readonly events: () => readonly WebhookEventLog[];
  /** Forgets the events so far; the webhook event log stays. */
  readonly clearEvents: () => void;
  /**
   * Does what an administrator does in the user interface: a call of the API, with an entry in the audit log.
   * @returns the API's own answer. @throws {@link AdministratorError} for an action that is none.
   */
  readonly administer: (action: AdministratorRequest) => Promise<Response>;
  /** Sends an event to one webhook, by default one of type `test`; undefined when there is no such webhook. */
  readonly testWebhook: (
    webhookId: string,
    event?: Readonly<Record<string, unknown>>,
  ) => Promise<PostResponse | undefined>;
  /**
   * Resolves when nothing is under way in the background any more, so that a test need not sleep. What waits for its time is
   * done at once: another try at a webhook, the rest of `DELETE /api/tenant/{id}?async=true`.
   */
  readonly settle: () => Promise<void>;
  /** Stops listening and closes idle connections at once; what is under way gets a second. */
  readonly close: () => Promise<void>;
}

const defaultMaxBodyBytes = 50 * 1024 * 1024;

/**
 * Starts a FusionAuth in memory and listens.
 * @throws {@link KickstartError} when the kickstart cannot be read or one of its requests is refused,,
 *   {@link SwitchError} for a switch that there is not, and {@link VersionError} for a version it cannot be like.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, dataDir, latencyMs = 0, log = () => undefined } = options;
  const fusionauth = parseVersion(options.fusionauth ?? newestVersion);
  const switches: Switches = {
    ...defaultSwitches(),
    ...switchesOf(fusionauth),
    ...checkSwitches(options.switches ?? {}),
  };
  const { seeds, kickstart, state } = prepare(options);
  const { instance, events, settle, cancel } = openInstance({
    kinds,
    seeds,
    switches: { ...switches },
    fusionauth,
    search: options.search ?? 'database',
    searchLagMs: options.searchLagMs ?? 0,
    now: options.clock ?? Date.now,
    random: options.random ?? randomBytes,
    changed: () => save(),
    report: log,
  });
  const faults = new Faults();
  const requests = new RequestLog();
  let fresh: StoreSnapshot = state?.fresh ?? { objects: {}, counters: {} };
  let listening = false;
  const save = (): void => {
    if (dataDir === undefined || !listening) return;
    saveState(dataDir, { version: 1, seeds, fresh, now: instance.store.snapshot() });
  };
  const reset = (): void => {
    cancel();
    requests.clear();
    faults.clear();
    Object.assign(instance.switches, switches);
    instance.store.restore(fresh);
    applyLicence(instance);
    save();
  };
  const app = createApp({
    instance,
    kinds,
    maxBodyBytes: options.maxBodyBytes ?? defaultMaxBodyBytes,
    saved: save,
    log,
  });
  const apiKey = options.apiKey ?? kickstart?.apiKeys[0]?.key ?? defaultApiKey;
  if (state === undefined) {
    await install(instance);
    const request = async (path: string, init: RequestInit): Promise<Response> => app.request(path, init);
    const addKey = ({ fields }: { readonly fields: Fields }): void => addApiKey(instance, fields);
    if (kickstart !== undefined) await runKickstart(kickstart, { request, addApiKey: addKey });
    ensureApiKey(instance, apiKey);
    fresh = withoutLogs(instance.store.snapshot());
  } else {
    instance.store.restore(state.now);
    applyLicence(instance);
    ensureApiKey(instance, apiKey);
  }
  const answer = async (request: Request, passing: Passing): Promise<Response> => app.fetch(request, { ...passing });
  const administrator = new Administrator({ instance, kinds, answer });
  const testWebhook: Sandbox['testWebhook'] = async (webhookId, event) => {
    const webhook = instance.store.get('webhook', webhookId);
    return webhook === undefined ? undefined : events.test(webhook, event);
  };
  const control = controlRoutes({
    requests,
    faults,
    switches: instance.switches,
    events,
    settle,
    administer: (action, client) => administrator.act(action, client),
    testWebhook,
    reset,
  });
  const passage = createPassage({
    answer,
    control: (request, client) => control.fetch(request, { client }),
    faults,
    requests,
    trustsProxy: (address) => trustsProxy(address, instance.store),
    latencyMs,
    now: instance.now,
  });
  const server = await listen(passage, { host, port });
  listening = true;
  save();
  if (kickstart !== undefined && state === undefined) await tellOfKickstart(instance);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`,
    port: server.port,
    apiKey,
    reset: async () => reset(),
    requests: () => requests.report(),
    clearRequests: () => requests.clear(),
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    events: () => events.list(),
    clearEvents: () => events.forget(),
    administer: async (action) => administrator.act(parseAction(action)),
    testWebhook,
    settle,
    close: async () => {
      cancel();
      await server.close();
    },
  };
}

/** The ids of the install, and what is to be run on it or was there before. */
function prepare(options: SandboxOptions): {
  readonly seeds: SeedIds;
  readonly kickstart: Kickstart | undefined;
  readonly state: SavedState | undefined;
} {
  const state = options.dataDir === undefined ? undefined : loadState(options.dataDir);
  const random = options.random ?? randomBytes;
  const uuid = (): string => uuidOf(random(16));
  const ids = state?.seeds ?? createSeedIds(uuid);
  if (options.kickstart === undefined) return { seeds: ids, kickstart: undefined, state };
  const kickstart = loadKickstart(options.kickstart, { ids, env: options.env ?? process.env, uuid });
  return { seeds: state?.seeds ?? forceSeedIds(ids, kickstart.ids), kickstart, state };
}

/** Its webhooks may call back at once: the server listens by now. Source: FusionAuth docs, event `kickstart.success`. */
async function tellOfKickstart({ events, uuid }: Instance): Promise<void> {
  await events.send({ type: 'kickstart.success', fields: { instanceId: uuid() } });
}

async function install(instance: Instance): Promise<void> {
  const { seeds, now, fusionauth } = instance;
  const signingKey = await generateKey({
    id: seeds.defaultSigningKey,
    algorithm: isAtLeast(fusionauth, rsaSigningKey.since) ? 'RS256' : 'HS256',
    length: 2048,
    issuer: 'acme.com',
    now: now(),
  });
  storeFreshInstall(instance, { kinds, signingKey });
}

function ensureApiKey(instance: Instance, key: string): void {
  if (instance.store.find('apiKey', 'key', key) === undefined) addApiKey(instance, { key, keyManager: true });
}

function addApiKey(instance: Instance, fields: Fields): void {
  const now = instance.now();
  const instants = { insertInstant: now, lastUpdateInstant: now };
  instance.store.put('apiKey', { ...installedApiKey(fields), id: instance.uuid(), ...instants });
}
