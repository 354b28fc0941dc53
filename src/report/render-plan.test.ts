import { describe, expect, it } from 'vitest';
import { type Change, type Edit, type JsonObject, type Plan, Secret } from '../model/index.js';
import { driftMeans } from '../plan/index.js';
import { planSummary, renderDrift, renderPlan } from './index.js';

const text = { color: false, width: 110, unmanaged: false };
const at = { file: 'environments/production/tenants.yaml', line: 12, col: 5 };
const id = '3c219e58-ed0e-4b18-ad48-f4f92793ae32';
const overlay = { fields: { name: 'Main' }, listModes: {} };

const issuer: Edit = { pointer: '/issuer', secret: false, from: 'acme.com', to: 'auth.acme.com', origin: 'drift', at };
const update: Change = { op: 'update', ref: { kind: 'tenant', key: 'main' }, id, at, overlay, edits: [issuer] };
const kept: Plan['kept'][number] = { op: 'keep', ref: { kind: 'key', key: 'access' }, id, overlay };

function planOf(changes: readonly Change[], more: Partial<Plan> = {}): Plan {
  return {
    version: 1,
    environment: 'production',
    namespace: id,
    instance: 'https://auth.acme.example',
    serverVersion: '1.69.0',
    hashKeyId: 'a-key',
    changes: changes.map((change) => ({ change, after: [], locks: [], risk: 'safe' as const, reasons: [] })),
    kept: [kept],
    withheld: [],
    released: [],
    notCompared: [],
    unmanaged: [],
    unknownKinds: [],
    recorded: true,
    digest: 'sha256:0',
    ...more,
  };
}
const edited = (...edits: readonly Edit[]): Plan => planOf([{ ...update, edits }]);

describe('a plan as text', () => {
  it('is readable at a glance', () => {
    const role: Change = {
      op: 'delete',
      ref: { kind: 'role', key: 'web/roles/old' },
      id,
      why: 'unlisted',
      name: 'old',
    };
    const plan = planOf(
      [
        { ...update, op: 'create', ref: { kind: 'webhook', key: 'audit' }, edits: [{ ...issuer, pointer: '/url' }] },
        update,
      ],
      {
        withheld: [{ change: role, code: 'prune-off', why: 'pruning is off', hint: 'set policy.kinds.roles.prune' }],
        released: [{ ref: { kind: 'tenant', key: 'main' }, pointer: '/data/a.b' }],
        notCompared: [{ ref: { kind: 'tenant', key: 'main' }, pointer: '/smtp/password', source: 'env:SMTP' }],
        unmanaged: [{ kind: 'theme', id, name: 'Corporate' }],
        unknownKinds: [{ kind: 'lambda', why: 'this key may not read it' }],
      },
    );
    expect(renderPlan(plan, text)).toMatchInlineSnapshot(`
      "production  https://auth.acme.example  (FusionAuth 1.69.0)

        + create  webhook/audit  "Main"  3c219e58-ed0e-4b18-ad48-f4f92793ae32
            url  "auth.acme.com"                                             environments/production/tenants.yaml:12

        ~ update  tenant/main  "Main"  3c219e58-ed0e-4b18-ad48-f4f92793ae32
            issuer  "acme.com" → "auth.acme.com"                      drift  environments/production/tenants.yaml:12

      Withheld (called for, but not done)

        - delete  role/web/roles/old  3c219e58-ed0e-4b18-ad48-f4f92793ae32
            on the instance, not in the written list
            prune-off: pruning is off
            hint: set policy.kinds.roles.prune

      Released (no longer in the files; left as it is)
          tenant/main  data["a.b"]

      Not compared (secrets that cannot be seen; the next apply that writes there records them)
          tenant/main  smtp.password  (secret env:SMTP)

      Not read (nothing in the files needs them)
          lambda  this key may not read it

      1 object on the instance that no file names (left alone; --unmanaged lists them)

      Plan: 1 to create, 1 to update, 0 to delete, 1 withheld; 1 in step.
      "
    `);
  });

  it('lists what no file names when asked', () => {
    const plan = planOf([], { unmanaged: [{ kind: 'theme', id, name: 'Corporate' }] });
    expect(renderPlan(plan, { ...text, unmanaged: true })).toContain(`theme  "Corporate"  ${id}`);
  });

  it('shows a text of many lines as the lines that differ', () => {
    const body = Array.from({ length: 60 }, (_, line) => `line ${line}`);
    const shown = renderPlan(
      edited({ ...issuer, pointer: '/body', from: body.join('\n'), to: body.with(30, 'changed').join('\n') }),
      text,
    );
    expect(shown).toContain('- line 30\n        + changed');
    expect(shown).toContain('… 28 unchanged');
    expect(shown).not.toContain('line 20');
  });

  it('cuts a long diff and says how much is left', () => {
    const to = Array.from({ length: 60 }, (_, line) => `line ${line}`).join('\n');
    expect(renderPlan(edited({ pointer: '/body', secret: false, to, origin: 'pending' }), text)).toContain(
      '… 36 more lines',
    );
  });

  it('shows a list by what it lost and gained', () => {
    const shown = renderPlan(edited({ ...issuer, pointer: '/redirects', from: ['a', 'b'], to: ['b', 'c'] }), text);
    expect(shown).toContain('- "a"\n        + "c"');
    expect(shown).not.toContain('"b"');
  });

  it('says what an id stands for when the plan knows it', () => {
    const access = { ...kept, id: '0f0f0f0f-ed0e-4b18-ad48-f4f92793ae32' };
    const plan = edited({ ...issuer, pointer: '/keyId', from: id, to: access.id });
    const shown = renderPlan({ ...plan, kept: [access] }, text);
    expect(shown).toContain(`"${id}" (tenant/main)`);
    expect(shown).toContain(`→ "${access.id}" (key/access)`);
  });

  it('says when only the last line break of a text differs', () => {
    const shown = renderPlan(edited({ ...issuer, pointer: '/body', from: 'a\nb', to: 'a\nb\n' }), text);
    expect(shown).toContain('(only line breaks differ)');
    expect(shown).not.toContain('unchanged');
  });

  it('says when only the order of a list differs', () => {
    expect(renderPlan(edited({ ...issuer, from: ['a', 'b'], to: ['b', 'a'] }), text)).toContain(
      'the same 2 items in another order',
    );
  });

  it('shows a secret by its source', () => {
    const secret: Edit = { pointer: '/password', secret: true, source: 'env:SMTP', origin: 'pending', fromHash: 'x' };
    expect(renderPlan(edited(secret), text)).toContain('password  (secret env:SMTP) changed');
  });

  it('puts values that do not fit on a line of their own', () => {
    const shown = renderPlan(edited({ ...issuer, from: 'a'.repeat(70), to: 'b'.repeat(70) }), text);
    expect(shown).toMatch(/"a{70}".*\n +→ "b{70}"/);
  });

  it('says in a sentence that nothing is to be done', () => {
    expect(planSummary(planOf([]))).toBe('Nothing to do: the instance is as the files say (1 resource in step).');
    expect(planSummary(planOf([], { kept: [] }))).toBe('Nothing to do: the files ask for nothing.');
  });

  it('counts each sort of change', () => {
    const changes: Change[] = [
      { ...update, op: 'adopt' },
      { ...update, op: 'reactivate' },
      { ...update, op: 'replace', because: ['everything'] },
    ];
    expect(planSummary(planOf(changes))).toBe(
      'Plan: 0 to create, 1 to adopt, 0 to update, 1 to replace, 1 to reactivate, 0 to delete; 1 in step.',
    );
  });

  it('says where an object was listed that goes, and what it was called', () => {
    const buried: Change = {
      op: 'delete',
      ref: { kind: 'role', key: 'web/roles/old' },
      id,
      at,
      why: 'tombstone',
      name: 'Old hands',
    };
    expect(renderPlan(planOf([buried]), text)).toContain(
      `  - delete  role/web/roles/old  "Old hands"  ${id}  environments/production/tenants.yaml:12\n      listed under absent:\n`,
    );
  });

  it('says of the second half of a create why it comes later', () => {
    expect(renderPlan(planOf([{ ...update, completes: true }]), text)).toContain(
      `  ~ update  tenant/main  "Main"  ${id}\n      after its create, since these references go in a circle\n`,
    );
  });

  it('says of what is brought back that it was deactivated, and how to keep hold of what was found', () => {
    expect(renderPlan(planOf([{ ...update, op: 'reactivate', edits: [] }]), text)).toContain(
      `  ^ reactivate  tenant/main  "Main"  ${id}\n      deactivated on the instance\n`,
    );
    expect(renderPlan(planOf([{ ...update, op: 'adopt', edits: [] }]), text)).toContain(
      `      found by its name; to keep hold of it, write id: ${id}\n`,
    );
  });

  it('calls a webhook by its address, and an object whose key says its name by that alone', () => {
    const named = (fields: JsonObject): Change => ({ ...update, overlay: { fields, listModes: {} }, edits: [] });
    const head = (fields: JsonObject): string | undefined =>
      renderPlan(planOf([named(fields)]), text)
        .split('\n')
        .find((line) => line.includes('~ update'));
    expect(head({ url: 'https://siem.example' })).toBe(`  ~ update  tenant/main  "https://siem.example"  ${id}`);
    expect(head({ name: 'main' })).toBe(`  ~ update  tenant/main  ${id}`);
    expect(head({ name: '' })).toBe(`  ~ update  tenant/main  ${id}`);
  });

  it('cuts a line that is wider than the page', () => {
    const shown = renderPlan(edited({ ...issuer, pointer: '/body', from: 'a\n', to: `a\n${'b'.repeat(200)}` }), text);
    expect(shown).toContain(`        + ${'b'.repeat(99)}…\n`);
    expect(shown).not.toContain('b'.repeat(100));
  });

  it('shows what takes the place of a text that is no text, and a text that goes', () => {
    const body = { ...issuer, pointer: '/body' };
    const { from: _, ...none } = body;
    expect(renderPlan(edited({ ...none, to: 'a\nb\n' }), text)).toContain('body  (text of 2 lines)');
    expect(renderPlan(edited({ ...body, from: 7, to: 'a\nb\n' }), text)).toMatch(
      /body {2}\(text changed\).*\n {8}- 7\n {8}\+ a\n {8}\+ b\n/,
    );
    const { to: __, ...gone } = body;
    expect(renderPlan(edited({ ...gone, from: 'a\nb\n' }), text)).toContain('body  (text of 2 lines) → (none)');
  });

  it('says no version where the server told none', () => {
    expect(renderPlan(planOf([], { serverVersion: undefined }), text)).toMatch(
      /^production {2}https:\/\/auth\.acme\.example\n/,
    );
  });

  it('names what a risky change puts at risk', () => {
    const planned = { change: update, after: [], locks: [], risk: 'destructive' as const, reasons: ['logins end'] };
    expect(renderPlan({ ...planOf([]), changes: [planned] }, text)).toContain('destructive: logins end');
  });

  it('has colours only when asked, and the same words', () => {
    const colored = renderPlan(planOf([update]), { ...text, color: true });
    expect(colored).toContain('\u001b[33m~');
    // oxlint-disable-next-line eslint/no-control-regex
    expect(colored.replaceAll(/\u001b\[\d+m/g, '')).toBe(renderPlan(planOf([update]), text));
  });

  it('never shows the value of a sealed secret', () => {
    const sealed = { fields: { name: 'Main', password: new Secret('env:SMTP', 'hunter2hunter2') }, listModes: {} };
    expect(renderPlan(planOf([{ ...update, overlay: sealed }]), text)).not.toContain('hunter2');
  });
});

describe('drift as text', () => {
  it('parts what moved on the instance from what waits for an apply', () => {
    const pending: Change = {
      ...update,
      ref: { kind: 'theme', key: 'brand' },
      edits: [{ ...issuer, origin: 'pending' }],
    };
    const shown = renderDrift(planOf([update, pending]), text);
    expect(shown.indexOf('Drift (moved on')).toBeLessThan(shown.indexOf('tenant/main'));
    expect(shown.indexOf('Pending (changed in')).toBeLessThan(shown.indexOf('theme/brand'));
    expect(shown).toContain('Drift: 1 drifted, 0 in conflict; 1 in step. 1 pending.');
  });

  it('shows a moved field from what the files say to what the instance has', () => {
    expect(renderDrift(planOf([update]), text)).toContain('issuer  "auth.acme.com" → "acme.com"');
  });

  it('calls what is no longer there missing, and does not list what it had', () => {
    const shown = renderDrift(planOf([{ ...update, op: 'create' }]), text);
    expect(shown).toContain('- missing  tenant/main');
    expect(shown).not.toContain('issuer');
  });

  it('calls what was deactivated inactive', () => {
    const shown = renderDrift(planOf([{ ...update, op: 'reactivate' }]), text);
    expect(shown).toContain('  - inactive  tenant/main');
    expect(shown).toContain('issuer  "auth.acme.com" → "acme.com"');
    expect(shown).toContain('Drift: 1 drifted, 0 in conflict; 1 in step.');
  });

  it('says that nobody can tell who moved when nothing is recorded', () => {
    const shown = renderDrift({ ...planOf([update]), recorded: false }, text);
    expect(shown).toContain('no apply is recorded');
    expect(shown).toContain('Drift: 1 differ; 1 in step.');
  });

  it('says that there is none', () => {
    expect(renderDrift(planOf([]), text)).toContain('No drift: 1 resource in step.');
  });

  it('counts a role that nobody listed as drift, and says that an apply leaves it', () => {
    const role: Change = {
      op: 'delete',
      ref: { kind: 'role', key: 'web/roles/old' },
      id,
      why: 'unlisted',
      name: 'old',
    };
    const held = { change: role, code: 'prune-off' as const, why: 'pruning is off', hint: 'set prune' };
    const shown = renderDrift(planOf([], { withheld: [held] }), text);
    expect(shown).toContain('+ extra   role/web/roles/old');
    expect(shown).toContain('an apply will not undo this: pruning is off');
    expect(shown).toContain('Drift: 1 drifted');
  });
});

describe('what a change means', () => {
  const grants: Edit = {
    pointer: '/oauthConfiguration/enabledGrants',
    secret: false,
    from: ['authorization_code'],
    to: ['authorization_code', 'password'],
    origin: 'drift',
  };
  const web: Change = {
    op: 'update',
    ref: { kind: 'application', key: 'web' },
    id,
    overlay,
    edits: [{ ...issuer, pointer: '/baseURL' }, grants],
  };

  it('stands in a plan under the change, a line for each sentence', () => {
    const plan = planOf([], {
      changes: [{ change: web, after: [], locks: [], risk: 'disruptive', reasons: ['links lead elsewhere', 'grants'] }],
    });
    expect(renderPlan(plan, text)).toContain('\n      disruptive: links lead elsewhere\n                  grants\n');
  });

  it('is told in drift of what happened on the instance, not of what an apply would do', () => {
    expect(renderDrift(planOf([web]), { ...text, means: driftMeans })).toContain(
      '\n      disruptive: clients can no longer use the grants password\n',
    );
    expect(
      renderDrift(planOf([{ ...web, edits: [{ ...grants, origin: 'pending' }] }]), { ...text, means: driftMeans }),
    ).not.toContain('grants password');
  });
});
