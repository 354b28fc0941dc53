// Writes src/catalog/registry.generated.ts and kinds.generated.ts from the files in src/catalog/kinds, so that adding a
// kind is adding a file and forgetting to register it cannot happen. `--check` fails when they are stale.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../src/catalog/', import.meta.url));
const files = readdirSync(`${folder}kinds`)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => name.slice(0, -'.ts'.length))
  .sort();
const kindOf = (file) => file.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const kinds = files.map((file) => ({ file, kind: kindOf(file) })).sort((a, b) => (a.kind < b.kind ? -1 : 1));
const note = '// Generated from the files in kinds/ by `npm run registry`. Do not edit.\n';

const registry = `${note}import type { Kind } from './kind.js';
${kinds.map(({ file, kind }) => `import { ${kind} } from './kinds/${file}.js';`).join('\n')}

/** Every kind, in alphabetical order. */
export const kinds: readonly Kind[] = [${kinds.map(({ kind }) => kind).join(', ')}];
`;
const names = `${note}
/** The names of the kinds that kedge manages. */
export type KindName =
${kinds.map(({ kind }) => `  | '${kind}'`).join('\n')};
`;

const outputs = new Map([
  [`${folder}registry.generated.ts`, registry],
  [`${folder}kinds.generated.ts`, names],
]);
const check = process.argv.includes('--check');
for (const [path, text] of outputs) {
  if (!check) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${path} is stale: run npm run registry`);
    process.exitCode = 1;
  }
}
