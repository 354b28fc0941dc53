import { afterEach } from 'vitest';
import { KedgeError } from '../../model/index.js';
import { type FaultServer, startFaultServer } from '../../testing/fault-server.js';
import type { RetryClock } from '../retry.js';
import { createTransport, type Transport, type TransportOptions, type TransportRequest } from '../transport.js';

export const apiKey = 'bf69486b-4733-4470-a592-f1bfce7af580';
const open: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((item) => item.close()));
});

/** Closes something when the test is over. */
export function closeAfterTest<T extends { close: () => Promise<void> }>(item: T): T {
  open.push(item);
  return item;
}

/** A server that is gone after the test. */
export async function serve(...args: Parameters<typeof startFaultServer>): Promise<FaultServer> {
  return closeAfterTest(await startFaultServer(...args));
}

/** A clock that stands still but for the waits, which are noted instead of waited. */
export function createVirtualClock(): RetryClock & { readonly waits: number[] } {
  const waits: number[] = [];
  let now = Date.UTC(2026, 0, 1);
  return {
    waits,
    now: () => now,
    random: () => 0.5,
    sleep: (ms) => {
      waits.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}

/** A transport whose waits are noted instead of waited, closed after the test. */
export function connect(
  url: string,
  options: Partial<TransportOptions> = {},
): Transport & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  const clock = {
    now: () => Date.UTC(2026, 0, 1),
    random: () => 0.5,
    sleep: (ms: number) => {
      waits.push(ms);
      return Promise.resolve();
    },
  };
  const transport = createTransport({ url, apiKey, version: '1.2.3', requestIdPrefix: 'test', clock, ...options });
  return Object.assign(closeAfterTest(transport), { waits });
}

export function request(method: string, path: string, more: Partial<TransportRequest> = {}): TransportRequest {
  return { method, path, query: [], headers: {}, authorized: true, ...more };
}

/** What the work fails with. */
export async function failure(work: Promise<unknown>): Promise<KedgeError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof KedgeError)) throw new Error('expected a KedgeError', { cause: error });
  return error;
}
