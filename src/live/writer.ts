import type { Catalog, Kind } from '../catalog/index.js';
import { type ApplyRecord, type Change, encodeRecordEntry, KedgeError, refText, unreachable } from '../model/index.js';
import { createWriteClients } from './client.js';
import { budgetSpentError } from './request-error.js';
import { defaultRetryPolicy, type RetryClock, retryDelay, type RetryPolicy, systemRetryClock } from './retry.js';
import type { Transport } from './transport.js';
import { performCreate } from './write-create.js';
import { performDelete } from './write-delete.js';
import { type WriteHooks, WriteRun, type WrittenResource } from './write-run.js';
import { performUpdate } from './write-update.js';

/** Performs changes on an instance, one at a time and exactly as planned. */
export interface Writer {
  /**
   * Performs one change and confirms it. May be called for several changes at once, but never for two of one conflict
   * group; calling it again after a crash ends where one call would have.
   * @param options.inDoubt - true where an earlier run may have sent some of it: what this change itself would have done
   * to the object is then not taken for somebody else's edit.
   * @throws {@link KedgeError} `apply/live-moved`, `apply/secret-at-risk`, `apply/not-verified`, or `live/…`.
   */
  readonly perform: (
    change: Change,
    hooks?: WriteHooks,
    options?: { readonly inDoubt: boolean },
  ) => Promise<WrittenResource>;
  /**
   * Writes the signed record into the instance's audit log.
   * @param input.summary - for people: `2 created, 1 updated`.
   */
  readonly writeRecord: (input: {
    readonly record: ApplyRecord;
    readonly summary: string;
    readonly recordKey: string;
  }) => Promise<void>;
}

/** What a writer is made of. The transport stays the caller's to close. */
export interface WriterOptions {
  readonly transport: Transport;
  readonly catalog: Catalog;
  /** The key of the hashes in edits and records. */
  readonly hashKey: string;
  readonly retry?: Partial<RetryPolicy> | undefined;
  readonly clock?: RetryClock | undefined;
}

/** Makes a writer over a transport. */
export function createWriter(options: WriterOptions): Writer {
  const { transport, catalog, hashKey } = options;
  const policy = { ...defaultRetryPolicy, ...options.retry };
  const clock = options.clock ?? systemRetryClock;
  let loaded: ReturnType<typeof createWriteClients> | undefined;
  const clients = (): ReturnType<typeof createWriteClients> => (loaded ??= createWriteClients(transport));
  return {
    perform: async (change, hooks = {}, { inDoubt } = { inDoubt: false }) => {
      const kind = catalog.kind(change.ref.kind);
      const client = (await clients()).forTenant(isInTenant(catalog, kind) ? change.tenantId : undefined);
      const { redactor, takeRetry } = transport;
      const run = new WriteRun({ change, kind, client, hooks, hashKey, redactor, policy, clock, takeRetry, inDoubt });
      return performChange(run, change);
    },
    writeRecord: async (input) => {
      const client = (await clients()).forTenant();
      const auditLog = encodeRecordEntry(input);
      // Twice the same entry is harmless, so a lost answer is reason enough to write it again.
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.createAuditLog({ auditLog });
          return;
        } catch (error) {
          if (!(error instanceof KedgeError) || error.details?.retryable !== true || attempt >= policy.attempts)
            throw error;
          if (!transport.takeRetry()) throw budgetSpentError(error);
          const { retryAfterMs } = error.details;
          await clock.sleep(retryDelay({ attempt, retryAfterMs }, policy, clock.random));
        }
      }
    },
  };
}

async function performChange(run: WriteRun, change: Change): Promise<WrittenResource> {
  switch (change.op) {
    case 'create':
      return performCreate(run, change);
    case 'update':
    case 'adopt':
    case 'reactivate':
      return performUpdate(run, change, { trusted: change.op === 'update' && change.completes === true });
    case 'delete':
      return performDelete(run, change);
    case 'replace':
      throw new KedgeError({
        code: 'plan/immutable-field',
        message: `${refText(change.ref)} would have to be replaced: ${change.because.join(', ')}`,
        hint: 'write the values the object has, or give the new object a key of its own and bury the old one',
      });
    case 'keep':
      throw new TypeError(`${refText(change.ref)} is kept: there is nothing to perform`);
    default:
      return unreachable(change);
  }
}

/** With several tenants the server needs the header to know where an object goes; a child goes where its parent is. */
function isInTenant(catalog: Catalog, kind: Kind): boolean {
  return kind.scope === 'tenant' || (kind.parent !== undefined && isInTenant(catalog, catalog.kind(kind.parent)));
}
