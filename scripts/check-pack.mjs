// Looks at the package as a user gets it: packs it, then asks publint and are-the-types-wrong about the tarball, and
// checks that nothing is in it, or missing from it, by accident.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'kedge-pack-'));
const problems = [];

function run(command, args) {
  const done = spawnSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32' });
  if (done.status !== 0)
    problems.push(`${command} ${args.join(' ')}\n${done.stdout ?? ''}${done.stderr ?? ''}`.trimEnd());
  return done.stdout ?? '';
}

try {
  // Scripts stay off: what is packed is what `build` just wrote.
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]) || '[]');
  if (packed === undefined) throw new Error(problems.join('\n'));
  const paths = packed.files.map((file) => file.path);

  const stray = paths.filter((path) => /\.test\.|(?:^|\/)testing\/|tsbuildinfo|^src\/|^test|\.env/.test(path));
  if (stray.length > 0) problems.push(`in the package by accident: ${stray.join(', ')}`);

  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const promised = [
    ...Object.values(manifest.bin),
    manifest.types,
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
    'SECURITY.md',
  ];
  const missing = promised.map((path) => path.replace(/^\.\//, '')).filter((path) => !paths.includes(path));
  if (missing.length > 0) problems.push(`promised, but not in the package: ${missing.join(', ')}`);

  const tarball = join(folder, packed.filename);
  run('npx', ['--no-install', 'publint', 'run', tarball, '--strict']);
  // ESM only: a CommonJS user on Node 20.19 and later can require() it all the same.
  run('npx', ['--no-install', 'attw', tarball, '--profile', 'esm-only', '--no-definitely-typed', '--no-emoji']);
  console.log(`${packed.filename}: ${packed.entryCount} files, ${Math.round(packed.size / 1024)} KiB packed`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

if (problems.length > 0) {
  console.error(problems.join('\n\n'));
  process.exitCode = 1;
}
