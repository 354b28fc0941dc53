import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Writer } from '../live/index.js';
import { type Change, KedgeError, type Outcome, type Plan, type PlannedChange, refText } from '../model/index.js';
import { applyPlan, type ApplyDeps } from './apply-plan.js';

/** One planned change as a test draws it: what it waits for, what it locks, how long it takes, whether it fails. */
interface Drawn {
  readonly after: readonly number[];
  readonly locks: readonly string[];
  readonly ms: number;
  readonly fails: boolean;
}

const drawnPlan = fc
  .array(
    fc.record({
      after: fc.array(fc.nat(), { maxLength: 3 }),
      locks: fc.uniqueArray(fc.constantFrom('tenant:acme', 'tenant:globex', 'application:web', 'idp:google'), {
        maxLength: 3,
      }),
      ms: fc.integer({ min: 0, max: 20 }),
      fails: fc.integer({ min: 0, max: 4 }).map((value) => value === 0),
    }),
    { maxLength: 30 },
  )
  // A change only waits for earlier ones, as in a plan.
  .map((list) => list.map((item, index) => ({ ...item, after: index === 0 ? [] : item.after.map((n) => n % index) })));

function changeOf(index: number): Change {
  const ref = { kind: 'lambda', key: `claims-${index}` };
  return { op: 'delete', ref, id: `id-${index}`, why: 'prune' };
}

function planOf(drawn: readonly Partial<Drawn>[], more: Partial<Plan> = {}): Plan {
  const changes = drawn.map(({ after = [], locks = [] }, index): PlannedChange => ({
    change: changeOf(index),
    after: [...new Set(after)].map((other) => refText(changeOf(other).ref)),
    locks,
    risk: 'safe',
    reasons: [],
  }));
  return {
    version: 1,
    environment: 'production',
    namespace: 'acme',
    instance: 'https://auth.acme.test',
    serverVersion: undefined,
    hashKeyId: 'a-key',
    changes,
    kept: [],
    withheld: [],
    released: [],
    notCompared: [],
    unmanaged: [],
    unknownKinds: [],
    recorded: false,
    digest: 'sha256:00',
    ...more,
  };
}

/** Time that only passes when everybody waits. */
class VirtualTime {
  now = 0;
  readonly #sleepers: { at: number; wake: () => void }[] = [];

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.#sleepers.push({ at: this.now + ms, wake }));
  }

  /** Wakes the next sleeper again and again, until `done`. */
  async run<T>(work: Promise<T>): Promise<T> {
    const state = { done: false };
    const end = (): void => {
      state.done = true;
    };
    work.then(end, end);
    while (!state.done) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#sleepers.sort((left, right) => left.at - right.at);
      const next = this.#sleepers.shift();
      if (!next) continue;
      this.now = Math.max(this.now, next.at);
      next.wake();
    }
    return work;
  }
}

interface Performed {
  readonly outcomes: readonly Outcome[];
  readonly started: readonly number[];
  readonly events: readonly { readonly what: 'start' | 'end'; readonly index: number }[];
}

async function perform(
  drawn: readonly Partial<Drawn>[],
  deps: Partial<ApplyDeps> & { plan?: Plan } = {},
): Promise<Performed> {
  const time = new VirtualTime();
  const events: { what: 'start' | 'end'; index: number }[] = [];
  const writer: Pick<Writer, 'perform'> = {
    perform: async (change) => {
      const index = Number(change.id.slice(3));
      events.push({ what: 'start', index });
      await time.sleep(drawn[index]?.ms ?? 0);
      events.push({ what: 'end', index });
      if (drawn[index]?.fails === true) throw new KedgeError({ code: 'live/rejected', message: `no ${index}` });
      return { id: change.id, attempts: 1 };
    },
  };
  const all = async (): Promise<readonly Outcome[]> => {
    const outcomes: Outcome[] = [];
    const plan = deps.plan ?? planOf(drawn);
    for await (const outcome of applyPlan(plan, { writer, clock: { now: () => time.now }, concurrency: 4, ...deps })) {
      outcomes.push(outcome);
    }
    return outcomes;
  };
  const outcomes = await time.run(all());
  return { outcomes, events, started: events.filter(({ what }) => what === 'start').map(({ index }) => index) };
}

function resultsOf(outcomes: readonly Outcome[]): Record<string, string> {
  return Object.fromEntries(
    outcomes.map((outcome) => [
      refText(outcome.change.ref),
      outcome.result === 'skipped' ? `skipped: ${outcome.because}` : outcome.result,
    ]),
  );
}

const concurrency = fc.integer({ min: 1, max: 8 });

describe('laws', () => {
  test('two changes that share a lock are never in flight together', async () => {
    await fc.assert(
      fc.asyncProperty(drawnPlan, concurrency, async (drawn, count) => {
        const { events } = await perform(drawn, { concurrency: count });
        const held = new Set<string>();
        const clashes: string[] = [];
        let flying = 0;
        let most = 0;
        for (const { what, index } of events) {
          flying += what === 'start' ? 1 : -1;
          most = Math.max(most, flying);
          for (const lock of drawn[index]?.locks ?? []) {
            if (what === 'end') held.delete(lock);
            else if (held.has(lock)) clashes.push(lock);
            else held.add(lock);
          }
        }
        expect(clashes).toEqual([]);
        expect(most).toBeLessThanOrEqual(count);
      }),
      { numRuns: 60 },
    );
  });

  test('a change starts only after all it waits for has been applied', async () => {
    await fc.assert(
      fc.asyncProperty(drawnPlan, concurrency, async (drawn, count) => {
        const { events } = await perform(drawn, { concurrency: count });
        const applied = new Set<number>();
        const early: number[] = [];
        for (const { what, index } of events) {
          if (what === 'start') early.push(...(drawn[index]?.after ?? []).filter((other) => !applied.has(other)));
          else if (drawn[index]?.fails !== true) applied.add(index);
        }
        expect(early).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('every change has exactly one outcome, and which one does not depend on the concurrency', async () => {
    await fc.assert(
      fc.asyncProperty(drawnPlan, concurrency, async (drawn, count) => {
        const alone = await perform(drawn, { concurrency: 1 });
        const together = await perform(drawn, { concurrency: count });
        expect(together.outcomes).toHaveLength(drawn.length);
        expect(resultsOf(together.outcomes)).toEqual(resultsOf(alone.outcomes));
        expect(Object.keys(resultsOf(together.outcomes))).toHaveLength(drawn.length);
      }),
      { numRuns: 60 },
    );
  });

  test('an apply that is interrupted at any point finishes what is in flight and skips the rest', async () => {
    await fc.assert(
      fc.asyncProperty(drawnPlan, fc.nat(30), async (drawn, after) => {
        const abort = new AbortController();
        const seen: Outcome[] = [];
        const plan = planOf(drawn);
        let started = 0;
        const writer: Pick<Writer, 'perform'> = {
          perform: (change) => {
            started += 1;
            if (started > after) abort.abort();
            return Promise.resolve({ id: change.id, attempts: 1 });
          },
        };
        const deps = { writer, clock: { now: () => 0 }, concurrency: 2, signal: abort.signal };
        for await (const outcome of applyPlan(plan, deps)) seen.push(outcome);
        expect(seen).toHaveLength(drawn.length);
        expect(seen.filter((outcome) => outcome.result === 'applied')).toHaveLength(started);
      }),
      { numRuns: 60 },
    );
  });
});

test('changes that have nothing to do with each other run side by side', async () => {
  const { outcomes } = await perform([{ ms: 10 }, { ms: 10 }, { ms: 10 }, { ms: 10 }]);
  expect(outcomes.map((outcome) => outcome.result === 'applied' && outcome.ms)).toEqual([10, 10, 10, 10]);
});

test('what depends on a failure is skipped naming its root, what does not goes on', async () => {
  const { outcomes } = await perform([{ fails: true }, { after: [0] }, { after: [1] }, {}]);
  expect(resultsOf(outcomes)).toEqual({
    'lambda/claims-0': 'failed',
    'lambda/claims-1': 'skipped: lambda/claims-0 failed',
    'lambda/claims-2': 'skipped: lambda/claims-0 failed',
    'lambda/claims-3': 'applied',
  });
});

test('what depends on a withheld change is skipped', async () => {
  const withheld = { change: { ...changeOf(7) }, code: 'plan/protected', why: 'protected', hint: '' } as const;
  const plan = planOf([{ after: [7] }], { withheld: [withheld] });
  const { outcomes } = await perform([{}], { plan });
  expect(resultsOf(outcomes)).toEqual({ 'lambda/claims-0': 'skipped: lambda/claims-7 is withheld' });
});

test('with failFast nothing starts after the first failure', async () => {
  const { outcomes, started } = await perform([{ fails: true, ms: 1 }, { ms: 5 }, {}], {
    failFast: true,
    concurrency: 2,
  });
  expect(started).toEqual([0, 1]);
  expect(outcomes.map((outcome) => outcome.result)).toEqual(['failed', 'applied', 'skipped']);
});

test('changes that wait for each other are skipped, not waited for forever', async () => {
  const { outcomes } = await perform([{ after: [1] }, { after: [0] }]);
  expect(outcomes.map((outcome) => outcome.result)).toEqual(['skipped', 'skipped']);
});

test('an error that is none of ours is the outcome of its change, with the cause kept', async () => {
  const cause = new TypeError('undefined is not a function');
  const writer = { perform: () => Promise.reject(cause) };
  const outcomes: Outcome[] = [];
  for await (const outcome of applyPlan(planOf([{}]), { writer, clock: { now: () => 0 }, concurrency: 1 }))
    outcomes.push(outcome);
  expect(outcomes).toMatchObject([{ result: 'failed', error: { code: 'apply/unexpected', cause } }]);
});

test('leaving the loop early waits for what is in flight', async () => {
  let ended = 0;
  const writer: Pick<Writer, 'perform'> = {
    perform: async (change) => {
      await new Promise((resolve) => setTimeout(resolve, change.id === 'id-0' ? 1 : 10));
      ended += 1;
      return { id: change.id, attempts: 1 };
    },
  };
  for await (const outcome of applyPlan(planOf([{}, {}, {}]), { writer, clock: { now: () => 0 }, concurrency: 2 })) {
    expect(outcome.result).toBe('applied');
    break;
  }
  expect(ended).toBe(2);
});

test('ten thousand changes behind one lock stay quick', async () => {
  const writer: Pick<Writer, 'perform'> = { perform: (change) => Promise.resolve({ id: change.id, attempts: 1 }) };
  const plan = planOf(Array.from({ length: 10_000 }, () => ({ locks: ['tenant:acme'] })));
  let count = 0;
  for await (const outcome of applyPlan(plan, { writer, clock: { now: () => 0 }, concurrency: 8 })) {
    count += outcome.result === 'applied' ? 1 : 0;
  }
  expect(count).toBe(10_000);
});
