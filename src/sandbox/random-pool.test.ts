import { describe, expect, it } from 'vitest';
import { createRandomPool } from './random-pool.js';

describe('createRandomPool', () => {
  it('gives bytes of any length, and never the same ones again', () => {
    const random = createRandomPool();
    const given = Array.from({ length: 2000 }, () => random(16));
    expect(given.every((bytes) => bytes.length === 16)).toBe(true);
    expect(new Set(given.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(2000);
    expect(random(20_000)).toHaveLength(20_000);
    expect(random(0)).toHaveLength(0);
  });

  it('keeps what it gave: later bytes are others', () => {
    const random = createRandomPool();
    const first = random(32);
    const before = Buffer.from(first).toString('hex');
    for (let count = 0; count < 1000; count += 1) random(32);
    expect(Buffer.from(first).toString('hex')).toBe(before);
  });
});
