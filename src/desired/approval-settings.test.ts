import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseApprovalPolicy } from './approval-settings.js';
import { createFindingList } from './finding-list.js';
import type { Written } from './written.js';

const pem = (key: KeyObject): string =>
  key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }) as string;
const [alice, bob] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
const at = { file: 'environments/production/environment.yaml', line: 1, col: 1 };
const base = { at, patches: false };
const map = (entries: Readonly<Record<string, Written>>): Written => ({
  ...base,
  shape: 'map',
  entries: new Map(Object.entries(entries).map(([key, value]) => [key, { keyAt: at, value }])),
});

function parse(threshold: number, keys: readonly string[]) {
  const findings = createFindingList();
  const tag = (text: string): Written => ({ ...base, shape: 'tag', tag: 'file', text });
  const list: Written = { ...base, shape: 'list', items: [tag('keys/alice.pem')] };
  const written = map({ policy: map({ approvals: map({ keys: list }) }) });
  const policy = parseApprovalPolicy(
    { approvals: { threshold, keys: [...keys] } },
    { written, findings, at: (pointer) => ({ ...at, file: pointer }) },
  );
  return { policy, findings: findings.findings() };
}

describe('the approvals that an environment asks for', () => {
  it('are none where nothing is written', () => {
    const context = { written: map({}), findings: createFindingList(), at: () => at };
    expect(parseApprovalPolicy(undefined, context)).toBeUndefined();
    expect(parseApprovalPolicy({}, context)).toBeUndefined();
  });

  it('name each key by its file, or by its place where it has none', () => {
    const { policy, findings } = parse(2, [`\n${pem(alice.publicKey)}\n`, pem(bob.publicKey)]);
    expect(findings).toEqual([]);
    expect(policy).toEqual({
      threshold: 2,
      keys: [
        { name: 'keys/alice.pem', pem: pem(alice.publicKey) },
        { name: 'key 2', pem: pem(bob.publicKey) },
      ],
    });
  });

  it.each([
    ['a text', 'alice'],
    ['another kind of key', pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)],
    ['a private key', pem(alice.privateKey)],
  ])('refuse %s in the place of a key, and never show it', (_, key) => {
    const { findings } = parse(1, [key]);
    expect(findings).toMatchObject([{ code: 'desired/bad-value', at: { file: '/policy/approvals/keys/0' } }]);
    expect(findings[0]!.message).toContain('keys/alice.pem is no Ed25519 public key');
    expect(JSON.stringify(findings)).not.toContain(key.split('\n')[1] ?? 'alice ');
  });

  it('refuse the same key twice, and more approvals than there are keys', () => {
    const { findings } = parse(3, [pem(alice.publicKey), `${pem(alice.publicKey)}\n`]);
    expect(findings.map(({ message, at: place }) => [message, place?.file])).toEqual([
      ['key 2 is the same key as keys/alice.pem, and one key signs once', '/policy/approvals/keys/1'],
      ['3 approvals are asked for, and there are only 2 keys', '/policy/approvals/threshold'],
    ]);
  });
});
