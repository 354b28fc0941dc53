// Writes schemas/output/: one JSON Schema (draft-07) per shape that `--json` prints, from src/report/json-shapes.ts, and
// schemas/snapshot.schema.json of the file that `kedge snapshot` writes, from src/snapshot/snapshot-file.ts, and
// schemas/plan.schema.json of a saved plan, from src/plan/plan-file.ts, which kedge itself checks plans with.
// `--check` fails when what is committed is not what this would write.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const root = fileURLToPath(new URL('../', import.meta.url));
const reports = 'src/report/json-shapes.ts';
/** File within schemas/ → the exported type, and where it is. */
const shapes = {
  'output/plan': ['PlanReport', reports],
  'output/drift': ['DriftReport', reports],
  'output/apply': ['ApplyReport', reports],
  'output/validate': ['ValidateReport', reports],
  'output/files': ['FilesReport', reports],
  'output/permissions': ['PermissionsReport', reports],
  'output/error': ['ErrorReport', reports],
  snapshot: ['SnapshotFile', 'src/snapshot/snapshot-file.ts'],
  // Strict: nothing may be in a plan that whoever performs it does not know.
  plan: ['PlanFile', 'src/plan/plan-file.ts', { strict: true }],
};

const generators = new Map();
function generatorOf(path, strict) {
  const generator =
    generators.get(path) ??
    createGenerator({
      path: root + path,
      tsconfig: `${root}tsconfig.json`,
      type: '*',
      skipTypeCheck: true,
      topRef: false,
      // Fields may be added within a version: a reader must not refuse what it does not know.
      additionalProperties: !strict,
      jsDoc: 'extended',
      sortProps: true,
    });
  generators.set(path, generator);
  return generator;
}

const checking = process.argv.includes('--check');
let stale = 0;
for (const [name, [type, source, { strict = false } = {}]] of Object.entries(shapes)) {
  const schema = generatorOf(source, strict).createSchema(type);
  const path = `schemas/${name}.schema.json`;
  const id = `urn:kedge:${name.replace('/', ':')}`;
  const text = `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', $id: id, ...schema }, null, 2)}\n`;
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
