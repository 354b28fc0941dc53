/**
 * The three functions of the metadata reflection proposal that `tsyringe`, under `@peculiar/x509`, asks for when it is
 * loaded. Import this file before `@peculiar/x509`: it refuses to load without them, and the whole `reflect-metadata`
 * package for three functions would be one more dependency to carry over an air gap.
 * Metadata is kept by (target, property, key) and is looked up along the prototype chain, as the proposal says.
 */
type Metadata = Map<unknown, Map<unknown, unknown>>;

interface MetadataReflection {
  getMetadata?: (key: unknown, target: object, property?: PropertyKey) => unknown;
  getOwnMetadata?: (key: unknown, target: object, property?: PropertyKey) => unknown;
  defineMetadata?: (key: unknown, value: unknown, target: object, property?: PropertyKey) => void;
}

const metadata = new WeakMap<object, Metadata>();

function getOwnMetadata(key: unknown, target: object, property?: PropertyKey): unknown {
  return metadata.get(target)?.get(property)?.get(key);
}

function getMetadata(key: unknown, target: object, property?: PropertyKey): unknown {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const found = getOwnMetadata(key, at, property);
    if (found !== undefined) return found;
  }
  return undefined;
}

function defineMetadata(key: unknown, value: unknown, target: object, property?: PropertyKey): void {
  const ofTarget: Metadata = metadata.get(target) ?? new Map<unknown, Map<unknown, unknown>>();
  const ofProperty = ofTarget.get(property) ?? new Map<unknown, unknown>();
  ofProperty.set(key, value);
  ofTarget.set(property, ofProperty);
  metadata.set(target, ofTarget);
}

// `as`: these are not in the library types of ES2023; another polyfill that came first stays.
const reflection = Reflect as MetadataReflection;
reflection.getOwnMetadata ??= getOwnMetadata;
reflection.getMetadata ??= getMetadata;
reflection.defineMetadata ??= defineMetadata;

export {};
