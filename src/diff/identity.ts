import { canonicalBody, type Catalog, type Kind } from '../catalog/index.js';
import {
  type ApplyRecord,
  derivedId,
  type DesiredResource,
  type DesiredState,
  type ExistingResource,
  type Finding,
  type LiveResource,
  type LiveState,
  type Ref,
  refText,
  valueAt,
} from '../model/index.js';
import { type BuiltInIds, findBuiltIns } from './built-ins.js';
import { indexLive, type LiveIndex, nameOf, naturalKeyOf } from './live-index.js';
import {
  referenceKeys,
  type ResolvedFields,
  resolveReferences,
  type ResolvedReference,
  uuidReference,
} from './references.js';

/** How a live object was found to be the one that the files mean, strongest first. */
export type FoundBy = 'id' | 'derived' | 'moved' | 'record' | 'was' | 'natural';

/** A desired resource with its id, its references resolved, and the live object it is, if there is one. */
export interface Identified {
  readonly resource: DesiredResource;
  readonly kind: Kind;
  readonly id: string;
  readonly parentId?: string;
  readonly tenantId?: string;
  readonly live?: LiveResource;
  readonly foundBy?: FoundBy;
  readonly resolved: ResolvedFields;
}

/** Which live object each desired resource is. */
export interface Identity {
  /** In the order of the desired state. */
  readonly resources: readonly Identified[];
  /** By `kind:id`: what the files call every live object that they mean, declare as existing, or bury. */
  readonly owners: ReadonlyMap<string, Ref>;
  readonly tombstoned: readonly {
    readonly ref: Ref;
    readonly live: LiveResource;
    readonly at: DesiredResource['at'];
  }[];
  readonly builtIns: BuiltInIds;
  readonly index: LiveIndex;
  readonly findings: readonly Finding[];
}

/** What identity is decided from. */
export interface IdentityInput {
  readonly catalog: Catalog;
  readonly desired: DesiredState;
  readonly live: LiveState;
  readonly record?: ApplyRecord | undefined;
  /** The tenant of tenant-scoped resources that name none: `instance.tenantId` of the environment. */
  readonly defaultTenantId?: string | undefined;
}

/**
 * Finds the live object of every desired resource: explicit id, then derived id (also under the key it was moved from),
 * then the record, then the natural key. Where these lead to different objects there is a finding that names both, and
 * never a second object. Pure; the order of resources does not matter.
 * @see docs/adr/0003-identity.md
 */
export function identify(input: IdentityInput): Identity {
  return new IdentityRun(input).run();
}

/** The id a resource has or will have, and the live object that has it. */
type Match = Pick<Identified, 'id' | 'live' | 'foundBy'>;

/** The state of one run of {@link identify}; a class only because a dozen look-ups share it. */
class IdentityRun {
  readonly #input: IdentityInput;
  readonly #index: LiveIndex;
  readonly #builtIns: BuiltInIds;
  readonly #findings: Finding[] = [];
  readonly #desired = new Map<string, DesiredResource>();
  readonly #existing = new Map<string, string>();
  readonly #ids = new Map<string, Match>();
  readonly #owners = new Map<string, Ref>();
  readonly #recorded = new Map<string, string>();
  readonly #movedFrom = new Map<string, string>();
  readonly #onlyTenant: string | undefined;

  constructor(input: IdentityInput) {
    this.#input = input;
    this.#index = indexLive(input.catalog, input.live);
    this.#builtIns = findBuiltIns(input.catalog, input.live);
    for (const resource of input.desired.resources) this.#desired.set(refText(resource.ref), resource);
    for (const object of input.record?.objects ?? []) this.#recorded.set(refText(object), object.id);
    for (const move of input.desired.moved) this.#movedFrom.set(refText({ kind: move.kind, key: move.to }), move.from);
    const tenants = this.#index.all('tenant');
    this.#onlyTenant = input.defaultTenantId ?? (tenants.length === 1 ? tenants[0]?.id : undefined);
  }

  run(): Identity {
    const { desired, catalog } = this.#input;
    const tombstoned = this.#findTombstones();
    // Strong matches first for all, so that a natural key never takes an object that another resource owns by id.
    for (const resource of desired.resources) if (!resource.parent) this.#matchByIds(resource);
    for (const resource of desired.resources) if (resource.parent) this.#matchByIds(resource);
    // References are resolved last of all: only then is every id final.
    for (const kind of naturalOrder(catalog)) {
      for (const existing of desired.existing) if (existing.ref.kind === kind.kind) this.#findExisting(existing, kind);
      for (const resource of desired.resources) if (resource.ref.kind === kind.kind) this.#matchByName(resource, kind);
    }
    return {
      resources: desired.resources.flatMap((resource) => {
        const match = this.#ids.get(refText(resource.ref));
        return match ? [this.#identified(resource, match)] : [];
      }),
      owners: this.#owners,
      tombstoned,
      builtIns: this.#builtIns,
      index: this.#index,
      findings: this.#findings,
    };
  }

  #findTombstones(): Identity['tombstoned'] {
    const { desired } = this.#input;
    return desired.tombstones.flatMap((tombstone) => {
      const { ref, at } = tombstone;
      const candidates = [tombstone.id, this.#derived(ref), this.#recorded.get(refText(ref))];
      const live = candidates.flatMap((id) => (id === undefined ? [] : (this.#index.byId(ref.kind, id) ?? [])))[0];
      if (!live) return [];
      this.#owners.set(`${ref.kind}:${live.id}`, ref);
      return [{ ref, live, at }];
    });
  }

  #findExisting(existing: ExistingResource, kind: Kind): void {
    const matches = this.#matchExisting(kind, existing.match);
    const [live, second] = matches;
    if (live && !second) {
      this.#existing.set(refText(existing.ref), live.id);
      this.#owners.set(`${kind.kind}:${live.id}`, existing.ref);
      return;
    }
    this.#findings.push({
      code: second ? 'diff/identity-conflict' : 'diff/not-found',
      severity: 'error',
      message: second
        ? `existing ${refText(existing.ref)} matches ${matches.length} ${kind.title}s: ${matches.map((item) => item.id).join(', ')}`
        : `existing ${refText(existing.ref)} matches no ${kind.title} of this instance`,
      hint: `write the id of the one ${kind.title} that is meant`,
      at: existing.at,
    });
  }

  #matchExisting(kind: Kind, match: Readonly<Record<string, string>>): readonly LiveResource[] {
    if (match['id'] !== undefined) {
      const id = match['id'].startsWith('builtin:') ? this.#builtIns.idOf(match['id'].slice(8)) : match['id'];
      const live = id === undefined ? undefined : this.#index.byId(kind.kind, id);
      return live ? [live] : [];
    }
    return this.#index.all(kind.kind).filter((resource) =>
      Object.entries(match).every(([field, value]) => {
        const refKind = kind.refs.find((ref) => ref.path === field)?.kind;
        const wanted = refKind === undefined ? value : this.#lookup({ kind: refKind, text: value })?.id;
        return resource.body[field] === wanted;
      }),
    );
  }

  /** The matches that need no field of the resource: explicit id, derived id, move, record. */
  #matchByIds(resource: DesiredResource): void {
    const { ref } = resource;
    const text = refText(ref);
    const explicit = this.#explicitId(resource);
    const from = this.#movedFrom.get(text);
    const old: Ref | undefined = from === undefined ? undefined : { kind: ref.kind, key: from };
    const candidates: readonly (readonly [FoundBy, string | undefined])[] = [
      ['id', explicit],
      ['derived', this.#derived(ref)],
      ['moved', old && this.#derived(old)],
      ['record', this.#recorded.get(text) ?? (old && this.#recorded.get(refText(old)))],
    ];
    const hits = candidates.flatMap(([foundBy, id]) => {
      const live = id === undefined ? undefined : this.#index.byId(ref.kind, id);
      return live && this.#parentAgrees(resource, live) ? [{ foundBy, live }] : [];
    });
    const [hit] = hits;
    const other = hits.find((item) => item.live.id !== hit?.live.id);
    if (hit && other) this.#conflict(resource, [hit.live, other.live]);
    if (hit) this.#claim(resource, hit.live);
    this.#ids.set(text, {
      id: hit?.live.id ?? explicit ?? this.#derived(ref),
      ...(hit && { live: hit.live, foundBy: hit.foundBy }),
    });
  }

  /** The match by natural key, for resources that no id led to; and the check that the name belongs to nobody else. */
  #matchByName(resource: DesiredResource, kind: Kind): void {
    const text = refText(resource.ref);
    const strong = this.#ids.get(text);
    const natural = this.#naturalMatch(resource, kind);
    if (!strong || !natural || natural.live.id === strong.live?.id) return;
    if (strong.live) {
      if (natural.foundBy === 'natural') this.#conflict(resource, [strong.live, natural.live]);
    } else if (resource.id !== undefined && !resource.id.startsWith('builtin:')) {
      this.#conflict(resource, [natural.live], resource.id);
    } else {
      this.#claim(resource, natural.live);
      this.#ids.set(text, { id: natural.live.id, ...natural });
    }
  }

  #naturalMatch(resource: DesiredResource, kind: Kind): { live: LiveResource; foundBy: FoundBy } | undefined {
    if (kind.naturalKey.length === 0) return undefined;
    const parentId = resource.parent && this.#idOfRef(resource.parent);
    const named: Record<string, unknown> = kind.scope === 'tenant' ? { tenantId: this.#onlyTenant } : {};
    for (const field of kind.naturalKey) {
      const value = valueAt(resource.fields, field.split('.'));
      const refKind = kind.refs.find((ref) => ref.path === field)?.kind;
      if (typeof value === 'string') named[field] = refKind ? this.#lookup({ kind: refKind, text: value })?.id : value;
    }
    const body = canonicalBody(kind, named);
    const wanted = naturalKeyOf(kind, body, parentId);
    const free = this.#free(resource, kind, wanted);
    const [live, second] = free;
    if (live && second) this.#conflict(resource, free);
    if (live) return { live, foundBy: 'natural' };
    if (resource.was === undefined) return undefined;
    const [old] = this.#free(resource, kind, naturalKeyOf(kind, { ...body, [kind.nameField]: resource.was }, parentId));
    return old && { live: old, foundBy: 'was' };
  }

  /** The live objects of that natural key that no other resource owns. */
  #free(resource: DesiredResource, kind: Kind, naturalKey: string | undefined): readonly LiveResource[] {
    if (naturalKey === undefined) return [];
    return this.#index.byNaturalKey(kind.kind, naturalKey).filter((live) => !this.#isClaimedByOther(resource, live));
  }

  #identified(resource: DesiredResource, match: Match): Identified {
    const kind = this.#input.catalog.kind(resource.ref.kind);
    const resolved = resolveReferences(resource, kind, (target) => this.#lookup(target));
    this.#findings.push(...resolved.findings);
    const parentId = resource.parent && this.#idOfRef(resource.parent);
    const tenantId = this.#tenantOf(resource, kind, resolved.fields['tenantId'] ?? match.live?.body['tenantId']);
    return {
      resource,
      kind,
      resolved,
      ...match,
      ...(parentId !== undefined && { parentId }),
      ...(tenantId !== undefined && { tenantId }),
    };
  }

  /** The tenant a resource is written in: its own field, its parent's tenant, or the only one there is. */
  #tenantOf(resource: DesiredResource, kind: Kind, own: unknown): string | undefined {
    if (kind.scope === 'instance') return undefined;
    if (typeof own === 'string') return own;
    if (!resource.parent) return this.#onlyTenant;
    const text = refText(resource.parent);
    const parent = this.#desired.get(text);
    const id = this.#idOfRef(resource.parent);
    const live = id === undefined ? undefined : this.#index.byId(resource.parent.kind, id)?.body['tenantId'];
    const written = parent?.fields['tenantId'];
    if (typeof written === 'string') return this.#lookup({ kind: 'tenant', text: written })?.id;
    return typeof live === 'string' ? live : this.#onlyTenant;
  }

  #explicitId(resource: DesiredResource): string | undefined {
    if (resource.id === undefined) return undefined;
    if (!resource.id.startsWith('builtin:')) return resource.id.toLowerCase();
    const id = this.#builtIns.idOf(resource.id.slice(8));
    if (id === undefined) {
      this.#findings.push({
        code: 'diff/not-found',
        severity: 'error',
        message: `this instance has no ${resource.id}, which ${refText(resource.ref)} is said to be`,
        hint: 'check the name after builtin:, and that this API key may read that kind',
        at: resource.at,
      });
    }
    return id;
  }

  #lookup(target: { readonly kind: string; readonly text: string }): ResolvedReference | undefined {
    const { kind, text } = target;
    if (text.startsWith('builtin:')) {
      const id = this.#builtIns.idOf(text.slice(8));
      return id === undefined ? undefined : { id };
    }
    for (const key of referenceKeys(this.#input.catalog, kind, text)) {
      const ref: Ref = { kind, key };
      const existing = this.#existing.get(refText(ref));
      if (existing !== undefined) return { id: existing };
      const desired = this.#ids.get(refText(ref));
      if (desired) return { id: desired.id, ref };
    }
    return uuidReference(text);
  }

  #idOfRef(ref: Ref): string | undefined {
    return this.#ids.get(refText(ref))?.id ?? this.#existing.get(refText(ref));
  }

  #derived(ref: Ref): string {
    return derivedId({ namespace: this.#input.desired.namespace, kind: ref.kind, key: ref.key });
  }

  /** A role that is found by id under another application is not this role. */
  #parentAgrees(resource: DesiredResource, live: LiveResource): boolean {
    if (!resource.parent || live.parentId === undefined) return true;
    const parent = this.#ids.get(refText(resource.parent));
    return parent?.live === undefined || parent.live.id === live.parentId;
  }

  #isClaimedByOther(resource: DesiredResource, live: LiveResource): boolean {
    const owner = this.#owners.get(`${live.kind}:${live.id}`);
    return owner !== undefined && refText(owner) !== refText(resource.ref);
  }

  #claim(resource: DesiredResource, live: LiveResource): void {
    const key = `${live.kind}:${live.id}`;
    const owner = this.#owners.get(key);
    if (owner && refText(owner) !== refText(resource.ref)) {
      this.#findings.push({
        code: 'diff/identity-conflict',
        severity: 'error',
        message: `${refText(resource.ref)} and ${refText(owner)} are both the live object ${live.id}`,
        hint: 'remove one of them, or give each its own id:',
        at: resource.at,
      });
      return;
    }
    this.#owners.set(key, resource.ref);
  }

  #conflict(resource: DesiredResource, lives: readonly LiveResource[], explicit?: string): void {
    const kind = this.#input.catalog.kind(resource.ref.kind);
    const named = lives.map((live) => `${live.id} ('${nameOf(kind, live)}')`).join(' and ');
    this.#findings.push({
      code: 'diff/identity-conflict',
      severity: 'error',
      message:
        explicit === undefined
          ? `${refText(resource.ref)} could be two live ${kind.title}s: ${named}`
          : `${refText(resource.ref)} says id ${explicit}, which this instance does not have, but its ${kind.naturalKey.join(' and ')} belong to ${named}`,
      hint: `write id: with the one that is meant in this environment, or rename one of them`,
      at: resource.locations.get('/name') ?? resource.at,
    });
  }
}

/** Kinds ordered so that a natural key's references (tenant, parent) are known before it is looked up. */
function naturalOrder(catalog: Catalog): readonly Kind[] {
  const rank = (kind: Kind): number => (kind.scope === 'instance' ? 0 : kind.scope === 'tenant' ? 1 : 2);
  return [...catalog.kinds].sort((left, right) => rank(left) - rank(right));
}
