import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type Approval, type ApprovalKey, type ApprovalPolicy, canonicalJson } from '../model/index.js';

/** What an approval is of: exactly this plan, for this instance. */
export interface ApprovedPlan {
  readonly environment: string;
  readonly instance: string;
  /** Over all the rest of the plan. */
  readonly digest: string;
}

/** What the approvals of a plan come to. */
export interface CountedApprovals {
  /** The configured keys that have signed, in the order of the policy. */
  readonly signed: readonly ApprovalKey[];
  /** The configured keys that have not. */
  readonly unsigned: readonly ApprovalKey[];
  /** How many more are needed; 0 where it is approved. */
  readonly missing: number;
  /** Signatures that count for nothing: of another plan, of a key that is not configured, or of nobody. */
  readonly idle: number;
}

/**
 * The text that is signed. Its first line is no text of anything else that such a key may sign, and the rest is canonical
 * JSON, so that no two plans share a text.
 */
export function approvalText({ environment, instance, digest }: ApprovedPlan): string {
  return `kedge plan approval 1\n${canonicalJson({ environment, instance, digest })}`;
}

/** What a public key is called in a file of approvals: SHA-256 of its DER, in hex. A private key has the id of its public one. */
export function approvalKeyId(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Signs a plan. @param key - a private Ed25519 key. */
export function signApproval(plan: ApprovedPlan, key: KeyObject): Approval {
  const signature = sign(null, Buffer.from(approvalText(plan), 'utf8'), key).toString('base64');
  return { key: approvalKeyId(key), signature };
}

/** Holds approvals against a policy: each configured key counts once, and only for exactly this plan. */
export function countApprovals(
  plan: ApprovedPlan,
  by: { readonly policy: ApprovalPolicy; readonly approvals: readonly Approval[] },
): CountedApprovals {
  const text = Buffer.from(approvalText(plan), 'utf8');
  const counting = new Set<Approval>();
  const hasSigned = ({ pem }: ApprovalKey): boolean => {
    const key = createPublicKey(pem);
    const id = approvalKeyId(key);
    const valid = by.approvals.filter(
      (approval) => approval.key === id && verify(null, text, key, Buffer.from(approval.signature, 'base64')),
    );
    for (const approval of valid) counting.add(approval);
    return valid.length > 0;
  };
  const signed = by.policy.keys.filter(hasSigned);
  return {
    signed,
    unsigned: by.policy.keys.filter((key) => !signed.includes(key)),
    missing: Math.max(0, by.policy.threshold - signed.length),
    idle: by.approvals.length - counting.size,
  };
}
