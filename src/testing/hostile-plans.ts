import fc from 'fast-check';
import { type Change, type Edit, type Plan, Secret } from '../model/index.js';

const secretValue = fc.string({
  minLength: 12,
  maxLength: 30,
  unit: fc.constantFrom('Q', 'X', 'Z', 'J', 'q', 'x', 'z', 'j', '0', '1', '8', '9'),
});
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

/** Plans whose every text is out to deceive a terminal, with the secret that is sealed in their overlays. */
export const hostilePlans: fc.Arbitrary<{ readonly secret: string; readonly plan: Plan }> = secretValue.chain(
  (secret) =>
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
          hashKeyId: 'a-key',
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
