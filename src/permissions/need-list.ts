import { keyManagerEndpoint } from '../catalog/index.js';
import { type NeededEndpoint, type NeededKey, type Permission, sortedMethods } from '../model/index.js';

/** Collects what a key needs, and for what. */
export class NeedList {
  readonly #methods = new Map<string, Set<string>>();
  /** Endpoint → whom it is for → what is done. */
  readonly #why = new Map<string, Map<string, Set<string>>>();
  readonly #unlimited = new Set<string>();

  /** @param what - for whom, such as the title of a kind, and what is done. */
  add(permissions: readonly Permission[], what: { readonly subject: string; readonly does: string }): void {
    for (const { endpoint, method } of permissions) {
      entry(this.#methods, endpoint, () => new Set<string>()).add(method);
      const subjects = entry(this.#why, endpoint, () => new Map<string, Set<string>>());
      entry(subjects, what.subject, () => new Set<string>()).add(what.does);
    }
  }

  /** No limit will do. */
  addUnlimited(why: string): void {
    this.#unlimited.add(why);
  }

  /** What was collected, for the key of this setting. */
  toKey(setting: NeededKey['setting']): NeededKey {
    const endpoints = [...this.#methods.keys()].sort().map((endpoint): NeededEndpoint => ({
      endpoint,
      methods: sortedMethods(this.#methods.get(endpoint) ?? []),
      why: this.#reasons(endpoint),
    }));
    return {
      setting,
      // No key is ever permitted this one: the flag alone opens it.
      endpoints: endpoints.filter(({ endpoint }) => endpoint !== keyManagerEndpoint),
      keyManager: this.#reasons(keyManagerEndpoint),
      unlimited: [...this.#unlimited],
    };
  }

  #reasons(endpoint: string): readonly string[] {
    return [...(this.#why.get(endpoint) ?? [])].map(([subject, does]) => `${subject}: ${[...does].join(', ')}`);
  }
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
