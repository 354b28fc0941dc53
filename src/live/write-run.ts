import type { Kind, WriteClient, WriteTarget } from '../catalog/index.js';
import {
  type Change,
  type JsonObject,
  KedgeError,
  type KedgeErrorCode,
  type OverlayLeaf,
  refText,
  secretValues,
  type Redactor,
} from '../model/index.js';
import { budgetSpentError } from './request-error.js';
import { type RetryClock, retryDelay, type RetryPolicy } from './retry.js';
import { secretsIn, withoutSecrets } from './secret-risk.js';

/** A write that is about to be sent, or that was just confirmed. */
export interface WriteStep {
  readonly change: Change;
  readonly step: 'create' | 'update' | 'reactivate' | 'delete';
  /** The object as it was, without its secrets; undefined before a create. */
  readonly before: JsonObject | undefined;
}

/** Whom the writer tells, such as a journal. A write is not sent before `beforeWrite` is done; if that fails, never. */
export interface WriteHooks {
  readonly beforeWrite?: (step: WriteStep) => Promise<void>;
  readonly afterWrite?: (step: WriteStep) => Promise<void>;
}

/** What became of one change. */
export interface WrittenResource {
  readonly id: string;
  /** Writes that were sent; 0 where the instance already was as asked. */
  readonly attempts: number;
  /** JSON Pointer of each owned leaf → keyed hash of what was verified there; absent after a delete. */
  readonly paths?: { readonly [pointer: string]: string };
}

/** How often a change starts over because somebody else was writing the same object. */
const MAX_CONFLICTS = 3;

/** What performing one change needs at hand. */
export interface WriteRunOptions {
  readonly change: Change;
  readonly kind: Kind;
  readonly client: WriteClient;
  readonly hooks: WriteHooks;
  readonly hashKey: string;
  readonly redactor: Redactor;
  readonly policy: RetryPolicy;
  readonly clock: RetryClock;
  /** True where an earlier run sent some of it, and nobody knows what arrived: the first try is then a retry. */
  readonly inDoubt: boolean;
  /** Whether the instance may be burdened with one more repetition. */
  readonly takeRetry: () => boolean;
}

/** The state of performing one change: how often was written, and what is said to whom. */
export class WriteRun {
  readonly options: WriteRunOptions;
  readonly target: WriteTarget;
  attempts = 0;

  constructor(options: WriteRunOptions) {
    const { change, client } = options;
    this.options = options;
    this.target = { client, id: change.id, ...(change.parentId !== undefined && { parentId: change.parentId }) };
    if (change.op !== 'delete') options.redactor.add(secretValues(change.overlay.fields));
  }

  get name(): string {
    return refText(this.options.change.ref);
  }

  /** The object as it is now, or undefined. Its secrets are known to the redactor from here on. */
  async read(): Promise<JsonObject | undefined> {
    const { kind, redactor } = this.options;
    const { client, id, parentId } = this.target;
    const body = await kind.reads.get(client, { id, ...(parentId !== undefined && { parentId }) });
    if (body !== undefined) redactor.add(secretsIn(kind, body));
    return body;
  }

  /** Sends one write between its hooks. */
  async write<T>(step: WriteStep['step'], before: JsonObject | undefined, send: () => Promise<T>): Promise<T> {
    const { change, hooks, kind } = this.options;
    const told = { change, step, before: before && withoutSecrets(kind, before) };
    await hooks.beforeWrite?.(told);
    this.attempts += 1;
    const answer = await send();
    await hooks.afterWrite?.(told);
    return answer;
  }

  /**
   * Does the work, and all of it again when the write failed in passing or somebody else was quicker. The work reads
   * before it writes, and ids are ours, so that starting over never does anything twice.
   */
  async repeat<T>(work: (again: boolean) => Promise<T>): Promise<T> {
    const { policy, clock, inDoubt, takeRetry } = this.options;
    let failures = 0;
    let conflicts = 0;
    for (;;) {
      try {
        return await work(inDoubt || failures + conflicts > 0);
      } catch (error) {
        if (!(error instanceof KedgeError)) throw error;
        if (error.code === 'live/conflict') {
          conflicts += 1;
          if (conflicts > MAX_CONFLICTS) throw error;
        } else {
          failures += 1;
          if (failures >= policy.attempts || !mayHaveFailedInPassing(error)) throw error;
          if (!takeRetry()) throw budgetSpentError(error);
        }
        const retryAfterMs = error.details?.retryAfterMs;
        await clock.sleep(retryDelay({ attempt: failures + conflicts, retryAfterMs }, policy, clock.random));
      }
    }
  }

  /** An error about owned fields of this resource; never with their values. */
  refuse(input: {
    readonly code: KedgeErrorCode;
    readonly why: string;
    readonly leaves: readonly Pick<OverlayLeaf, 'pointer'>[];
    readonly hint: string;
  }): KedgeError {
    const { at } = this.options.change;
    const pointers = input.leaves.map((leaf) => leaf.pointer).join(', ');
    return new KedgeError({
      code: input.code,
      message: `${this.name} ${input.why}${pointers === '' ? '' : `: ${pointers}`}`,
      hint: input.hint,
      ...(at !== undefined && { at }),
    });
  }
}

/** Reads are repeated by the transport; after a write that got no good answer, only reading again tells what it did. */
function mayHaveFailedInPassing(error: KedgeError): boolean {
  if (error.details === undefined || error.details.method === 'GET') return false;
  return error.details.retryable || error.code === 'live/bad-response';
}

/** True when the instance says that an object with the id of this create is already there (`[duplicate]applicationId`). */
export function isDuplicateId(error: unknown): boolean {
  return (
    error instanceof KedgeError &&
    (error.details?.serverErrors ?? []).some((item) => /^\[duplicate\](?:[\w.]*\.)?\w*[iI]d$/.test(item.code))
  );
}
