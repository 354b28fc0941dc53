import { type Catalog, type Kind, visitField } from '../catalog/index.js';
import { kebabCase, type LiveResource } from '../model/index.js';
import type { LiveObjects } from './live-objects.js';
import { logicalKeys } from './logical-keys.js';
import { liveName } from './references.js';

/**
 * How objects are split into files. `kind`: one file for each kind. `tenant`: one file for each tenant, with the tenant and
 * all that is of it alone; the rest as in `kind`.
 */
export type PullLayout = 'kind' | 'tenant';

/** The tenant that an object is of. */
export interface OwningTenant {
  readonly id: string;
  /** The tenant's file in the layout `tenant`, within the folder of the environment. */
  readonly file: string;
}

/** What the tenant of an object is found in. */
export interface TenantContext {
  readonly catalog: Catalog;
  readonly objects: LiveObjects;
  /** `kind:id` → logical key. */
  readonly keys: ReadonlyMap<string, string>;
}

/** The file that a pull writes the objects of a kind to, within the folder of the environment. */
export function fileOfKind(kind: Kind): string {
  return `${kebabCase(kind.collection)}.yaml`;
}

/** The one tenant that an object is of, where the instance shows it; undefined for what is of none or of several. */
export function owningTenant(item: LiveResource, context: TenantContext): OwningTenant | undefined {
  const id = tenantIdOf(item, context);
  const tenant = id === undefined ? undefined : context.objects.byId('tenant', id);
  return tenant && { id: tenant.id, file: fileOfTenant(tenant, context) };
}

/**
 * An object with a `tenantId` is of that tenant. One that names tenants otherwise (a webhook, the settings of an identity
 * provider) is of a tenant where it names no other, and nothing of another.
 */
function tenantIdOf(item: LiveResource, { catalog, objects }: TenantContext): string | undefined {
  if (item.kind === 'tenant') return item.id;
  const { tenantId } = item.body;
  if (typeof tenantId === 'string' && tenantId !== '') return tenantId;
  // A global webhook is sent the events of every tenant, whichever it names (FusionAuth docs: apis/webhooks).
  if (item.body['global'] === true) return undefined;
  const named = new Set<string>();
  const others = new Set<string>();
  for (const ref of catalog.kind(item.kind).refs) {
    visitField(item.body, ref.path, (value) => {
      if (typeof value !== 'string' || value === '') return;
      if (ref.kind === 'tenant') named.add(value.toLowerCase());
      const owner = objects.byId(ref.kind, value)?.body['tenantId'];
      if (typeof owner === 'string') others.add(owner.toLowerCase());
    });
  }
  const [only] = named;
  return named.size === 1 && [...others].every((id) => id === only) ? only : undefined;
}

/** Named as the tenant's logical key, or as the tenant where it is not written, in what every disk takes for a name. */
function fileOfTenant(tenant: LiveResource, { catalog, keys }: TenantContext): string {
  const name = keys.get(`tenant:${tenant.id}`) ?? liveName(catalog.kind('tenant'), tenant);
  const slug = logicalKeys([{ id: tenant.id, name }], 'tenant').get(tenant.id) ?? tenant.id;
  const file = `tenant-${slug}.yaml`;
  return catalog.kinds.some((kind) => fileOfKind(kind) === file) ? `tenant-${slug}-2.yaml` : file;
}
