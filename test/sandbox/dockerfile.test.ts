import { Command } from 'commander';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

import { addSandboxCommand } from '../../src/cli/sandbox-command.js';
import { startSandbox } from '../../src/sandbox/index.js';

const root = new URL('../../', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, root), 'utf8');
const isThere = (name: string): boolean => existsSync(new URL(name, root));

/** Instructions of the Dockerfile, each with its text in one line. */
const instructions = read('Dockerfile')
  .replaceAll(/^\s*#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .map((line) => /^([A-Z]+) (.*)$/.exec(line))
  .filter((match) => match !== null)
  .map(([, name = '', text = '']) => ({ name, text }));

function textsOf(name: string): readonly string[] {
  return instructions.filter((instruction) => instruction.name === name).map(({ text }) => text);
}

/** The words of an instruction in its JSON form. */
function wordsOf(text: string): readonly string[] {
  // `as`: a Dockerfile's JSON form is a list of texts, and a test that finds something else fails.
  return JSON.parse(text.slice(text.indexOf('['))) as readonly string[];
}

/** What is copied from the repository, not from another stage. */
const copied = textsOf('COPY')
  .filter((text) => !text.startsWith('--from='))
  .flatMap((text) => text.split(' ').slice(0, -1));

/** No Docker can be had where kedge is built, so this reads the file as Docker would, as far as that goes. */
describe('the Dockerfile', () => {
  test('copies only what the repository has, and .dockerignore lets nothing else through', () => {
    expect(copied.filter((name) => !isThere(name))).toEqual([]);
    const [all, ...others] = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(all).toBe('*');
    const through = others.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(through.toSorted()).toEqual(copied.toSorted());
  });

  test('copies what its build reads', () => {
    const { include, extends: base } = JSON.parse(read('tsconfig.build.json'));
    expect(copied).toEqual(expect.arrayContaining([...include, base.replace('./', ''), 'tsconfig.build.json']));
    const { scripts, bin } = JSON.parse(read('package.json'));
    expect(scripts.build).toBe('tsc -p tsconfig.build.json && node scripts/bundle.mjs');
    expect(copied).toContain('scripts/bundle.mjs');
    expect(wordsOf(textsOf('ENTRYPOINT')[0] ?? '')[1]).toBe(bin.kedge);
  });

  test('takes from an earlier stage what that stage has, and shares its base', () => {
    const bases = textsOf('FROM').map((text) => text.split(' ')[0]);
    expect(new Set(bases)).toEqual(new Set(['node:24-alpine']));
    const stages = textsOf('FROM').flatMap((text) => / AS (\w+)$/.exec(text)?.[1] ?? []);
    const taken = textsOf('COPY').flatMap((text) => /^--from=(\w+) (\S+)/.exec(text)?.slice(1, 3) ?? []);
    expect(taken).toEqual(
      ['/kedge/package.json', '/kedge/node_modules', '/kedge/bundle'].flatMap((path) => [stages[0], path]),
    );
  });

  test('starts the sandbox as another user than root, with options that it knows', () => {
    expect(textsOf('USER')).toEqual(['node']);
    const [node, , command, ...options] = wordsOf(textsOf('ENTRYPOINT')[0] ?? '');
    expect([node, command]).toEqual(['node', 'sandbox']);
    let flags: unknown;
    const program = new Command().exitOverride();
    addSandboxCommand(program, () => async (given) => {
      flags = given;
    });
    program.parse(['sandbox', ...options], { from: 'user' });
    expect(flags).toEqual({ host: '0.0.0.0', port: Number(textsOf('EXPOSE')[0]) });
  });

  test('its health check passes while a sandbox runs, is not counted, and fails without one', async () => {
    const sandbox = await startSandbox({ faults: [{ kind: 'status', status: 503 }] });
    const [, , program = ''] = wordsOf(textsOf('HEALTHCHECK')[0] ?? '');
    const port = textsOf('EXPOSE')[0] ?? '';
    expect(program).toContain(`:${port}/`);
    const healthy = (): Promise<boolean> =>
      new Promise((resolve) => {
        const code = program.replace(`:${port}/`, `:${sandbox.port}/`);
        execFile(process.execPath, ['-e', code], { timeout: 15_000, cwd: fileURLToPath(root) }, (error) =>
          resolve(!error),
        );
      });
    try {
      expect(await healthy()).toBe(true);
      expect(sandbox.requests().total).toBe(0);
    } finally {
      await sandbox.close();
    }
    expect(await healthy()).toBe(false);
  });
});
