import { type Catalog, type Kind, readableBody, visitField } from '../catalog/index.js';
import { isJsonObject, type Json, type JsonObject, type LiveResource, valueAt } from '../model/index.js';
import { baselineOf } from './baseline.js';
import { itemDefaults } from './seen-defaults.js';
import { pulledKey } from './key-spec.js';
import type { KnownSecrets, SecretStyle } from './known-secrets.js';
import type { LiveBuiltIn, LiveObjects } from './live-objects.js';
import { minimalBody, withoutPath } from './minimal-body.js';
import type { PullComment, PullNote } from './pull-note.js';

/** What a pulled object will say: its own fields, still with ids where references are, and what stays un-owned. */
export interface Draft {
  readonly kind: Kind;
  readonly live: LiveResource;
  readonly builtIn: LiveBuiltIn | undefined;
  readonly fields: JsonObject;
  readonly comments: readonly PullComment[];
  /** Where it holds, or is believed to hold, a secret that can be owned. */
  readonly secrets: readonly (readonly string[])[];
  /** Without `object`, which is known once every object has its logical key. */
  readonly notes: readonly Omit<PullNote, 'object' | 'kind' | 'id'>[];
}

/** What drafting needs to know beside the object. */
export interface DraftContext {
  readonly catalog: Catalog;
  readonly objects: LiveObjects;
  readonly secrets?: SecretStyle | undefined;
  readonly known?: KnownSecrets | undefined;
}

/** The environment variable that gives the secret of which this is the value. */
export function knownVariable({ known }: Pick<DraftContext, 'known'>, value: unknown): string | undefined {
  return typeof value === 'string' ? known?.variables.get(value) : undefined;
}

/** True for a secret that the files own, by its value. */
export function ownsSecret(context: Pick<DraftContext, 'known' | 'secrets'>, value: unknown): boolean {
  return context.secrets === 'env' || knownVariable(context, value) !== undefined;
}

/** Takes out of a live object what the server owns, fills in or keeps secret. */
export function draftOf(kind: Kind, live: LiveResource, context: DraftContext): Draft {
  const { objects } = context;
  const builtIn = objects.builtIn(kind.kind, live.id);
  const comments: PullComment[] = [];
  const secrets: (readonly string[])[] = [];
  const notes: Omit<PullNote, 'object' | 'kind' | 'id'>[] = [];
  let body: JsonObject = readableBody(kind, live.body);
  if (kind.kind === 'key') {
    const pulled = pulledKey(live, body, { objects, owns: (value) => ownsSecret(context, value) });
    body = pulled.fields;
    if (pulled.note !== undefined) notes.push({ reason: 'key-material', message: pulled.note });
    secrets.push(...pulled.secrets);
  }
  for (const path of secretPaths(kind, live.body)) {
    body = withoutPath(body, path);
    if (kind.kind !== 'key') secrets.push(path);
  }
  for (const place of context.known?.placesIn(body) ?? []) {
    const path = outsideLists(body, place);
    if (valueAt(body, path) !== undefined) secrets.push(path);
    body = withoutPath(body, path);
  }
  const baseline = baselineOf(kind, live, objects);
  let fields = minimalItems(kind, minimalBody(body, baseline));
  for (const path of inexpressible(fields, [])) {
    const outer = outsideLists(fields, path);
    fields = withoutPath(fields, outer);
    const field = outer.join('.');
    comments.push({ path: outer, text: 'not pulled (it has a value that YAML would not give back exactly)' });
    notes.push({
      reason: 'not-expressible',
      field,
      message: 'has a value that YAML would not give back exactly: left un-owned',
    });
  }
  // Taking a field out may leave an empty container.
  return { kind, live, builtIn, fields: minimalBody(fields, baseline), comments, secrets, notes };
}

/** The fields with lists whose items leave out what each has by default. */
function minimalItems(kind: Kind, fields: JsonObject): JsonObject {
  const entries = Object.entries(itemDefaults[kind.kind] ?? {}).flatMap(([field, defaults]) => {
    const list = fields[field];
    if (!Array.isArray(list)) return [];
    // A list inside a JSON body holds JSON.
    const items = list as readonly Json[];
    return [[field, items.map((item) => (isJsonObject(item) ? minimalBody(item, defaults) : item))] as const];
  });
  return entries.length === 0 ? fields : { ...fields, ...Object.fromEntries(entries) };
}

/** Where this body holds, or is believed to hold, a secret. */
function secretPaths(kind: Kind, body: JsonObject): readonly (readonly string[])[] {
  const paths: (readonly string[])[] = [];
  for (const secret of kind.secrets) {
    let seen = false;
    visitField(body, secret.path, (value, at) => {
      if (value === null || value === '') return;
      seen = true;
      paths.push(at);
    });
    const owner = secret.existsWith === undefined ? undefined : valueAt(body, secret.existsWith.split('.'));
    if (!seen && typeof owner === 'string' && owner !== '') paths.push(secret.path.split('.'));
  }
  return paths;
}

/** The steps up to the first list on the way: a list is owned as a whole or not at all. */
function outsideLists(fields: JsonObject, at: readonly string[]): readonly string[] {
  for (let length = 1; length < at.length; length += 1) {
    if (Array.isArray(valueAt(fields, at.slice(0, length)))) return at.slice(0, length);
  }
  return at;
}

/** Keys that no repository may hold: in JavaScript they reach every object. */
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Where numbers too large to be exact are, text that is not Unicode, and keys that no file may hold. */
export function inexpressible(value: unknown, at: readonly string[]): readonly (readonly string[])[] {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value) ? [at] : [];
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value) ? [at] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    forbiddenKeys.has(key) || /\p{Surrogate}/u.test(key) ? [[...at, key]] : inexpressible(item, [...at, key]),
  );
}

/** True when a draft says nothing that a fresh install does not have already. */
export function isFresh(draft: Draft): boolean {
  return draft.builtIn !== undefined && isJsonObject(draft.fields) && Object.keys(draft.fields).length === 0;
}
