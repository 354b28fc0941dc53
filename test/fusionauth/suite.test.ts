import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { switchNames } from '../../src/sandbox/switches.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { resources } from '../contract/resources.js';
import { ask } from '../contract/target.js';
import { runSuite, type Report } from './suite.js';
import { tableOf } from './table.js';

/** The suite for a real FusionAuth, and the sandbox in its place. */
let sandbox: Sandbox;
let before: readonly string[];
let report: Report;
beforeAll(async () => {
  sandbox = await startSandbox({ kickstart: fileURLToPath(new URL('kickstart.json', import.meta.url)) });
  before = await inventory();
  report = await runSuite(sandbox, { now: new Date('2026-01-02T03:04:05Z'), patienceMs: 200 });
}, 60_000);
afterAll(() => sandbox.close());

/** Everything that there is of the kinds that can be listed. */
async function inventory(): Promise<readonly string[]> {
  const paths = resources.map(({ path }) => path).filter((path) => !path.includes('{') && path !== '/api/user');
  const singletons = ['/api/key', '/api/integration', '/api/tenant-manager'];
  const answers = [...paths, ...singletons].map(async (path) => {
    const { body } = await ask(sandbox, { method: 'GET', path });
    return `${path} ${JSON.stringify(body, (name, value: unknown) => (name === 'lastUpdateInstant' ? undefined : value))}`;
  });
  const users = ask(sandbox, { method: 'POST', path: '/api/user/search', body: { search: { queryString: '*' } } });
  return [...(await Promise.all(answers)), `${(await users).body.total} users`];
}

describe('the suite for a real FusionAuth', () => {
  test('finds the sandbox to be as it is expected of a FusionAuth', () => {
    expect(report.findings.filter(({ expected, observed }) => expected !== observed)).toEqual([]);
    expect(report.leftUndone).toEqual([]);
  });

  test('takes away what it made', async () => {
    expect(await inventory()).toEqual(before);
  });

  test('asks about every trap of writes by name', () => {
    const named = report.findings.filter(({ part }) => part === 'trap').map(({ statement }) => statement);
    for (const issue of ['#441', '#2413', '#3338', '#2340', '#3206', '#2411', 'roleIds']) {
      expect(named.some((statement) => statement.includes(issue))).toBe(true);
    }
  });

  test('says of every switch what the server does, or why that cannot be seen', () => {
    const asked = report.findings.flatMap((finding) => finding.switch ?? []);
    expect([...asked, ...Object.keys(report.notAsked)].toSorted()).toEqual([...switchNames].toSorted());
    expect(report.notAsked).toHaveProperty('epochRanges', 'the search engine of the server is not elasticsearch');
    expect(asked).toContain('freshCors');
  });

  test('keeps the key and the place of the server out of its report', () => {
    const text = JSON.stringify(report);
    expect(text).not.toContain(sandbox.apiKey);
    expect(text).not.toContain(sandbox.url);
    expect(report).toMatchObject({ version: 1, date: '2026-01-02T03:04:05.000Z', fusionAuth: '1.69.0' });
  });

  test('says in a table what is otherwise than expected', () => {
    const finding = { part: 'openQuestion', statement: 'noopUpdate', expected: 'bumps', observed: 'keeps' } as const;
    const notAsked = { epochRanges: 'the search engine of the server is not elasticsearch' };
    const leftUndone = ['DELETE /api/tenant: 500'];
    const lines = tableOf({ ...report, findings: [finding], notAsked, leftUndone }).split('\n');
    expect(lines).toEqual([
      '  statement   expected  observed',
      '≠ noopUpdate  bumps     keeps',
      '? not asked: epochRanges, for the search engine of the server is not elasticsearch',
      '! left undone: DELETE /api/tenant: 500',
      '',
      'FusionAuth 1.69.0, 2026-01-02T03:04:05.000Z: 1 statements, 1 otherwise than expected',
      '',
    ]);
  });

  test('is not run with a key that may not do everything', async () => {
    await expect(runSuite({ url: sandbox.url, apiKey: 'nobody' })).rejects.toThrow('is the key unrestricted?');
  });

  test('is not run without a word that allows destruction', () => {
    const { status, stderr } = run({ KEDGE_FUSIONAUTH_URL: sandbox.url, KEDGE_FUSIONAUTH_API_KEY: sandbox.apiKey });
    expect(status).toBe(1);
    expect(stderr).toContain('KEDGE_FUSIONAUTH_DESTROY is not yes-destroy-this-instance');
  });

  test('says everything that it misses, and shows no key', () => {
    const url = 'https://crew:secret@auth.acme.test/';
    const { status, stderr } = run({ KEDGE_FUSIONAUTH_URL: url, KEDGE_FUSIONAUTH_DESTROY: 'yes' });
    expect(status).toBe(1);
    expect(stderr).toContain('KEDGE_FUSIONAUTH_URL is to be');
    expect(stderr).toContain('KEDGE_FUSIONAUTH_API_KEY is missing');
    expect(stderr).not.toContain('crew:secret');
  });

  test('says when it reaches nobody', () => {
    const { status, stderr } = run({
      KEDGE_FUSIONAUTH_URL: 'http://127.0.0.1:1',
      KEDGE_FUSIONAUTH_API_KEY: 'nobody',
      KEDGE_FUSIONAUTH_DESTROY: 'yes-destroy-this-instance',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('The suite could not run: the server at KEDGE_FUSIONAUTH_URL does not answer');
  });
});

const script = fileURLToPath(new URL('../../scripts/test-fusionauth.mjs', import.meta.url));

function run(env: Readonly<Record<string, string>>): { readonly status: number | null; readonly stderr: string } {
  const { PATH = '' } = process.env;
  return spawnSync(process.execPath, [script], { env: { PATH, ...env }, encoding: 'utf8', timeout: 30_000 });
}
