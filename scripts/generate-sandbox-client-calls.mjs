// Writes src/sandbox/client-calls.generated.ts: every call that FusionAuth's own TypeScript client can make, read from
// its source, so that the sandbox names what it does not support and forgets none. `--check` fails when the file is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const require = createRequire(import.meta.url);
const client = require.resolve('@fusionauth/typescript-client/package.json').replace(/package\.json$/, '');
const { version } = JSON.parse(readFileSync(`${client}package.json`, 'utf8'));
const file = `${client}build/src/FusionAuthClient.js`;
const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);

/** The chain `this.start().withUri('…').withUriSegment(x).withMethod('GET').go()`, outermost call first. */
function chainOf(node) {
  const calls = [];
  for (
    let at = node;
    ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression);
    at = at.expression.expression
  ) {
    calls.unshift({ name: at.expression.name.text, arguments: at.arguments });
  }
  return calls;
}

/** Names of the parameters that the client's documentation calls optional: what is null adds nothing to the path. */
function optionalParameters(method) {
  const isOptional = (parameter) =>
    ts
      .getJSDocParameterTags(parameter)
      .some(({ comment }) => /^\s*\(optional\)/i.test(ts.getTextOfJSDocComment(comment) ?? ''));
  return new Set(method.parameters.filter(isOptional).map((parameter) => parameter.name.getText()));
}

function callOf(method) {
  const returned = method.body?.statements.find((statement) => ts.isReturnStatement(statement))?.expression;
  if (returned === undefined) return undefined;
  const chain = chainOf(returned);
  if (chain.at(-1)?.name !== 'go') return undefined;
  const optional = optionalParameters(method);
  let path = '';
  let verb;
  for (const {
    name,
    arguments: [first],
  } of chain) {
    if (name === 'withMethod') verb = first.text;
    if (name === 'withUri') path = first.text;
    if (name !== 'withUriSegment') continue;
    if (ts.isStringLiteralLike(first)) path += `/${first.text}`;
    else path += `/:${first.getText()}${optional.has(first.getText()) ? '?' : ''}`;
  }
  // Only the last part of a route may be missing.
  return { verb, path: path.replace(/\?(?=\/)/g, '') };
}

const declaration = source.statements.find((statement) => ts.isClassDeclaration(statement));
const calls = new Map();
for (const method of declaration.members.filter((member) => ts.isMethodDeclaration(member))) {
  const call = callOf(method);
  if (call === undefined) continue;
  const key = `${call.verb} ${call.path}`;
  calls.set(key, [...(calls.get(key) ?? []), method.name.getText()]);
}
const lines = [...calls]
  .sort(([left], [right]) => (left < right ? -1 : 1))
  .map(([key, names]) => {
    const [verb, path] = key.split(' ');
    return `  { method: '${verb}', path: '${path}', names: [${names.map((name) => `'${name}'`).join(', ')}] },`;
  });

const text = `// Generated from @fusionauth/typescript-client ${version} by scripts/generate-sandbox-client-calls.mjs. Do not edit.
import type { Route } from './kind.js';

/** One call that the client can make, and the names of its methods that make it. */
export interface ClientCall extends Pick<Route, 'method' | 'path'> {
  readonly names: readonly string[];
}

/** Every call of the client. */
export const clientCalls: readonly ClientCall[] = [
${lines.join('\n')}
];
`;
const output = fileURLToPath(new URL('../src/sandbox/client-calls.generated.ts', import.meta.url));
if (process.argv.includes('--check')) {
  if (readFileSync(output, 'utf8') !== text)
    throw new Error(`${output} is stale: node scripts/generate-sandbox-client-calls.mjs`);
} else writeFileSync(output, text);
