import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRedactor, KedgeError } from '../model/index.js';
import { createCapturedIo, kedge } from './testing/captured-io.js';
import { createRun } from './cli-run.js';
import { createProgress } from './progress.js';
import { runCli } from './run-cli.js';

let cwd = '';
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'kedge-cli-'));
});
const env = { KEDGE_API_KEY: 'sealed-api-key-value' };

describe('the command line', () => {
  it('answers a mistake with one line and a hint', async () => {
    expect(await kedge(['plam'], { cwd })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: "cli/usage  unknown command 'plam'\n    hint: Did you mean plan?\n",
    });
    const option = await kedge(['plan', '--colour'], { cwd });
    expect(option).toMatchObject({ exitCode: 1, stdout: '' });
    expect(option.stderr).toMatch(/^cli\/usage {2}unknown option '--colour'\n {4}hint: .*\n$/);
    const number = await kedge(['apply', '-e', 'x', '--concurrency', '0'], { cwd });
    expect(number.stderr).toContain('whole number from 1 to 64');
  });

  it('says what to do in the place of an import from Terraform', async () => {
    for (const argv of [['main.tf'], [], ['--state', 'terraform.tfstate']]) {
      const { exitCode, stderr } = await kedge(['import', 'terraform', ...argv], { cwd });
      expect(exitCode).toBe(1);
      expect(stderr).toContain('cli/usage  Terraform configuration is not imported');
      expect(stderr).toContain('kedge pull -e <name>');
    }
  });

  it('prints help and version as an answer', async () => {
    const help = await kedge(['plan', '--help'], { cwd });
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    for (const text of ['--detailed-exitcode', '--json', '-C, --directory']) expect(help.stdout).toContain(text);
    expect(await kedge(['-V'], { cwd })).toEqual({ exitCode: 0, stdout: '0.0.0-test\n', stderr: '' });
    expect((await kedge([], { cwd })).exitCode).toBe(1);
  });

  it('says where it looked for a repository', async () => {
    const { exitCode, stderr } = await kedge(['plan', '-e', 'production'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^cli\/not-a-repository .*\n {4}hint: run kedge init/);
  });

  it('gives an error as JSON where JSON was asked for', async () => {
    const { stdout } = await kedge(['plan', '-e', 'production', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ kedge: 'error', version: 1, error: { code: 'cli/not-a-repository' } });
    const usage = await kedge(['plan', '--json', '--nope'], { cwd });
    expect(JSON.parse(usage.stdout)).toMatchObject({ kedge: 'error', error: { code: 'cli/usage' } });
  });

  it('asks for an environment, and for one only where it writes', async () => {
    await kedge(['init'], { cwd });
    expect((await kedge(['plan'], { cwd })).stderr).toContain('no environment was named');
    expect((await kedge(['apply', '-e', 'a', '-e', 'b'], { cwd })).stderr).toContain('takes one environment, not 2');
  });
});

describe('what a command prints', () => {
  const flags = { color: true, json: true };

  it('says of a bug that it is one, with the stack', async () => {
    const { io, out } = createCapturedIo({ cwd });
    const newUuid = (): string => {
      throw new TypeError('no chance today');
    };
    expect(await runCli(['init'], { ...io, newUuid })).toBe(1);
    expect(out.stderr).toMatch(/^this is a bug in kedge.*\n {4}TypeError: no chance today\n {4} +at /);
    expect(out.stdout).toBe('');
  });

  it('has no secret in it, in text or JSON, however it came there', () => {
    const { io, out } = createCapturedIo({ cwd });
    const run = createRun(io, flags, createRedactor(['hunter2-hunter2', '1000']));
    run.fail(new KedgeError({ code: 'live/rejected', message: 'the server said hunter2-hunter2' }), 'as-answer');
    run.print('hunter2-hunter2\n');
    expect(out.stdout + out.stderr).not.toContain('hunter2');
    expect(out.stdout).toContain('the server said (secret)');
  });

  it('stays JSON when a secret looks like a number', () => {
    const { io, out } = createCapturedIo({ cwd });
    const run = createRun(io, flags, createRedactor(['1000']));
    const environments = [{ environment: 'production', resources: 1000 }];
    run.printJson({ kedge: 'validate', version: 1, valid: true, environments, findings: [] });
    expect(JSON.parse(out.stdout).environments).toEqual(environments);
  });

  it('has colours on a terminal only, and not with NO_COLOR or --no-color', () => {
    const colored = (isTTY: boolean, color: boolean, env: Record<string, string> = {}): boolean =>
      createRun(createCapturedIo({ cwd, isTTY, env }).io, { color }, createRedactor()).textOptions().color;
    expect(colored(true, true)).toBe(true);
    expect(colored(true, true, { NO_COLOR: '' })).toBe(true);
    expect(colored(false, true)).toBe(false);
    expect(colored(true, false)).toBe(false);
    expect(colored(true, true, { NO_COLOR: '1' })).toBe(false);
  });

  it('is one line of progress that is written over on a terminal, and plain lines elsewhere', () => {
    const told = (isTTY: boolean, json: boolean): string => {
      const { io, out } = createCapturedIo({ cwd, isTTY });
      const progress = createProgress(createRun(io, { color: false, json }, createRedactor()));
      progress.now('reading');
      progress.happened('done');
      progress.now('more');
      progress.end();
      return out.stderr;
    };
    expect(told(true, false)).toBe('reading\r\u001b[2Kdone\nmore\r\u001b[2K');
    expect(told(false, false)).toBe('reading\ndone\nmore\n');
    expect(told(false, true)).toBe('');
  });
});

describe('init', () => {
  it('makes a repository that is in order', async () => {
    const made = await kedge(['init', '-e', 'staging'], { cwd });
    expect(made).toMatchObject({ exitCode: 0, stderr: '' });
    expect(made.stdout).toContain('environments/staging/environment.yaml');
    expect(await readFile(join(cwd, 'kedge.yaml'), 'utf8')).toContain('project: 5f0c2b1e-7a44-4c7e-9d7e-0a1b2c3d4e5f');
    expect(await readFile(join(cwd, '.gitignore'), 'utf8')).toBe('.kedge/\n');
    expect(await readdir(join(cwd, 'schemas'))).toContain('kedge.schema.json');
    expect(await kedge(['validate'], { cwd, env })).toEqual({
      exitCode: 0,
      stdout: 'In order: staging (1 resource).\n',
      stderr: '',
    });
  });

  it('overwrites nothing, and says what is there', async () => {
    await writeFile(join(cwd, 'kedge.yaml'), 'mine\n');
    const { exitCode, stderr } = await kedge(['init'], { cwd });
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^cli\/already-there .*kedge\.yaml; nothing was written\n/);
    expect(await readdir(cwd)).toEqual(['kedge.yaml']);
  });

  it('adds to .gitignore what it lacks', async () => {
    await writeFile(join(cwd, '.gitignore'), 'node_modules/');
    await kedge(['init'], { cwd });
    expect(await readFile(join(cwd, '.gitignore'), 'utf8')).toBe('node_modules/\n.kedge/\n');
  });

  it('refuses a name that is no folder', async () => {
    expect(await kedge(['init', '-e', '../up'], { cwd })).toMatchObject({ exitCode: 1 });
    expect(await readdir(cwd)).toEqual([]);
  });

  it('writes nothing when the instance to begin from cannot be read', async () => {
    const { exitCode, stderr } = await kedge(['init', '--url', 'http://127.0.0.1:1'], { cwd, env });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('live/unreachable');
    expect(await readdir(cwd)).toEqual([]);
  });
});

describe('validate', () => {
  it('tells all that is wrong at once, with place, line and hint', async () => {
    await kedge(['init'], { cwd });
    await writeFile(
      join(cwd, 'environments/base/tenants.yaml'),
      'version: 1\ntenants:\n  main:\n    isuer: acme.example\n    name: 5\n',
    );
    const { exitCode, stdout } = await kedge(['validate'], { cwd, env });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^environments\/base\/tenants\.yaml:4:5 desired\/unknown-field {2}.*isuer/);
    expect(stdout).toContain('    4 |     isuer: acme.example\n            ^\n    hint: ');
    expect(stdout).toMatch(/\n2 errors\n$/);
    const json = JSON.parse((await kedge(['validate', '--json'], { cwd, env })).stdout);
    expect(json).toMatchObject({ kedge: 'validate', version: 1, valid: false });
    expect(json.findings).toHaveLength(2);
  });

  it('needs the secrets, unless told to do without', async () => {
    await kedge(['init'], { cwd });
    expect((await kedge(['validate'], { cwd })).stdout).toContain('desired/missing-secret');
    expect((await kedge(['validate', '--no-secrets'], { cwd })).exitCode).toBe(0);
  });
});
