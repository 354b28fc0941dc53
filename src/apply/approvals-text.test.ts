import { describe, expect, it } from 'vitest';
import { type ApprovalsFile, approvalsText, parseApprovals } from './approvals-text.js';

const file: ApprovalsFile = {
  format: 'kedge-approvals',
  version: 1,
  digest: 'sha256:1',
  approvals: [{ key: 'a1', signature: 'c2ln' }],
};

describe('a file of approvals', () => {
  it('is read as it was written', () => {
    expect(parseApprovals(`\uFEFF${approvalsText(file)}`, 'plan.json.approvals')).toEqual(file);
  });

  it.each([
    ['', 'it is not JSON'],
    [approvalsText(file).slice(0, 40), 'it is not JSON'],
    ['[]', 'does not say "format"'],
    ['{"format":"kedge-plan"}', 'does not say "format"'],
    [JSON.stringify({ ...file, version: 2 }), 'of another'],
    [JSON.stringify({ ...file, digest: 1 }), 'of which plan'],
    ...[
      'x',
      [1],
      [{ key: 'a1' }],
      [{ key: 'a1', signature: 'c2ln', more: 1 }],
      Array(1001).fill(file.approvals[0]),
    ].map((approvals): [string, string] => [
      JSON.stringify({ ...file, approvals }),
      'no list of a key and a signature',
    ]),
  ])('is refused as %s', (text, why) => {
    expect(() => parseApprovals(text, 'plan.json.approvals')).toThrow(
      expect.objectContaining({ code: 'apply/bad-approvals', message: expect.stringContaining(why) }),
    );
  });
});
