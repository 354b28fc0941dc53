import jsonPatch, { type Operation } from 'fast-json-patch';

import { generalError, madeUpGeneralError } from './errors.js';
import { deepestJson, isTooDeep } from './json-depth.js';
import { isRecord } from './kinds/normal-text.js';
import type { Fields } from './store.js';

/** How a PATCH is meant, by the media type of its body. Source: FusionAuth docs apis, "PATCH" (the two RFCs since 1.39). */
export type PatchMethod = 'json-patch' | 'legacy' | 'merge-patch';

export function patchMethodOf(contentType: string): PatchMethod {
  switch (contentType) {
    case 'application/json-patch+json':
      return 'json-patch';
    case 'application/merge-patch+json':
      return 'merge-patch';
    default:
      return 'legacy';
  }
}

/**
 * The request envelope as it is after a patch.
 * @param replaced - paths in the envelope that the legacy way replaces instead of merging.
 */
export function patchEnvelope(
  envelope: Fields,
  patch: unknown,
  { method, replaced }: { readonly method: PatchMethod; readonly replaced: readonly string[] },
): unknown {
  switch (method) {
    case 'json-patch':
      return applyOperations(envelope, patch);
    case 'merge-patch':
      return mergePatch(envelope, patch);
    case 'legacy':
      return legacyPatch(envelope, patch, { path: '', replaced });
  }
}

/** RFC 7396: null removes, lists are replaced, objects are merged. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const base = isRecord(target) ? target : {};
  const kept = Object.entries(base).filter(([name]) => !Object.hasOwn(patch, name));
  const changed = Object.entries(patch)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name, mergePatch(Object.hasOwn(base, name) ? base[name] : undefined, value)] as const);
  return Object.fromEntries([...kept, ...changed]);
}

/**
 * The way of `application/json` since 1.12: objects are merged, null clears, lists are **appended to**, except for some
 * fields. Source: FusionAuth docs apis, "PATCH"; fusionauth-issues #424, #441.
 */
function legacyPatch(
  target: unknown,
  patch: unknown,
  { path, replaced }: { readonly path: string; readonly replaced: readonly string[] },
): unknown {
  if (replaced.includes(path)) return patch;
  if (Array.isArray(patch)) return Array.isArray(target) ? [...(target as unknown[]), ...(patch as unknown[])] : patch;
  if (!isRecord(patch)) return patch;
  const base = isRecord(target) ? target : {};
  const merged = Object.entries(patch).map(([name, value]) => {
    const before = Object.hasOwn(base, name) ? base[name] : undefined;
    return [name, legacyPatch(before, value, { path: path === '' ? name : `${path}.${name}`, replaced })] as const;
  });
  return Object.fromEntries([...Object.entries(base), ...merged]);
}

/**
 * RFC 6902. A `test` that fails, like any operation that cannot be done, refuses the whole; its code is
 * UNVERIFIED (switch undocumentedErrors).
 */
function applyOperations(envelope: Fields, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw generalError('invalidJSON', 'A JSON Patch is a list of operations.');
  const patched = operated(envelope, patch);
  // Each `copy` into itself doubles the depth.
  if (!isTooDeep(patched)) return patched;
  throw madeUpGeneralError('invalidJSONPatch', `The result is nested more than ${deepestJson} levels deep.`);
}

function operated(envelope: Fields, patch: readonly unknown[]): unknown {
  try {
    // `as`: the library checks every operation, which `true` asks for.
    return jsonPatch.applyPatch(structuredClone(envelope), patch as Operation[], true).newDocument;
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw madeUpGeneralError('invalidJSONPatch', `The JSON Patch could not be applied: ${why}`);
  }
}
