import { type Approval, isJsonList, isJsonObject, type Json, KedgeError } from '../model/index.js';

/** The file beside a saved plan that holds its approvals: `plan.json.approvals`. */
export interface ApprovalsFile {
  readonly format: 'kedge-approvals';
  readonly version: 1;
  /** Of the plan. It only tells whose approvals these are: what counts is what was signed. */
  readonly digest: string;
  readonly approvals: readonly Approval[];
}

/** More approvals than any board has members. */
const mostApprovals = 1000;

/** The text of a file of approvals. */
export function approvalsText(file: ApprovalsFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * Reads the text of a file of approvals; whether they are genuine is not looked at.
 * @param from - where the text comes from, for messages.
 * @throws {@link KedgeError} `apply/bad-approvals`.
 */
export function parseApprovals(text: string, from: string): ApprovalsFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw unreadable(from, 'it is not JSON, or not all of it', cause);
  }
  if (!isJsonObject(value) || value['format'] !== 'kedge-approvals') {
    throw unreadable(from, 'it does not say "format": "kedge-approvals"');
  }
  if (value['version'] !== 1)
    throw unreadable(from, 'this kedge reads approvals of version 1, and they are of another');
  const { digest, approvals } = value;
  if (typeof digest !== 'string') throw unreadable(from, 'it does not say of which plan they are');
  const list = isApprovalList(approvals) ? approvals : undefined;
  if (list === undefined) throw unreadable(from, 'its approvals are no list of a key and a signature each');
  return { format: 'kedge-approvals', version: 1, digest, approvals: list };
}

/** True for a list of approvals, genuine or not. */
export function isApprovalList(value: unknown): value is readonly Approval[] {
  return Array.isArray(value) && isJsonList(value) && value.length <= mostApprovals && value.every(isApproval);
}

function isApproval(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const { key, signature, ...rest } = value;
  return typeof key === 'string' && typeof signature === 'string' && Object.keys(rest).length === 0;
}

function unreadable(from: string, why: string, cause?: unknown): KedgeError {
  return new KedgeError({
    code: 'apply/bad-approvals',
    message: `${from} holds no approvals that kedge can read: ${why}`,
    hint: 'take it away, and have the plan approved anew with kedge approve; nothing was written',
    cause,
  });
}
