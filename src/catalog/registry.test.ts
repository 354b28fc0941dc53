import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../model/index.js';
import { canonicalBody, catalog, createCatalog } from './index.js';
import type { Kind } from './kind.js';

const require = createRequire(import.meta.url);
const schemaOf = (kind: Kind): JsonObject => require(`../../schemas/kinds/${kind.kind}.schema.json`) as JsonObject;
/** True when a field path leads somewhere in a JSON Schema; the fields the schema leaves out are given apart. */
function schemaHas(schema: unknown, path: string): boolean {
  let node: unknown = schema;
  for (const step of path.replaceAll('{key}', '').replaceAll('[]', '.[]').replaceAll('{}', '.{}').split('.')) {
    if (!isJsonObject(node)) return false;
    const properties = node['properties'];
    node =
      step === '[]'
        ? node['items']
        : step === '{}'
          ? (node['additionalProperties'] ?? true)
          : isJsonObject(properties)
            ? properties[step]
            : undefined;
    if (step === '{}') return true;
  }
  return node !== undefined;
}

describe('the catalog', () => {
  it('has a kind for every file in kinds/, and no other', () => {
    const files = readdirSync(new URL('kinds/', import.meta.url)).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    );
    const names = files
      .map((name) => name.slice(0, -3).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()))
      .sort();
    expect(catalog.kinds.map((kind) => kind.kind)).toEqual(names);
  });

  it('calls no two kinds, collections or built-ins the same', () => {
    const unique = (list: readonly string[]) => expect(new Set(list).size).toBe(list.length);
    unique(catalog.kinds.map((kind) => kind.kind));
    unique(catalog.kinds.map((kind) => kind.collection));
    unique(catalog.kinds.flatMap((kind) => kind.builtIns.map((builtIn) => builtIn.name)));
  });

  it('finds kinds by name and collection, built-ins by name, and no child kind at the top level', () => {
    expect(catalog.byCollection('emailTemplates')?.kind).toBe('emailTemplate');
    expect(catalog.byCollection('roles')).toBeUndefined();
    expect(catalog.builtIn('default-theme')?.kind).toBe('theme');
    expect(catalog.byCollection('systemConfiguration')?.scope).toBe('singleton');
    expect(catalog.has('user')).toBe(false);
    expect(() => catalog.kind('user')).toThrow(TypeError);
    expect(createCatalog([]).kinds).toEqual([]);
  });

  it.each(catalog.kinds.map((kind) => [kind.kind, kind] as const))('%s refers only to kinds there are', (_, kind) => {
    for (const ref of kind.refs) expect(catalog.has(ref.kind)).toBe(true);
    for (const child of kind.children) expect(catalog.kind(child.kind).parent).toBe(kind.kind);
  });

  it.each(catalog.kinds.map((kind) => [kind.kind, kind] as const))(
    '%s speaks only of fields the client has',
    (_, kind) => {
      const schema = schemaOf(kind);
      const paths = [
        ...kind.refs.map((ref) => ref.path),
        ...kind.secrets.map((secret) => secret.path),
        ...kind.lists.map((list) => list.path),
        ...kind.immutable.map((field) => field.path),
        ...kind.files.map((file) => file.path),
        ...(kind.meanings ?? []).map((meaning) => meaning.path),
        ...kind.required,
        ...kind.naturalKey,
        ...(kind.freeMaps ?? []),
        ...kind.completeMaps,
        ...Object.keys(kind.since ?? {}).flatMap((path) => /^[^=]+/.exec(path)?.[0] ?? []),
      ];
      expect(paths.filter((path) => !schemaHas(schema, path))).toEqual([]);
      expect(kind.required.filter((path) => kind.serverOwned.includes(path))).toEqual([]);
    },
  );

  it.each(catalog.kinds.map((kind) => [kind.kind, kind] as const))(
    '%s offers only defaults that its schema has',
    (_, kind) => {
      const walk = (value: unknown, path: string): readonly string[] =>
        isJsonObject(value) && !(kind.freeMaps ?? []).includes(path)
          ? Object.entries(value).flatMap(([key, item]) => walk(item, path === '' ? key : `${path}.${key}`))
          : [path];
      expect(walk(kind.defaults, '').filter((path) => path !== '' && !schemaHas(schemaOf(kind), path))).toEqual([]);
    },
  );

  it.each(catalog.kinds.map((kind) => [kind.kind, kind] as const))(
    'law: the canonical form of a %s is canonical, whatever part of it is given',
    (_, kind) => {
      const text = fc.constantFrom(' a ', 'b\r\nc', '', ' ', 'D.Example', 'plain');
      const value = fc.letrec((tie) => ({
        value: fc.oneof({ depthSize: 'small' }, text, fc.boolean(), fc.constant(null), tie('list'), tie('map')),
        list: fc.array(text, { maxLength: 3 }),
        map: fc.dictionary(fc.constantFrom('name', 'domains', 'verifyEmail', 'id', 'connectorId'), tie('value'), {
          maxKeys: 3,
        }),
      })).value;
      const properties = schemaOf(kind)['properties'];
      const names = Object.keys(isJsonObject(properties) ? properties : {});
      fc.assert(
        fc.property(fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 5 }), (body) => {
          const once = canonicalBody(kind, body as JsonObject);
          expect(canonicalBody(kind, once)).toEqual(once);
        }),
        { numRuns: 200 },
      );
    },
  );

  it('sorts a set and drops what is in it twice', () => {
    const webhook = catalog.kind('webhook');
    expect(canonicalBody(webhook, { tenantIds: ['b', 'a', 'b'] })).toEqual({ tenantIds: ['a', 'b'] });
    const sorted = { tenantIds: ['a', 'b'] };
    expect(canonicalBody(webhook, sorted)).toBe(sorted);
    expect(canonicalBody(webhook, { tenantIds: 'odd' as never })).toEqual({ tenantIds: 'odd' });
  });
});
