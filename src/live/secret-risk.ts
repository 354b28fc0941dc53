import { type Kind, mapField, visitField } from '../catalog/index.js';
import { isJsonObject, type JsonObject } from '../model/index.js';

/**
 * The secret fields of a live object that a PUT of this body might destroy: not in it, and not known to be kept by the
 * server when they are left out. A secret that reads give back and that was not read is not there, unless the live object
 * has the field that the catalog says it exists with: then this version or this key does not show it.
 */
export function secretsAtRisk(
  kind: Kind,
  { live, body }: { readonly live: JsonObject; readonly body: JsonObject },
): readonly string[] {
  return kind.secrets
    .filter((secret) => secret.onOmit !== 'kept')
    .filter((secret) =>
      secret.existsWith === undefined ? secret.readBack === 'never' : hasValue(live, secret.existsWith),
    )
    .filter((secret) => isOmitted(body, secret.path))
    .map((secret) => secret.path);
}

function hasValue(body: JsonObject, path: string): boolean {
  let found = false;
  visitField(body, path, (value) => {
    if (value !== undefined && value !== null && value !== '' && value !== false) found = true;
  });
  return found;
}

/** True when an object that could hold the secret is there without it. */
function isOmitted(body: JsonObject, path: string): boolean {
  // The values of a map or the items of a list are either there or not: nothing of them can be left out unseen.
  if (path.endsWith('{}') || path.endsWith('[]')) return false;
  const cut = path.lastIndexOf('.');
  const name = path.slice(cut + 1);
  if (cut < 0) return !Object.hasOwn(body, name);
  let omitted = false;
  visitField(body, path.slice(0, cut), (container) => {
    if (isJsonObject(container) && !Object.hasOwn(container, name)) omitted = true;
  });
  return omitted;
}

/** Every secret value in a body, in clear: for the redactor and nobody else. */
export function secretsIn(kind: Kind, body: JsonObject): readonly string[] {
  const found: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') found.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  for (const secret of kind.secrets) visitField(body, secret.path, collect);
  return found;
}

/** The body without its secret fields: what a journal may keep of it. */
export function withoutSecrets(kind: Kind, body: JsonObject): JsonObject {
  let bare: unknown = body;
  for (const secret of kind.secrets) bare = mapField(bare, secret.path, () => undefined);
  // mapField gives back the shape it was given, less what was asked to go.
  return bare as JsonObject;
}
