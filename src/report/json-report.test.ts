import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, type Finding, KedgeError } from '../model/index.js';
import { hostilePlans } from '../testing/hostile-plans.js';
import {
  applyReport,
  driftReport,
  errorReport,
  filesReport,
  type JsonReport,
  planReport,
  renderJson,
  validateReport,
} from './index.js';

/** What a schema has against a report as it is printed. */
async function checker(name: string): Promise<(report: JsonReport) => readonly unknown[]> {
  const file = new URL(`../../schemas/output/${name}.schema.json`, import.meta.url);
  const check = new Ajv({ strict: false }).compile(JSON.parse(await readFile(file, 'utf8')));
  return (report) => {
    check(JSON.parse(renderJson(report)));
    return check.errors ?? [];
  };
}

const finding: Finding = {
  code: 'desired/unknown-field',
  severity: 'error',
  message: "tenant 'acme' has no field 'isuer'",
  hint: "did you mean 'issuer'?",
  at: { file: 'tenants/acme.yaml', line: 12, col: 3 },
  excerpt: '  isuer: acme.com',
};
const error = new KedgeError({
  code: 'live/unreachable',
  message: 'no answer',
  cause: new Error('refused'),
  findings: [finding],
});

describe('what --json prints is what its schema says:', () => {
  it('plan, drift and apply', async () => {
    const [plan, drift, apply] = await Promise.all([checker('plan'), checker('drift'), checker('apply')]);
    fc.assert(
      fc.property(hostilePlans, (made) => {
        const results = [
          { environment: 'production', plan: made.plan, requests: 12 },
          { environment: 'staging', error },
        ];
        expect(plan(planReport(results))).toEqual([]);
        expect(drift(driftReport(results, { pending: false }))).toEqual([]);
        const outcomes = made.plan.changes.map(({ change }, index) =>
          index === 0
            ? { result: 'applied' as const, change, attempts: 1, ms: 3.7 }
            : { result: 'failed' as const, change, error },
        );
        expect(
          apply(
            applyReport({ plan: made.plan, outcomes, record: { local: true, instance: true }, interrupted: false }),
          ),
        ).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('validate, pull, init and errors', async () => {
    const [validate, files, failed] = await Promise.all([checker('validate'), checker('files'), checker('error')]);
    expect(
      validate(validateReport({ environments: [{ environment: 'production', resources: 3 }], findings: [finding] })),
    ).toEqual([]);
    expect(files(filesReport({ kedge: 'init', folder: '.', files: ['kedge.yaml'], notes: [] }))).toEqual([]);
    expect(failed(errorReport(error))).toEqual([]);
  });

  it('the excerpt of a finding stays out: programs open the file', () => {
    const report = validateReport({ environments: [], findings: [finding] });
    expect(report.valid).toBe(false);
    expect(renderJson(report)).not.toContain('acme.com');
  });

  it('a plan whose server tells no version and whose changes have places', async () => {
    const at = { file: 'tenants/acme.yaml', line: 12, col: 3 };
    const [made] = fc.sample(hostilePlans, 1);
    if (!made) throw new Error('there is a plan');
    const change: Change = { op: 'delete', ref: { kind: 'role', key: 'web/roles/old' }, id: '1', why: 'unlisted', at };
    const planned = { change, after: [], locks: [], risk: 'safe' as const, reasons: [] };
    const silent = { ...made.plan, serverVersion: undefined, changes: [planned], withheld: [] };
    const results = [
      { environment: 'production', plan: silent, requests: 12 },
      { environment: 'staging', error: new KedgeError({ code: 'live/unreachable', message: 'no answer', at }) },
    ];
    const where = expect.objectContaining({ at });
    expect(planReport(results).environments).toMatchObject([
      { serverVersion: null, changes: [where] },
      { error: where },
    ]);
    expect(driftReport(results, { pending: true }).environments).toMatchObject([
      { serverVersion: null, differences: [where] },
      { error: where },
    ]);
    expect((await checker('plan'))(planReport(results))).toEqual([]);
    expect((await checker('drift'))(driftReport(results, { pending: true }))).toEqual([]);
  });

  it('what a pull asks to be provided stands beside the files', async () => {
    const secrets = ['WEBHOOK_AUDIT_HTTP_AUTHENTICATION_PASSWORD'];
    const report = filesReport({ kedge: 'pull', folder: '.', files: ['webhooks.yaml'], notes: [], secrets });
    expect(report.secrets).toEqual(secrets);
    expect((await checker('files'))(report)).toEqual([]);
  });
});
