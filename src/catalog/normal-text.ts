import { type JsonObject, Secret } from '../model/index.js';
import { mapField } from './field-path.js';
import type { FieldPath } from './field-path.js';

/**
 * Steps of the server's own normalisation, for `Kind.canonical`. Each works on any subset of a body and leaves what is
 * not text as it is. A secret is text to the server: its value is normalised, and stays sealed.
 */
export type NormalStep = (body: JsonObject) => JsonObject;

/** Runs steps one after the other. */
export function normalized(...steps: readonly NormalStep[]): NormalStep {
  return (body) => steps.reduce((value, step) => step(value), body);
}

/** White space at both ends goes. */
export function trimmed(...paths: readonly FieldPath[]): NormalStep {
  return textAt(paths, (text) => text.trim());
}

/** White space at both ends goes, and an empty text is an absent one. */
export function trimmedToAbsent(...paths: readonly FieldPath[]): NormalStep {
  return textAt(paths, (text) => text.trim() || undefined);
}

/** CRLF and CR become LF. */
export function unixLines(...paths: readonly FieldPath[]): NormalStep {
  return textAt(paths, (text) => text.replaceAll('\r\n', '\n').replaceAll('\r', '\n'));
}

/** A to Z become lower case. */
export function lowerCased(...paths: readonly FieldPath[]): NormalStep {
  return textAt(paths, (text) => text.toLowerCase());
}

/** Blank items leave their list. */
export function withoutBlankItems(...paths: readonly FieldPath[]): NormalStep {
  return textAt(
    paths.map((path) => `${path}[]`),
    (text) => (text.trim() === '' ? undefined : text),
  );
}

function textAt(paths: readonly FieldPath[], change: (text: string) => string | undefined): NormalStep {
  return (body) => {
    let value: unknown = body;
    for (const path of paths) value = mapField(value, path, (item) => changed(item, change));
    // mapField gives back the object it was given, with texts changed.
    return value as JsonObject;
  };
}

function changed(item: unknown, change: (text: string) => string | undefined): unknown {
  if (typeof item === 'string') return change(item);
  if (!(item instanceof Secret)) return item;
  const before = item.reveal();
  const after = change(before);
  if (after === before) return item;
  return after === undefined ? undefined : new Secret(item.source, after);
}
