import { parseAction, type AdministratorRequest } from './administrator/action.js';
import { Administrator } from './administrator/administrator.js';
import { createApp } from './app.js';
import { controlRoutes } from './control.js';
import type { PostResponse } from './events/post.js';
import type { WebhookEventLog } from './events/webhook-log.js';
import type { Fault } from './fault.js';
import { Faults } from './faults.js';
import { answerIndex } from './index-answer.js';
import { ensureApiKey, generateSigningKey, install, type Installation } from './install.js';
import { openInstance, uuidOf } from './instance.js';
import type { Kickstart } from './kickstart/kickstart.js';
import { loadKickstart } from './kickstart/load.js';
import type { Instance } from './kind.js';
import { applyLicence } from './kinds/reactor.js';
import { kinds } from './kinds/registry.js';
import { listen } from './listen.js';
import { withoutLogs } from './log-settings.js';
import { createPassage, type Passing } from './passage.js';
import { switchesOf } from './quirks/registry.js';
import { createRandomPool } from './random-pool.js';
import { RequestLog, type RequestReport } from './request-log.js';
import { createSeedIds, forceSeedIds, type SeedIds } from './seeds/ids.js';
import { parseSnapshot, restoreSnapshot, takeSnapshot, type SandboxSnapshot } from './snapshot.js';
import { loadState, type SavedState } from './state-file.js';
import { StateKeeper } from './state-keeper.js';
import type { StoreSnapshot } from './store.js';
import { checkSwitches, defaultSwitches, type Switches } from './switches.js';
import { trustsProxy } from './trusted-proxies.js';
import { newestVersion, parseVersion } from './version.js';

/** The API key of a sandbox that is given none. */
export const defaultApiKey = 'kedge-sandbox-api-key';

/** How a sandbox is started. Everything has a default. */
export interface SandboxOptions {
  /**
   * The address or name to listen on, default `127.0.0.1`; `0.0.0.0` or `::` for all. Whoever reaches it can do everything:
   * the control plane asks for no key.
   */
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
  /** What goes wrong from the start, and again after a reset; default nothing. */
  readonly faults?: readonly Fault[];
  /** A folder to keep the state in; what is there already is taken up, and no kickstart runs. Default: memory only. */
  readonly dataDir?: string;
  /** Behaviours that are not known for sure; see the switches. */
  readonly switches?: Partial<Switches>;
  /** For `#{ENV.NAME}` in a kickstart, default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970, default the system's clock. */
  readonly clock?: () => number;
  /** So many random bytes, for ids and secrets; default the system's. Key pairs are always random. */
  readonly random?: (length: number) => Uint8Array;
  /** Bodies that are longer are answered 413; default 50 MB. */
  readonly maxBodyBytes?: number;
  /** Takes one line about something unusual; default: nobody is told. */
  readonly log?: (line: string) => void;
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:39213`, without a slash at the end; where it listens on all addresses, the one of this machine. */
  readonly url: string;
  readonly port: number;
  readonly apiKey: string;
  /** Back to the fresh install, with what the kickstart made; requests, faults and switches too. */
  readonly reset: () => Promise<void>;
  /** All that it is made of, as JSON: objects with their secrets, switches, counters. Yours to keep. */
  readonly snapshot: () => SandboxSnapshot;
  /**
   * Makes it what it was when the snapshot was taken, of this sandbox or another one of the same version; its own
   * {@link Sandbox.apiKey} works in any case. Requests and faults stay.
   * @throws {@link SnapshotError} for what is none.
   */
  readonly restore: (snapshot: SandboxSnapshot) => Promise<void>;
  /**
   * Goes away for so many milliseconds: connections are cut, and none is accepted. What is in memory stays; with a data
   * folder it is read from there again. Resolves when it listens again, on the same port.
   */
  readonly restart: (options?: { readonly durationMs?: number }) => Promise<void>;
  /** What was asked since the start, the last reset or the last {@link Sandbox.clearRequests}. */
  readonly requests: () => RequestReport;
  /** Forgets what was asked so far. */
  readonly clearRequests: () => void;
  /** Lets requests go wrong, as `POST /__sandbox/faults` does. @throws {@link FaultError} for what is none. */
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
 * @throws {@link KickstartError} when the kickstart cannot be read or one of its requests is refused; {@link SwitchError},
 *   {@link FaultError} and {@link VersionError} for a switch, fault or version that there is not.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, dataDir, latencyMs = 0, log = () => undefined } = options;
  const fusionauth = parseVersion(options.fusionauth ?? newestVersion);
  const switches: Switches = {
    ...defaultSwitches(),
    ...switchesOf(fusionauth),
    ...checkSwitches(options.switches ?? {}),
  };
  const faults = new Faults(options.faults);
  const requests = new RequestLog();
  const random = options.random ?? createRandomPool();
  const { seeds, kickstart, state, apiKey } = prepare(options, random);
  const { instance, events, settle, cancel } = openInstance({
    kinds,
    seeds,
    switches: { ...switches },
    fusionauth,
    search: options.search ?? 'database',
    searchLagMs: options.searchLagMs ?? 0,
    now: options.clock ?? Date.now,
    random,
    report: log,
  });
  // Made on another thread, while this one makes the routes.
  const signingKey = state === undefined ? generateSigningKey(instance) : undefined;
  let keeper: StateKeeper | undefined;
  const maxBodyBytes = options.maxBodyBytes ?? defaultMaxBodyBytes;
  const app = createApp({ instance, kinds, maxBodyBytes, saved: async () => keeper?.commit(), log });
  const open = (objects: StoreSnapshot): void => {
    instance.store.restore(objects);
    ensureApiKey(instance, apiKey);
    applyLicence(instance);
  };
  if (signingKey !== undefined) {
    const request: Installation['request'] = async (path, init) => app.request(path, init);
    const installation = { kinds, signingKey: await signingKey, kickstart, apiKey, request };
    // What a kickstart that fails has begun, as telling a webhook, ends with it.
    await install(instance, installation).catch(rethrownAfter(cancel));
  } else if (state !== undefined) {
    open(state.now);
    if (options.kickstart !== undefined) log('sandbox: there is a state already, so the kickstart does not run');
  }
  const fresh = { seeds: structuredClone(seeds), objects: state?.fresh ?? withoutLogs(instance.store.snapshot()) };
  const reset = async (): Promise<void> => {
    cancel();
    requests.clear();
    faults.reset();
    Object.assign(instance.switches, switches);
    Object.assign(seeds, fresh.seeds);
    open(fresh.objects);
    await keeper?.commit();
  };
  const restore = async (snapshot: SandboxSnapshot): Promise<void> => {
    cancel();
    restoreSnapshot(snapshot, instance);
    ensureApiKey(instance, apiKey);
    await keeper?.commit();
  };
  const answer = async (request: Request, passing: Passing): Promise<Response> => app.fetch(request, { ...passing });
  const administrator = new Administrator({ instance, kinds, answer });
  const testWebhook: Sandbox['testWebhook'] = async (webhookId, event) => {
    const webhook = instance.store.get('webhook', webhookId);
    return webhook === undefined ? undefined : events.test(webhook, event);
  };
  const control = controlRoutes({
    requests,
    faults,
    instance,
    events,
    settle,
    administer: (action, client) => administrator.act(action, client),
    testWebhook,
    reset,
    restore,
  });
  const restart = async (durationMs: number): Promise<void> => {
    const away = server.restart(durationMs);
    if (dataDir !== undefined) {
      await keeper?.commit();
      const saved = loadState(dataDir);
      if (saved !== undefined) open(saved.now);
      await keeper?.commit();
    }
    await away;
  };
  const passage = createPassage({
    answer,
    control: (request, client) => control.fetch(request, { client }),
    index: (request) =>
      answerIndex(request, { instance, kinds, publicKey: apiKey === defaultApiKey ? apiKey : undefined }),
    faults,
    requests,
    trustsProxy: (address) => trustsProxy(address, instance.store),
    restart: (durationMs) => void restart(durationMs).catch(told('could not restart', log)),
    latencyMs,
    now: instance.now,
  });
  const server = await listen(passage, { host, port }).catch(rethrownAfter(cancel));
  const keep = async (folder: string): Promise<void> => {
    keeper = new StateKeeper({
      folder,
      store: instance.store,
      state: () => ({ apiKey, seeds, fresh: fresh.objects, now: instance.store.snapshot() }),
      failed: told('could not keep its state', log),
    });
    await keeper.commit();
  };
  // Not before it listens: what nobody could reach is no install, and its kickstart runs at the next start.
  if (dataDir !== undefined) await keep(dataDir).catch(rethrownAfter(server.close));
  if (kickstart !== undefined && state === undefined) await tellOfKickstart(instance);
  return {
    url: urlOf(host, server.port),
    port: server.port,
    apiKey,
    reset,
    snapshot: () => structuredClone(takeSnapshot(instance)),
    restore: async (snapshot) => restore(parseSnapshot(snapshot, instance)),
    restart: ({ durationMs = 0 } = {}) => restart(durationMs),
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
      await keeper?.close();
    },
  };
}

function rethrownAfter(cleanUp: () => Promise<void> | void): (error: unknown) => Promise<never> {
  return async (error) => {
    await cleanUp();
    throw error;
  };
}

function urlOf(host: string, port: number): string {
  const reached = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}

function told(what: string, log: (line: string) => void): (error: unknown) => void {
  return (error) => log(`sandbox: ${what}: ${error instanceof Error ? error.message : String(error)}`);
}

/** The ids of the install, and what is to be run on it or was there before. */
function prepare(
  options: SandboxOptions,
  random: (length: number) => Uint8Array,
): {
  readonly seeds: SeedIds;
  readonly kickstart: Kickstart | undefined;
  readonly state: SavedState | undefined;
  readonly apiKey: string;
} {
  const state = options.dataDir === undefined ? undefined : loadState(options.dataDir);
  if (state !== undefined) {
    return { seeds: state.seeds, kickstart: undefined, state, apiKey: options.apiKey ?? state.apiKey };
  }
  const uuid = (): string => uuidOf(random(16));
  const ids = createSeedIds(uuid);
  const kickstart =
    options.kickstart === undefined
      ? undefined
      : loadKickstart(options.kickstart, { ids, env: options.env ?? process.env, uuid });
  const apiKey = options.apiKey ?? kickstart?.apiKeys[0]?.key ?? defaultApiKey;
  return { seeds: forceSeedIds(ids, kickstart?.ids ?? {}), kickstart, state, apiKey };
}

/** Its webhooks may call back at once: the server listens by now. Source: FusionAuth docs, event `kickstart.success`. */
async function tellOfKickstart({ events, uuid }: Instance): Promise<void> {
  await events.send({ type: 'kickstart.success', fields: { instanceId: uuid() } });
}
