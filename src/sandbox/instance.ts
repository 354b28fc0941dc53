import { EventEngine } from './events/event-engine.js';
import type { Instance, Kind } from './kind.js';
import { createIndexes, keepIndexes } from './search-engine/keep-indexes.js';
import type { SeedIds } from './seeds/ids.js';
import { Store, type IndexRule } from './store.js';
import type { Switches } from './switches.js';

/** What differs from one instance to the next. */
export interface InstanceOptions {
  readonly kinds: readonly Kind[];
  readonly seeds: SeedIds;
  readonly switches: Switches;
  readonly fusionauth: string;
  readonly search: 'database' | 'elasticsearch';
  /** Milliseconds that a write stays unknown to searches of Elasticsearch, at most. */
  readonly searchLagMs: number;
  readonly now: () => number;
  readonly random: (length: number) => Uint8Array;
  /** Takes one line about a mistake of the sandbox's own. */
  readonly report: (line: string) => void;
}

/** An instance with nothing in it, and the work it has put off. */
export interface OpenInstance {
  readonly instance: Instance;
  readonly events: EventEngine;
  /** Does at once what was to be done later, and resolves when nothing is under way any more. */
  readonly settle: () => Promise<void>;
  /** Forgets everything that was to be done later, and ends what is under way. */
  readonly cancel: () => void;
}

export function openInstance(options: InstanceOptions): OpenInstance {
  const { kinds, seeds, switches, fusionauth, search, now, random, report } = options;
  const pending = new Map<NodeJS.Timeout, () => void>();
  const store = new Store(indexRules(kinds));
  const onTime = new Set<NodeJS.Timeout>();
  const later: Instance['later'] = (delayMs, work, when) => {
    const carryOut = (): void => {
      clearTimeout(timer);
      pending.delete(timer);
      onTime.delete(timer);
      work();
    };
    const timer = setTimeout(carryOut, delayMs);
    timer.unref();
    if (when === 'onTime') onTime.add(timer);
    else pending.set(timer, carryOut);
  };
  const uuid = (): string => uuidOf(random(16));
  const indexes = createIndexes(kinds, options);
  const parts = { store, switches, seeds, fusionauth, search, now, uuid, random, later, indexes };
  const events = new EventEngine({ ...parts, report });
  const settle = async (): Promise<void> => {
    do {
      for (const carryOut of pending.values()) carryOut();
      await events.settle();
    } while (pending.size > 0);
  };
  const cancel = (): void => {
    for (const timer of [...pending.keys(), ...onTime]) clearTimeout(timer);
    pending.clear();
    onTime.clear();
    events.cancel();
  };
  const instance: Instance = { ...parts, events };
  keepIndexes(instance);
  return { instance, events, settle, cancel };
}

/** What a store must look up for these kinds. */
export function indexRules(kinds: readonly Kind[]): ReadonlyMap<string, readonly IndexRule[]> {
  return new Map(kinds.map(({ name, unique = [], indexed = [] }) => [name, [...unique, ...indexed]]));
}

/** A random UUID (RFC 9562, version 4) of 16 random bytes. */
export function uuidOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
