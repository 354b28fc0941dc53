import { randomFillSync } from 'node:crypto';

const poolBytes = 8192;

/** So many of the system's random bytes, of which it is asked for thousands at a time: an id takes 16, and ids are many. */
export function createRandomPool(): (length: number) => Uint8Array {
  let pool = new Uint8Array(0);
  let used = 0;
  return (length) => {
    if (used + length > pool.length) {
      pool = randomFillSync(new Uint8Array(Math.max(poolBytes, length)));
      used = 0;
    }
    used += length;
    return pool.subarray(used - length, used);
  };
}
