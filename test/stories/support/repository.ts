import { guardCodes } from '../../../src/model/index.js';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { systemRetryClock } from '../../../src/live/index.js';
import { createRedactor, type Plan } from '../../../src/model/index.js';
import { type ApplyResult, applyEnvironment, planEnvironment, type Ports } from '../../../src/reconcile/index.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.js';
import { failuresOf } from './loop.js';

/** The project of every repository of these stories: ids are derived from it. */
const harbourProject = '9b0f7d1c-6f0e-42b7-8a7e-0c3f2f6f1f22';

/** A repository on disk and the sandbox that its environment `harbour` is. */
export interface Repository {
  readonly sandbox: () => Sandbox;
  /** Writes files of the repository; the content goes below `version: 1`. `null` removes one. */
  readonly write: (files: { readonly [path: string]: string | null }) => Promise<void>;
  /** Writes `environments/harbour/main.yaml`. */
  readonly files: (content: string) => Promise<void>;
  readonly plan: () => Promise<Plan>;
  readonly apply: () => Promise<ApplyResult>;
  /** Applies, and expects that all of it was done and that nothing is left to do. */
  readonly settle: () => Promise<void>;
  /** Forgets the record of what was applied. */
  readonly forget: () => Promise<void>;
  /** Calls the sandbox as somebody else would; fails on an answer that is no success. */
  readonly call: (method: string, path: string, body?: unknown) => Promise<any>;
  /** Writes since the last call of this, as `PUT /api/tenant/{tenantId}`. */
  readonly writes: () => readonly string[];
}

/** A repository with a fresh sandbox for each test of a file. */
export function useRepository(options: SandboxOptions = {}): Repository {
  let sandbox: Sandbox;
  let root = '';
  const target = (): { readonly root: string; readonly environment: string; readonly ports: Ports } => ({
    root,
    environment: 'harbour',
    ports: {
      env: { KEDGE_API_KEY: sandbox.apiKey, PROVIDER_SECRET: 'provider secret' },
      redactor: createRedactor(),
      clock: { ...systemRetryClock, sleep: () => Promise.resolve() },
      version: 'test',
    },
  });
  beforeAll(async () => {
    sandbox = await startSandbox(options);
  });
  beforeEach(async () => {
    await sandbox.reset();
    root = await mkdtemp(join(tmpdir(), 'kedge-story-'));
    await writeFile(join(root, 'kedge.yaml'), `version: 1\nproject: ${harbourProject}\n`);
    await repository.write({
      'environments/harbour/environment.yaml': `instance: { url: "${sandbox.url}", apiKey: !secret env:KEDGE_API_KEY }`,
    });
  });
  afterEach(() => rm(root, { recursive: true }));
  afterAll(() => sandbox.close());
  const repository: Repository = {
    sandbox: () => sandbox,
    write: async (files) => {
      for (const [path, content] of Object.entries(files)) {
        const file = join(root, path);
        await mkdir(dirname(file), { recursive: true });
        if (content === null) await rm(file);
        else await writeFile(file, `version: 1\n${content}\n`);
      }
    },
    files: (content) => repository.write({ 'environments/harbour/main.yaml': content }),
    plan: async () => (await planEnvironment(target())).plan,
    apply: () => applyEnvironment({ ...target(), confirm: () => Promise.resolve(true), allow: guardCodes }),
    settle: async () => {
      expect(failuresOf((await repository.apply()).outcomes)).toEqual([]);
      expect(changesOf(await repository.plan())).toEqual([]);
    },
    forget: () => rm(join(root, '.kedge'), { recursive: true, force: true }),
    call: async (method, path, body) => {
      const response = await fetch(sandbox.url + path, {
        method,
        headers: { authorization: sandbox.apiKey, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status} ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
    writes: () => {
      const { requests } = sandbox.requests();
      sandbox.clearRequests();
      return requests.flatMap(({ method, template }) =>
        method === 'GET' || template.endsWith('/search') ? [] : [`${method} ${template}`],
      );
    },
  };
  return repository;
}

/** The changes of a plan and what it withholds, as `update application/web: /name, /data/site`. */
export function changesOf(plan: Plan): readonly string[] {
  const changes = [...plan.changes, ...plan.withheld].map(({ change }) => {
    const edits = 'edits' in change ? change.edits.map((edit) => edit.pointer).join(', ') : '';
    return `${change.op} ${change.ref.kind}/${change.ref.key}${change.op === 'create' || edits === '' ? '' : `: ${edits}`}`;
  });
  return changes;
}
