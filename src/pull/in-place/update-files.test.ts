import { describe, expect, it } from 'vitest';
import type { LiveResource, LiveState } from '../../model/index.js';
import { freshResources, ids, live, liveStateOf } from '../testing/harbour-instance.js';
import { type Files, planOf, update } from '../testing/updated-repository.js';

const own = 'environments/production';
const file = `${own}/all.yaml`;

function instance(...resources: readonly LiveResource[]): LiveState {
  return liveStateOf([...freshResources(), ...resources]);
}

function crew(body = {}): LiveResource {
  return live('tenant', ids.crew, { name: 'Crew', issuer: 'crew.test', themeId: ids.defaultTheme, ...body });
}

function booking(body = {}): LiveResource {
  return live('application', ids.booking, { name: 'Booking', tenantId: ids.crew, ...body });
}

/** A repository of one file: a tenant with more below its fields, and what comes after it. */
function written(fields: string, after = ''): Files {
  const text = `version: 1
tenants:
  crew: # ours
    id: ${ids.crew}
    themeId: builtin:default-theme
    name: Crew
${fields}${after}`;
  return { [file]: text };
}

const issuer = '    issuer: crew.test\n';

/** The file after a pull; fails where a plan of it is not empty, or a second pull would write anything. */
async function pulled(files: Files, state: LiveState): Promise<string | undefined> {
  const updated = await update(files, state);
  const left = [...updated.findings, ...(await planOf(updated.all, state))];
  const again = await update(updated.all, state);
  if (left.length + again.files.size > 0) throw new Error(JSON.stringify([left, [...again.files]]));
  return updated.all[file];
}

describe('a value that differs', () => {
  it.each([
    ["'crew.test' # signs", "'new.test' # signs"],
    ['"crew.test"', '"new.test"'],
    ['crew.test   # signs', 'new.test   # signs'],
    ['!!str crew.test', 'new.test'],
    ['&issuer crew.test', '&issuer new.test'],
    ['|- # signs\n      crew.test', 'new.test # signs'],
    ['# signs\n      crew.test', '# signs\n      new.test'],
    ['null', 'new.test'],
    ['', 'new.test'],
  ])('is written where it stands, in its style: %s', async (before, after) => {
    const gap = before === '' ? '' : ' ';
    const files = written(`    issuer:${gap}${before}\n    # the end\n`);
    const text = written(`    issuer: ${after}\n    # the end\n`)[file];
    expect(await pulled(files, instance(crew({ issuer: 'new.test' })))).toBe(text);
  });

  it('is a block of text where it has lines, unless a comment follows that would become a part of it', async () => {
    const state = instance(crew({ issuer: 'one\ntwo' }));
    expect(await pulled(written(`${issuer}`), state)).toBe(written('    issuer: |-\n      one\n      two\n')[file]);
    const commented = written(`${issuer}      # deep\n`);
    expect(await pulled(commented, state)).toBe(written('    issuer: "one\\ntwo"\n      # deep\n')[file]);
  });

  it('is null where the instance has nothing', async () => {
    const files = written(`${issuer}    emailConfiguration: { host: old.test, username: me }\n`);
    const state = instance(crew({ emailConfiguration: { host: 'old.test' } }));
    const { all } = await update(files, state);
    expect(all[file]).toContain('{ host: old.test, username: null }');
    expect(await planOf(all, state)).toEqual([]);
  });

  it('keeps line ends, a byte order mark and a missing last line break', async () => {
    const [text = ''] = Object.values(written(issuer));
    const other = `\uFEFF${text.trimEnd().replaceAll('\n', '\r\n')}`;
    const expected = other.replace('crew.test', 'new.test');
    expect(await pulled({ [file]: other }, instance(crew({ issuer: 'new.test', data: {} })))).toBe(expected);
  });
});

describe('a list that differs', () => {
  const urls = (text: string): Files =>
    written(
      issuer,
      `applications:
  booking:
    id: ${ids.booking}
    tenantId: crew
    name: Booking
    oauthConfiguration:
      authorizedRedirectURLs:${text}
`,
    );
  const having = (...list: readonly string[]): LiveState =>
    instance(crew(), booking({ oauthConfiguration: { authorizedRedirectURLs: list } }));

  it.each([
    ['\n        - b # b\n        # c\n        - c', ['c', 'd'], '\n        - d # b\n        # c\n        - c'],
    ['\n        - b # b\n        # c\n        - c', ['c'], '\n        # b\n        # c\n        - c'],
    ['\n        - b # b\n        - c', ['a', 'b', 'c'], '\n        - b # b\n        - c\n        - a'],
    ['\n      - b\n      - c', ['b', 'c', 'd', 'e'], '\n      - b\n      - c\n      - d\n      - e'],
    [' # all\n        - b # b', [], ' [] # all\n        # b'],
    [' [b,   c ]', ['b', 'c', 'd'], ' [b,   c,   d ]'],
    [' [b, c, d]', ['b', 'd'], ' [b, d]'],
    [' [b, c, d]', ['d'], ' [d]'],
    [' [b]', [], ' []'],
    [' []', ['b'], ' [b]'],
    [
      ' [\n          b,\n          c,\n        ]',
      ['b', 'c', 'd'],
      ' [\n          b,\n          c,\n          d,\n        ]',
    ],
  ])('changes by its items: %j', async (before, list, after) => {
    expect(await pulled(urls(before), having(...list))).toBe(urls(after)[file]);
  });

  it('is not edited where a comment stands in the middle of its brackets: nothing is lost', async () => {
    const { findings } = await update(urls(' [\n        b, # why\n        c]'), having('b', 'c', 'd'));
    expect(findings).toMatchObject([{ code: 'pull/comment-in-flow', at: { file, line: 15, col: 12 } }]);
  });

  it('is told once for a comment in whose brackets several fields change', async () => {
    const files = written('    data: { a: 1, # why\n      b: 2 }\n');
    const { findings } = await update(files, instance(crew({ issuer: null, data: { a: 1, b: 2, c: 3, d: 4 } })));
    expect(findings.map(({ message }) => message)).toEqual([
      'the comment stands in the middle of a list or map in brackets that data.c of tenant/crew, data.d of tenant/crew change',
    ]);
  });

  it('is not edited where a variable gives an item that goes', async () => {
    const { notes, files } = await update(urls(' [!sub "https://${domain}/", b]'), having('b'));
    expect(notes.filter(({ reason }) => reason === 'not-edited')).toMatchObject([
      { field: 'oauthConfiguration.authorizedRedirectURLs', message: expect.stringContaining('!sub gives it') },
    ]);
    expect([...files]).toEqual([]);
  });
});

describe('what the files share', () => {
  it('stays in the layer below: the value is written over it', async () => {
    const files = { 'environments/base/tenants.yaml': written(issuer)[file] ?? '', [file]: 'version: 1\nlambdas:\n' };
    const state = instance(crew({ issuer: 'new.test' }));
    const { all } = await update(files, state);
    expect(all['environments/base/tenants.yaml']).toBe(files['environments/base/tenants.yaml']);
    expect(all[`${own}/tenants.yaml`]).toContain('tenants:\n  crew:\n    issuer: new.test\n');
    expect(await planOf(all, state)).toEqual([]);
  });

  it('stays where an alias repeats it: a note says where, and what the instance has', async () => {
    const files = written('    issuer: &name crew.test\n    data: { same: *name }\n');
    const { notes, files: changed } = await update(
      files,
      instance(crew({ issuer: 'new.test', data: { same: 'crew.test' } })),
    );
    expect(notes.filter(({ reason }) => reason === 'not-edited')).toMatchObject([
      { field: 'issuer', at: { line: 7, col: 19 }, message: expect.stringContaining('"new.test"') },
    ]);
    expect([...changed]).toEqual([]);
  });

  it('stays where an entry is for several tenants', async () => {
    const after = `applications:\n  booking: { forEach: { tenant: [crew] }, name: Booking, data: { site: north } }\n`;
    const files = written(issuer, after);
    const state = instance(crew(), booking({ data: { site: 'south', more: 1 } }));
    const { notes, all } = await update(files, state);
    expect(notes.filter(({ reason }) => reason === 'not-edited').map(({ message }) => message)).toEqual([
      expect.stringContaining('has no id of its own'),
      expect.stringContaining('forEach is not added to'),
      expect.stringContaining('differs from the instance ("south")'),
    ]);
    expect(all).toEqual(files);
  });
});

describe('texts in files of their own', () => {
  const lambda = (path: string): string =>
    `lambdas:\n  claims: { id: ${ids.booking}, name: claims, type: JWTPopulate, body: !file ${path} }\n`;
  const state = instance(
    crew(),
    live('lambda', ids.booking, { name: 'claims', type: 'JWTPopulate', body: 'one;\ntwo;\n' }),
  );

  it('are written there', async () => {
    const files = { ...written(issuer, lambda('claims.js')), [`${own}/claims.js`]: 'one;\n' };
    const { all } = await update(files, state);
    expect(all).toEqual({ ...files, [`${own}/claims.js`]: 'one;\ntwo;\n' });
    expect(await planOf(all, state)).toEqual([]);
  });

  it('are not where others read them too: the value gets a file of its own', async () => {
    const files = { ...written(issuer, lambda('../base/claims.js')), 'environments/base/claims.js': 'one;\n' };
    const { all } = await update(files, state);
    expect(all['environments/base/claims.js']).toBe('one;\n');
    expect(all[file]).toContain('body: !file lambdas/claims.js }');
    expect(await planOf(all, state)).toEqual([]);
  });
});

describe('what is new', () => {
  it('is added beside others of its kind, and what it refers to is called existing', async () => {
    const files = written(issuer, `applications:\n  booking: { id: ${ids.booking}, tenantId: crew, name: Booking }\n`);
    const more = '0a1b2c3d-0000-4000-8000-000000000099';
    const reconcile = '0a1b2c3d-0000-4000-8000-0000000000a1';
    const state = instance(
      crew(),
      booking({ data: { berth: 4 } }),
      live('role', ids.bookingAdmin, { name: 'admin' }, ids.booking),
      live('application', more, {
        name: 'Crew',
        tenantId: ids.crew,
        lambdaConfiguration: { accessTokenPopulateId: reconcile },
      }),
    );
    const { all, edits } = await update(files, state);
    expect(all[file]).toContain(
      `name: Booking, data: { berth: 4 }, roles: [{ id: ${ids.bookingAdmin}, name: admin }] }`,
    );
    expect(all[file]).toContain(`\n  crew:\n    id: ${more}\n`);
    expect(edits.map(({ what }) => what)).toEqual(edits.map(() => 'added'));
    expect(await planOf(all, state)).toEqual([]);
    const { files: none } = await update(files, state, { scope: 'owned' });
    expect([...none]).toEqual([]);
  });

  it('is a role of a list that the files own, also where nothing else is added', async () => {
    const files = written(
      issuer,
      `applications:\n  booking:\n    id: ${ids.booking}\n    tenantId: crew\n    roles:\n      - { id: ${ids.bookingAdmin}, name: admin } # all\n`,
    );
    const state = instance(
      crew(),
      booking(),
      live('role', ids.bookingAdmin, { name: 'master' }, ids.booking),
      live('role', '0a1b2c3d-0000-4000-8000-000000000098', { name: 'mate' }, ids.booking),
    );
    const { all } = await update(files, state, { scope: 'owned' });
    expect(all[file]).toContain(
      'name: master } # all\n      - id: 0a1b2c3d-0000-4000-8000-000000000098\n        name: mate\n',
    );
    expect(await planOf(all, state)).toEqual([]);
  });
});

describe('what is gone', () => {
  it('stays with a note, and goes on request with its comments left', async () => {
    const after = `applications:\n  # the old one\n  booking: # was ours\n    id: ${ids.booking}\n    tenantId: crew # why\n    name: Booking\n`;
    const files = written(issuer, after);
    const kept = await update(files, instance(crew()));
    expect([...kept.files]).toEqual([]);
    expect(kept.notes).toContainEqual(expect.objectContaining({ reason: 'gone', object: 'booking' }));
    const { all } = await update(files, instance(crew()), { prune: true });
    expect(all[file]).toBe(written(issuer, 'applications: {}\n  # the old one\n  # was ours\n  # why\n')[file]);
    expect(await planOf(all, instance(crew()))).toEqual([]);
  });
});
