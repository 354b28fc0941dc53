// If a reader could write, a drift cron with the wrong key could change production.
import type { ReadClient } from '../dist/catalog/index.js';
import type { Reader } from '../dist/live/index.js';

type Equals<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Writes =
  `${'create' | 'update' | 'patch' | 'delete' | 'generate' | 'import' | 'deactivate' | 'reactivate' | 'upsert'}${string}`;

/** The client a reader is given has no method that writes. */
export const noWriteMethod: Equals<Extract<keyof ReadClient, Writes>, never> = true;

/** A reader offers six reads and nothing else. */
export const onlyReads: Equals<
  keyof Reader,
  'detail' | 'licence' | 'lookUp' | 'readLive' | 'readRecord' | 'serverVersion'
> = true;

declare const reader: Reader;
// @ts-expect-error -- there is no way to write through a reader
void reader.perform;
