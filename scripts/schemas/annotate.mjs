// Tells an editor what it can show beside a field: what it is, what it is for, since when, and what to use instead.
import { deprecations, descriptions } from './field-notes.mjs';

/** Writes all that is known of a kind's fields into its schema, which is changed. */
export function annotateKind(schema, { kind, catalog }) {
  addDefaults(schema, kind.defaults);
  for (const [path, [text]] of Object.entries(descriptions[kind.kind] ?? {})) describe(needed(schema, kind, path), text);
  for (const { path } of kind.secrets)
    describe(fieldAt(schema, path), 'A secret: write it as !secret env:NAME or !secret file:PATH.');
  for (const ref of kind.refs)
    describe(
      fieldAt(schema, ref.path),
      `The logical key, UUID or builtin: name of a ${catalog.kind(ref.kind).title}.`,
    );
  for (const { path, lost } of kind.immutable)
    describe(fieldAt(schema, path), `FusionAuth never changes it; another value means another object: ${lost}.`);
  for (const [path, version] of Object.entries(kind.since ?? {})) addSince(schema, { path, version });
  for (const [path, [text]] of Object.entries(deprecations[kind.kind] ?? {})) {
    const field = needed(schema, kind, path);
    field.deprecated = true;
    field.deprecationMessage = text;
    describe(field, `Deprecated: ${text}`);
  }
}

function needed(schema, kind, path) {
  const field = fieldAt(schema, path);
  if (!field) throw new Error(`scripts/schemas/field-notes.mjs: ${kind.kind} has no field ${path}`);
  return field;
}

function addSince(schema, { path, version }) {
  const [place, value] = path.split('=');
  const since = `ince FusionAuth ${version}.`;
  if (value === undefined) describe(fieldAt(schema, place), `S${since}`);
  else if (place.endsWith('{key}')) describe(fieldAt(schema, place.slice(0, -5))?.properties?.[value], `S${since}`);
  else describe(fieldAt(schema, place), `${value} s${since}`);
}

/** The schema at a field path; undefined where it is not offered. */
function fieldAt(schema, path) {
  let node = schema;
  for (const step of path.replaceAll('[]', '.[]').replaceAll('{}', '.{}').split('.').filter(Boolean)) {
    if (step === '[]') node = node?.items;
    else if (step === '{}') node = node?.additionalProperties;
    else node = node?.properties?.[step];
    if (typeof node !== 'object') return undefined;
  }
  return node;
}

function describe(field, text) {
  if (field) field.description = field.description ? `${field.description} ${text}` : text;
}

function addDefaults(schema, defaults) {
  for (const [key, value] of Object.entries(defaults)) {
    const field = schema?.properties?.[key];
    if (!field) continue;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) addDefaults(field, value);
    else field.default = value;
  }
}
