import type { Client } from './client.js';
import type { Problem } from './errors.js';
import type { Events, SandboxEvent } from './events/event.js';
import type { ReferencePlace } from './kinds/uses.js';
import type { LiveIndex } from './search-engine/live-index.js';
import type { SearchIndex } from './search-engine/search-index.js';
import type { SeedIds } from './seeds/ids.js';
import type { Fields, IndexRule, Store, StoredObject } from './store.js';
import type { Switches } from './switches.js';

/** What a kind may ask of the server it is part of. */
export interface Instance {
  readonly store: Store;
  readonly switches: Switches;
  readonly seeds: SeedIds;
  /** The version it pretends to be, such as `1.69.0`. */
  readonly fusionauth: string;
  readonly search: 'database' | 'elasticsearch';
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly uuid: () => string;
  /** So many random bytes. */
  readonly random: (length: number) => Uint8Array;
  /**
   * Does something in so many milliseconds, unless the sandbox is reset or closed before. It is done at once when somebody
   * does not want to wait, but for what may happen only at its time: `onTime`.
   */
  readonly later: (delayMs: number, work: () => void, when?: 'onTime') => void;
  readonly events: Events;
  /** The search indexes of the kinds that have one, by kind; empty on the database engine. */
  readonly indexes: ReadonlyMap<string, LiveIndex<Instance>>;
}

/** Who calls: what the API key of a request allows. */
export interface ApiKey extends StoredObject {
  readonly key: string;
  /** The tenant the key is tied to. */
  readonly tenantId?: string;
  readonly keyManager?: boolean;
}

/** One request, authorised and with its body read. */
export interface Call {
  readonly instance: Instance;
  /** Absent only on routes with scope `anonymous`, when no valid key was sent. */
  readonly apiKey: ApiKey | undefined;
  /** The tenant that the key is tied to, or else that the header names; it exists. */
  readonly tenantId: string | undefined;
  /** Who sent it; absent for a request from inside, such as a kickstart's. */
  readonly client?: Client;
  readonly method: string;
  /** The path as it was sent, without the query. */
  readonly path: string;
  /** Values of the route's `:name` parts; an optional part that is not there is absent. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Lower-cased media type without parameters. */
  readonly contentType: string;
  /** Parsed JSON, undefined for an empty body. */
  readonly body: unknown;
}

/** What is sent back. Without `body`, `text` and `bytes` the body is empty. */
export interface Answer {
  readonly status: number;
  /** Sent as JSON; nulls and undefined are left out at every level. */
  readonly body?: Fields;
  readonly text?: { readonly contentType: string; readonly value: string };
  readonly bytes?: { readonly contentType: string; readonly value: Uint8Array<ArrayBuffer> };
  readonly headers?: Readonly<Record<string, string>>;
  /** Values of `Set-Cookie` headers. */
  readonly cookies?: readonly string[];
}

/**
 * Who may call a route. `keyManager`: any key with that flag. `anonymous`: everybody; a key is looked at if sent.
 * `ownRule`: the route decides; a key that is not permitted to call it is as good as none.
 */
export type RouteScope = 'anonymous' | 'global' | 'keyManager' | 'ownRule' | 'tenant';

/** A route beside the ones every kind has. */
export interface Route {
  readonly method: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';
  /** `/api/key/generate/:keyId?`; only the last part may be optional. */
  readonly path: string;
  /** The name permissions are given by: the path without ids. Source: FusionAuth docs, list of API endpoints. */
  readonly endpoint: string;
  readonly scope: RouteScope;
  /** `forbidden`: a tenant header is answered 401, as a tenant key is (FusionAuth docs apis/tenants, search). */
  readonly tenantHeader?: 'forbidden';
  /** `forbidden`: a tenant key and a tenant header are both answered 403 (FusionAuth docs apis/tenant-manager). */
  readonly tenantCalls?: 'forbidden';
  /** The body may also be `application/x-www-form-urlencoded`. */
  readonly form?: true;
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

/** The routes the sandbox makes for a kind by itself. `create` and `createWithId` are one POST with and without an id. */
type Operation = 'create' | 'delete' | 'list' | 'patch' | 'read' | 'search' | 'update';

/** What an answer is for: some secrets are shown by id but not in search results, some only to the one who made them. */
export type Viewer = 'created' | 'list' | 'read' | 'search';

/** An event without what is the same for all events of a call. */
export type Told = Pick<SandboxEvent, 'fields' | 'type'> & {
  /** Default: the tenant of the object that is written. */
  readonly tenantId?: string;
  /** It is about no object in particular. */
  readonly unlinked?: true;
};

/** What hooks are given about the write in hand. */
export interface Write {
  readonly instance: Instance;
  readonly operation: 'create' | 'patch' | 'update';
  /** What was stored before, absent for a create. */
  readonly previous: StoredObject | undefined;
  /** The request as sent, or, for a PATCH, as it is after the patch: the object and what stands beside it. */
  readonly envelope: Fields;
  /** The object as the client sent it (after a patch: as patched), before defaults. */
  readonly sent: Fields;
  readonly call: Call;
}

/** A field that stands beside the object in a request, such as `webhookIds` of a tenant. */
interface Sibling {
  readonly name: string;
  /** Its present value, which a PATCH starts from. */
  readonly read: (object: StoredObject, instance: Instance) => unknown;
}

/** A field that holds ids of another kind. An id that is not there is answered `[invalid]`. */
export interface Reference {
  /** Dotted path below the object; `*` stands for each item of a list, value of a map, or field of an object. */
  readonly path: string;
  /** Kind of the object referred to. */
  readonly kind: string;
  /** What that object must have besides: dotted path → its value, or one of its values. */
  readonly having?: Readonly<Record<string, boolean | string>>;
  /** Where that cannot say it: whether the object is one that fits. */
  readonly fits?: (object: StoredObject) => boolean;
}

/** How a kind is searched: FusionAuth docs "search" of each API, fusionauth-java-client `*SearchCriteria`. */
export interface SearchRule {
  /** `text`: contains, or with `*`; `exact`: equal. A function decides by itself, given the criterion's text. */
  readonly criteria: Readonly<Record<string, 'exact' | 'text' | SearchTest>>;
  /** What each column sorts by. */
  readonly columns: Readonly<Record<string, SearchColumn>>;
  /** Such as `insertInstant DESC, id DESC`. */
  readonly orderBy: string;
}

/** A field, or what is computed from an object. */
export type SearchColumn = string | ((object: StoredObject, instance: Instance) => unknown);

export type SearchTest = (object: StoredObject, criterion: string, instance: Instance) => boolean;

/**
 * A kind of object and all that the sandbox knows about it. Reading, writing, searching, errors and the rules about
 * tenants are the same for all kinds (`crud.ts`); a kind says where it differs.
 *
 * A write goes: shape check → read-only fields dropped → defaults filled in → kept fields taken over → `normalise` →
 * required, unique, references, licence, `validate` → events → stored → `afterWrite`.
 */
export interface Kind {
  /** FusionAuth's own spelling, also the store's name for it: `emailTemplate`. */
  readonly name: string;
  /** As messages call one: `Email Template`. */
  readonly label: string;
  /** `/api/email/template`; also the endpoint's name in permissions. */
  readonly path: string;
  /** The wrapper of one (`emailTemplate`) and of many (`emailTemplates`). */
  readonly one: string;
  readonly many: string;
  /** The URI parameter's name in errors: `emailTemplateId`. */
  readonly idParameter: string;
  /**
   * The ids there can be, where they are no UUIDs. `one`: there is exactly one object, its id is the kind's name and
   * stands in no path.
   */
  readonly ids?: 'one' | readonly string[];
  readonly operations: readonly Operation[];
  readonly scope: 'global' | 'keyManager' | 'tenant';
  /** As of a route, for all routes made here. */
  readonly tenantCalls?: Route['tenantCalls'];
  /** Where it differs from `scope`; `noTenantHeader` also answers a tenant header with 401. */
  readonly searchScope?: 'global' | 'noTenantHeader' | 'tenant';
  /** `tenant`: has a `tenantId`, is seen through the tenant header and needs one on create; default `instance`. */
  readonly belongsTo?: 'instance' | 'tenant';
  /** An object that belongs to no tenant though its kind does (a universal application). */
  readonly tenantless?: (sent: Fields) => boolean;
  /** What is done to an object before its types are checked: short forms that the server's classes also take. */
  readonly prepare?: (sent: unknown) => unknown;
  /**
   * Name in the table of shapes, for types and unknown properties; absent: any JSON object is taken. A kind with subtypes
   * finds it in the object as it was sent, or as it was before.
   */
  readonly shape?: string | ((sent: Fields, previous: StoredObject | undefined) => string);
  /** Name in the table of shapes of a whole request, for what may stand beside the object: `UserRequest`. */
  readonly request?: string;
  /** Events `<name>.create`, `.update` and `.delete` are sent before each write, and with `.complete` after it. */
  readonly eventName?: 'entity' | 'group' | 'user';
  /**
   * Events that a write causes besides those: before it is stored, because it was refused, or, for kinds with events of their
   * own, after it.
   */
  readonly alsoTells?: (moment: 'after' | 'before' | 'refused', object: StoredObject, write: Write) => readonly Told[];
  readonly siblings?: readonly Sibling[];
  /** Paths that requests cannot set (`id`, `insertInstant` and `lastUpdateInstant` never can). A write keeps their value. */
  readonly readOnly?: readonly string[];
  /** Stored fields that no request has and no answer shows. */
  readonly internal?: readonly string[];
  /** Paths that a create sets and nothing after it: silently kept as they are. */
  readonly createOnly?: readonly string[];
  /**
   * Values of absent (or null) fields, on create and on PUT; objects are filled in at every level. A kind with subtypes
   * finds which it is in the object as it was sent.
   */
  readonly defaults?: (instance: Instance, sent: Fields) => Fields;
  /** Paths whose stored value stays when a PUT leaves them out or blank. */
  readonly kept?: readonly string[];
  /** Paths that the legacy PATCH replaces instead of merging (FusionAuth docs apis, "PATCH"). */
  readonly patchReplaces?: readonly string[];
  /** Lists that the Java client's classes mark as not to be merged; what that PATCH does with them is a switch. */
  readonly patchMarked?: readonly string[];
  /** Paths that may not be blank; for a kind with subtypes, by the object. */
  readonly required?: readonly string[] | ((object: Fields) => readonly string[]);
  /** Values that no two objects may share. */
  readonly unique?: readonly IndexRule[];
  /** What else objects are looked up by in the store. */
  readonly indexed?: readonly IndexRule[];
  /** Values that another object has, where `unique` cannot say it. */
  readonly taken?: (object: StoredObject, instance: Instance) => readonly Problem[];
  readonly references?: readonly Reference[];
  /** Where ids of this kind are used: a delete of a used object is refused. */
  readonly usedAt?: readonly ReferencePlace[];
  readonly normalise?: (object: Fields, write: Write) => Fields;
  readonly validate?: (object: StoredObject, write: Write) => readonly Problem[];
  readonly afterWrite?: (object: StoredObject, write: Write) => void;
  /** What answers show of an object; default all of it. */
  readonly view?: (object: StoredObject, context: { readonly instance: Instance; readonly viewer: Viewer }) => Fields;
  /** What the answer to a write has beside the object. */
  readonly beside?: (object: StoredObject, instance: Instance) => Fields;
  readonly search?: SearchRule;
  /** Instead of `search`: found by `queryString`, `query` and `sortFields`, on either search engine. */
  readonly searchIndex?: SearchIndex<Instance>;
  /** Objects that a list without an id leaves out. */
  readonly listed?: (object: StoredObject, call: Call) => boolean;
  /** Whether a caller confined to a tenant sees an object; default: by `tenantId`, or always for `instance` kinds. */
  readonly visible?: (object: StoredObject, tenantId: string, instance: Instance) => boolean;
  /** Why an object may not be deleted or changed, or undefined. */
  readonly protected?: (
    object: StoredObject,
    operation: 'delete' | 'patch' | 'update',
    instance: Instance,
  ) => string | undefined;
  /** `soft`: DELETE only sets `active` false unless `?hardDelete=true`; PUT with `?reactivate=true` undoes it. */
  readonly deletes?: 'hard' | 'soft';
  /** What goes with a deleted object; called after it is gone. */
  readonly afterDelete?: (object: StoredObject, instance: Instance) => void;
  /** A create with this field beside the object starts from a copy of that object. */
  readonly copy?: {
    readonly parameter: string;
    /** Fields of the source that the copy starts with. */
    readonly from: (source: StoredObject, instance: Instance) => Fields;
    /** Why a source may not be copied, or undefined. */
    readonly refused?: (source: StoredObject) => string | undefined;
  };
  /** Everything that does not fit: generate and import of keys, sub-resources, registrations. They match before `path`. */
  readonly routes?: readonly Route[];
}
