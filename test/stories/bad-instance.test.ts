import type { ServerResponse } from 'node:http';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kedge } from '../../src/cli/testing/captured-io.js';
import { type FaultServer, sendJson, startFaultServer } from '../../src/testing/fault-server.js';

const env = { KEDGE_API_KEY: 'sealed-api-key-value' };
let cwd = '';
let server: FaultServer | undefined;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'kedge-bad-'));
  await kedge(['init'], { cwd });
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function pointTo(url: string): Promise<void> {
  const file = join(cwd, 'environments/production/environment.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace('https://auth.example.com', url));
}

async function serve(answer: (response: ServerResponse) => void): Promise<void> {
  server = await startFaultServer((_, response) => answer(response));
  await pointTo(server.url);
}

const html = (status: number) => (response: ServerResponse) =>
  response.writeHead(status, { 'content-type': 'text/html' }).end('<html><h1>Welcome to the proxy</h1></html>');
const truncated = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
  response.write('{"tenants":[{"id":"3c219e58');
  setImmediate(() => response.destroy());
};

const faults: readonly (readonly [what: string, answer: (response: ServerResponse) => void, code: RegExp])[] = [
  ['401', (response) => response.writeHead(401).end(), /live\/unauthorized/],
  ['403', (response) => sendJson(response, 403, {}), /live\/forbidden|live\/unauthorized|diff\/unknown-kind-state/],
  ['404', (response) => response.writeHead(404).end(), /live\/not-found|diff\/unknown-kind-state/],
  ['500', (response) => sendJson(response, 500, {}), /live\/server-error/],
  ['a page of HTML', html(200), /live\/bad-response/],
  ['an answer that is cut off', truncated, /live\/(bad-response|unreachable)/],
];
const commands: readonly string[][] = [['plan'], ['drift'], ['apply', '--yes'], ['pull']];

describe('an instance that', () => {
  it.each(commands)('is not there makes one clear error of `%s`', async (...command) => {
    await pointTo('http://127.0.0.1:1');
    const { exitCode, stdout, stderr } = await kedge([...command, '-e', 'production'], { cwd, env });
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^live\/unreachable .*ECONNREFUSED/m);
    expect(stderr).toMatch(/^ {4}hint: /m);
  });

  for (const [what, answer, code] of faults) {
    it(`answers ${what} makes one clear error, and nothing is written`, async () => {
      await serve(answer);
      const before = (await readdir(cwd, { recursive: true })).sort();
      for (const command of commands) {
        const { exitCode, stdout, stderr } = await kedge([...command, '-e', 'production'], { cwd, env });
        expect([command[0], exitCode, stdout]).toEqual([command[0], 1, '']);
        expect(stderr).toMatch(code);
        // One error, not one per kind; no stack; no page of HTML.
        expect(stderr.match(/^(?:[^ ]+:\d+:\d+ )?[a-z]+\/[a-z-]+ {2}/gm)).toHaveLength(1);
        expect(stderr).not.toMatch(/^ {4}at |Welcome to the proxy|sealed-api-key-value/m);
      }
      const writes = server?.seen.filter(
        ({ method, url }) => method !== 'GET' && !url.split('?')[0]?.endsWith('/search'),
      );
      expect(writes).toEqual([]);
      // An apply holds its lock while it reads; afterwards only the empty folder tells of it.
      const left = (await readdir(cwd, { recursive: true })).filter(
        (path) => !['.kedge', '.kedge/locks'].includes(path),
      );
      expect(left.sort()).toEqual(before);
    });
  }

  it('fails for one environment does not hide the other', async () => {
    await serve(html(200));
    const report = await kedge(['plan', '--json', '-e', 'production', '-e', 'nowhere'], { cwd, env });
    expect(report.exitCode).toBe(1);
    expect(JSON.parse(report.stdout).environments).toMatchObject([
      { environment: 'production', error: { code: 'live/bad-response' } },
      { environment: 'nowhere', error: { code: 'desired/missing-environment' } },
    ]);
  });
});
