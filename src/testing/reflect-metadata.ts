/**
 * What `tsyringe`, under `@peculiar/x509`, asks for when it is loaded, kept in one flat map.
 */
const kept = new WeakMap<object, Map<string, unknown>>();

function read(key: unknown, target: object, property?: PropertyKey): unknown {
  return kept.get(target)?.get(`${String(key)} ${String(property)}`);
}

function define(key: unknown, value: unknown, target: object, property?: PropertyKey): void {
  const values = kept.get(target) ?? new Map<string, unknown>();
  kept.set(target, values.set(`${String(key)} ${String(property)}`, value));
}

// `as`: the library types of ES2023 do not know these. What another polyfill put there first stays.
const reflection = Reflect as { getMetadata?: unknown; getOwnMetadata?: unknown; defineMetadata?: unknown };
reflection.getMetadata ??= read;
reflection.getOwnMetadata ??= read;
reflection.defineMetadata ??= define;

export {};
