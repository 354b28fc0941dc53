import { readdirSync, statSync } from 'node:fs';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemRetryClock } from '../../src/live/index.js';
import { type ApplyRecord, createRedactor } from '../../src/model/index.js';
import {
  applyEnvironment,
  type ApplyInput,
  type ApplyResult,
  type Ports,
  resumeEnvironment,
  type ResumeInput,
} from '../../src/reconcile/index.js';
import { type Sandbox, type SandboxSnapshot, startSandbox } from '../../src/sandbox/index.js';
import { type InstanceConfiguration, readConfiguration } from './support/instance-configuration.js';
import { failuresOf } from './support/loop.js';
import { after, before } from './support/sixty-changes.js';
import { startTap, type Tap, type TapMoment } from './support/tap.js';

/** All points take minutes: a run on every commit takes some of them, `.ci/run` all. */
const everyPoint = process.env['KEDGE_EVERY_KILL'] === '1';
const secret = 'sealed-siem-password';
let sandbox: Sandbox;
let tap: Tap;
let root = '';
let onRequest: (moment: TapMoment) => void;

beforeEach(async () => {
  onRequest = () => undefined;
  sandbox = await startSandbox({ clock: () => 1_764_000_000_000 });
  tap = await startTap(
    () => sandbox.url,
    (moment) => {
      onRequest(moment);
      return 'pass';
    },
  );
  root = await mkdtemp(join(tmpdir(), 'kedge-resume-'));
  await writeFile(join(root, 'kedge.yaml'), 'version: 1\nproject: 9b0f7d1c-6f0e-42b7-8a7e-0c3f2f6f1f23\n');
  await mkdir(join(root, 'environments/harbour'), { recursive: true });
  await writeFile(
    join(root, 'environments/harbour/environment.yaml'),
    `version: 1\ninstance: { url: "${tap.url}", apiKey: !secret env:KEDGE_API_KEY }\nrecord: { key: !secret env:RECORD_KEY }\npolicy: { maxUpdates: { percent: 100 }, maxDeletes: { percent: 100 } }\n`,
  );
});
afterEach(async () => {
  await tap.close();
  await sandbox.close();
  await rm(root, { recursive: true });
});

const files = (content: string): Promise<void> =>
  writeFile(join(root, 'environments/harbour/main.yaml'), `version: 1\n${content}\n`);

function target(): { readonly root: string; readonly environment: string; readonly ports: Ports } {
  const env = { KEDGE_API_KEY: sandbox.apiKey, SIEM_PASSWORD: secret, RECORD_KEY: 'a record key of some length' };
  const clock = { ...systemRetryClock, sleep: () => Promise.resolve() };
  return { root, environment: 'harbour', ports: { env, redactor: createRedactor(), clock, version: 'test' } };
}

const apply = (concurrency: number, more: Partial<ApplyInput> = {}): Promise<ApplyResult> =>
  applyEnvironment({ ...target(), concurrency, confirm: () => Promise.resolve(true), ...more });
const resume = (more: Partial<ResumeInput> = {}): Promise<ApplyResult> =>
  resumeEnvironment({ ...target(), confirm: () => Promise.resolve(true), ...more });

/** Writes since the last call of this. */
function writes(): number {
  const { requests } = sandbox.requests();
  sandbox.clearRequests();
  return requests.filter(({ method, template }) => method !== 'GET' && !template.endsWith('/search')).length;
}

async function record(): Promise<ApplyRecord['objects']> {
  const text = await readFile(join(root, '.kedge/records/harbour.json'), 'utf8');
  return (JSON.parse(text) as ApplyRecord).objects;
}

const journals = (): string => join(root, '.kedge/journals/harbour');

/** What a process that is killed in this moment leaves behind. */
interface Remains {
  readonly instance: SandboxSnapshot;
  /** Bytes of the journal; what was never in a file is lost. */
  readonly journal: number;
  readonly writes: number;
}

/** An apply of sixty changes, looked at before and after each request from its first write on. */
async function watchedApply(concurrency: number): Promise<{
  readonly remains: readonly Remains[];
  readonly whole: { readonly instance: InstanceConfiguration; readonly record: ApplyRecord['objects']; writes: number };
}> {
  await files(before);
  expect(failuresOf((await apply(8)).outcomes)).toEqual([]);
  const first = readdirSync(journals());
  await cp(join(root, '.kedge'), join(root, 'kept'), { recursive: true });
  await files(after);
  const remains: Remains[] = [];
  sandbox.clearRequests();
  onRequest = () => {
    const journal = readdirSync(journals()).find((name) => !first.includes(name));
    if (journal === undefined) return;
    const sent = sandbox.requests().requests;
    remains.push({
      instance: sandbox.snapshot(),
      journal: statSync(join(journals(), journal)).size,
      writes: sent.filter(({ method, template }) => method !== 'GET' && !template.endsWith('/search')).length,
    });
  };
  const result = await apply(concurrency);
  onRequest = () => undefined;
  expect(result.plan.changes.length).toBe(60);
  expect(failuresOf(result.outcomes)).toEqual([]);
  const whole = { instance: await readConfiguration(sandbox), record: await record(), writes: writes() };
  return { remains, whole };
}

/** The file system as it was when the run died, with its lock. */
async function bringBack(remains: Remains): Promise<void> {
  const [journal = ''] = (await readdir(journals())).sort().slice(-1);
  await truncate(join(journals(), journal), remains.journal);
  await cp(join(root, 'kept/records'), join(root, '.kedge/records'), { recursive: true });
  await writeFile(
    join(root, '.kedge/locks/harbour'),
    `${JSON.stringify({ pid: process.pid, host: hostname(), instant: 0, token: '00000000-0000-4000-8000-000000000000' })}\n`,
  );
  await sandbox.restore(remains.instance);
  sandbox.clearRequests();
}

describe('an apply of sixty changes that is killed', () => {
  for (const concurrency of [1, 8]) {
    it(
      `before or after any request, ${concurrency} at a time, ends as if it had not been`,
      { timeout: 600_000 },
      async () => {
        const { remains, whole } = await watchedApply(concurrency);
        const [journal = ''] = (await readdir(journals())).sort().slice(-1);
        await cp(join(journals(), journal), join(root, 'whole.jsonl'));
        const points = [...remains.entries()].filter(([at]) => everyPoint || at % (concurrency * 8) === 0);
        for (const [at, point] of points) {
          await cp(join(root, 'whole.jsonl'), join(journals(), journal));
          await bringBack(point);
          const result = await resume();
          expect([at, result.outcomes.length, failuresOf(result.outcomes)]).toEqual([at, 60, []]);
          expect([at, await readConfiguration(sandbox)]).toEqual([at, whole.instance]);
          expect([at, await record()]).toEqual([at, whole.record]);
          const extra = point.writes + writes() - whole.writes;
          expect([at, extra <= concurrency, extra]).toEqual([at, true, extra]);
        }
        process.stdout.write(`killed at ${points.length} of ${remains.length} points, ${concurrency} at a time\n`);
      },
    );
  }
});

describe('a run that was interrupted', () => {
  const siem = (url: string, secretName = 'SIEM_PASSWORD'): string => `webhooks:
  siem: { url: "${url}", connectTimeout: 1000, readTimeout: 1000, httpAuthenticationPassword: !secret env:${secretName}, httpAuthenticationUsername: siem }
lambdas:
  claims: { name: Claims, type: JWTPopulate, body: "function populate() { /* ${url} */ }" }`;
  const newest = async (): Promise<string> => join(journals(), (await readdir(journals())).sort().at(-1) ?? '');

  /** Both objects are there, and a run that was to change them was interrupted before its first write. */
  beforeEach(async () => {
    await files(siem('https://siem.acme.test/1'));
    await apply(1);
    await files(siem('https://siem.acme.test/2'));
    sandbox.clearRequests();
    await apply(1, { signal: AbortSignal.abort() });
  });

  it('has written nothing yet, and says so', async () => {
    expect(writes()).toBe(0);
    await resume();
    await files(siem('https://siem.acme.test/3'));
    const stopped = await apply(1, { signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ interrupted: true, outcomes: [{ result: 'skipped' }, { result: 'skipped' }] });
  });

  it('shows where it stands, and writes nothing unless that is confirmed', async () => {
    const shown: unknown[] = [];
    const refused = await resume({
      confirm: ({ standing, journal, warnings }) => {
        shown.push([standing.done.length, standing.inDoubt.length, standing.left.length, journal, warnings]);
        return Promise.resolve(false);
      },
    });
    expect(shown).toEqual([
      [0, 0, 2, join('.kedge/journals/harbour', (await readdir(journals())).sort().at(-1) ?? ''), []],
    ]);
    expect(refused).toMatchObject({ confirmed: false, outcomes: [] });
    expect(writes()).toBe(0);
    expect(failuresOf((await resume()).outcomes)).toEqual([]);
    await expect(resume()).rejects.toMatchObject({ code: 'journal/nothing-to-resume' });
  });

  it('performs what was confirmed, whatever the files say by now, and refuses where they lack a secret', async () => {
    await files(siem('https://siem.acme.test/3', 'RECORD_KEY'));
    await expect(resume()).rejects.toMatchObject({
      code: 'journal/not-resumable',
      message: expect.stringContaining('the files no longer name env:SIEM_PASSWORD'),
    });
    await files(siem('https://siem.acme.test/3'));
    expect(failuresOf((await resume()).outcomes)).toEqual([]);
    expect(JSON.stringify(await readConfiguration(sandbox))).toContain('https://siem.acme.test/2');
  });

  it('refuses what somebody else changed since, and goes on with the rest', async () => {
    const webhooks = `${sandbox.url}/api/webhook`;
    const headers = { authorization: sandbox.apiKey, 'content-type': 'application/json' };
    const { webhooks: list } = (await (await fetch(webhooks, { headers })).json()) as {
      webhooks: { id: string; url: string }[];
    };
    const [webhook] = list;
    const body = JSON.stringify({ webhook: { ...webhook, url: 'https://theirs.acme.test' } });
    expect((await fetch(`${webhooks}/${webhook?.id}`, { method: 'PUT', headers, body })).ok).toBe(true);
    const { outcomes } = await resume();
    expect(failuresOf(outcomes)).toEqual([expect.stringContaining('update webhook/siem: apply/live-moved')]);
    expect(outcomes.length).toBe(2);
  });

  it('is not gone on with under another key of its hashes, or for another instance', async () => {
    const { ports } = target();
    const otherKey = { ...ports, env: { ...ports.env, RECORD_KEY: 'another record key of some length' } };
    await expect(resume({ ports: otherKey })).rejects.toMatchObject({ code: 'journal/not-resumable' });
    const settings = join(root, 'environments/harbour/environment.yaml');
    const text = await readFile(settings, 'utf8');
    await writeFile(settings, text.replace(tap.url, sandbox.url));
    await expect(resume()).rejects.toMatchObject({
      code: 'journal/not-resumable',
      message: expect.stringContaining(`it is for ${tap.url}, and the files say ${sandbox.url}`),
    });
    expect(writes()).toBe(0);
  });

  it('is told of before another is planned, and history once that is confirmed', async () => {
    const told: string[] = [];
    const ask =
      (answer: boolean): ApplyInput['confirm'] =>
      (_, warnings) => {
        told.push(...warnings.map(({ code }) => code));
        return Promise.resolve(answer);
      };
    await apply(1, { confirm: ask(false) });
    expect(failuresOf((await apply(1, { confirm: ask(true) })).outcomes)).toEqual([]);
    expect(told).toEqual(['journal/unfinished', 'journal/unfinished']);
    await apply(1, { confirm: ask(true) });
    expect(told.length).toBe(2);
    await expect(resume()).rejects.toMatchObject({ code: 'journal/nothing-to-resume' });
  });

  it('has lost its last line where that was cut off, and nothing else may be broken', async () => {
    await appendFile(await newest(), '{"record":"befo');
    const { findings } = await resume({ confirm: () => Promise.resolve(false) });
    expect(findings).toMatchObject([{ code: 'journal/torn', severity: 'warning' }]);
    await appendFile(await newest(), '\n');
    await expect(resume()).rejects.toMatchObject({ code: 'journal/unreadable' });
    const anew = await apply(1);
    expect(failuresOf(anew.outcomes)).toEqual([]);
    expect(anew.findings).toMatchObject([{ code: 'journal/unreadable', severity: 'warning' }]);
    await expect(resume({ journal: 'nowhere.jsonl' })).rejects.toThrow('there is no nowhere.jsonl');
  });
});
