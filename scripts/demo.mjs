// A tour of kedge with real commands and their real output: `npm run demo`. Two sandboxes on loopback stand for the
// instances; everything happens in a temporary copy of environments/, and nothing is left behind. Every exit code is
// checked, so the tour is a test too: it ends with 1 as soon as something is not as it says.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));
const kedgeMain = join(repository, 'bundle', 'cli', 'main.js');
const kickstart = join(repository, 'docs', 'tour', 'kickstart.json');
const tourKey = 'halcyon-tour-api-key-for-this-machine-only';
const begun = performance.now();
const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
const running = new Set();
const folder = mkdtempSync(join(tmpdir(), 'kedge-tour-'));

/** What the commands of the tour find in their environment; the secrets are as real as the company. */
const env = {
  ...process.env,
  NO_COLOR: '1',
  KEDGE_API_KEY: tourKey,
  HALCYON_STAGING_KEY: tourKey,
  HALCYON_READ_KEY: tourKey,
  HALCYON_WRITE_KEY: tourKey,
  HALCYON_SMTP_PASSWORD: 'tour smtp password',
  HALCYON_SIEM_TOKEN: 'Bearer tour siem token',
};
const secrets = [
  env.HALCYON_SMTP_PASSWORD,
  env.HALCYON_SIEM_TOKEN,
  tourKey,
  'a password that must never be seen',
  'a client secret that must never be seen',
  'a header that must never be seen',
];

function print(text = '') {
  process.stdout.write(`${text}\n`);
}

function chapter(title, ...lines) {
  print(
    `\n${colour ? '\u001B[1m' : ''}── ${title} ${'─'.repeat(Math.max(0, 96 - title.length))}${colour ? '\u001B[0m' : ''}`,
  );
  for (const line of lines) print(line);
  print();
}

function fail(message) {
  throw new Error(`the tour is not as it should be: ${message}`);
}

/** Runs `kedge …` in a folder, shows the command and what it printed, and insists on its exit code. */
async function kedge(line, { cwd, exit, show = 40 }) {
  print(`$ kedge ${line}`);
  const child = spawn(process.execPath, [kedgeMain, ...line.split(' ')], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  running.delete(child);
  showText(output, show);
  print(`(exit ${code})\n`);
  if (code !== exit) {
    if (output.trimEnd().split('\n').length > show) print(output);
    fail(`kedge ${line} ended with ${code}, and should end with ${exit}`);
  }
  const leak = secrets.find((secret) => output.includes(secret));
  if (leak !== undefined) fail(`kedge ${line} printed a secret`);
  return output;
}

/** The beginning of a text and its last lines, which have the sum of it. */
function showText(text, most) {
  const lines = text.trimEnd().split('\n');
  const cut = lines.length > most;
  for (const line of lines.slice(0, cut ? most - 4 : most)) print(`  ${line}`.trimEnd());
  if (!cut) return;
  print(`  … ${lines.length - most} more lines …`);
  for (const line of lines.slice(-4)) print(`  ${line}`.trimEnd());
}

/** Starts `kedge sandbox` on a free port and waits until it listens. */
async function sandbox(options) {
  const shown = options.map((option) => (option === kickstart ? 'docs/tour/kickstart.json' : option));
  print(`$ kedge sandbox --port 0 ${shown.join(' ')} &`);
  const child = spawn(process.execPath, [kedgeMain, 'sandbox', '--port', '0', ...options], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  const url = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`the sandbox ended with ${code}: ${errors}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /sandbox listening on (http:\/\/\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  print(`  sandbox listening on ${url}`);
  return url;
}

/** A raw call of FusionAuth's API, shown as curl. */
async function curl(method, url, body) {
  const data = body === undefined ? '' : ` \\\n    -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
  print(`$ curl -X ${method} '${url}' -H "Authorization: $API_KEY"${data}`);
  const answer = await fetch(url, {
    method,
    headers: { authorization: tourKey, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  print(`  ${answer.status}\n`);
  if (!answer.ok) fail(`${method} ${url} was answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

function showFile(root, path, most = 30) {
  print(`$ cat ${path}`);
  showText(readFileSync(join(root, path), 'utf8'), most);
  print();
}

function filesBelow(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

function pointAt(root, environment, url) {
  const path = join(root, 'environments', environment, 'environment.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^ {2}url: .*$/m, `  url: ${url}`));
}

async function tour() {
  chapter(
    'An instance that somebody clicked together',
    'kedge has a FusionAuth to work against: in memory, on loopback. One gets what grew over the years, one is fresh.',
  );
  const grown = await sandbox(['--kickstart', kickstart]);
  const fresh = await sandbox(['--api-key', tourKey]);

  chapter(
    'From an instance to YAML',
    'init reads it and writes what a person would have written: no defaults, no secrets.',
  );
  const legacy = join(folder, 'legacy');
  await kedge(`init -C legacy -e office --url ${grown}`, { cwd: folder, exit: 0 });
  const office = join('environments', 'office');
  showFile(legacy, join(office, 'applications.yaml'), 40);
  const pulled = filesBelow(legacy).map((path) => readFileSync(join(legacy, path), 'utf8'));
  if (secrets.some((secret) => pulled.some((text) => text.includes(secret)))) fail('a pulled file holds a secret');
  print('The YAML says what the instance is, so there is nothing to do:\n');
  await kedge('plan -e office --detailed-exitcode', { cwd: legacy, exit: 0 });

  chapter(
    'Staging: from YAML to a fresh instance',
    'Now the other way round, with the example in environments/. In this copy it points at the sandboxes.',
  );
  const halcyon = join(folder, 'halcyon');
  for (const path of ['environments', 'schemas', 'kedge.yaml']) {
    cpSync(join(repository, path), join(halcyon, path), { recursive: true });
  }
  pointAt(halcyon, 'staging', fresh);
  pointAt(halcyon, 'production', grown);
  await kedge('validate', { cwd: halcyon, exit: 0 });
  await kedge('plan -e staging', { cwd: halcyon, exit: 0, show: 50 });
  await kedge('apply -e staging --yes', { cwd: halcyon, exit: 0, show: 14 });
  await kedge('plan -e staging --detailed-exitcode', { cwd: halcyon, exit: 0 });

  chapter(
    'Production: beside what is there already',
    'The grown instance is production. What no file names, kedge leaves alone: the intranet stays as it is.',
  );
  await kedge('plan -e production --detailed-exitcode', { cwd: halcyon, exit: 2, show: 14 });
  await kedge('apply -e production --yes', { cwd: halcyon, exit: 0, show: 14 });
  await kedge('plan -e production --detailed-exitcode', { cwd: halcyon, exit: 0 });

  chapter('Friday, 17:40: a change behind kedge’s back', 'Somebody adds a redirect URL to the booking application.');
  const { applications } = await curl('GET', `${grown}/api/application`);
  const booking = applications.find((application) => application.name === 'Booking') ?? fail('there is no Booking');
  await curl('PATCH', `${grown}/api/application/${booking.id}`, {
    application: {
      oauthConfiguration: { authorizedRedirectURLs: ['https://booking.halcyon.example.evil.test/callback'] },
    },
  });
  await kedge('drift -e production', { cwd: halcyon, exit: 2 });
  await kedge('apply -e production --yes', { cwd: halcyon, exit: 0 });
  await kedge('drift -e production', { cwd: halcyon, exit: 0 });
}

/** Ends what was started and removes what was written; also when the tour is interrupted. */
async function cleanUp() {
  const ended = [...running].map(
    (child) =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) resolve();
        else {
          child.once('close', resolve);
          child.kill('SIGTERM');
          setTimeout(() => child.kill('SIGKILL'), 3000).unref();
        }
      }),
  );
  await Promise.all(ended);
  rmSync(folder, { recursive: true, force: true });
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    void cleanUp().then(() => process.exit(1));
  });
}

try {
  await tour();
  chapter('What you saw');
  print('- an instance turned into YAML, and a plan that had nothing to do');
  print('- two environments made from one set of files, applied once and then empty');
  print('- a change that nobody reviewed found, shown, and put right');
  print('- no secret anywhere: not in a file, not on this screen');
  print('\nWhere next: environments/ is the example with comments, docs/environments.md the language, and');
  print('`kedge init --url https://your.fusionauth` the first command for an instance of your own.');
  print(`\n(${((performance.now() - begun) / 1000).toFixed(1)} s, nothing left behind)`);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
} finally {
  await cleanUp();
}
