import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { approvalKeyId, approvalText, countApprovals, signApproval } from './approval.js';

const plan = { environment: 'production', instance: 'https://auth.acme.example', digest: 'sha256:1' };

function person(name: string) {
  const pair = generateKeyPairSync('ed25519');
  const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }) as string;
  return { ...pair, configured: { name, pem } };
}

const [alice, bob, carol, mallory] = [person('alice'), person('bob'), person('carol'), person('mallory')];
const policy = { threshold: 2, keys: [alice, bob, carol].map(({ configured }) => configured) };
const count = (approvals: Parameters<typeof countApprovals>[1]['approvals'], of = plan) => {
  const { signed, unsigned, ...rest } = countApprovals(of, { policy, approvals });
  return { ...rest, signed: signed.map(({ name }) => name), unsigned: unsigned.map(({ name }) => name) };
};

describe('approvals', () => {
  it('are of a text that begins with what it is, and that no other plan shares', () => {
    expect(approvalText(plan)).toBe(
      'kedge plan approval 1\n{"digest":"sha256:1","environment":"production","instance":"https://auth.acme.example"}',
    );
  });

  it('name a key by its public half', () => {
    expect(approvalKeyId(alice.privateKey)).toBe(approvalKeyId(alice.publicKey));
    expect(approvalKeyId(alice.publicKey)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('are enough from as many configured keys as the policy asks for', () => {
    const approvals = [alice, carol].map(({ privateKey }) => signApproval(plan, privateKey));
    expect(count([])).toEqual({ signed: [], unsigned: ['alice', 'bob', 'carol'], missing: 2, idle: 0 });
    expect(count(approvals)).toEqual({ signed: ['alice', 'carol'], unsigned: ['bob'], missing: 0, idle: 0 });
  });

  it('of one key count once, however often they stand there', () => {
    const approval = signApproval(plan, alice.privateKey);
    expect(count([approval, { ...approval }])).toMatchObject({ signed: ['alice'], missing: 1 });
  });

  it.each([
    ['environment', { ...plan, environment: 'staging' }],
    ['instance', { ...plan, instance: 'https://auth.other.example' }],
    ['digest', { ...plan, digest: 'sha256:2' }],
  ])('count for nothing with another %s', (_, other) => {
    expect(count([signApproval(other, alice.privateKey)])).toMatchObject({ signed: [], idle: 1 });
  });

  it('count for nothing by a key that is not configured, also under the id of one that is', () => {
    const forged = signApproval(plan, mallory.privateKey);
    expect(count([forged, { ...forged, key: approvalKeyId(alice.publicKey) }])).toMatchObject({ signed: [], idle: 2 });
  });

  it('count for nothing over the bare digest, or where the signature is no signature', () => {
    const key = approvalKeyId(alice.publicKey);
    const bare = sign(null, Buffer.from(plan.digest), alice.privateKey).toString('base64');
    expect(count([bare, '', 'AAAA', '☂'].map((signature) => ({ key, signature })))).toMatchObject({
      signed: [],
      idle: 4,
    });
  });
});
