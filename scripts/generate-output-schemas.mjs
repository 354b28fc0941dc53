// Writes schemas/output/: one JSON Schema (draft-07) per shape that `--json` prints, from src/report/json-shapes.ts.
// `--check` fails when what is committed is not what this would write.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const root = fileURLToPath(new URL('../', import.meta.url));
/** File name → exported type. */
const shapes = {
  plan: 'PlanReport',
  drift: 'DriftReport',
  apply: 'ApplyReport',
  validate: 'ValidateReport',
  files: 'FilesReport',
  error: 'ErrorReport',
};

const generator = createGenerator({
  path: `${root}src/report/json-shapes.ts`,
  tsconfig: `${root}tsconfig.json`,
  type: '*',
  skipTypeCheck: true,
  topRef: false,
  // Fields may be added within a version: a reader must not refuse what it does not know.
  additionalProperties: true,
  jsDoc: 'extended',
  sortProps: true,
});

const checking = process.argv.includes('--check');
let stale = 0;
for (const [name, type] of Object.entries(shapes)) {
  const schema = generator.createSchema(type);
  const path = `schemas/output/${name}.schema.json`;
  const text = `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', $id: `urn:kedge:output:${name}`, ...schema }, null, 2)}\n`;
  if (!checking) {
    mkdirSync(`${root}schemas/output`, { recursive: true });
    writeFileSync(root + path, text);
  } else if (!existsSync(root + path) || readFileSync(root + path, 'utf8') !== text) {
    stale += 1;
    console.error(`${path} is stale: run node scripts/generate-output-schemas.mjs`);
  }
}
if (stale > 0) process.exitCode = 1;
else console.log(`${Object.keys(shapes).length} output schemas are ${checking ? 'up to date' : 'written'}`);
