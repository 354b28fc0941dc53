// Writes src/sandbox/shapes.generated.ts from the type declarations of FusionAuth's own TypeScript client, so that the
// sandbox checks the types of what it is sent without a line typed by hand. `--check` fails when the file is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const require = createRequire(import.meta.url);
const client = require.resolve('@fusionauth/typescript-client/package.json').replace(/package\.json$/, '');
const { version } = JSON.parse(readFileSync(`${client}package.json`, 'utf8'));
const file = `${client}build/src/FusionAuthClient.d.ts`;
const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);

const interfaces = new Map();
const enums = new Map();
for (const statement of source.statements) {
  // The client declares some names twice (LambdaConfiguration): TypeScript merges them, and so do we.
  if (ts.isInterfaceDeclaration(statement)) {
    interfaces.set(statement.name.text, [...(interfaces.get(statement.name.text) ?? []), statement]);
  }
  if (ts.isEnumDeclaration(statement)) enums.set(statement.name.text, statement);
}

/** A type in the small language that src/sandbox/shape.ts reads. @param bound - what the type parameters in it stand for. */
function shapeOf(type, bound) {
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword:
      return 'text';
    case ts.SyntaxKind.NumberKeyword:
      return 'number';
    case ts.SyntaxKind.BooleanKeyword:
      return 'boolean';
  }
  if (!ts.isTypeReferenceNode(type)) return 'any';
  const name = type.typeName.getText();
  const [first, second] = type.typeArguments ?? [];
  if (bound.has(name)) return bound.get(name);
  if (name === 'UUID') return 'uuid';
  if (name === 'Array') return `[${shapeOf(first, bound)}]`;
  if (name === 'Record') return `{${shapeOf(second, bound)}}`;
  if (name === 'HTTPHeaders' || name === 'LocalizedStrings') return '{text}';
  if (name === 'LocalizedIntegers') return '{number}';
  if (!interfaces.has(name) && !enums.has(name)) return 'any';
  wanted.add(name);
  return name;
}

/** @param given - the shapes of its type arguments: `AppleIdentityProvider` is a `BaseIdentityProvider<Apple…>`. */
function fieldsOf(name, given = []) {
  const declarations = interfaces.get(name);
  const parameters = declarations[0].typeParameters ?? [];
  const bound = new Map(parameters.map((parameter, index) => [parameter.name.text, given[index] ?? 'any']));
  const inherited = declarations
    .flatMap((declaration) => declaration.heritageClauses ?? [])
    .flatMap(({ types }) => types)
    .filter(({ expression }) => interfaces.has(expression.getText()))
    .flatMap(({ expression, typeArguments = [] }) =>
      fieldsOf(
        expression.getText(),
        typeArguments.map((argument) => shapeOf(argument, bound)),
      ),
    );
  const own = declarations
    .flatMap((declaration) => declaration.members)
    .filter((member) => ts.isPropertySignature(member) && member.type !== undefined)
    .map((member) => [member.name.text ?? member.name.getText(), shapeOf(member.type, bound)]);
  return [...new Map([...inherited, ...own])];
}

/** An object with a `type` is read as the subtype that it names: the classes that extend one that is wanted. */
function basesOf(name) {
  return interfaces
    .get(name)
    .flatMap((declaration) => declaration.heritageClauses ?? [])
    .flatMap(({ types }) => types.map((type) => type.expression.getText()));
}

const subtyped = [
  'BaseConnectorConfiguration',
  'BaseIdentityProvider',
  'BaseMessengerConfiguration',
  'MessageTemplate',
  'BaseIdentityProviderApplicationConfiguration',
];
const isSubtype = (name) =>
  basesOf(name).some((base) => subtyped.includes(base) || (interfaces.has(base) && isSubtype(base)));
const wanted = new Set([...interfaces.keys()].filter((name) => name.endsWith('Request') || isSubtype(name)));
const lines = [];
for (const name of wanted) {
  if (interfaces.has(name)) {
    const fields = fieldsOf(name).map(([field, shape]) => `${JSON.stringify(field)}:'${shape}'`);
    lines.push([name, `  ${name}: {${fields.join(', ')}},`]);
  } else {
    const values = enums.get(name).members.map(({ initializer }) => `'${initializer?.text ?? ''}'`);
    lines.push([name, `  ${name}: [${values.join(', ')}],`]);
  }
}
lines.sort(([left], [right]) => (left < right ? -1 : 1));

const text = `// Generated from @fusionauth/typescript-client ${version} by scripts/generate-sandbox-shapes.mjs. Do not edit.
/** Objects by the types of their fields, and enumerations by their values. */
export const shapes: Readonly<Record<string, Readonly<Record<string, string>> | readonly string[]>> = {
${lines.map(([, line]) => line).join('\n')}
};
`;
const output = fileURLToPath(new URL('../src/sandbox/shapes.generated.ts', import.meta.url));
if (process.argv.includes('--check')) {
  if (readFileSync(output, 'utf8') !== text)
    throw new Error(`${output} is stale: node scripts/generate-sandbox-shapes.mjs`);
} else writeFileSync(output, text);
