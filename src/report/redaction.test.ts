import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, type Edit, KedgeError, type Plan, Secret } from '../model/index.js';
import {
  applyReport,
  driftReport,
  errorReport,
  planReport,
  renderDrift,
  renderError,
  renderFindings,
  renderJson,
  renderOutcomes,
  renderPlan,
} from './index.js';

const secretValue = fc.string({ minLength: 12, maxLength: 30, unit: fc.constantFrom(...'QXZJqxzj0189') });
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '\u001b[2J\u001b[31mowned',
    '\u009b31m',
    'a\rb',
    'x\u0007',
    '\u202egnp.exe',
    'two\nlines\u001b]0;t\u0007',
  ),
);
const value = fc.oneof(hostile, fc.boolean(), fc.integer(), fc.array(hostile, { maxLength: 4 }));
const origin = fc.constantFrom('unrecorded' as const, 'drift' as const, 'pending' as const, 'conflict' as const);
const at = fc.option(fc.record({ file: hostile, line: fc.nat(99), col: fc.nat(99) }), { nil: undefined });

const edit: fc.Arbitrary<Edit> = fc
  .record({ pointer: hostile, from: fc.option(value), to: fc.option(value), secret: fc.boolean(), origin, at })
  .map((made): Edit => {
    const base = { pointer: `/${made.pointer}`, origin: made.origin, ...(made.at && { at: made.at }) };
    if (made.secret) return { ...base, secret: true, source: 'env:NAME' };
    return {
      ...base,
      secret: false,
      ...(made.from !== null && { from: made.from }),
      ...(made.to !== null && { to: made.to }),
    };
  });

const change = (secret: string): fc.Arbitrary<Change> =>
  fc
    .record({
      op: fc.constantFrom(
        'create' as const,
        'adopt' as const,
        'update' as const,
        'replace' as const,
        'delete' as const,
      ),
      key: hostile,
      id: hostile,
      name: hostile,
      edits: fc.array(edit, { maxLength: 4 }),
    })
    .map(({ op, key, id, name, edits }): Change => {
      const base = { ref: { kind: 'tenant', key }, id };
      if (op === 'delete') return { ...base, op, why: 'prune', name };
      const overlay = { fields: { name, password: new Secret('env:NAME', secret) }, listModes: {} };
      return op === 'replace' ? { ...base, op, overlay, edits, because: [name] } : { ...base, op, overlay, edits };
    });

const secretAndPlan: fc.Arbitrary<{ readonly secret: string; readonly plan: Plan }> = secretValue.chain((secret) =>
  fc
    .record({
      changes: fc.array(change(secret), { maxLength: 4 }),
      withheld: fc.array(change(secret), { maxLength: 2 }),
      recorded: fc.boolean(),
      name: hostile,
    })
    .map(({ changes, withheld, recorded, name }) => ({
      secret,
      plan: {
        version: 1 as const,
        environment: name,
        namespace: '',
        instance: name,
        serverVersion: name,
        changes: changes.map((item) => ({
          change: item,
          after: [],
          locks: [],
          risk: 'irreversible' as const,
          reasons: [name],
        })),
        kept: [],
        withheld: withheld.map((item) => ({ change: item, code: 'prune-off' as const, why: name, hint: name })),
        released: [{ ref: { kind: 'tenant', key: name }, pointer: `/${name}` }],
        notCompared: [{ ref: { kind: 'tenant', key: name }, pointer: `/${name}`, source: 'env:NAME' }],
        unmanaged: [{ kind: 'tenant', id: name, name }],
        unknownKinds: [{ kind: 'tenant', why: name }],
        recorded,
        digest: '',
      },
    })),
);

/** Everything a terminal acts on, line breaks between lines aside. */
// oxlint-disable-next-line eslint/no-control-regex
const acting = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const options = { color: false, width: 100, unmanaged: true };

function everyOutput(plan: Plan): { readonly text: string; readonly json: string } {
  const error = new KedgeError({
    code: 'live/rejected',
    message: plan.environment,
    hint: plan.environment,
    cause: new Error(plan.instance),
    findings: [
      {
        code: 'desired/bad-key',
        severity: 'error',
        message: plan.environment,
        excerpt: plan.environment,
        at: { file: plan.environment, line: 1, col: 2 },
      },
    ],
  });
  const outcomes = plan.changes.map((planned, index) =>
    index % 2 === 0
      ? { result: 'failed' as const, change: planned.change, error }
      : { result: 'skipped' as const, change: planned.change, because: plan.environment },
  );
  const results = [
    { environment: plan.environment, plan, requests: 3 },
    { environment: plan.environment, error },
  ];
  const record = { local: true, instance: false };
  return {
    text: [
      renderPlan(plan, options),
      renderDrift(plan, options),
      renderOutcomes(outcomes, options),
      renderError(error, options),
      renderFindings(error.findings, options),
    ].join(''),
    json: [
      renderJson(planReport(results)),
      renderJson(driftReport(results, { pending: true })),
      renderJson(applyReport({ plan, outcomes, record })),
      renderJson(errorReport(error)),
    ].join(''),
  };
}

describe('no output', () => {
  it('holds the value of a secret, whatever the plan', () => {
    fc.assert(
      fc.property(secretAndPlan, ({ secret, plan }) => {
        const { text, json } = everyOutput(plan);
        expect(text + json).not.toContain(secret);
      }),
      { numRuns: 300 },
    );
  });

  it('holds anything that a terminal acts on, whatever the instance and the files hold', () => {
    fc.assert(
      fc.property(secretAndPlan, ({ plan }) => {
        const { text, json } = everyOutput(plan);
        expect(acting.exec(text)).toBeNull();
        // oxlint-disable-next-line eslint/no-control-regex
        expect(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.exec(json)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
