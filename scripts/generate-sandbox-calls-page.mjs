// Writes docs/sandbox-calls.md: every call of FusionAuth's API that its official client knows, and whether the sandbox
// answers it, from the routes of the built sandbox. `--check` fails when the page is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { emulatedCalls } from '../dist/sandbox/emulated-calls.js';
import { kinds } from '../dist/sandbox/kinds/registry.js';

const rows = emulatedCalls(kinds);
const row = ({ method, path, names, emulated }) =>
  `| ${emulated ? 'yes' : '501'} | \`${method} ${path}\` | ${names.length === 0 ? '–' : names.join(', ')} |`;

const text = `# Calls the sandbox answers

Generated from the sandbox's routes and from FusionAuth's own TypeScript client by \`scripts/generate-sandbox-calls-page.mjs\`; a test
holds it against FusionAuth's OpenAPI file. \`yes\`: emulated. \`501\`: answered with status 501 and the names of the client's methods.
Any other path is answered 404 with an empty body, as FusionAuth does. [The sandbox](sandbox.md) says what emulated means.

${rows.filter(({ emulated }) => emulated).length} of ${rows.length} calls are emulated.

| emulated | call | methods of the client |
| --- | --- | --- |
${rows.map(row).join('\n')}
`;
const output = fileURLToPath(new URL('../docs/sandbox-calls.md', import.meta.url));
if (process.argv.includes('--check')) {
  if (readFileSync(output, 'utf8') !== text) {
    throw new Error(`${output} is stale: npm run build && node scripts/generate-sandbox-calls-page.mjs`);
  }
} else writeFileSync(output, text);
