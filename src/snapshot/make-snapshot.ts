import type { Catalog } from '../catalog/index.js';
import { compareText, type JsonObject, type KindName, type LiveResource, type LiveState } from '../model/index.js';
import { sealBody, type SealedBody } from './sealed-body.js';
import { createSecretNet } from './secret-net.js';
import type { SnapshotFile, SnapshotKind, SnapshotObject } from './snapshot-file.js';

/** What a snapshot is made of. */
export interface SnapshotInput {
  readonly catalog: Catalog;
  readonly live: LiveState;
  /** The ids that were asked for of kinds that nobody lists. */
  readonly asked: ReadonlyMap<KindName, readonly string[]>;
  /** The instance's URL, without credentials. */
  readonly instance: string;
  /** Epoch milliseconds. */
  readonly takenAt: number;
  /** Secrets that the run knows besides those it read. */
  readonly secrets: readonly string[];
}

/** A snapshot, and what was to be said about it. */
export interface MadeSnapshot {
  readonly snapshot: SnapshotFile;
  /** How many secrets were left out. */
  readonly secrets: number;
  /** Texts that held a secret though no secret belongs there; it is taken out of them. */
  readonly redacted: readonly { readonly kind: KindName; readonly id: string; readonly pointer: string }[];
}

/**
 * Makes the document of a live state, kinds in alphabetical order. Secrets are left out by their fields; a value of one of
 * them that stands anywhere else (a password in a lambda) is replaced by `(secret)`.
 */
export function makeSnapshot(input: SnapshotInput): MadeSnapshot {
  const { catalog, live } = input;
  const sealed = new Map<LiveResource, SealedBody>();
  const values = [...input.secrets];
  for (const [kind, read] of live.kinds) {
    for (const resource of read.known ? read.resources : []) {
      const seal = sealBody(catalog.kind(kind), resource.body);
      sealed.set(resource, seal);
      // One by one: spread as arguments, a hundred thousand values are more than a call takes.
      for (const value of seal.values) values.push(value);
    }
  }
  const net = createSecretNet(values);
  const redacted: { readonly kind: KindName; readonly id: string; readonly pointer: string }[] = [];
  let secrets = 0;
  const objectOf = (resource: LiveResource, seal: SealedBody): SnapshotObject => {
    const { body, found } = net.redactBody(seal.body);
    for (const pointer of found) redacted.push({ kind: resource.kind, id: resource.id, pointer });
    secrets += seal.pointers.length;
    return {
      ...(resource.parentId !== undefined && { parentId: resource.parentId }),
      ...(resource.active !== undefined && { active: resource.active }),
      body: { ...body, id: resource.id } satisfies JsonObject,
      ...(seal.pointers.length > 0 && { secrets: seal.pointers }),
    };
  };
  const kinds = [...live.kinds].map(([kind, read]): readonly [string, SnapshotKind] => {
    if (!read.known) return [kind, read];
    const objects = read.resources.flatMap((resource) => {
      const seal = sealed.get(resource);
      return seal === undefined ? [] : [objectOf(resource, seal)];
    });
    const unlisted = catalog.kind(kind).reads.byIds !== undefined;
    return [kind, { known: true, objects, ...(unlisted && { asked: input.asked.get(kind) ?? [] }) }];
  });
  const snapshot: SnapshotFile = {
    format: 'kedge-snapshot',
    version: 1,
    instance: input.instance,
    takenAt: new Date(input.takenAt).toISOString(),
    fusionauth: live.serverVersion ?? null,
    kinds: Object.fromEntries(kinds.sort(([left], [right]) => compareText(left, right))),
  };
  return { snapshot, secrets, redacted };
}
