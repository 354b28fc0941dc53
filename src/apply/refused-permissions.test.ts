import { describe, expect, test } from 'vitest';
import { type Change, KedgeError, type KedgeErrorCode, type Outcome } from '../model/index.js';
import { type CertainNeeds, refusedPermission, RefusedPermissions } from './refused-permissions.js';

const needs: CertainNeeds = async ({ ref }) => [{ endpoint: `/api/${ref.kind}`, method: 'DELETE' }];

function deletion(kind: string, key: string): Change {
  return { op: 'delete', ref: { kind, key }, id: key, why: 'prune' };
}

function failed(code: KedgeErrorCode, more: { readonly retryable?: boolean; readonly sent?: boolean } = {}): Outcome {
  const { retryable = false, sent = true } = more;
  const details = {
    method: 'DELETE',
    path: '/api/webhook/11111111-1111-4111-8111-111111111111',
    requestId: 'test',
    retryable,
    serverErrors: [],
  };
  const error = new KedgeError({ code, message: 'refused', ...(sent && { details }) });
  return { result: 'failed', change: deletion('webhook', 'siem'), error };
}

describe('a change', () => {
  test('is not tried that needs what was refused to the key before', async () => {
    const refused = new RefusedPermissions(needs);
    refused.note(failed('live/unauthorized'));
    expect(await refused.whyNot(deletion('webhook', 'crew'))).toBe(
      'the key may not: DELETE on /api/webhook was refused for webhook/siem',
    );
    expect(await refused.whyNot(deletion('lambda', 'claims'))).toBeUndefined();
  });

  test('is tried while nothing was refused, and where nobody knows what it needs', async () => {
    expect(await new RefusedPermissions(needs).whyNot(deletion('webhook', 'crew'))).toBeUndefined();
    const unknowing = new RefusedPermissions(undefined);
    unknowing.note(failed('live/unauthorized'));
    expect(await unknowing.whyNot(deletion('webhook', 'crew'))).toBeUndefined();
  });
});

describe('what the key lacks', () => {
  test('is what a 401 names', () => {
    expect(refusedPermission(failed('live/unauthorized'))).toEqual({ endpoint: '/api/webhook', method: 'DELETE' });
  });

  test('is nothing where the refused key was replaced by another since', () => {
    expect(refusedPermission(failed('live/unauthorized', { retryable: true }))).toBeUndefined();
  });

  test('is nothing after a 403, which a firewall may give for one body and not for the next', () => {
    expect(refusedPermission(failed('live/forbidden'))).toBeUndefined();
  });

  test('is nothing where no request was refused', () => {
    expect(refusedPermission(failed('live/unauthorized', { sent: false }))).toBeUndefined();
    expect(
      refusedPermission({ result: 'applied', change: deletion('webhook', 'siem'), attempts: 1, ms: 1 }),
    ).toBeUndefined();
  });
});
