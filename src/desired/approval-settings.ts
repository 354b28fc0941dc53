import { createPublicKey, type KeyObject } from 'node:crypto';
import type { ApprovalKey, ApprovalPolicy, Location } from '../model/index.js';
import type { PolicySettings } from './environment-file.js';
import type { FindingList } from './finding-list.js';
import { nodeAt, type Written } from './written.js';

/** Who has to approve a plan of an environment; undefined where nobody has to. What is wrong becomes a finding. */
export function parseApprovalPolicy(
  file: PolicySettings | undefined,
  context: {
    readonly written: Written;
    readonly findings: FindingList;
    readonly at: (pointer: string) => Location;
  },
): ApprovalPolicy | undefined {
  const approvals = file?.approvals;
  if (approvals === undefined) return undefined;
  const keys: ApprovalKey[] = [];
  for (const [index, text] of approvals.keys.entries()) {
    const node = nodeAt(context.written, ['policy', 'approvals', 'keys', String(index)]);
    const name = node?.shape === 'tag' && node.tag === 'file' ? node.text : `key ${index + 1}`;
    const pem = publicPem(text);
    const same = keys.find((key) => key.pem === pem);
    if (pem === undefined) refuse(`${name} is no Ed25519 public key in PEM${isPrivate(text)}`, `keys/${index}`);
    else if (same) refuse(`${name} is the same key as ${same.name}, and one key signs once`, `keys/${index}`);
    else keys.push({ name, pem });
  }
  const { threshold } = approvals;
  if (threshold > approvals.keys.length) {
    refuse(`${threshold} approvals are asked for, and there are only ${approvals.keys.length} keys`, 'threshold');
  }
  return { threshold, keys };

  function refuse(message: string, place: string): void {
    const hint =
      'openssl pkey -in alice.key -pubout makes the public key of a private one; name it as !file keys/alice.pem';
    context.findings.add({ code: 'desired/bad-value', message, hint, at: context.at(`/policy/approvals/${place}`) });
  }
}

/** The key in one spelling. A private key is refused, although its public half could be made of it: it does not belong here. */
function publicPem(text: string): string | undefined {
  if (isPrivate(text) !== '') return undefined;
  let key: KeyObject;
  try {
    key = createPublicKey({ key: text, format: 'pem' });
  } catch {
    return undefined;
  }
  // With format pem it gives text.
  return key.asymmetricKeyType === 'ed25519' ? (key.export({ type: 'spki', format: 'pem' }) as string) : undefined;
}

function isPrivate(text: string): string {
  return text.includes('PRIVATE KEY') ? ', but a private key, which must not be in a repository' : '';
}
