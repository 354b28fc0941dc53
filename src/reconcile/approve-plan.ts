import { createPrivateKey, type KeyObject } from 'node:crypto';
import { access } from 'node:fs/promises';
import { approvalKeyId, type ApprovalsFile, approvalsText, parseApprovals, signApproval } from '../apply/index.js';
import { KedgeError } from '../model/index.js';
import type { PlanFile } from '../plan/index.js';
import { readNamedFile, writeNamedFile } from './named-file.js';
import { readPlan } from './saved-plan.js';

/** What approving a saved plan takes. */
export interface ApproveInput {
  /** The file of the plan; its approvals stand beside it. */
  readonly plan: string;
  /** The file of a private Ed25519 key in PEM. */
  readonly key: string;
  /** Of the key, where it is encrypted. */
  readonly passphrase?: string | undefined;
  /** Shown what would be signed; only `true` goes on. */
  readonly confirm: (asked: { readonly file: PlanFile; readonly key: string }) => Promise<boolean>;
}

/** What approving a plan came to. */
export interface ApproveResult {
  /** False when it was not confirmed: nothing was signed. */
  readonly confirmed: boolean;
  /** The id of the key. */
  readonly key: string;
  /** False where this key had signed this plan already. */
  readonly added: boolean;
  /** Signatures that stand beside the plan now, whether they count or not. */
  readonly approvals: number;
  /** Signatures of the plan that had this name before; they were taken away. */
  readonly dropped: number;
  /** The file of the approvals. */
  readonly path: string;
}

/**
 * Signs a saved plan, as it is shown, with a key that only its owner has. Needs neither network nor the files of the
 * environment: whose signature counts is decided where the plan is applied.
 * @throws {@link KedgeError} `plan/unreadable`, `apply/bad-approval-key`, `apply/bad-approvals`, `plan/not-written`.
 */
export async function approvePlan(input: ApproveInput): Promise<ApproveResult> {
  const file = await readPlan(input.plan);
  const privateKey = await readPrivateKey(input);
  const key = approvalKeyId(privateKey);
  const path = approvalsPath(input.plan);
  const confirmed = await input.confirm({ file, key });
  // Read only now: others may have signed while this one was looking.
  const before = await readApprovals(input.plan);
  const kept = before?.digest === file.plan.digest ? before.approvals : [];
  const dropped = (before?.approvals.length ?? 0) - kept.length;
  if (!confirmed) return { confirmed, key, added: false, approvals: kept.length, dropped: 0, path };
  // One entry per key: what this key has put there before, genuine or not, gives way to its signature of now.
  const others = kept.filter((approval) => approval.key !== key);
  const approvals = [...others, signApproval(file.plan, privateKey)];
  const written: ApprovalsFile = { format: 'kedge-approvals', version: 1, digest: file.plan.digest, approvals };
  await writeNamedFile(path, approvalsText(written), {
    code: 'plan/not-written',
    what: path,
    hint: 'approve a plan in a folder that you may write to',
  });
  return { confirmed, key, added: others.length === kept.length, approvals: approvals.length, dropped, path };
}

/**
 * The approvals beside a saved plan; undefined where there are none.
 * @param plan - the file of the plan. @throws {@link KedgeError} `apply/bad-approvals`.
 */
export async function readApprovals(plan: string): Promise<ApprovalsFile | undefined> {
  const path = approvalsPath(plan);
  try {
    await access(path);
  } catch {
    return undefined;
  }
  const hint = 'give whoever applies the plan the right to read its approvals';
  const text = await readNamedFile(path, { code: 'apply/bad-approvals', what: path, hint });
  return parseApprovals(text, path);
}

function approvalsPath(plan: string): string {
  return `${plan}.approvals`;
}

async function readPrivateKey({ key: path, passphrase }: ApproveInput): Promise<KeyObject> {
  const hint = 'openssl genpkey -algorithm ed25519 -aes256 -out alice.key makes one';
  const text = await readNamedFile(path, { code: 'apply/bad-approval-key', what: `the key ${path}`, hint });
  const refuse = (why: string, more = hint): KedgeError =>
    new KedgeError({
      code: 'apply/bad-approval-key',
      message: `${path} cannot sign: ${why}; nothing was signed`,
      hint: more,
    });
  if (!text.includes('PRIVATE KEY')) throw refuse('it is no private key in PEM');
  if (text.includes('ENCRYPTED') && passphrase === undefined) {
    throw refuse('it is encrypted', 'name the environment variable of its passphrase: --passphrase-env NAME');
  }
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: text, format: 'pem', ...(passphrase !== undefined && { passphrase }) });
  } catch {
    // What the library has against it is never shown: it is about a private key.
    throw refuse(passphrase === undefined ? 'it is not read as one' : 'it is not read with this passphrase');
  }
  if (key.asymmetricKeyType !== 'ed25519') throw refuse(`it is of the type ${key.asymmetricKeyType ?? 'unknown'}`);
  return key;
}
