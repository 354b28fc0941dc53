import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../bundle/cli/main.js', import.meta.url));

/** A module that lets a process say on stderr which modules it loads. */
const tellsModules = dataUrl(
  `import { register } from 'node:module'; register(${JSON.stringify(
    dataUrl(`import { writeSync } from 'node:fs';
    export const load = (url, context, next) => { writeSync(2, url + '\\n'); return next(url, context); };`),
  )});`,
);

function dataUrl(module: string): string {
  return `data:text/javascript,${encodeURIComponent(module)}`;
}

/** The rooms whose modules are in a part of the bundle: its source map names them. */
async function roomsIn(file: string): Promise<readonly string[]> {
  const { sources } = JSON.parse(await readFile(fileURLToPath(`${file}.map`), 'utf8')) as {
    sources: readonly string[];
  };
  return sources.flatMap((source) => /\/src\/(\w+)\//.exec(source)?.[1] ?? []);
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function kedge(argv: readonly string[], cwd = tmpdir()): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...argv], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (out.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...out };
}

/** The built program as a process: `npm test` builds it first. */
describe('the built kedge', () => {
  it('says its version, and nothing else', async () => {
    const file = fileURLToPath(new URL('../../package.json', import.meta.url));
    const { version } = JSON.parse(await readFile(file, 'utf8'));
    expect(await kedge(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('ends with the exit code of its command', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kedge-built-'));
    expect((await kedge(['init'], folder)).code).toBe(0);
    expect((await kedge(['init'], folder)).code).toBe(3);
    expect((await kedge(['plan'], folder)).code).toBe(1);
    expect((await kedge(['nonsense'], folder)).code).toBe(1);
  });

  it('does not mind when nobody reads its answer to the end', async () => {
    const child = spawn(process.execPath, [main, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('runs a sandbox that answers, and closes on %s', async (signal) => {
    const child = spawn(process.execPath, [main, 'sandbox', '--api-key', 'built-cli-key'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = /^sandbox listening on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line.toString())?.[1];
    const answer = await fetch(`${url}/api/tenant`, { headers: { authorization: 'built-cli-key' } });
    expect(answer.status).toBe(200);
    await answer.arrayBuffer();
    child.kill(signal);
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it('listens where --host says, and warns where that is more than this machine', async () => {
    for (const [host, url, warned] of [
      ['0.0.0.0', 'http://127.0.0.1', true],
      ['localhost', 'http://localhost', false],
    ] as const) {
      const child = spawn(process.execPath, [main, 'sandbox', '--host', host], { stdio: ['ignore', 'pipe', 'pipe'] });
      let stderr = '';
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      expect(line.toString()).toMatch(new RegExp(`^sandbox listening on ${url}:\\d+\n$`));
      const answer = await fetch(`${line.toString().trim().split(' ').at(-1)}/api/status`);
      expect(answer.status).toBe(200);
      await answer.arrayBuffer();
      child.kill('SIGTERM');
      expect(await once(child, 'close')).toEqual([0, null]);
      expect(stderr.includes(`it listens on ${host}: whoever reaches that can do everything`)).toBe(warned);
    }
  });

  it('refuses an address that this machine does not have', async () => {
    const { code, stderr } = await kedge(['sandbox', '--host', '192.0.2.1']);
    expect(code).toBe(1);
    expect(stderr).toContain('the sandbox could not start: EADDRNOTAVAIL at listen');
  });

  it('starts a sandbox with no more than it needs: no HTTP client, no certificates, no YAML, no other room but three', async () => {
    const child = spawn(process.execPath, ['--import', tellsModules, main, 'sandbox'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await once(child.stdout, 'data');
    child.kill();
    await once(child, 'close');
    const files = stderr.split('\n').filter((line) => line.startsWith('file:'));
    const packages = files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
    expect([...new Set(packages)].toSorted()).toEqual(['@hono/node-server', 'commander', 'fast-json-patch', 'hono']);
    const parts = files.filter((file) => file.includes('/bundle/parts/'));
    const rooms = (await Promise.all(parts.map(roomsIn))).flat();
    expect([...new Set(rooms)].toSorted()).toEqual(['cli', 'model', 'report', 'sandbox']);
  });

  it('refuses a sandbox it cannot start in one line', async () => {
    const { code, stderr } = await kedge(['sandbox', '--switch', 'nameCase=perhaps']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^cli\/sandbox-not-started {2}.*nameCase.*\n {4}hint: .*\n$/);
  });
});
