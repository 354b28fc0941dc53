import type { KedgeErrorCode } from './error-code.js';
import type { KindName } from './ref.js';

/** The codes of the guards: what an apply refuses, unless it is allowed by name. */
export type GuardCode = Extract<
  KedgeErrorCode,
  'plan/too-many-updates' | 'plan/too-many-deletes' | 'plan/destructive' | 'plan/irreversible' | 'plan/frozen'
>;

/** All of them. */
export const guardCodes: readonly GuardCode[] = [
  'plan/too-many-updates',
  'plan/too-many-deletes',
  'plan/destructive',
  'plan/irreversible',
  'plan/frozen',
];

/** How many of the objects of one kind an apply may change in one way. */
export interface ChangeLimit {
  /** Of what this project owns of the kind, 0 to 100. */
  readonly percent: number;
  /** From how many owned objects on the share counts. */
  readonly from: number;
  /** At most so many, whatever share that is. */
  readonly count?: number;
}

/** The limits of one kind. */
export interface KindLimits {
  readonly updates: ChangeLimit;
  readonly deletes: ChangeLimit;
}

/** A time in which nothing is applied. */
export interface FreezeWindow {
  /** Epoch milliseconds, inclusive. */
  readonly from: number;
  /** Epoch milliseconds, exclusive. */
  readonly to: number;
  /** Both as they are written. */
  readonly written: string;
  readonly reason: string;
}

/** The guards of one environment. */
export interface GuardPolicy {
  readonly limits: KindLimits;
  /** Kinds with limits of their own. */
  readonly kinds: ReadonlyMap<KindName, KindLimits>;
  readonly freeze: readonly FreezeWindow[];
}

/** Why an apply of a plan is refused, unless its code is allowed. */
export interface GuardFinding {
  readonly code: GuardCode;
  /** With the numbers and names in it. */
  readonly message: string;
}
