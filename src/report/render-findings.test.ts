import { describe, expect, it } from 'vitest';
import { type Finding, KedgeError } from '../model/index.js';
import { outcomeSummary, renderBug, renderError, renderFindings, renderOutcome, renderOutcomes } from './index.js';

const plain = { color: false };
const isuer: Finding = {
  code: 'desired/unknown-field',
  severity: 'error',
  message: "tenant 'acme' has no field 'isuer'",
  hint: "did you mean 'issuer'?",
  at: { file: 'tenants/acme.yaml', line: 12, col: 3 },
  excerpt: '  isuer: acme.com',
};

describe('findings as text', () => {
  it('point at the place, show the line, and say what to do', () => {
    expect(renderFindings([isuer], plain)).toMatchInlineSnapshot(`
      "tenants/acme.yaml:12:3 desired/unknown-field  tenant 'acme' has no field 'isuer'
          12 |   isuer: acme.com
                 ^
          hint: did you mean 'issuer'?

      1 error
      "
    `);
  });

  it('are counted by severity', () => {
    expect(renderFindings([isuer, { ...isuer, severity: 'warning' }, isuer], plain)).toMatch(
      /\n2 errors, 1 warning\n$/,
    );
  });

  it('that are warnings alone are no errors, and one without a place begins with its code', () => {
    const { at: _, hint: __, ...nowhere } = isuer;
    expect(renderFindings([{ ...nowhere, severity: 'warning' }], plain)).toBe(
      "desired/unknown-field  warning: tenant 'acme' has no field 'isuer'\n\n1 warning\n",
    );
  });

  it('keep the caret under its column when the line holds a tab', () => {
    const [, line = '', caret = ''] = renderFindings(
      [{ ...isuer, excerpt: '\tisuer: x', at: { ...isuer.at!, col: 2 } }],
      plain,
    ).split('\n');
    expect(caret.indexOf('^')).toBe(line.indexOf('isuer'));
  });

  it('are nothing when there are none', () => {
    expect(renderFindings([], plain)).toBe('');
  });
});

describe('an error as text', () => {
  it('tells its causes and its hint, never a stack', () => {
    const cause = new Error('connect ECONNREFUSED 127.0.0.1:9011', { cause: new Error('socket closed') });
    const error = new KedgeError({ code: 'live/unreachable', message: 'no answer', hint: 'check instance.url', cause });
    expect(renderError(error, plain)).toBe(
      [
        'live/unreachable  no answer',
        '    because: connect ECONNREFUSED 127.0.0.1:9011',
        '    because: socket closed',
        '    hint: check instance.url',
        '',
      ].join('\n'),
    );
  });

  it('begins with its place, and tells the code of a cause that is an error of kedge', () => {
    const cause = new KedgeError({ code: 'live/timeout', message: 'no answer in 30 s' });
    const at = { file: 'production/environment.yaml', line: 3, col: 5 };
    expect(renderError(new KedgeError({ code: 'live/unreachable', message: 'gone', at, cause }), plain)).toBe(
      'production/environment.yaml:3:5 live/unreachable  gone\n    because: live/timeout no answer in 30 s\n',
    );
  });

  it('with one finding is that finding', () => {
    const error = new KedgeError({ code: 'desired/unknown-field', message: 'twice', findings: [isuer] });
    expect(renderError(error, plain)).toBe(renderFindings([isuer], plain));
  });

  it('with many findings shows them all', () => {
    const error = new KedgeError({ code: 'diff/identity-conflict', message: '2 things', findings: [isuer, isuer] });
    expect(renderError(error, plain)).toMatch(/^diff\/identity-conflict {2}2 things\n\n[\s\S]*2 errors\n$/);
  });

  it('does not follow a ring of causes for ever', () => {
    const ring = new Error('ring');
    ring.cause = ring;
    expect(renderError(new KedgeError({ code: 'live/timeout', message: 'late', cause: ring }), plain)).toContain(
      'ring',
    );
  });

  it('that is a bug shows its stack and asks for a report', () => {
    expect(renderBug(new TypeError('oops'))).toMatch(/^this is a bug in kedge.*\n {4}TypeError: oops\n {4} +at /);
    expect(renderBug('thrown text')).toContain('thrown text');
    const bare = new TypeError('oops');
    delete bare.stack;
    expect(renderBug(bare)).toBe('this is a bug in kedge; please report it with what follows\n    oops\n');
  });
});

describe('outcomes as text', () => {
  const change = { op: 'delete' as const, ref: { kind: 'role', key: 'web/roles/old' }, id: '1', why: 'prune' as const };
  const error = new KedgeError({
    code: 'live/conflict',
    message: 'somebody else wrote',
    hint: 'run it again',
    cause: new Error('409'),
  });
  const outcomes = [
    { result: 'applied' as const, change, attempts: 2, ms: 12.4 },
    { result: 'failed' as const, change, error },
    { result: 'skipped' as const, change, because: 'it waits for tenant/main' },
  ];

  it('are one line each while they happen', () => {
    expect(outcomes.map((outcome) => renderOutcome(outcome, plain))).toEqual([
      '  done     - delete      role/web/roles/old  12 ms, 2 attempts',
      '  failed   - delete      role/web/roles/old  live/conflict',
      '  skipped  - delete      role/web/roles/old  it waits for tenant/main',
    ]);
  });

  it('say nothing of attempts where the first one did', () => {
    expect(renderOutcome({ result: 'applied', change, attempts: 1, ms: 12.6 }, plain)).toBe(
      '  done     - delete      role/web/roles/old  13 ms',
    );
  });

  it('that failed have a hint where there is one to give', () => {
    const bare = new KedgeError({ code: 'live/conflict', message: 'somebody else wrote' });
    expect(renderOutcomes([{ result: 'failed', change, error: bare }], plain)).toBe(
      '  failed   - delete      role/web/roles/old  live/conflict\n      somebody else wrote\n\nApplied in part: 0 done, 1 failed, 0 skipped.\n',
    );
  });

  it('end with what went wrong and exact counts', () => {
    const shown = renderOutcomes(outcomes, plain);
    expect(shown).toContain('      somebody else wrote\n      because: 409\n      hint: run it again');
    expect(shown).toMatch(/Applied in part: 1 done, 1 failed, 1 skipped\.\n$/);
    expect(outcomeSummary(outcomes.slice(0, 1))).toBe('Applied: 1 done, 0 failed, 0 skipped.');
  });
});
