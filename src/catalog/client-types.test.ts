import { createRequire } from 'node:module';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { isJsonObject } from '../model/index.js';
import { catalog } from './index.js';
import type { Kind } from './kind.js';
import { clientEnums as enums, clientInterfaces as interfaces } from '../testing/client-declarations.js';

const require = createRequire(import.meta.url);

/** The client's interfaces of a kind: one, or one for each type it can have. */
const typesOf = ({ kind, clientType, types }: Kind): readonly string[] =>
  types
    ? Object.values(types).map((type) => type.clientType)
    : [clientType ?? `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`];

/**
 * Three interfaces of the client are called LambdaConfiguration, so that TypeScript merges them; the server's application
 * has the fields of the first only (openapi #/components/schemas/LambdaConfiguration), and the others those of theirs.
 */
const ofApplications = [
  'accessTokenPopulateId',
  'idTokenPopulateId',
  'multiFactorRequirementId',
  'samlv2PopulateId',
  'selfServiceRegistrationValidationId',
  'userinfoPopulateId',
].map((field) => `lambdaConfiguration.${field}`);
const ofAnotherKind: Readonly<Record<string, readonly string[]>> = {
  application: ['lambdaConfiguration.reconcileId'],
  connector: ofApplications,
  identityProvider: ofApplications,
};

/** The members of an interface of the client and of those it extends: field name → type. */
function membersOf(type: string, typeArguments: readonly ts.TypeNode[] = []): ReadonlyMap<string, ts.TypeNode> {
  const node = interfaces.get(type);
  if (!node) throw new Error(`the client has no interface ${type}`);
  const members = new Map<string, ts.TypeNode>();
  for (const base of node.heritageClauses?.flatMap((clause) => clause.types) ?? []) {
    if (!ts.isIdentifier(base.expression) || base.expression.text === 'Record') continue;
    for (const [name, member] of membersOf(base.expression.text, base.typeArguments)) members.set(name, member);
  }
  const parameters = (node.typeParameters ?? []).map((parameter) => parameter.name.text);
  /** `Record<UUID, D>` with what D is here. */
  const filledIn = (member: ts.TypeNode): ts.TypeNode => {
    if (!ts.isTypeReferenceNode(member) || !ts.isIdentifier(member.typeName)) return member;
    const argument = typeArguments[parameters.indexOf(member.typeName.text)];
    if (argument) return argument;
    return member.typeArguments
      ? ts.factory.createTypeReferenceNode(member.typeName, member.typeArguments.map(filledIn))
      : member;
  };
  for (const member of node.members) {
    if (ts.isPropertySignature(member) && ts.isIdentifier(member.name) && member.type) {
      members.set(member.name.text, filledIn(member.type));
    }
  }
  return members;
}

const propertiesOf = (schema: unknown): Readonly<Record<string, unknown>> => {
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  return isJsonObject(properties) ? properties : {};
};

/** What the client has at this type and below, and the schema has not: `path` or `path: value of an enum`. */
function missing(type: ts.TypeNode, schema: unknown, path: string): readonly string[] {
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return [];
  const name = type.typeName.text;
  const [first, second] = type.typeArguments ?? [];
  if (name === 'Array' && first) return missing(first, isJsonObject(schema) ? schema['items'] : undefined, `${path}[]`);
  if (name === 'Record' && first && second) return missingInMap({ keys: first, values: second }, schema, path);
  const values = enums.get(name);
  if (values) {
    const offered = isJsonObject(schema) ? (schema['enum'] ?? [schema['const'] ?? null]) : [];
    return values.filter((value) => !Array.isArray(offered) || !offered.includes(value)).map((v) => `${path}: ${v}`);
  }
  return interfaces.has(name) ? missingFields(name, schema, path) : [];
}

function missingInMap(
  map: { readonly keys: ts.TypeNode; readonly values: ts.TypeNode },
  schema: unknown,
  path: string,
): readonly string[] {
  const names = ts.isTypeReferenceNode(map.keys) && ts.isIdentifier(map.keys.typeName) ? map.keys.typeName.text : '';
  const values = enums.get(names);
  if (!values)
    return missing(map.values, isJsonObject(schema) ? schema['additionalProperties'] : undefined, `${path}{}`);
  const properties = propertiesOf(schema);
  return values.flatMap((value) =>
    Object.hasOwn(properties, value)
      ? missing(map.values, properties[value], `${path}.${value}`)
      : [`${path}.${value}`],
  );
}

function missingFields(type: string, schema: unknown, path: string): readonly string[] {
  const properties = propertiesOf(schema);
  return [...membersOf(type)].flatMap(([name, member]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return Object.hasOwn(properties, name) ? missing(member, properties[name], at) : [at];
  });
}

/** Every field at this type and below: path → name of its type. */
function leaves(type: ts.TypeNode, path: string): readonly (readonly [path: string, type: string])[] {
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return [[path, ts.SyntaxKind[type.kind]]];
  const name = type.typeName.text;
  const [first, second] = type.typeArguments ?? [];
  if (name === 'Array' && first) return leaves(first, `${path}[]`);
  if (name === 'Record' && first && second) {
    const keys = leaves(first, `${path}{key}`).filter(([, key]) => key === 'UUID');
    return [...keys, ...leaves(second, `${path}{}`)];
  }
  return interfaces.has(name) ? fieldLeaves(name, path) : [[path, name]];
}

function fieldLeaves(type: string, path: string): readonly (readonly [path: string, type: string])[] {
  return [...membersOf(type)].flatMap(([name, member]) => leaves(member, path === '' ? name : `${path}.${name}`));
}

/** Ids of things that are not FusionAuth's own configuration, and ids of the object itself. */
const noReferences: Readonly<Record<string, readonly string[]>> = {
  application: ['cleanSpeakConfiguration.applicationIds[]', 'cleanSpeakConfiguration.usernameModeration.applicationId'],
  entity: ['grants[].userId'],
  integrations: ['cleanspeak.applicationIds[]', 'cleanspeak.usernameModeration.applicationId'],
};

const isUnder = (path: string, prefixes: readonly string[]): boolean =>
  prefixes.some(
    (prefix) =>
      path === prefix ||
      path.startsWith(`${prefix}.`) ||
      path.startsWith(`${prefix}[`) ||
      path.startsWith(`${prefix}{`),
  );

describe('the installed client', () => {
  it.each(catalog.kinds.map((kind) => [kind.kind, kind] as const))(
    'has no id in a %s that kedge does not know what it refers to',
    (_, kind) => {
      const ids = typesOf(kind)
        .flatMap((type) => fieldLeaves(type, ''))
        .flatMap(([path, type]) => (type === 'UUID' ? [path] : []));
      const known = [
        ...kind.refs.map((ref) => ref.path),
        ...kind.serverOwned,
        ...kind.mirrors,
        ...kind.children.map((child) => child.field),
        ...(ofAnotherKind[kind.kind] ?? []),
        ...(noReferences[kind.kind] ?? []),
      ];
      expect(ids.filter((path) => !isUnder(path, known))).toEqual([]);
    },
  );

  it.each(catalog.kinds.map((kind) => [kind.kind, kind] as const))(
    'has no field in a %s that is called like a secret and is not one',
    (_, kind) => {
      const named = typesOf(kind)
        .flatMap((type) => fieldLeaves(type, ''))
        .flatMap(([path, type]) =>
          type === 'StringKeyword' && /(password|secret|privateKey|apiKey|authToken)$/i.test(path) ? [path] : [],
        );
      expect(named.filter((path) => !kind.secrets.some((secret) => secret.path === path))).toEqual([]);
    },
  );

  it.each(catalog.kinds.map((kind) => [kind.kind, kind] as const))(
    'has no field and no value of a %s, at any depth, that kedge does not know',
    (_, kind) => {
      const schema: unknown = require(`../../schemas/kinds/${kind.kind}.schema.json`);
      const known = new Set([
        ...(ofAnotherKind[kind.kind] ?? []),
        ...kind.serverOwned,
        ...kind.mirrors,
        ...kind.children.map((child) => child.field),
      ]);
      const unknown = typesOf(kind).flatMap((type) => missingFields(type, schema, ''));
      expect(unknown.filter((path) => !known.has(path))).toEqual([]);
    },
  );

  it('is read to the bottom: an unknown field or value would be told', () => {
    const known = require('../../schemas/kinds/tenant.schema.json') as { readonly properties: object };
    const { jwtConfiguration: _, ...properties } = known.properties as { readonly jwtConfiguration?: unknown };
    expect(missingFields('Tenant', { properties }, '')).toContain('jwtConfiguration');
    expect(missingFields('Tenant', { properties: { jwtConfiguration: {} } }, '')).toContain(
      'jwtConfiguration.refreshTokenUsagePolicy',
    );
    expect(missingFields('Lambda', { properties: { type: { enum: [] } } }, '')).toContain('type: JWTPopulate');
    expect(missingFields('Webhook', { properties: { eventsEnabled: {} } }, '')).toContain('eventsEnabled.user.create');
  });
});
