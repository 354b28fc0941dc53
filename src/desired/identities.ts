import { type Kind, visitField } from '../catalog/index.js';
import { type ExistingResource, type Location, locationText, pointerOf } from '../model/index.js';
import type { FindingList } from './finding-list.js';
import type { BuiltResource } from './resource-builder.js';

/** What checking identities needs to know. */
export interface IdentityContext {
  /** The logical key that stands for an id, so that a tenant named either way counts as the same. */
  readonly keyOfId: (kind: string, id: string) => string | undefined;
  readonly findings: FindingList;
}

/**
 * Reports resources that no instance could tell apart: the same explicit id, or the same natural key. Also reports a
 * resource that cannot be found at all, for it has neither an id nor all fields of its natural key.
 */
export function checkIdentities(
  resources: readonly BuiltResource[],
  existing: readonly { readonly kind: Kind; readonly found: ExistingResource }[],
  context: IdentityContext,
): void {
  const places = new Map<string, { readonly what: string; readonly at: Location }>();
  const claim = (
    identity: string,
    claimant: { readonly what: string; readonly shown: string; readonly at: Location },
  ): void => {
    const earlier = places.get(identity);
    if (!earlier) {
      places.set(identity, claimant);
      return;
    }
    const message = `${claimant.what} has the same ${claimant.shown} as ${earlier.what} at ${locationText(earlier.at)}`;
    const hint = 'two entries for one object: keep one';
    context.findings.add({ code: 'desired/duplicate-identity', message, hint, at: claimant.at });
  };
  for (const { kind, found } of existing) {
    const what = `the existing ${kind.title} '${found.ref.key}'`;
    const id = found.match['id'];
    if (id !== undefined) claim(`${kind.kind}\nid\n${id}`, { what, shown: 'id', at: found.at });
    const natural = naturalKeyOf(kind, found.match, context);
    if (natural.complete) claim(`${kind.kind}\n\n${natural.text}`, { what, shown: shownKey(kind), at: found.at });
  }
  for (const { kind, resource, unresolved } of resources) {
    const what = `the ${kind.title} '${resource.ref.key}'`;
    if (resource.id !== undefined) claim(`${kind.kind}\nid\n${resource.id}`, { what, shown: 'id', at: resource.at });
    const natural = naturalKeyOf(kind, resource.fields, context);
    if (natural.missing.some((path) => unresolved.has(pointerOf(path.split('.'))))) continue;
    if (natural.complete && unresolved.size === 0) {
      const parent = resource.parent?.key ?? '';
      claim(`${kind.kind}\n${parent}\n${natural.text}`, { what, shown: shownKey(kind), at: resource.at });
    }
    if (resource.id === undefined && natural.missing.length > 0) {
      const message = `${what} has no ${natural.missing.join(' and no ')}, by which it could be found`;
      const hint = 'add it, or write the id of an object that exists';
      context.findings.add({ code: 'desired/missing-field', message, hint, at: resource.at });
    }
  }
}

function naturalKeyOf(
  kind: Kind,
  fields: unknown,
  context: IdentityContext,
): { readonly complete: boolean; readonly missing: readonly string[]; readonly text: string } {
  const parts: string[] = [];
  const missing: string[] = [];
  for (const path of kind.naturalKey) {
    let text: string | undefined;
    visitField(fields, path, (value) => {
      if (typeof value === 'string' && value !== '') text = value;
      // Numbers and the like are the schema's news, not a missing field.
      else if (value !== null && value !== '') text = JSON.stringify(value);
    });
    const target = kind.refs.find((field) => field.path === path);
    if (text !== undefined) parts.push(target ? (context.keyOfId(target.kind, text) ?? text) : text);
    // Where there is one tenant, or the settings name one, nobody has to write it.
    else if (path === 'tenantId') parts.push('');
    else missing.push(path);
  }
  return { complete: kind.naturalKey.length > 0 && missing.length === 0, missing, text: JSON.stringify(parts) };
}

function shownKey(kind: Kind): string {
  return kind.naturalKey.join(' and ');
}
