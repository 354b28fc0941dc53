// Writes schemas/: one JSON Schema (draft-07) per kind from the types of @fusionauth/typescript-client, the schema of a
// whole file for editors, and the schemas of kedge's own settings files from src/desired/environment-file.ts.
// `--check` fails when what is committed is not what this would write. Needs `npm run build` (it asks the catalog).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';
import { annotateKind } from './schemas/annotate.mjs';
import { kindsPage } from './schemas/kinds-page.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const { catalog } = await import(new URL('../dist/catalog/index.js', import.meta.url).href);
const client = createRequire(import.meta.url).resolve('@fusionauth/typescript-client');
const clientTypes = client.replace(/index\.js$/, 'src/FusionAuthClient.d.ts');

/** Fields that kedge gives another shape than the wire has. */
const reconcile = {
  lambdaConfiguration: {
    type: 'object',
    additionalProperties: false,
    properties: { reconcileId: { type: 'string' } },
  },
};
const reshaped = {
  entity: {
    type: { type: 'object', additionalProperties: false, properties: { id: { type: 'string' } } },
    grants: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        properties: {
          data: { type: 'object' },
          permissions: { type: 'array', items: { type: 'string' } },
          recipientEntityId: { type: 'string' },
          userId: { type: 'string', description: 'The UUID of a user.' },
        },
      },
    },
  },
  group: { roleIds: { type: 'array', items: { type: 'string' } } },
  // The client has three interfaces of the name LambdaConfiguration, which TypeScript makes one.
  connector: reconcile,
  identityProvider: reconcile,
};
/** Whole numbers that the client types as `number`: everything but these is one. */
const fractions = /threshold/i;

const make = (path, tsconfig) =>
  createGenerator({
    path,
    tsconfig,
    type: '*',
    skipTypeCheck: true,
    topRef: false,
    additionalProperties: false,
    expose: 'all',
    jsDoc: 'extended',
    sortProps: true,
  });

const generator = make(clientTypes);
const outputs = new Map();
const kindSchemas = new Map();

for (const kind of catalog.kinds) {
  const schema = clientSchema(kind);
  Object.assign(schema.properties, reshaped[kind.kind]);
  tidy(schema);
  for (const path of [...kind.serverOwned, ...kind.mirrors]) remove(schema, path.replaceAll('{}', '.{}').split('.'));
  for (const child of kind.children) delete schema.properties[child.field];
  annotateKind(schema, { kind, catalog });
  schema.properties = sorted(schema.properties);
  kindSchemas.set(kind.kind, schema);
  outputs.set(`schemas/kinds/${kind.kind}.schema.json`, {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `urn:kedge:kind:${kind.kind}`,
    title: `The fields of a ${kind.title}`,
    ...schema,
  });
}

outputs.set('schemas/kedge.schema.json', fileSchema());

const settings = make(`${root}src/desired/environment-file.ts`, `${root}tsconfig.json`);
for (const [name, type] of [
  ['environment', 'EnvironmentFile'],
  ['project', 'ProjectFile'],
]) {
  const schema = inlined(settings.createSchema(type));
  // An editor completes the collections; what else stands there is for the loader to report.
  const kinds = schema.properties.policy?.properties.kinds;
  if (kinds) {
    kinds.properties = Object.fromEntries(
      catalog.kinds.map((kind) => [kind.collection, structuredClone(kinds.additionalProperties)]),
    );
  }
  outputs.set(`schemas/${name}.schema.json`, {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `urn:kedge:${name}`,
    ...schema,
  });
}
outputs.set('docs/kinds.md', kindsPage(catalog));

let stale = 0;
for (const [name, content] of outputs) {
  const path = root + name;
  const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`;
  if (process.argv.includes('--check')) {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    stale += 1;
    console.error(`${name} is stale: run npm run schemas`);
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
if (stale > 0) process.exitCode = 1;
else console.log(`${outputs.size} generated files are ${process.argv.includes('--check') ? 'up to date' : 'written'}`);

/** The schema of a kind's body as the client has it; of a kind with several types, all their fields together. */
function clientSchema(kind) {
  const { types: known, clientType = kind.kind[0].toUpperCase() + kind.kind.slice(1) } = kind;
  if (!known) return inlined(generator.createSchema(clientType));
  const types = Object.entries(known).map(([type, one]) => [type, inlined(generator.createSchema(one.clientType))]);
  const schema = types.map(([, one]) => one).reduce(union);
  schema.properties.type = { type: 'string', enum: types.map(([type]) => type) };
  const hidden = new Set([...kind.serverOwned, ...kind.mirrors]);
  // Which fields a type has is known once all layers are merged: an editor is offered all of them.
  schema.allOf = types.map(([type, one]) => ({
    if: { properties: { type: { const: type } }, required: ['type'] },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema; nobody awaits it
    then: {
      propertyNames: {
        enum: Object.keys(one.properties)
          .filter((name) => !hidden.has(name))
          .sort(),
      },
    },
  }));
  return schema;
}

/** A schema that takes what either takes. */
function union(left, right) {
  if (left.properties && right.properties) {
    const properties = { ...left.properties };
    for (const [name, field] of Object.entries(right.properties)) {
      properties[name] = properties[name] ? union(properties[name], field) : field;
    }
    return { ...left, properties };
  }
  if (left.enum && right.enum) return { ...left, enum: [...new Set([...left.enum, ...right.enum])] };
  for (const key of ['items', 'additionalProperties']) {
    if (typeof left[key] === 'object' && typeof right[key] === 'object')
      return { ...left, [key]: union(left[key], right[key]) };
  }
  return left;
}

/** The schema with every $ref replaced by what it refers to: these types nest, but never into themselves. */
function inlined(schema) {
  const definitions = schema.definitions ?? {};
  const visit = (node) => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    if (typeof node.$ref === 'string') {
      const name = decodeURIComponent(node.$ref.replace('#/definitions/', ''));
      const { $ref: _ref, ...beside } = node;
      return { ...visit(definitions[name]), ...beside };
    }
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value)]));
  };
  const { definitions: _, $schema: __, ...own } = visit(schema);
  return own;
}

/** No field is required (an entry owns what it writes), maps of anything stay open, and numbers are whole. */
function tidy(node) {
  if (typeof node !== 'object' || node === null) return;
  delete node.required;
  delete node.author;
  if (typeof node.description === 'string') {
    node.description = node.description.split(/\s*@author/)[0].trim();
    // The client says of every id that it is a UUID; here a logical key may stand in its place.
    if (node.description === '' || node.description.startsWith('A 128 bit UUID')) delete node.description;
  }
  // Only schemas are tidied: a field may itself be called `required` or `description`.
  for (const [key, field] of Object.entries(node.properties ?? {})) {
    if (field.type === 'number' && !fractions.test(key)) field.type = 'integer';
    tidy(field);
  }
  for (const key of ['items', 'additionalProperties']) tidy(node[key]);
  for (const key of ['anyOf', 'oneOf', 'allOf']) for (const branch of node[key] ?? []) tidy(branch);
}

function remove(schema, [first, ...rest]) {
  if (first === '{}') {
    remove(schema?.additionalProperties, rest);
    return;
  }
  if (!schema?.properties) return;
  if (rest.length === 0) delete schema.properties[first];
  else remove(schema.properties[first], rest);
}

function sorted(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The same schema for an editor, in which every field, at any depth, may also be null ("absent, or the server's
 * default"). The loader's schemas do without: it takes every null itself, and its messages stay "must be text".
 */
function nullable(schema) {
  const fields = (object) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, orNull(value)]));
  const { properties, additionalProperties, items } = schema;
  return {
    ...schema,
    ...(properties && { properties: fields(properties) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: orNull(additionalProperties) }),
    ...(items && { items: nullable(items) }),
  };
}

function orNull(schema) {
  const field = nullable(schema);
  if (typeof field.type !== 'string') return field;
  return { ...field, type: [field.type, 'null'], ...(field.enum && { enum: [...field.enum, null] }) };
}

function fileSchema() {
  const uuid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
  const key = { pattern: `^(?!${uuid}$)[^/@:]+$` };
  const id = {
    type: 'string',
    pattern: `^(${uuid}|builtin:[a-z0-9-]+)$`,
    description: 'The UUID of the live object, or builtin:<name>. Without it kedge derives one.',
  };
  const top = catalog.kinds.filter((kind) => kind.scope !== 'child');
  const definitions = {};
  for (const kind of catalog.kinds) {
    const own = nullable(structuredClone(kindSchemas.get(kind.kind)));
    const properties = { ...(kind.scope !== 'singleton' && { id }), ...own.properties };
    if (kind.scope === 'child')
      properties.was = {
        type: 'string',
        description: `The name this ${kind.title} had before, so that a rename keeps its identity.`,
      };
    else if (kind.scope !== 'singleton')
      properties.forEach = {
        type: 'object',
        additionalProperties: false,
        required: ['tenant'],
        properties: { tenant: { type: 'array', items: { type: 'string' } } },
        description: 'Makes one of these per tenant, as key@tenant, with ${tenant} in !sub values.',
      };
    for (const child of kind.children) {
      properties[child.field] = {
        type: ['array', 'null'],
        items: { $ref: `#/definitions/${child.kind}` },
        description: `The ${catalog.kind(child.kind).title}s. A written list is complete unless it is !atLeast.`,
      };
    }
    definitions[kind.kind] = { ...own, properties: sorted(properties) };
    // Children stand in a list: their natural key is what tells one from another, in every layer.
    if (kind.scope === 'child') definitions[kind.kind].required = kind.naturalKey;
  }
  const collection = (value) => ({ type: 'object', propertyNames: key, additionalProperties: value });
  const many = top.filter((kind) => kind.scope !== 'singleton');
  const perKind = (value, of = many) => ({
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(of.map((kind) => [kind.collection, value(kind)])),
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'urn:kedge:file',
    title: 'A file of a kedge environment',
    type: 'object',
    additionalProperties: false,
    required: ['version'],
    properties: {
      version: { const: 1 },
      ...Object.fromEntries(
        top.map((kind) => {
          const one = { anyOf: [{ $ref: `#/definitions/${kind.kind}` }, { type: 'null' }] };
          const value =
            kind.scope === 'singleton'
              ? { description: `The ${kind.title} of the instance.`, ...one }
              : { description: `${kind.title}s by logical key.`, ...collection(one) };
          return [kind.collection, value];
        }),
      ),
      absent: {
        description: 'What must not exist, by collection: logical keys, or { id }.',
        ...perKind(
          () => ({
            type: 'array',
            items: {
              anyOf: [
                { type: 'string' },
                {
                  type: 'object',
                  additionalProperties: false,
                  required: ['id'],
                  properties: { id: { type: 'string' } },
                },
              ],
            },
          }),
          catalog.kinds.filter((kind) => kind.scope !== 'singleton'),
        ),
      },
      existing: {
        description: 'Objects that are found and referred to, and never written.',
        ...perKind((kind) =>
          collection({
            type: 'object',
            minProperties: 1,
            additionalProperties: false,
            properties: Object.fromEntries(['id', ...kind.naturalKey].map((field) => [field, { type: 'string' }])),
          }),
        ),
      },
      moved: {
        description: 'Logical keys that changed.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'from', 'to'],
          properties: {
            kind: { enum: catalog.kinds.map((kind) => kind.kind) },
            from: { type: 'string' },
            to: { type: 'string' },
          },
        },
      },
    },
    definitions,
  };
}
