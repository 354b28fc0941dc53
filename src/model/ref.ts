/** The name of a kind, as in the catalog: `tenant`, `emailTemplate`, `role`. The catalog narrows it. */
export type KindName = string;

/**
 * What a repository calls one resource: its kind and its logical key. The key of a resource that lives inside another
 * is a path: `web/roles/admin`.
 */
export interface Ref {
  readonly kind: KindName;
  readonly key: string;
}

/** `kind/key`, unique within one desired state; used in plans, records and messages. */
export function refText(ref: Ref): string {
  return `${ref.kind}/${ref.key}`;
}

/** Orders by kind, then key, by UTF-16 code unit: independent of locale and of input order. */
export function compareRefs(left: Ref, right: Ref): number {
  return compareText(left.kind, right.kind) || compareText(left.key, right.key);
}

/** Orders text by UTF-16 code unit, so that two machines with different locales agree. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
