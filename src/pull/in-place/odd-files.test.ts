import { describe, expect, it } from 'vitest';
import type { JsonObject, LiveState } from '../../model/index.js';
import { ids, live } from '../testing/harbour-instance.js';
import { all, booking, crew, file, type Files, instance, pulled, update } from '../testing/updated-repository.js';

const own = 'environments/production';
const other = '0a1b2c3d-0000-4000-8000-000000000099';
const third = '0a1b2c3d-0000-4000-8000-000000000098';

const crewEntry = `crew: { id: ${ids.crew}, themeId: builtin:default-theme, name: Crew }`;

async function messages(files: Files, state: LiveState, options = {}): Promise<readonly string[]> {
  const { notes, files: changed } = await update(files, state, options);
  expect([...changed]).toEqual([]);
  return notes.filter(({ reason }) => !['shipped', 'secret'].includes(reason)).map(({ message }) => message);
}

describe('files in brackets throughout', () => {
  const text = `{ version: 1, tenants: { ${crewEntry} } }\n`;

  it('get values, entries and sections in brackets', async () => {
    const state = instance(
      crew({ data: { a: [1, { b: 'x' }], c: {} } }),
      live('tenant', other, { name: 'Mates', themeId: ids.defaultTheme }),
      booking({ name: '- odd: "1"' }),
    );
    const after = await pulled({ [file]: text }, state);
    expect(after[file]).toContain('data: { a: [1, { b: x }] } }, mates: {');
    expect(after[file]?.split('\n')).toHaveLength(2);
  });

  it('lose entries with --prune', async () => {
    const two = `{ version: 1, tenants: { ${crewEntry}, mates: { id: ${other}, name: Mates } } }\n`;
    expect((await pulled({ [file]: two }, instance(crew()), { prune: true }))[file]).toBe(text);
    expect(
      (
        await pulled({ [file]: two }, instance(live('tenant', other, { name: 'Mates', themeId: ids.defaultTheme })), {
          prune: true,
        })
      )[file],
    ).toContain(`tenants: { mates: { id: ${other}, name: Mates, themeId: builtin:default-theme } }`);
    expect(
      await messages({ [file]: text }, instance(live('tenant', other, { name: 'Mates', themeId: ids.defaultTheme })), {
        prune: true,
        scope: 'owned',
      }).catch(() => 'changed'),
    ).toBe('changed');
  });
});

describe('entries that are written in odd ways', () => {
  it('are named where an alias is all of them', async () => {
    const text = `tenants:\n  first: &t { id: ${other}, name: Crew }\nthemes: {}\n`;
    const shared = `tenants:\n  crew: &t\n    id: ${ids.crew}\n    themeId: builtin:default-theme\n    name: Crew\n    data: &d { a: 1 }\napplications:\n  booking:\n    id: ${ids.booking}\n    tenantId: crew\n    name: Booking\n    data: *d\n`;
    expect(text).toContain('&t');
    expect(await messages(all(shared), instance(crew({ data: { a: 2 } }), booking({ data: { a: 1 } })))).toEqual([
      expect.stringContaining('is 2 on the instance: an alias repeats it'),
    ]);
    expect(await messages(all(shared), instance(crew({ data: { a: 1 } }), booking({ data: { a: 1, b: 3 } })))).toEqual([
      expect.stringContaining('edit it by hand'),
    ]);
  });

  it('are named where they are merged from one that stands elsewhere', async () => {
    const text = `tenants:\n  ${crewEntry}\napplications:\n  base: &b { id: ${other}, tenantId: crew, name: Base }\n  booking: { <<: *b, id: ${ids.booking}, name: Booking }\n`;
    const two = instance(
      crew(),
      booking({ tenantId: third }),
      live('application', other, { name: 'Base', tenantId: ids.crew }),
      live('tenant', third, { name: 'Mates', themeId: ids.defaultTheme }),
    );
    const { notes } = await update(all(text), two, { scope: 'owned' });
    expect(notes.map(({ message }) => message)).toContainEqual(expect.stringContaining('an alias repeats it'));
  });

  it('keep an item of a list that is a map in a list, at whatever depth', async () => {
    const text = `tenants:\n  ${crewEntry}\napplications:\n  booking:\n    id: ${ids.booking}\n    tenantId: crew\n    name: Booking\n    data:\n      deep:\n        - - a\n          - b\n        - k: [x] # k\n`;
    const state = instance(crew(), booking({ data: { deep: [['a', 'c', 'b'], { k: ['y'] }] } }));
    expect((await pulled(all(text), state))[file]).toContain(
      'deep:\n        - - a\n          - c\n          - b\n        - k: [y] # k\n',
    );
    const first = instance(crew(), booking({ data: { deep: [['z', 'a', 'b'], { k: ['x'] }] } }));
    expect((await pulled(all(text), first))[file]).toContain('deep:\n        - - z\n          - a\n          - b\n');
    const shape = instance(crew(), booking({ data: { deep: 'flat' } }));
    expect(await messages(all(text), shape)).toEqual([expect.stringContaining('is "flat" on the instance')]);
  });

  it('take another shape where the instance has one', async () => {
    const entry = (value: string): Files =>
      all(
        `tenants:\n  ${crewEntry}\napplications:\n  booking:\n    id: ${ids.booking}\n    tenantId: crew\n    name: Booking\n    data:\n      deep: ${value}\n      end: 1\n`,
      );
    const having = (deep: JsonObject[string]): LiveState => instance(crew(), booking({ data: { deep, end: 1 } }));
    expect((await pulled(entry('flat # why'), having({ a: 1 })))[file]).toContain(
      'deep: # why\n        a: 1\n      end',
    );
    expect((await pulled(entry('flat # why'), having([{ a: 1 }])))[file]).toContain(
      'deep: # why\n        - a: 1\n      end',
    );
    expect((await pulled(entry('|\n        x\n        y'), having('z')))[file]).toContain('deep: z\n      end');
    expect((await pulled(entry('|\n        x\n        y'), having('z\nz\n')))[file]).toContain(
      'deep: |\n        z\n        z\n      end',
    );
    expect((await pulled(entry('"a"'), having('b\n\n')))[file]).toContain('deep: "b\\n\\n"\n      end');
    expect((await pulled(entry("'a'"), having(' \n ')))[file]).toContain('deep: "\\ \\n "\n      end');
    expect((await pulled(entry('a'), having(true)))[file]).toContain('deep: true\n      end');
    expect((await pulled(entry('a'), having('true')))[file]).toContain('deep: "true"\n      end');
    expect(await messages(entry('[a, b]'), having('c'))).toEqual([expect.stringContaining('edit it by hand')]);
  });

  it('are named with a value that is too long to show, or that no YAML would give back', async () => {
    const text = `tenants:\n  ${crewEntry}\napplications:\n  booking: { id: ${ids.booking}, tenantId: crew, name: Booking, data: { a: !var domain, b: 1 } }\n`;
    const state = instance(crew(), booking({ data: { a: 'x'.repeat(100), b: 2 ** 60 } }));
    expect(await messages(all(text), state)).toEqual([
      expect.stringMatching(/^is "x{78}… on the instance/),
      expect.stringContaining('would not give back exactly'),
    ]);
  });
});

describe('where things are put', () => {
  it('is the file of the kind, a section that is empty, or a file beside one that holds something else', async () => {
    const app = instance(crew(), booking());
    const empty = {
      ...all(`tenants:\n  ${crewEntry}\n`),
      [`${own}/applications.yaml`]: 'version: 1\napplications: # none yet\n',
    };
    expect((await pulled(empty, app))[`${own}/applications.yaml`]).toContain(
      'applications: # none yet\n  booking:\n    id:',
    );
    const braces = {
      ...all(`tenants:\n  ${crewEntry}\n`),
      [`${own}/applications.yaml`]: 'version: 1\napplications: {}\n',
    };
    expect((await pulled(braces, app))[`${own}/applications.yaml`]).toContain('applications:\n  booking:\n    id:');
    const bare = { ...all(`tenants:\n  ${crewEntry}\n`), [`${own}/applications.yaml`]: 'version: 1\nlambdas: {}\n' };
    expect((await pulled(bare, app))[`${own}/applications.yaml`]).toContain(
      'lambdas: {}\n\napplications:\n  booking:\n    id:',
    );
    const two = `tenants:\n  ${crewEntry}\n  # the second\n  mates: { id: ${other}, themeId: builtin:default-theme, name: Mates }\n`;
    const state = instance(
      crew(),
      live('tenant', other, { name: 'Mates', themeId: ids.defaultTheme }),
      live('tenant', third, { name: 'Third', themeId: ids.defaultTheme }),
    );
    expect((await pulled(all(two), state))[file]).toContain('name: Mates }\n  third:\n');
  });

  it('is a text with a name of its own: a reference to what is not there keeps its id', async () => {
    const text = `tenants:\n  ${crewEntry}\napplications:\n  booking: { id: ${ids.booking}, tenantId: crew, name: Booking, lambdaConfiguration: { accessTokenPopulateId: ${third} } }\n`;
    const state = instance(
      crew(),
      booking({ lambdaConfiguration: { accessTokenPopulateId: other } }),
      live('lambda', other, { name: 'claims', type: 'JWTPopulate', body: 'a\nb' }),
    );
    const after = await pulled(all(text), state);
    expect(after[file]).toContain('accessTokenPopulateId: claims }');
    expect(after[`${own}/lambdas/claims.js`]).toBe('a\nb');
    const owned = await pulled(all(text), state, { scope: 'owned' });
    expect(owned[file]).toContain(`accessTokenPopulateId: ${other} }`);
  });

  it('is nowhere for an entry that the environment has emptied in a way of its own', async () => {
    const base = { 'environments/base/all.yaml': `version: 1\ntenants:\n  ${crewEntry}\n` };
    const state = instance(crew({ name: 'Officers' }));
    const unset = { ...base, ...all('tenants:\n  crew:\n') };
    await expect(pulled(unset, state)).rejects.toThrow(/there is no|crew/);
    const inBlock = { ...base, ...all('tenants:\n  crew:\n    data: { a: 1 }\n') };
    expect((await pulled(inBlock, instance(crew({ name: 'Officers', data: { a: 1 } }))))[file]).toContain(
      '    data: { a: 1 }\n    name: Officers\n',
    );
  });

  it('is the list of roles in brackets, too, and a list that lacks a section', async () => {
    const text = `tenants:\n  ${crewEntry}\napplications:\n  booking: { id: ${ids.booking}, tenantId: crew, name: Booking, roles: [{ id: ${ids.bookingAdmin}, name: admin }] }\n`;
    const admin = live('role', ids.bookingAdmin, { name: 'a/b', description: 'All' }, ids.booking);
    const mate = live('role', other, { name: 'mate', isDefault: true }, ids.booking);
    const after = await pulled(all(text), instance(crew(), booking(), admin, mate));
    expect(after[file]).toContain(
      `roles: [{ id: ${ids.bookingAdmin}, name: a/b, description: All }, { id: ${other}, name: mate, isDefault: true }] }`,
    );
    const commented = all(text.replace(' }] }', ' } # why\n      ] }'));
    expect((await update(commented, instance(crew(), booking(), admin, mate))).findings).toMatchObject([
      { code: 'pull/comment-in-flow' },
    ]);
    expect((await update(commented, instance(crew(), booking()), { prune: true })).findings).toMatchObject([
      { code: 'pull/comment-in-flow' },
    ]);
    const base = {
      'environments/base/all.yaml': `version: 1\n${text}`,
      ...all(`applications: { booking: { roles: [{ name: mate } # ours\n    ] } }\n`),
    };
    expect(
      (
        await update(
          base,
          instance(
            crew(),
            booking(),
            live('role', ids.bookingAdmin, { name: 'admin', description: 'All' }, ids.booking),
            mate,
          ),
        )
      ).findings,
    ).toMatchObject([{ code: 'pull/comment-in-flow' }]);
  });
});

describe('secrets in the files', () => {
  it('stay, with a note, where they differ from what the instance shows', async () => {
    const text = `tenants:\n  ${crewEntry}\napplications:\n  booking: { id: ${ids.booking}, tenantId: crew, name: Booking, oauthConfiguration: { clientSecret: !secret env:KEY } }\n`;
    const state = instance(crew(), booking({ oauthConfiguration: { clientSecret: 'S3CR3T-live' } }));
    const { notes, files } = await update(all(text), state, { compareSecrets: true });
    expect([...files]).toEqual([]);
    expect(notes.map(({ message }) => message)).toContainEqual(expect.stringContaining('is a secret that differs'));
    expect(JSON.stringify(notes)).not.toContain('S3CR3T');
  });
});
