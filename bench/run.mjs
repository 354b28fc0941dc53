// `npm run bench`: times as ratios against something bare in the same run, so that a noisy machine does not matter much.
// Prints min / median / max over the rounds. docs/performance.md records a run of it.
import { coldStart } from './cold-start.mjs';
import { planCpu } from './plan-cpu.mjs';
import { sandbox } from './sandbox.mjs';

const only = process.argv[2];
const benches = { 'cold-start': coldStart, 'plan-cpu': planCpu, sandbox };

for (const [name, bench] of Object.entries(benches)) {
  if (only !== undefined && only !== name) continue;
  console.log(`\n# ${name}`);
  for (const row of await bench()) console.log(`${row.what.padEnd(64)} ${row.figures}`);
}
