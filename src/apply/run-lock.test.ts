import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LockOptions, takeRunLock } from './run-lock.js';

let directory = '';
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'kedge-lock-')), '.kedge');
});
afterEach(() => rm(join(directory, '..'), { recursive: true }));

/** A clock in which only waiting takes time. */
function waitingClock(onSleep: (slept: number) => Promise<void> | void = () => undefined): LockOptions['clock'] {
  let now = 1_764_000_000_000;
  let slept = 0;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
      slept += 1;
      await onSleep(slept);
    },
  };
}

const take = (options: Partial<LockOptions> = {}): ReturnType<typeof takeRunLock> =>
  takeRunLock({ directory, environment: 'production', waitMs: 0, clock: waitingClock(), ...options });
const path = (): string => join(directory, 'locks/production');
/** A lock as a process leaves it that was killed. */
async function leftBy({ pid, host }: { readonly pid: number; readonly host: string }): Promise<void> {
  await mkdir(join(directory, 'locks'), { recursive: true });
  const token = '00000000-0000-4000-8000-000000000001';
  await writeFile(path(), `${JSON.stringify({ pid, host, instant: 1_764_000_000_000, token })}\n`);
}

describe('the lock of an environment', () => {
  it('is a file that only its owner may read, and gone afterwards', async () => {
    const lock = await take();
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect((await stat(join(directory, 'locks'))).mode & 0o777).toBe(0o700);
    expect(lock.tookOver).toBeUndefined();
    await lock.release();
    expect(await readdir(join(directory, 'locks'))).toEqual([]);
  });

  it('is refused while another run has it, with who that is and since when', async () => {
    const lock = await take();
    await expect(take()).rejects.toMatchObject({
      code: 'apply/locked',
      message: expect.stringMatching(
        new RegExp(
          `'production' is running here: process ${process.pid} on .*, since 2025-11-24T16:00:00.000Z; nothing`,
        ),
      ),
    });
    await lock.release();
    await (await take()).release();
  });

  it('does not keep runs of other environments away, and no name leads out of its folder', async () => {
    const lock = await take();
    const other = await take({ environment: '../../staging' });
    expect(await readdir(join(directory, 'locks'))).toEqual(['..%2F..%2Fstaging', 'production']);
    await other.release();
    await lock.release();
  });

  it('is waited for, as long as was asked', async () => {
    const lock = await take();
    const clock = waitingClock((slept) => (slept === 3 ? lock.release() : undefined));
    await (await take({ clock, waitMs: 10_000 })).release();
    const again = await take();
    await expect(take({ waitMs: 10_000 })).rejects.toMatchObject({ code: 'apply/locked' });
    await again.release();
  });

  it('is not waited for after an interrupt', async () => {
    const lock = await take();
    const stop = new AbortController();
    const clock = waitingClock(() => stop.abort());
    await expect(take({ clock, waitMs: 1e9, signal: stop.signal })).rejects.toMatchObject({ code: 'apply/locked' });
    await lock.release();
  });

  it('is taken over from a process of this machine that is dead, once', async () => {
    const dead = { pid: 4711, host: 'bridge' };
    await leftBy(dead);
    const options = { self: { pid: 1, host: 'bridge' }, isAlive: (pid: number) => pid !== 4711 };
    const runs = await Promise.allSettled(Array.from({ length: 8 }, () => take(options)));
    const taken = runs.flatMap((run) => (run.status === 'fulfilled' ? [run.value] : []));
    expect(taken.map(({ tookOver }) => tookOver?.pid)).toEqual([4711]);
    await taken[0]?.release();
    expect(await readdir(join(directory, 'locks'))).toEqual([]);
  });

  it('is taken over from a process before this one that had its number', async () => {
    await leftBy({ pid: 1, host: 'container' });
    const lock = await take({ self: { pid: 1, host: 'container' } });
    expect(lock.tookOver).toMatchObject({ pid: 1, host: 'container' });
    await lock.release();
  });

  it('is never taken over from another machine, from a process that lives, or from what nobody can read', async () => {
    await leftBy({ pid: 4711, host: 'another' });
    const options = { self: { pid: 1, host: 'bridge' }, isAlive: () => false };
    await expect(take(options)).rejects.toMatchObject({ code: 'apply/locked' });
    await leftBy({ pid: process.ppid, host: 'bridge' });
    await expect(take({ self: { pid: 1, host: 'bridge' } })).rejects.toMatchObject({ code: 'apply/locked' });
    for (const text of ['', '{', '[]', '{"pid":-1}', '{"pid":4711,"host":"bridge","instant":0,"token":"../../x"}']) {
      await writeFile(path(), text);
      await expect(take(options)).rejects.toThrow('somebody whose lock cannot be read');
    }
  });

  it('asks the system whether a process is alive', async () => {
    // No process has this number: it is above the largest that Linux gives (pid_max, proc(5)).
    await leftBy({ pid: 4_194_305, host: 'bridge' });
    const lock = await take({ self: { pid: 1, host: 'bridge' } });
    expect(lock.tookOver?.pid).toBe(4_194_305);
    await lock.release();
  });

  it('leaves the lock of a run that began after somebody removed ours', async () => {
    const lock = await take();
    await rm(path());
    const other = await take();
    await lock.release();
    expect(await readFile(path(), 'utf8')).toContain(`"pid":${process.pid}`);
    await other.release();
  });
});
