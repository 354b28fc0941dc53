import type { FusionAuthClient, ReactorStatus } from '@fusionauth/typescript-client';
import type { DesiredObject, JsonObject, KeyLimits } from '../model/index.js';
import type { FieldPath } from './field-path.js';
import type { KindName } from './kinds.generated.js';
import type { Meaning } from './meaning.js';

/**
 * The part of FusionAuth's typed client that can only read: its `retrieve…` and `search…` methods. The reader is given
 * this type, so that a write from a reading command does not compile.
 */
export type ReadClient = Pick<
  FusionAuthClient,
  Extract<keyof FusionAuthClient, `retrieve${string}` | `search${string}`>
>;

/** The part that writes configuration; only the writer is given it. */
export type WriteClient = ReadClient &
  Pick<
    FusionAuthClient,
    Extract<
      keyof FusionAuthClient,
      | `create${string}`
      | `update${string}`
      | `delete${string}`
      | `generate${string}`
      | `import${string}`
      | `reactivate${string}`
      | `upsert${string}`
      | `deactivate${string}`
    >
  >;

/** A field that holds the id of another resource. In YAML a logical key of that kind may stand there. */
export interface RefField {
  readonly path: FieldPath;
  readonly kind: KindName;
}

/** A field that must never be shown. */
export interface SecretField {
  readonly path: FieldPath;
  /** Which read gives the value back: any read, only the read by id, or none. */
  readonly readBack: 'list' | 'get' | 'never';
  /** What a PUT without the field does to it. `unknown` fields are never put at risk: the write is refused. */
  readonly onOmit: 'kept' | 'cleared' | 'unknown';
  /** For `unknown`: the secret is only believed to exist while this other field has a value. */
  readonly existsWith?: FieldPath;
  readonly source: string;
}

/** How two lists at this path are compared. A list that is not mentioned is compared in order. */
export interface ListField {
  readonly path: FieldPath;
  readonly as: 'set' | 'ordered';
}

/** A field that another one of the same object overrules. */
export interface WithoutEffect {
  readonly field: string;
  /** Goes on from the name of the field: `says nothing beside …`. */
  readonly why: string;
  readonly hint: string;
}

/** A field that FusionAuth never changes after create: another value means another object. */
export interface ImmutableField {
  readonly path: FieldPath;
  /** What a replacement costs, in words of the auth domain. */
  readonly lost: string;
}

/**
 * A field that changes only while another one has a value the object may not have now, so that a change takes several
 * writes. A stop between them leaves that other field as it was set on the way: the files must own it, or nobody sees.
 */
export interface SteppedField {
  readonly path: FieldPath;
  /** The field that is set on the way, and the live value that makes this necessary. */
  readonly by: { readonly path: FieldPath; readonly from: boolean };
  readonly source: string;
}

/** A list inside the parent's body whose items are resources of another kind (an application's roles). */
export interface ChildCollection {
  /** The field of the parent: `roles`. */
  readonly field: string;
  readonly kind: KindName;
}

/** An object every instance has. Never created, never pruned. */
export interface BuiltIn {
  /** The word after `builtin:`. */
  readonly name: string;
  /** Its id on every instance, or how it is found by its role among the live objects. Never by name. */
  readonly find: { readonly id: string } | { readonly byRole: (lookup: BuiltInLookup) => string | undefined };
  /** False when the API refuses changes to it. */
  readonly writable: boolean;
  /** Kinds whose objects inside this one the API refuses to create, change or delete. */
  readonly fixedChildren?: readonly KindName[];
  readonly source: string;
}

/** What a built-in's role is looked up in: all live bodies of a kind, as read; those of a child kind with its `parentId`. */
export interface BuiltInLookup {
  bodies(kind: KindName): readonly JsonObject[];
}

/** A text field that `pull` writes to a file of its own. */
export interface FileField {
  readonly path: FieldPath;
  /** File extension without the dot: `js`, `html.ftl`, `css`, `properties`. */
  readonly extension: string;
}

/** The read half of a kind's API, as calls of the typed client. Each gives bodies in the catalog's shape. */
export interface KindReads {
  /** Every object of the kind in the fewest requests; how many that takes is part of the answer to "how fast is a plan". */
  readonly list: (client: ReadClient) => Promise<readonly JsonObject[]>;
  /**
   * For a kind that has no call that lists it, or whose objects are data that nobody lists for the sake of a few: those of
   * these ids that there are. Then `list` gives none, and only what the files or the record name is known.
   */
  readonly byIds?: (client: ReadClient, ids: readonly string[]) => Promise<readonly JsonObject[]>;
  /** One object by id; undefined where the instance has none. `parentId` is given for child kinds. */
  readonly get: (
    client: ReadClient,
    target: { readonly id: string; readonly parentId?: string },
  ) => Promise<JsonObject | undefined>;
}

/** What a write is about. `client` is already set to the right tenant. */
export interface WriteTarget {
  readonly client: WriteClient;
  readonly id: string;
  readonly parentId?: string;
  /** For an update: the object as it was read right before, for kinds that must write in steps. */
  readonly live?: JsonObject;
}

/** The write half of a kind's API. Each gives the object as the server answered it, in the catalog's shape. */
export interface KindWrites {
  readonly create: (target: WriteTarget, body: JsonObject) => Promise<JsonObject>;
  /** A full PUT: `body` is the whole object, read just before with the owned fields laid over it. */
  readonly update: (target: WriteTarget, body: JsonObject) => Promise<JsonObject>;
  readonly delete: (target: WriteTarget) => Promise<void>;
  /** Brings a soft-deleted object back; absent for kinds that have no soft delete. */
  readonly reactivate?: (target: WriteTarget) => Promise<JsonObject>;
}

/**
 * What came with which version of FusionAuth: path → the first version that has it, `1.62`. The empty path is the kind
 * itself, `path=VALUE` one value of a field, `path{key}=NAME` one key of a map. What is not in here is older than 1.41.
 */
export interface Since {
  readonly [path: string]: string;
}

/** A feature of FusionAuth's paid plans that a kind is part of. */
export interface LicensedFeature {
  /** As the client's `ReactorStatus` calls it. */
  readonly feature: Exclude<keyof ReactorStatus, 'expiration' | 'licenseAttributes' | 'licensed'>;
  /** Only objects of these types need it. */
  readonly types?: readonly string[];
  readonly source: string;
}

/** One of the types a kind can have. */
export interface KindType {
  /** The client's interface of a body of this type. */
  readonly clientType: string;
  /** Must be there for a create, beside what the kind requires. */
  readonly required?: readonly FieldPath[];
  /** What the server fills in for this type only; `pull` leaves these out. */
  readonly defaults?: JsonObject;
}

/** All that kedge knows about one kind of FusionAuth configuration, as data. */
export interface Kind {
  readonly kind: KindName;
  /** The key of its map in YAML: `emailTemplates`. A child kind is written inside its parent, under this field. */
  readonly collection: string;
  /** The client's interface of its body, where it is not called like the kind. */
  readonly clientType?: string;
  /** Where the field `type` decides which fields there are (a connector is Generic or LDAP): what each type is. */
  readonly types?: { readonly [type: string]: KindType };
  /** In a sentence: `email template`. */
  readonly title: string;
  /** A `singleton` is a kind of which every instance has exactly one object, written as one map without logical keys. */
  readonly scope: 'instance' | 'tenant' | 'child' | 'singleton';
  /** The parent kind of a child kind. */
  readonly parent?: KindName;
  /** Fields that together name one object on an instance; empty for kinds without a natural key. Parent is implied. */
  readonly naturalKey: readonly FieldPath[];
  /** The field a logical key is made from in `pull` and an object is called by in messages. */
  readonly nameField: FieldPath;
  readonly refs: readonly RefField[];
  /** Written by the server; never desired, never compared, removed from schemas. */
  readonly serverOwned: readonly FieldPath[];
  /** Deprecated or derived copies of other fields: readable, but not compared or offered. */
  readonly mirrors: readonly FieldPath[];
  readonly immutable: readonly ImmutableField[];
  readonly stepped?: readonly SteppedField[];
  readonly secrets: readonly SecretField[];
  readonly lists: readonly ListField[];
  /** Maps that, when written, are complete (a live key that is not written is drift). All other maps are owned per key. */
  readonly completeMaps: readonly FieldPath[];
  /** Free-form maps (`data`, `headers`): owned per key, but written as `{}` they must be empty. */
  readonly freeMaps?: readonly FieldPath[];
  readonly children: readonly ChildCollection[];
  /** Must be there for a create. */
  readonly required: readonly FieldPath[];
  /** What the server fills in for an absent field, as a body; `pull` leaves these out and `null` is satisfied by them. */
  readonly defaults: JsonObject;
  readonly builtIns: readonly BuiltIn[];
  /**
   * True for an object that comes with every FusionAuth under an id of its own: pulled, it would come into being a second
   * time on another instance. There is no field that says so, its name is all there is.
   */
  readonly shipped?: (body: JsonObject) => boolean;
  readonly files: readonly FileField[];
  /** What of it is newer than FusionAuth 1.40. */
  readonly since?: Since;
  /** Where nothing of it can be made or changed without a licence. */
  readonly licence?: LicensedFeature;
  readonly reads: KindReads;
  /** Fields that only the read by id gives, besides secrets: read where the files own one of them. */
  readonly detailFields?: readonly FieldPath[];
  /** How many requests `reads.list` makes; 1 where it is not said. */
  readonly listRequests?: number;
  readonly writes: KindWrites;
  /** What surprises people about this kind's API and kedge takes care of, each as a sentence for the documentation. */
  readonly traps?: readonly string[];
  /**
   * The server's own normalisation (trimming, sorting, forced values) of a whole or partial body: applied to desired and
   * live alike before they are compared, so that text the server would trim is not drift. Pure; must accept any subset.
   */
  readonly canonical?: (body: JsonObject) => JsonObject;
  /** The way back from what `canonical` takes apart: a body as `pull` writes it. */
  readonly written?: (body: JsonObject) => JsonObject;
  /** What is written and says nothing beside what else is written, so that it is better left out. Pure. */
  readonly withoutEffect?: (fields: DesiredObject) => readonly WithoutEffect[];
  /**
   * What of a deleted object a create takes, where that is less than what could be seen of it.
   * @param before - all that could be seen of it.
   */
  readonly madeAnew?: (body: JsonObject, before: JsonObject) => JsonObject;
  /** Deleting deactivates and can be undone. */
  readonly softDelete: boolean;
  /** Made anew with the same id it is what it was: no user, token or grant hangs on it. */
  readonly recreatable?: true;
  /** What a delete of this kind means for logins, for the plan's words. */
  readonly deleteMeans: string;
  /** What changes of its fields mean for logins, for the plan's words. */
  readonly meanings?: readonly Meaning[];
  /** FusionAuth refuses to delete it while another object names it (its documentation, or a public issue, says so). */
  readonly keptWhileUsed?: true;
  /** Fields of this body that only repeat others: path of the copy → path of what it repeats, without `[]` and `{}`. */
  readonly copies?: (body: JsonObject) => Readonly<Record<FieldPath, FieldPath>>;
  /**
   * For objects that only a key may read or write that has certain permissions itself, beside those for the calls: these;
   * undefined where it must have all there are.
   */
  readonly mayOnlyWith?: (fields: DesiredObject) => KeyLimits;
  /** Names of objects beside the resource itself that its writes touch: `tenant:<id>` for a webhook's tenants. */
  readonly alsoLocks?: (body: JsonObject) => readonly string[];
  /** Where the facts come from: documentation pages, schema paths, issue numbers. */
  readonly sources: readonly string[];
}
