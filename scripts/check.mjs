// Everything that must hold before a commit, one step after the other; the same list runs in CI.
// Runs every step even when one fails, so that one run shows all there is to mend. `node scripts/check.mjs lint deps`
// runs the steps named.
import { spawnSync } from 'node:child_process';

const steps = [
  'fmt:check',
  'lint',
  'registry:check',
  'build',
  'types',
  'types:test',
  'deps',
  'knip',
  'api:check',
  'docs',
  'docs:check',
  'schemas:check',
  'pack:check',
  'engines',
  'changelog:check',
];

const asked = process.argv.slice(2);
const unknown = asked.filter((step) => !steps.includes(step));
if (unknown.length > 0) {
  console.error(`no such step: ${unknown.join(', ')}; there are ${steps.join(', ')}`);
  process.exit(1);
}

const failed = [];
for (const step of asked.length > 0 ? asked : steps) {
  const start = performance.now();
  // The npm that runs this one; a shell finds npm.cmd on Windows.
  const run = spawnSync('npm', ['run', '--silent', step], { encoding: 'utf8', shell: process.platform === 'win32' });
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(5);
  const passed = run.status === 0;
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${seconds} s  ${step}`);
  if (passed) continue;
  failed.push(step);
  console.log([run.error?.message, run.stdout, run.stderr].filter(Boolean).join('\n').trimEnd());
}

if (failed.length > 0) {
  console.error(`\ncheck failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
