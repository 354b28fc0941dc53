import { createRequire } from 'node:module';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { catalog } from '../src/catalog/index.js';
import { kinds as sandboxKinds } from '../src/sandbox/kinds/registry.js';
import { shapes } from '../src/sandbox/shapes.generated.js';
import { clientEnums as enums, clientInterfaces as interfaces } from '../src/testing/client-declarations.js';

const require = createRequire(import.meta.url);

/** Why what a request of the client wraps is no kind of configuration of its own. */
const notConfiguration: Readonly<Record<string, string>> = {
  ActionData: 'data: an action that was taken on a user',
  AuditLog: 'data: what happened',
  BaseEvent: 'data: an event that is sent',
  EmailAddress: 'a call: who a mail goes to',
  EntityGrant: 'written inside its entity, as grants',
  EventInfo: 'a call: where a request comes from',
  FamilyMember: 'data: users and their families',
  IdentityProviderLink: 'data: a user at an identity provider',
  MetaData: 'a call: the device that a login is from',
  RefreshToken: 'data: a session',
  TenantManagerIdentityProviderTypeConfiguration: 'written inside the Tenant Manager configuration',
  User: 'data',
  UserComment: 'data',
  UserConsent: 'data: what a user agreed to',
  UserRegistration: 'data: a user of an application',
  WebAuthnAuthenticatorAuthenticationResponse: 'a call: a login',
  WebAuthnAuthenticatorRegistrationResponse: 'a call: a passkey that is registered',
  WebAuthnCredential: 'data: a passkey of a user',
  WebAuthnExtensionsClientOutputs: 'a call: a passkey that is used',
  WebAuthnPublicKeyAuthenticationRequest: 'a call: a login',
  WebAuthnPublicKeyRegistrationRequest: 'a call: a passkey that is registered',
};

const basesOf = (name: string): readonly string[] =>
  (interfaces.get(name)?.heritageClauses ?? [])
    .flatMap((clause) => clause.types)
    .flatMap(({ expression }) => (ts.isIdentifier(expression) ? [expression.text, ...basesOf(expression.text)] : []));

/** The client's interfaces of a kind: one, or one for each type it can have. */
const ownTypes = catalog.kinds.flatMap(({ kind, clientType, types }) =>
  types
    ? Object.values(types).map((type) => type.clientType)
    : [clientType ?? `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`],
);
const known = new Set([...ownTypes, ...ownTypes.flatMap(basesOf)]);

/** The interface that a member is of, or is a list of; the criteria of a search are no object. */
function interfaceOf(type: ts.TypeNode | undefined): readonly string[] {
  if (!type || !ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return [];
  const { text } = type.typeName;
  if (text === 'Array') return interfaceOf(type.typeArguments?.[0]);
  return interfaces.has(text) && !text.endsWith('SearchCriteria') ? [text] : [];
}

const fieldsOf = (name: string): readonly string[] =>
  [name, ...basesOf(name)].flatMap((each) =>
    (interfaces.get(each)?.members ?? []).flatMap((member) =>
      member.name && ts.isIdentifier(member.name) ? [member.name.text] : [],
    ),
  );

/** What the client's requests wrap. */
const wrapped = new Set(
  [...interfaces.values()]
    .filter(({ name }) => name.text.endsWith('Request'))
    .flatMap((node) =>
      node.members.flatMap((member) => (ts.isPropertySignature(member) ? interfaceOf(member.type) : [])),
    ),
);

describe('the installed client', () => {
  it('wraps nothing in a request that is neither a kind nor known to be none', () => {
    expect(wrapped.size).toBeGreaterThan(40);
    expect([...wrapped].filter((name) => !known.has(name) && notConfiguration[name] === undefined)).toEqual([]);
  });

  it('still has all that is said to be no kind, and none of it is one', () => {
    expect(Object.keys(notConfiguration).filter((name) => !wrapped.has(name))).toEqual([]);
    expect(Object.keys(notConfiguration).filter((name) => ownTypes.includes(name))).toEqual([]);
  });

  it('has no kind and no field of one that the sandbox does not know', () => {
    const names = new Set(sandboxKinds.map((kind) => kind.name));
    expect(catalog.kinds.map((kind) => kind.kind).filter((kind) => !names.has(kind))).toEqual([]);
    const unknown = ownTypes.flatMap((type) => {
      const shape = shapes[type] ?? {};
      return fieldsOf(type).flatMap((field) => (Object.hasOwn(shape, field) ? [] : [`${type}.${field}`]));
    });
    expect(unknown).toEqual([]);
  });

  it.each([
    ['64 events of a webhook', 'EventType', 64, 'webhook', ['properties', 'eventsEnabled', 'properties']],
    ['27 types of lambdas', 'LambdaType', 27, 'lambda', ['properties', 'type', 'enum']],
  ] as const)('has %s, and the schema all of them', (_, name, count, kind, path) => {
    const values = enums.get(name) ?? [];
    expect(values).toHaveLength(count);
    expect(values.filter((value) => !offered(kind, path).includes(value))).toEqual([]);
  });

  it('has templates of a theme, and the schema all that are not deprecated names of others', () => {
    const templates = fieldsOf('Templates');
    expect(templates.length).toBeGreaterThan(50);
    const inSchema = offered('theme', ['properties', 'templates', 'properties']);
    const { mirrors } = catalog.kind('theme');
    const missing = templates.filter((name) => !inSchema.includes(name) && !mirrors.includes(`templates.${name}`));
    expect(missing).toEqual([]);
  });
});

/** The words at a place of a kind's schema. */
function offered(kind: string, path: readonly string[]): readonly string[] {
  let node: unknown = require(`../schemas/kinds/${kind}.schema.json`);
  // A schema is JSON, and what is not there is undefined.
  for (const step of path) node = (node as Readonly<Record<string, unknown>> | undefined)?.[step];
  return Array.isArray(node) ? node.map(String) : Object.keys(node ?? {});
}
