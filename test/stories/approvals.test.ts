import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Captured, kedge } from '../../src/cli/testing/captured-io.js';
import { approvePlan } from '../../src/reconcile/index.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

const passphrase = 'a passphrase nobody sees';
const env = { KEDGE_API_KEY: 'story-api-key', SMTP_PASSWORD: 'a-password-nobody-sees', ALICE: passphrase };
const pem = (key: KeyObject): string =>
  key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }) as string;
const [alice, bob, carol, mallory] = (['alice', 'bob', 'carol', 'mallory'] as const).map((name) => ({
  name,
  ...generateKeyPairSync('ed25519'),
})) as [Person, Person, Person, Person];
interface Person {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}
let sandbox: Sandbox;
/** The machine that plans and applies, and one for each approver: a folder without a repository. */
let cwd = '';
const desk = (person: Person): string => join(cwd, 'desks', person.name);

const run = (argv: readonly string[], at = cwd, more = {}): Promise<Captured> => kedge(argv, { cwd: at, env, ...more });
const apply = (...more: readonly string[]) => run(['apply', 'plan.json', '--yes', ...more]);
const declare = (name: string): Promise<void> =>
  writeFile(
    join(cwd, 'environments/base/groups.yaml'),
    `version: 1\ngroups: { deck: { name: ${name}, tenantId: main } }\n`,
  );

/** The plan and what stands beside it go to somebody's machine, are approved there, and what came of it goes back. */
async function approve(person: Person, ...more: readonly string[]): Promise<Captured> {
  const there = desk(person);
  const beside = (await readdir(cwd)).filter((name) => name.startsWith('plan.json'));
  for (const name of beside) await copyFile(join(cwd, name), join(there, name));
  const approved = await run(['approve', 'plan.json', '--key', 'my.key', '--yes', ...more], there);
  if (approved.exitCode === 0) await copyFile(join(there, 'plan.json.approvals'), join(cwd, 'plan.json.approvals'));
  return approved;
}

function writes(): number {
  const asked = sandbox.requests().requests;
  return asked.filter(({ method, path }) => method !== 'GET' && !path.split('?')[0]!.endsWith('/search')).length;
}

async function refused(...words: readonly string[]): Promise<void> {
  const before = writes();
  const { exitCode, stderr } = await apply();
  expect(stderr).toContain('apply/not-approved');
  for (const word of words) expect(stderr).toContain(word);
  expect(exitCode).toBe(3);
  expect(writes()).toBe(before);
}

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'kedge-approvals-'));
  sandbox = await startSandbox({ apiKey: env.KEDGE_API_KEY });
  await run(['init']);
  await mkdir(join(cwd, 'environments/production/keys'), { recursive: true });
  for (const person of [alice, bob, carol, mallory]) {
    await mkdir(desk(person), { recursive: true });
    await writeFile(join(desk(person), 'my.key'), pem(person.privateKey));
    await writeFile(join(cwd, 'environments/production/keys', `${person.name}.pem`), pem(person.publicKey));
  }
  const settings = join(cwd, 'environments/production/environment.yaml');
  const plain = (await readFile(settings, 'utf8'))
    .replace('https://auth.example.com', sandbox.url)
    .replace(/^policy:\n(?:[ #].*\n|\n)*/m, '');
  const keys = ['alice', 'bob', 'carol'].map((name) => `!file keys/${name}.pem`).join(', ');
  await writeFile(settings, `${plain}policy:\n  approvals: { threshold: 2, keys: [${keys}] }\n`);
  await declare('Deck');
  await run(['plan', '-e', 'production', '-o', 'plan.json']);
}, 60_000);
afterAll(() => sandbox.close());
beforeEach(() => rm(join(cwd, 'plan.json.approvals'), { force: true }));

describe('an apply where a plan needs two approvals', () => {
  it('is refused without a saved plan, and without an approval, whatever is allowed', async () => {
    const files = await run(['apply', '-e', 'production', '--yes']);
    expect([files.exitCode, files.stderr]).toEqual([3, expect.stringContaining('only a saved plan can have them')]);
    await refused("'production' wants 2 approvals of this plan: nobody has signed, 2 more needed of keys/alice.pem");
    const allowed = await apply('--allow', 'apply/not-approved');
    expect([allowed.exitCode, allowed.stderr]).toEqual([1, expect.stringContaining('The guards are')]);
  });

  it('shows an approver the plan and its digest, and signs nothing unless told to', async () => {
    const { digest } = (JSON.parse(await readFile(join(cwd, 'plan.json'), 'utf8')) as { plan: { digest: string } })
      .plan;
    await copyFile(join(cwd, 'plan.json'), join(desk(alice), 'plan.json'));
    const argv = ['approve', 'plan.json', '--key', 'my.key'];
    const asked = await run(argv, desk(alice), { answer: 'y' });
    expect(asked.exitCode).toBe(3);
    expect(asked.stdout).toContain((await run(['show', 'plan.json'])).stdout);
    expect(asked.stdout).toContain(`Digest: ${digest}`);
    expect(asked.stderr).toContain('Only "yes" goes on: Not confirmed: nothing was signed.');
    expect((await run(argv, desk(alice))).stderr).toContain('cli/confirmation-needed');
    const json = await run([...argv, '--json', '--yes'], desk(alice));
    expect(JSON.parse(json.stdout)).toMatchObject({ kedge: 'approve', files: ['plan.json.approvals'] });
    expect((await stat(join(desk(alice), 'plan.json.approvals'))).mode & 0o777).toBe(0o600);
    expect((await run(argv, desk(alice), { answer: 'yes' })).stderr).toContain('This key had signed it already');
    await rm(join(desk(alice), 'plan.json.approvals'));
  });

  it('counts a key once, and names who has signed and who has not', async () => {
    expect((await approve(alice)).stderr).toContain('Signed: plan.json.approvals holds 1 approval.');
    const again = await approve(alice);
    expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('had signed it already')]);
    await refused('keys/alice.pem signed, 1 more needed of keys/bob.pem, keys/carol.pem');
  });

  it('counts neither a stranger nor a forged or copied signature', async () => {
    await approve(alice);
    await approve(mallory);
    await refused('keys/alice.pem signed', '1 signature does not count');
    const path = join(cwd, 'plan.json.approvals');
    const file = JSON.parse(await readFile(path, 'utf8')) as { approvals: { key: string; signature: string }[] };
    const idOfBob = await approvePlan({
      plan: join(cwd, 'plan.json'),
      key: join(desk(bob), 'my.key'),
      confirm: () => Promise.resolve(false),
    });
    file.approvals.push(...file.approvals.map(({ signature }) => ({ key: idOfBob.key, signature })));
    await writeFile(path, JSON.stringify(file));
    await refused('keys/alice.pem signed', '3 signatures do not count');
    await writeFile(path, '{ "format": "kedge-approvals", "version": 1, "approvals": {');
    const broken = await apply();
    expect([broken.exitCode, broken.stderr]).toEqual([1, expect.stringContaining('apply/bad-approvals')]);
  });

  it('is refused where the approvals are of another plan, which a new approval takes away', async () => {
    await approve(alice);
    await approve(bob);
    await declare('Bridge');
    await run(['plan', '-e', 'production', '-o', 'plan.json']);
    await refused('nobody has signed', '2 signatures do not count');
    expect((await approve(carol)).stderr).toContain('are taken away: 2');
    await refused('keys/carol.pem signed');
  });

  it('says what is wrong with a key, and never holds its passphrase', async () => {
    const sealed = alice.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const key = join(desk(alice), 'my.key');
    for (const [text, argv, why] of [
      [sealed, [], 'it is encrypted'],
      [sealed, ['--passphrase-env', 'KEDGE_API_KEY'], 'with this passphrase'],
      [sealed, ['--passphrase-env', 'NOT_SET'], 'NOT_SET'],
      [pem(alice.publicKey), [], 'no private key in PEM'],
      [pem(ec), [], 'it is of the type ec'],
      ['-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n', [], 'it is not read as one'],
    ] as const) {
      await writeFile(key, text);
      const wrong = await approve(alice, ...argv);
      expect([wrong.exitCode, wrong.stderr]).toEqual([1, expect.stringContaining('apply/bad-approval-key')]);
      expect(wrong.stderr).toContain(why);
      expect(wrong.stdout + wrong.stderr).not.toContain(passphrase);
    }
    await writeFile(key, sealed);
    expect((await approve(alice, '--passphrase-env', 'ALICE')).exitCode).toBe(0);
    await writeFile(key, pem(alice.privateKey));
  });

  it('is performed once two of the keys have signed on their machines', async () => {
    await approve(carol);
    expect((await approve(alice)).stderr).toContain('holds 2 approvals');
    expect(await apply()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(' 0 failed, 0 skipped.') });
  });

  it('goes on after a crash only with a journal that holds the approvals', async () => {
    const folder = join(cwd, '.kedge/journals/production');
    const [name = ''] = (await readdir(folder)).slice(-1);
    const [header = ''] = (await readFile(join(folder, name), 'utf8')).split('\n');
    await writeFile(join(folder, name), `${header}\n`);
    const before = writes();
    const { approvals, ...forged } = JSON.parse(header) as { approvals: readonly unknown[] };
    expect(approvals).toHaveLength(2);
    await writeFile(join(cwd, 'forged.jsonl'), `${JSON.stringify(forged)}\n`);
    const refusedRun = await run(['apply', '-e', 'production', '--yes', '--resume', 'forged.jsonl']);
    expect([refusedRun.exitCode, refusedRun.stderr]).toEqual([3, expect.stringContaining('apply/not-approved')]);
    expect(writes()).toBe(before);
    expect((await run(['apply', '-e', 'production', '--yes', '--resume'])).exitCode).toBe(0);
  });
});
