#!/usr/bin/env node
import { readFileSync } from 'node:fs';

const packageFile = new URL('../../package.json', import.meta.url);
// Our own package.json, which has a version.
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { readonly version: string };
const argv = process.argv.slice(2);

if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  // Answered before anything is loaded: scripts ask for the version often.
  process.stdout.write(`${version}\n`);
} else {
  const [{ runCli }, { createProcessIo }] = await Promise.all([import('./run-cli.js'), import('./process-io.js')]);
  process.exitCode = await runCli(argv, createProcessIo(version));
}
