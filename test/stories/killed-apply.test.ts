import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { readConfiguration } from './support/instance-configuration.js';
import { after, before } from './support/sixty-changes.js';
import { startTap, type Tap, type TapAnswer, type TapMoment } from './support/tap.js';

const main = fileURLToPath(new URL('../../bundle/cli/main.js', import.meta.url));
/** A process per point takes a second: a run on every commit takes three points, `.ci/run` sixty. */
const points = process.env['KEDGE_EVERY_KILL'] === '1' ? 60 : 3;
const secret = 'sealed-siem-password';

let sandbox: Sandbox;
let tap: Tap;
let root = '';
/** Told of each request that the tap passes on; the program that runs is at hand. */
let onRequest: (moment: TapMoment, child: ChildProcess | undefined) => TapAnswer | Promise<TapAnswer>;
let running: ChildProcess | undefined;

beforeEach(async () => {
  onRequest = () => 'pass';
  sandbox = await startSandbox({ clock: () => 1_764_000_000_000 });
  tap = await startTap(
    () => sandbox.url,
    (moment) => onRequest(moment, running),
  );
  root = await mkdtemp(join(tmpdir(), 'kedge-killed-'));
  await writeFile(join(root, 'kedge.yaml'), 'version: 1\nproject: 9b0f7d1c-6f0e-42b7-8a7e-0c3f2f6f1f24\n');
  await mkdir(join(root, 'environments/harbour'), { recursive: true });
  await writeFile(
    join(root, 'environments/harbour/environment.yaml'),
    `version: 1\ninstance: { url: "${tap.url}", apiKey: !secret env:KEDGE_API_KEY, concurrency: 4 }\npolicy: { maxUpdates: { percent: 100 }, maxDeletes: { percent: 100 } }\n`,
  );
});
afterEach(async () => {
  await tap.close();
  await sandbox.close();
  await rm(root, { recursive: true });
});

const files = (content: string): Promise<void> =>
  writeFile(join(root, 'environments/harbour/main.yaml'), `version: 1\n${content}\n`);

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function kedge(...argv: readonly string[]): Promise<Ended> {
  const env = { ...process.env, KEDGE_API_KEY: sandbox.apiKey, SIEM_PASSWORD: secret, NO_COLOR: '1' };
  const child = spawn(process.execPath, [main, ...argv, '-e', 'harbour'], { cwd: root, env, stdio: 'pipe' });
  running = child;
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (out.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out.stderr += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  running = undefined;
  return { code, signal, ...out };
}

const journals = (): readonly string[] => readdirSync(join(root, '.kedge/journals/harbour')).sort();

/** Tells of every request of a run once its journal is there: from the first write on. */
function fromTheFirstWriteOn(
  act: (moment: TapMoment, at: number, child: ChildProcess | undefined) => 'pass' | 'lost',
): void {
  const known = journals().length;
  let at = 0;
  onRequest = (moment, child) => (journals().length === known ? 'pass' : act(moment, at++, child));
}

/** Every file below a folder, with its mode. */
async function modesBelow(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return Promise.all(
    names.sort().map(async (name) => {
      const stats = await stat(join(folder, name));
      return `${stats.isDirectory() ? 'folder' : 'file'} ${(stats.mode & 0o777).toString(8)}`;
    }),
  );
}

describe('the built kedge, while it applies sixty changes', () => {
  it(`killed at ${points} points, goes on as if it had not been`, { timeout: 900_000 }, async () => {
    await files(before);
    expect((await kedge('apply', '--yes')).code).toBe(0);
    const start = sandbox.snapshot();
    await files(after);
    let requests = 0;
    fromTheFirstWriteOn(() => {
      requests += 1;
      return 'pass';
    });
    expect((await kedge('apply', '--yes')).code).toBe(0);
    onRequest = () => 'pass';
    const whole = await readConfiguration(sandbox);
    const wholeRecord = JSON.parse(await readFile(join(root, '.kedge/records/harbour.json'), 'utf8')).objects;
    for (let point = 0; point < points; point += 1) {
      await sandbox.restore(start);
      const kill = Math.floor((point * requests) / points);
      let dead = false;
      fromTheFirstWriteOn((_, at, child) => {
        if (at === kill) dead = child?.kill('SIGKILL') ?? false;
        // What a dead process has sent is with the instance, or it is lost; nobody hears of it either way.
        return dead && point % 2 === 0 ? 'lost' : 'pass';
      });
      const killed = await kedge('apply', '--yes');
      onRequest = () => 'pass';
      expect([kill, killed.signal, killed.stderr]).toEqual([kill, 'SIGKILL', killed.stderr]);
      const resumed = await kedge('apply', '--resume', '--yes');
      expect([kill, resumed.code, resumed.stderr]).toEqual([kill, 0, resumed.stderr]);
      expect(resumed.stderr).toContain('died without giving its lock back');
      expect(resumed.stdout).toContain('Applied: 60 done, 0 failed, 0 skipped.');
      expect([kill, await readConfiguration(sandbox)]).toEqual([kill, whole]);
      const record = JSON.parse(await readFile(join(root, '.kedge/records/harbour.json'), 'utf8')).objects;
      expect([kill, record]).toEqual([kill, wholeRecord]);
    }
    process.stdout.write(`killed by SIGKILL at ${points} of ${requests} points\n`);
    const all = await readdir(join(root, '.kedge'), { recursive: true, withFileTypes: true });
    for (const entry of all.filter((item) => item.isFile())) {
      expect(await readFile(join(entry.parentPath, entry.name), 'utf8')).not.toContain(secret);
    }
    expect([...new Set(await modesBelow(join(root, '.kedge')))].sort()).toEqual(['file 600', 'folder 700']);
  });

  it('interrupted once, finishes what is in flight and says how to go on', { timeout: 120_000 }, async () => {
    await files(before);
    await kedge('apply', '--yes');
    await files(after);
    fromTheFirstWriteOn((_, at, child) => {
      if (at === 40) child?.kill('SIGINT');
      return 'pass';
    });
    const stopped = await kedge('apply', '--yes');
    onRequest = () => 'pass';
    expect(stopped).toMatchObject({ code: 4, signal: null });
    const told =
      /Interrupted: (\d+) done, 0 failed, (\d+) left\. The journal is (\S+\.jsonl)\.\nkedge apply --resume -e harbour goes on\.\n/;
    const [, done = '', left = '', journal = ''] = told.exec(stopped.stderr) ?? [];
    expect(Number(done) + Number(left)).toBe(60);
    expect(Number(done)).toBeGreaterThan(0);
    expect(stopped.stdout).toContain(`Applied in part: ${done} done, 0 failed, ${left} skipped.`);
    expect(journal).toBe(join('.kedge/journals/harbour', journals().at(-1) ?? ''));

    const asked = await kedge('apply', '--resume');
    expect(asked).toMatchObject({ code: 3 });
    expect(asked.stdout).toContain(`${done} changes done, 0 in doubt, ${left} left.`);
    const resumed = await kedge('apply', '--yes', '--resume', journal);
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.stdout).toContain('Applied: 60 done, 0 failed, 0 skipped.');
    expect((await kedge('plan', '--detailed-exitcode')).code).toBe(0);
    const again = await kedge('apply', '--resume', '--yes');
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('journal/nothing-to-resume');
  });

  it('interrupted twice, ends at once, and goes on from its journal', { timeout: 120_000 }, async () => {
    await files(before);
    await kedge('apply', '--yes');
    await files(after);
    fromTheFirstWriteOn((_, at, child) => {
      if (at === 30 || at === 31) child?.kill('SIGTERM');
      return 'pass';
    });
    const stopped = await kedge('apply', '--yes');
    onRequest = () => 'pass';
    expect(stopped.signal === 'SIGTERM' || stopped.code === 4).toBe(true);
    const resumed = await kedge('apply', '--resume', '--yes');
    expect(resumed).toMatchObject({ code: 0 });
    expect((await kedge('plan', '--detailed-exitcode')).code).toBe(0);
  });

  it('lets no second one begin, and lets it wait', { timeout: 120_000 }, async () => {
    await files(before);
    let second: Promise<Ended> | undefined;
    let third: Promise<Ended> | undefined;
    onRequest = async (): Promise<TapAnswer> => {
      if (second) return 'pass';
      // The first one is held at its first request until the second has given up.
      second = kedge('apply', '--yes');
      third = kedge('apply', '--yes', '--lock-timeout', '60');
      await second;
      return 'pass';
    };
    const first = await kedge('apply', '--yes');
    expect(first).toMatchObject({ code: 0 });
    const refused = await second;
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused?.stderr).toMatch(
      /^reading harbour …\napply\/locked {2}another apply of 'harbour' is running here: process \d+ on /,
    );
    const waited = await third;
    expect(waited).toMatchObject({ code: 0 });
    expect(waited?.stdout).toContain('Nothing to do');
  });
});
