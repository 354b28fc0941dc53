import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { figures } from './figures.mjs';

const main = fileURLToPath(new URL('../bundle/cli/main.js', import.meta.url));

/** How long `kedge --version` and `kedge validate --help` take, against `node -e 0`, in turn. */
export function coldStart() {
  const runs = { bare: ['-e', '0'], version: [main, '--version'], help: [main, 'plan', '--help'] };
  const times = { bare: [], version: [], help: [] };
  for (let round = 0; round < 15; round += 1) {
    for (const [name, args] of Object.entries(runs)) {
      const start = process.hrtime.bigint();
      const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
      if (status !== 0) throw new Error(`${args.join(' ')} exited ${status}`);
      times[name].push(Number(process.hrtime.bigint() - start) / 1e6);
    }
  }
  const ratios = (name) => times[name].map((time, index) => time / times.bare[index]);
  return [
    { what: 'node -e 0', figures: figures(times.bare, ' ms') },
    { what: 'kedge --version', figures: figures(times.version, ' ms') },
    { what: 'kedge --version against node -e 0 (budget 2.5)', figures: figures(ratios('version'), '×', 2) },
    { what: 'kedge plan --help against node -e 0', figures: figures(ratios('help'), '×', 2) },
  ];
}
