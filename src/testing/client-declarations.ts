import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';

const require = createRequire(import.meta.url);
const typesFile = require.resolve('@fusionauth/typescript-client').replace(/index\.js$/, 'src/FusionAuthClient.d.ts');
const source = ts.createSourceFile(typesFile, readFileSync(typesFile, 'utf8'), ts.ScriptTarget.ES2023, false);

/** The interfaces that FusionAuth's client declares, by name. */
export const clientInterfaces = new Map<string, ts.InterfaceDeclaration>();

/** The values of its enums, by the enum's name. */
export const clientEnums = new Map<string, readonly string[]>();

for (const node of source.statements) {
  if (ts.isInterfaceDeclaration(node)) clientInterfaces.set(node.name.text, node);
  if (ts.isEnumDeclaration(node)) {
    const values = node.members.flatMap(({ initializer }) =>
      initializer && ts.isStringLiteral(initializer) ? [initializer.text] : [],
    );
    clientEnums.set(node.name.text, values);
  }
}
