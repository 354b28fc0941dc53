import { type Catalog, type Kind, mapField } from '../catalog/index.js';
import {
  type DesiredObject,
  type DesiredResource,
  type Finding,
  isUuid,
  pointerOf,
  type Ref,
  refText,
  Secret,
} from '../model/index.js';
import { mapReferences } from './live-index.js';

/** Gives the id that a reference stands for, or undefined where nothing of that name is known (yet). */
export type ReferenceLookup = (target: {
  readonly kind: string;
  readonly text: string;
}) => ResolvedReference | undefined;

/** What a reference in the files turned out to be. */
export interface ResolvedReference {
  readonly id: string;
  /** The desired resource it names; absent for UUIDs, built-ins and `existing` objects. */
  readonly ref?: Ref;
}

/** A resource's fields with ids where references were, and the resources they lead to. */
export interface ResolvedFields {
  readonly fields: DesiredObject;
  readonly dependsOn: readonly Ref[];
  readonly findings: readonly Finding[];
}

/** Puts ids where the files have logical keys, `builtin:` names or UUIDs. */
export function resolveReferences(resource: DesiredResource, kind: Kind, lookup: ReferenceLookup): ResolvedFields {
  const dependsOn = new Map<string, Ref>();
  const findings: Finding[] = [];
  const fields = mapReferences(kind, resource.fields, (value, target) => {
    if (typeof value !== 'string' || value === '') return value;
    const found = lookup({ kind: target.kind, text: value });
    if (found) {
      if (found.ref) dependsOn.set(refText(found.ref), found.ref);
      return found.id;
    }
    const at = resource.locations.get(pointerOf(target.path)) ?? resource.at;
    findings.push({
      code: value.startsWith('builtin:') ? 'diff/not-found' : 'desired/unknown-reference',
      severity: 'error',
      message: value.startsWith('builtin:')
        ? `this instance has no ${value}, which ${refText(resource.ref)} refers to in ${target.path.join('.')}`
        : `${refText(resource.ref)} refers to the ${target.kind} '${value}' in ${target.path.join('.')}, and there is none`,
      hint: 'write the UUID of an object, the logical key of one in these files, or declare it under existing:',
      at,
    });
    return value;
  });
  // References become strings and secret fields sealed strings: the shape is that of `resource.fields`.
  return { fields: sealSecrets(kind, fields) as DesiredObject, dependsOn: [...dependsOn.values()], findings };
}

/**
 * The keys under which a written reference may be filed: as it is, and for a child written `web/admin`, its full path
 * `web/roles/admin`.
 */
export function referenceKeys(catalog: Catalog, kindName: string, text: string): readonly string[] {
  if (!catalog.has(kindName)) return [text];
  const kind = catalog.kind(kindName);
  const slash = text.lastIndexOf('/');
  if (kind.scope !== 'child' || slash < 0) return [text];
  return [text, `${text.slice(0, slash)}/${kind.collection}/${text.slice(slash + 1)}`];
}

/** The id a UUID stands for: itself, in the server's lower case. */
export function uuidReference(text: string): ResolvedReference | undefined {
  return isUuid(text) ? { id: text.toLowerCase() } : undefined;
}

/** Seals what was written in clear at a secret field, so that nothing after this can show it by mistake. */
function sealSecrets(kind: Kind, fields: unknown): unknown {
  let sealed = fields;
  for (const secret of kind.secrets) {
    sealed = mapField(sealed, secret.path, (value) =>
      typeof value === 'string' ? new Secret('literal', value) : value,
    );
  }
  return sealed;
}
