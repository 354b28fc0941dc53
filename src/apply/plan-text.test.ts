import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffStates } from '../diff/index.js';
import { KedgeError, Secret } from '../model/index.js';
import { filedPlan, makePlan, type PlanFile } from '../plan/index.js';
import { smallStates } from '../testing/small-states.js';
import { desiredState, idOf, liveResource, liveState, smallCatalog, wanted } from '../testing/small-catalog.js';
import { parsePlanText, planText } from './plan-text.js';

const live = liveState([liveResource('tenant', idOf('tenant', 'crew'), { name: 'crew' })]);

function fileOf(desired = desiredState([wanted({ kind: 'tenant', key: 'deck' }, { name: 'Deck' })])): PlanFile {
  const difference = diffStates({ catalog: smallCatalog, desired, live, hashKey: 'k' });
  const plan = makePlan({
    catalog: smallCatalog,
    desired,
    difference,
    instance: 'https://auth.acme.example',
    serverVersion: '1.69.0',
    hashKey: 'k',
  });
  return { format: 'kedge-plan', version: 1, kedge: '0.1.0', commit: 'abc', plan: filedPlan(plan) };
}

const parse = (text: string): Promise<PlanFile> => parsePlanText(text, { catalog: smallCatalog, from: 'plan.json' });
const refusal = async (text: string): Promise<string> => {
  const error: unknown = await parse(text).catch((thrown: unknown) => thrown);
  if (!(error instanceof KedgeError)) throw new Error('it was read');
  expect(error.code).toBe('plan/unreadable');
  return error.message;
};
// oxlint-disable-next-line typescript/no-explicit-any -- the tests break a file in ways its type forbids
const edited = (edit: (file: any) => void): string => {
  const file: unknown = JSON.parse(planText(fileOf()));
  edit(file);
  return JSON.stringify(file);
};

describe('the text of a plan file', () => {
  it('is read back as the same file, whatever the plan', async () => {
    await fc.assert(
      fc.asyncProperty(smallStates, async (desired) => {
        const file = fileOf(desired);
        const text = planText(file);
        expect(await parse(text)).toEqual(JSON.parse(JSON.stringify(file)));
        expect(planText(await parse(`\uFEFF${text}`))).toBe(text);
      }),
      { numRuns: 60 },
    );
  }, 30_000);

  it('holds a secret as its source', async () => {
    const fields = { name: 'Deck', data: { token: new Secret('env:TOKEN', 'hunter2') } };
    const text = planText(fileOf(desiredState([wanted({ kind: 'tenant', key: 'deck' }, fields)])));
    expect(text).not.toContain('hunter2');
    expect((await parse(text)).plan.changes[0]?.change).toMatchObject({
      overlay: { fields: { data: { token: { $secret: 'env:TOKEN' } } } },
    });
  });

  it.each([
    ['no JSON', () => '{', 'it is not JSON'],
    ['another file', () => '{"format":"kedge-snapshot"}', '"format": "kedge-plan"'],
    ['a list', () => '[]', '"format": "kedge-plan"'],
    ['another version', () => edited((file) => (file.version = 2)), 'of version 1'],
    ['an unknown field', () => edited((file) => (file.extra = 1)), 'must NOT have additional properties'],
    ['an unknown field inside', () => edited((file) => (file.plan.changes[0].extra = 1)), 'additional properties'],
    ['an unknown operation', () => edited((file) => (file.plan.changes[0].change.op = 'destroy')), '/plan/changes/0'],
    ['an edited value', () => edited((file) => (file.plan.changes[0].change.overlay.fields.name = 'X')), 'its digest'],
    ['a missing part', () => edited((file) => delete file.plan.digest), 'digest'],
    ['a prototype', () => planText(fileOf()).replace('"name": "Deck"', '"__proto__": "Deck"'), '__proto__'],
    [
      'depth',
      () => planText(fileOf()).replace('"Deck"', '['.repeat(200) + ']'.repeat(200)),
      'nested deeper than 100 levels',
    ],
  ])('is refused with the reason when it is or has %s', async (_, text, why) => {
    expect(await refusal(text())).toContain(why);
  });

  it('is refused when a kind is unknown here', async () => {
    const file = fileOf(desiredState([wanted({ kind: 'webhook', key: 'sink' }, { url: 'https://sink.example' })]));
    const one = { ...smallCatalog, has: (kind: string) => kind !== 'webhook' };
    await expect(parsePlanText(planText(file), { catalog: one, from: 'plan.json' })).rejects.toThrow(
      "this kedge knows no kind 'webhook'",
    );
  });

  it('never crashes on a damaged file, and never takes one for whole', async () => {
    const text = planText(fileOf());
    const damage = fc.tuple(fc.nat({ max: text.length - 1 }), fc.string({ maxLength: 4 }), fc.nat({ max: 8 }));
    await fc.assert(
      fc.asyncProperty(damage, async ([at, put, cut]) => {
        const damaged = text.slice(0, at) + put + text.slice(at + cut);
        // What is outside the plan is information, and white space is none: the plan itself is the same, or nothing is read.
        const read = await parse(damaged).then(
          ({ plan }) => JSON.stringify(plan),
          (error: unknown) => (error instanceof KedgeError ? error.code : error),
        );
        expect(['plan/unreadable', JSON.stringify(JSON.parse(text).plan)]).toContain(read);
      }),
      { numRuns: 300 },
    );
  });
});
