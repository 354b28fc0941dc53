import { describe, expect, it } from 'vitest';
import type { JsonObject, LiveResource, LiveState } from '../../model/index.js';
import { ids, live } from '../testing/harbour-instance.js';
import { all, booking, crew, file, type Files, instance, pulled, update } from '../testing/updated-repository.js';

const own = 'environments/production';
const other = '0a1b2c3d-0000-4000-8000-000000000099';
const third = '0a1b2c3d-0000-4000-8000-000000000098';

const tenant = `  crew: { id: ${ids.crew}, themeId: builtin:default-theme, name: Crew }\n`;

/** Notes on what is not edited, as `field: message`. */
async function notEdited(files: Files, state: LiveState, options = {}): Promise<readonly string[]> {
  const { notes } = await update(files, state, options);
  const told = notes.filter(({ reason }) => !['shipped', 'secret'].includes(reason));
  return told.map(({ object, field = '', message }) => `${object} ${field}: ${message}`);
}

describe('themes', () => {
  const body = (messages: string): JsonObject => ({
    name: 'Harbour',
    type: 'advanced',
    stylesheet: 'body { color: black }\n',
    defaultMessages: messages,
    templates: { oauth2Authorize: '[#ftl/]\n<p>Log in</p>\n', oauth2Error: '[#ftl/]\n<p>Error</p>\n' },
  });
  const theme = (messages: string): LiveResource => live('theme', other, body(messages));
  const entry = (messages: string): string =>
    `themes:\n  harbour:\n    id: ${other}\n    name: Harbour\n    defaultMessages: ${messages}\n`;

  it('get single messages in the file of theirs, whose other lines stay', async () => {
    const text = '# ours\nlogin=Ahoy\\\n  there\n\n! more\nlogout=Bye\nlogin=Twice\nold=1\n';
    const files = { ...all(entry('!file m.properties')), [`${own}/m.properties`]: text };
    const after = await pulled(files, instance(theme('login=Hello\nlogout=Bye\nfresh=New\n')));
    expect(after[`${own}/m.properties`]).toBe('# ours\nlogin=Hello\n\n! more\nlogout=Bye\n');
  });

  it('get single messages in the text of an entry, and over that of a lower layer', async () => {
    const state = instance(theme('login=Hello\nlogout=Bye\n'));
    const inline = await pulled(all(entry('|\n      # ours\n      login=Ahoy\n      logout=Bye')), state);
    expect(inline[file]).toContain('      # ours\n      login=Hello\n      logout=Bye\n');
    const base = {
      'environments/base/all.yaml': `version: 1\n${entry('"login=Ahoy\\nlogout=Bye\\n"')}`,
      ...all('lambdas:\n'),
    };
    const over = await pulled(base, state);
    expect(over[`${own}/themes.yaml`]).toContain('defaultMessages: !file themes/harbour/messages.properties\n');
    expect(over[`${own}/themes/harbour/messages.properties`]).toBe('login=Hello\nlogout=Bye\n');
  });

  it('keep messages that an alias gives, with a note', async () => {
    const text = `themes:\n  harbour:\n    id: ${other}\n    name: Harbour\n    defaultMessages: &m "login=Ahoy\\n"\n    stylesheet: *m\n`;
    const state = instance(
      live('theme', other, { ...body('login=Hello\nlogout=Logout\n'), stylesheet: 'login=Ahoy\n' }),
    );
    expect(await notEdited(all(text), state)).toEqual([expect.stringContaining('an alias repeats it')]);
  });
});

describe('texts in files', () => {
  const state = instance(live('lambda', other, { name: 'claims', type: 'JWTPopulate', body: 'one;\ntwo;' }));
  const lambda = (path: string): string =>
    `lambdas:\n  claims: { id: ${other}, name: claims, type: JWTPopulate, body: ${path} }\n`;

  it('that no longer have a value of lines are written in the entry', async () => {
    const files = { ...all(lambda('!file ../base/claims.js')), 'environments/base/claims.js': 'x\n' };
    const short = instance(live('lambda', other, { name: 'claims', type: 'JWTPopulate', body: 'one;' }));
    expect((await pulled(files, short))[file]).toContain('body: one; }');
  });

  it('get a free name where a file of theirs is there already', async () => {
    const files = {
      ...all(lambda('!file ../base/claims.js')),
      'environments/base/claims.js': 'x\n',
      [`${own}/lambdas/claims.js`]: 'mine',
    };
    const after = await pulled(files, state);
    expect(after[file]).toContain('body: !file lambdas/claims-2.js }');
    expect(after[`${own}/lambdas/claims.js`]).toBe('mine');
  });

  it('named twice are not written over, nor is the one an alias repeats', async () => {
    const two = `${lambda('!file c.js')}  more: { id: ${third}, name: more, type: JWTPopulate, body: !file ./c.js }\n`;
    const both = instance(
      live('lambda', other, { name: 'claims', type: 'JWTPopulate', body: 'one;\ntwo;' }),
      live('lambda', third, { name: 'more', type: 'JWTPopulate', body: 'x' }),
    );
    const after = await pulled({ ...all(two), [`${own}/c.js`]: 'x' }, both);
    expect([after[`${own}/c.js`], after[`${own}/lambdas/claims.js`]]).toEqual(['x', 'one;\ntwo;']);
    const aliased = two.replace('body: !file c.js', 'body: &b !file c.js').replace('!file ./c.js', '*b');
    expect(await notEdited({ ...all(aliased), [`${own}/c.js`]: 'x' }, both)).toEqual([
      expect.stringContaining('an alias repeats it'),
    ]);
  });

  it('keep line ends and the last line break where the server does not see them', async () => {
    const template = live('emailTemplate', other, { name: 'Hi', defaultHtmlTemplate: 'a\nb', defaultSubject: 's' });
    const entry = `emailTemplates:\n  hi: { id: ${other}, name: Hi, defaultSubject: s, defaultHtmlTemplate: !file hi.ftl }\n`;
    const after = await pulled({ ...all(entry), [`${own}/hi.ftl`]: '\uFEFFa\r\n' }, instance(template));
    expect(after[`${own}/hi.ftl`]).toMatch(/^\uFEFFa\r?\nb\r?\n?$/);
  });
});

describe('lists of objects', () => {
  const policies = (text: string): Files =>
    all(
      `tenants:\n  crew:\n    id: ${ids.crew}\n    themeId: builtin:default-theme\n    name: Crew\n    connectorPolicies:${text}\n`,
    );
  const connector = '0a1b2c3d-0000-4000-8000-000000000055';
  const having = (...list: JsonObject[]): LiveState => instance(crew({ connectorPolicies: list }));

  it('change inside the item that is the same thing', async () => {
    const files = policies(
      `\n      # first\n      - connectorId: ${connector} # ours\n        domains: ['*'] # all\n        migrate: false`,
    );
    const after = await pulled(files, having({ connectorId: connector, domains: ['a.test', '*'], migrate: true }));
    expect(after[file]).toContain(`# ours\n        domains: ['*', a.test] # all\n        migrate: true\n`);
  });

  it('get items as blocks, and lose them with their comments left', async () => {
    const one = { connectorId: connector, domains: ['*'], migrate: true };
    const two = { connectorId: ids.booking, domains: ['b.test'], migrate: false };
    const files = policies(`\n      - connectorId: ${connector}\n        domains: ['*'] # all\n        migrate: true`);
    const after = await pulled(files, having(two, one));
    expect(after[file]).toContain(`connectorPolicies:\n      - connectorId: ${ids.booking}\n        domains: [b.test]`);
    expect((await pulled(after, having(two)))[file]).toContain('# all');
    expect((await pulled(policies(' []'), having(one)))[file]).toContain('connectorPolicies: [{ connectorId:');
  });
});

describe('lists and maps that say how they own', () => {
  const application = (fields: string): Files =>
    all(
      `tenants:\n${tenant}applications:\n  booking:\n    id: ${ids.booking}\n    tenantId: crew\n    name: Booking\n${fields}`,
    );
  const having = (body: JsonObject): LiveState => instance(crew(), booking(body));

  it('lose what an !atLeast list asks for in vain, and get nothing', async () => {
    const files = application('    oauthConfiguration:\n      authorizedRedirectURLs: !atLeast [a, b]\n');
    const after = await pulled(files, having({ oauthConfiguration: { authorizedRedirectURLs: ['b', 'c'] } }));
    expect(after[file]).toContain('!atLeast [b]\n');
  });

  it('are written over where a higher layer appends', async () => {
    const base = application('    oauthConfiguration:\n      authorizedRedirectURLs: [a]\n')[file] ?? '';
    const files = {
      'environments/base/all.yaml': base,
      ...all('applications:\n  booking: { oauthConfiguration: { authorizedRedirectURLs: !append [b] } }\n'),
    };
    const state = having({ oauthConfiguration: { authorizedRedirectURLs: ['b', 'c'] } });
    expect(await notEdited(files, state)).toEqual([expect.stringContaining('edit it by hand')]);
  });

  it('change as a whole where a map is complete', async () => {
    const files = application('    data: !only\n      # berth\n      berth: 4 # four\n      old: 1 # gone\n');
    const after = await pulled(files, having({ data: { berth: 5, fresh: { a: [1] } } }));
    expect(after[file]).toContain(
      'data: !only\n      # berth\n      berth: 5 # four\n      # gone\n      fresh:\n        a: [1]\n',
    );
    const flow = await pulled(
      application('    data: !only { berth: 4, old: 1, older: 2 }\n'),
      having({ data: { berth: 5 } }),
    );
    expect(flow[file]).toContain('data: !only { berth: 5 }\n');
    expect((await pulled(application('    data: !only { old: 1 }\n'), having({})))[file]).toContain('data: !only {}\n');
    expect((await pulled(application('    data: !only\n      old: 1 # gone\n'), having({})))[file]).toContain(
      'data: !only {}\n      # gone\n',
    );
  });

  it('are not edited where a secret or a tag in them would be lost', async () => {
    const files = application('    data: !only { a: 1, gone: !sub "${domain}" }\n');
    expect(await notEdited(files, having({ data: { a: 1 } }))).toEqual([expect.stringContaining('!sub gives it')]);
  });

  it('stay where a comment is in the middle of brackets that lose a key', async () => {
    const files = application('    data: !only { a: 1, # one\n      b: 2 }\n');
    const { findings } = await update(files, having({ data: { a: 1 } }));
    expect(findings).toMatchObject([{ code: 'pull/comment-in-flow' }]);
  });

  it('are filled where nothing was written, in blocks and in brackets', async () => {
    const state = having({ data: { a: 1, deep: { b: 'x\ny' } }, loginConfiguration: { allowTokenRefresh: true } });
    expect((await pulled(application('    data:\n    loginConfiguration: {}\n'), state))[file]).toContain(
      '    data:\n      a: 1\n      deep:\n        b: |-\n          x\n          y\n    loginConfiguration:\n      allowTokenRefresh: true\n',
    );
    const flow = all(
      `tenants:\n${tenant}applications: { booking: { id: ${ids.booking}, tenantId: crew, name: Booking, data: {}, loginConfiguration: } }\n`,
    );
    expect((await pulled(flow, state))[file]).toContain(
      'data: { a: 1, deep: { b: "x\\ny" } }, loginConfiguration: { allowTokenRefresh: true }} }',
    );
  });
});

describe('what is found or called by other means', () => {
  it('gets its id where it was found by its name, in the environment’s own layer', async () => {
    const files = {
      'environments/base/all.yaml': `version: 1\ntenants:\n  crew: { name: Crew, themeId: builtin:default-theme }\n`,
      ...all('lambdas:\n'),
    };
    const after = await pulled(files, instance(crew()));
    expect(after[`${own}/tenants.yaml`]).toContain(`tenants:\n  crew:\n    id: ${ids.crew}\n`);
  });

  it('keeps its name in existing:, whatever it is found by', async () => {
    const text = `existing:\n  tenants: { mates: { name: Crew } }\n  applications: { shop: { tenantId: mates, name: Booking }, by-id: { id: ${other} } }\nlambdas:\n`;
    const group = live('group', third, { name: 'All', tenantId: ids.crew, data: { a: 1 } });
    const app = live('application', other, { name: 'Other', tenantId: ids.crew });
    const after = await pulled(all(text), instance(crew(), booking(), app, group), { scope: 'everything' });
    expect(after[`${own}/groups.yaml`]).toContain('tenantId: mates\n');
    expect(after[`${own}/applications.yaml`]).toBeUndefined();
  });

  it('stays as the files say where they want it gone, or active', async () => {
    const text = `tenants:\n${tenant}applications:\n  booking: { id: ${ids.booking}, tenantId: crew, name: Booking }\nabsent: { webhooks: [${third}] }\n`;
    const state = instance(
      crew(),
      { ...booking({ active: false }), active: false },
      live('webhook', third, { url: 'https://x.test', connectTimeout: 1, readTimeout: 1 }),
    );
    const { notes, files } = await update(all(text), state);
    expect(notes.filter(({ reason }) => reason !== 'shipped').map(({ message }) => message)).toEqual([
      expect.stringContaining('is deactivated'),
      expect.stringContaining('deactivated on the instance'),
      expect.stringContaining('must be absent'),
    ]);
    expect([...files]).toEqual([]);
  });

  it('has a reference to what the files do not have as an id, where nothing is added', async () => {
    const text = `tenants:\n  crew: { id: ${ids.crew}, themeId: builtin:default-theme, name: Crew }\n`;
    const theme = live('theme', other, { name: 'Harbour', type: 'advanced' });
    const state = instance(crew({ themeId: other }), theme);
    expect((await pulled(all(text), state, { scope: 'owned' }))[file]).toContain(`themeId: ${other},`);
    expect((await pulled(all(text), state))[file]).toContain('themeId: harbour,');
  });

  it('is the one object of its kind, wherever it is written', async () => {
    const state = instance(
      live('systemConfiguration', 'systemConfiguration', { reportTimezone: 'Europe/Oslo', data: { a: 1 } }),
    );
    const after = await pulled(all('systemConfiguration: # ours\n  reportTimezone: America/Denver # here\n'), state);
    expect(after[file]).toContain(
      'systemConfiguration: # ours\n  reportTimezone: Europe/Oslo # here\n  data:\n    a: 1\n',
    );
    const fresh = await pulled(
      all(`tenants:\n${tenant}`),
      instance(
        crew(),
        ...(state.kinds.get('systemConfiguration')?.known
          ? [live('systemConfiguration', 'systemConfiguration', { data: { a: 1, b: 2 } })]
          : []),
      ),
    );
    expect(fresh[`${own}/system-configuration.yaml`]).toContain(
      '\nsystemConfiguration:\n  data:\n    a: 1\n    b: 2\n',
    );
  });
});

describe('roles', () => {
  const admin = live('role', ids.bookingAdmin, { name: 'admin', description: 'All' }, ids.booking);
  const base = `version: 1\ntenants:\n${tenant}applications:\n  booking:\n    id: ${ids.booking}\n    tenantId: crew\n    name: Booking\n    roles: [{ id: ${ids.bookingAdmin}, name: admin, description: Some }]\n`;

  it('of a lower layer are written over in a list of the environment’s own, by their names', async () => {
    const state = instance(crew(), booking(), admin, live('role', other, { name: 'mate' }, ids.booking));
    const files = { 'environments/base/all.yaml': base, ...all('lambdas:\n') };
    const after = await pulled(files, state);
    expect(after[`${own}/applications.yaml`]).toContain(
      `applications:\n  booking:\n    roles:\n      - id: ${other}\n        name: mate\n      - name: admin\n        description: All\n`,
    );
    const there = {
      ...files,
      ...all('applications:\n  booking:\n    roles:\n      - { name: admin, isDefault: false } # ours\n'),
    };
    expect((await pulled(there, state))[file]).toContain(
      '      - { name: admin, isDefault: null, description: All } # ours\n',
    );
  });

  it('of a lower layer keep their names', async () => {
    const renamed = live('role', ids.bookingAdmin, { name: 'master', description: 'Some' }, ids.booking);
    expect(
      await notEdited(
        { 'environments/base/all.yaml': base, ...all('lambdas:\n') },
        instance(crew(), booking(), renamed),
      ),
    ).toEqual([expect.stringContaining('is called "master" on the instance, and a lower layer names it too')]);
  });

  it('are called by their new name everywhere', async () => {
    const renamed = live('role', ids.bookingAdmin, { name: 'master', description: 'Some' }, ids.booking);
    const group = live('group', third, { name: 'All', tenantId: ids.crew, roleIds: [ids.bookingAdmin] });
    const text = `${base}groups:\n  all: { id: ${third}, tenantId: crew, name: All, roleIds: [booking/admin] }\n`;
    const after = await pulled({ [file]: text }, instance(crew(), booking(), renamed, group));
    expect(after[file]).toContain('roleIds: [booking/master] }');
    const more = live('group', third, { name: 'All', tenantId: ids.crew, roleIds: [ids.bookingAdmin, other] });
    const mate = live('role', other, { name: 'mate' }, ids.booking);
    expect((await pulled({ [file]: text }, instance(crew(), booking(), renamed, mate, more)))[file]).toMatch(
      /roleIds: \[booking\/(?:master, booking\/mate|mate, booking\/master)\]/,
    );
  });

  it('that are gone go from the list with --prune, and all that are in what is gone with it', async () => {
    const files = { [file]: base };
    expect(await notEdited(files, instance(crew(), booking()))).toEqual([
      expect.stringContaining('is not on the instance'),
    ]);
    expect((await pulled(files, instance(crew(), booking()), { prune: true }))[file]).toContain('roles: []\n');
    expect((await pulled(files, instance(crew()), { prune: true }))[file]).toContain('applications: {}\n');
    const lower = { 'environments/base/all.yaml': base, ...all('lambdas:\n') };
    expect(await notEdited(lower, instance(crew()), { prune: true })).toEqual([
      expect.stringContaining('not in a file of this environment alone'),
    ]);
  });

  it('of an entry for several tenants, and of one an alias repeats, are notes', async () => {
    const text = `tenants:\n${tenant}applications:\n  booking: { forEach: { tenant: [crew] }, id: ${ids.booking}, name: Booking, roles: [{ name: mate }] }\n`;
    const mate = live('role', other, { name: 'mate' }, ids.booking);
    expect(await notEdited(all(text), instance(crew(), booking({ data: { a: 1 } }), mate, admin))).toEqual(
      expect.arrayContaining([expect.stringContaining('an entry with forEach is not added to')]),
    );
  });

  it('of a list that may have more are left alone', async () => {
    const text = base.replace('roles: [', 'roles: !atLeast [').replace('Some', 'All').replace('version: 1\n', '');
    const mate = live('role', other, { name: 'mate' }, ids.booking);
    expect(await pulled(all(text), instance(crew(), booking(), admin, mate))).toEqual(all(text));
  });
});

describe('maps by other objects', () => {
  const provider = (settings: JsonObject): LiveResource =>
    live('identityProvider', other, {
      name: 'Partner',
      type: 'ExternalJWT',
      enabled: true,
      applicationConfiguration: settings,
    });
  const text = (key: string): string =>
    `tenants:\n${tenant}applications:\n  booking: { id: ${ids.booking}, tenantId: crew, name: Booking }\nidentityProviders:\n  partner:\n    id: ${other}\n    name: Partner\n    type: ExternalJWT\n    enabled: true\n    applicationConfiguration:\n      ${key}: { enabled: true } # ours\n`;

  it.each(['booking', ids.booking])('change under the key that stands there: %s', async (key) => {
    const state = instance(
      crew(),
      booking(),
      provider({ [ids.booking]: { enabled: false, createRegistration: false } }),
    );
    const after = await pulled(all(text(key)), state);
    expect(after[file]).toContain(`      ${key}: { enabled: false, createRegistration: false } # ours\n`);
  });

  it('lose the key that the instance does not have, with its comment left', async () => {
    const after = await pulled(all(text('booking')), instance(crew(), booking(), provider({})));
    expect(after[file]).toContain('    applicationConfiguration: {}\n      # ours\n');
  });
});

describe('secrets', () => {
  const text = (password: string): Files =>
    all(
      `tenants:\n  crew: { id: ${ids.crew}, themeId: builtin:default-theme, name: Crew, emailConfiguration: { host: a, password: ${password} } }\n`,
    );
  const state = instance(crew({ emailConfiguration: { host: 'a', password: 'S3CR3T' } }));

  it('that nobody owns are owned as variables on request, under a name that means nothing else', async () => {
    const files = {
      ...text('null'),
      ...all(
        `tenants:\n  crew: { id: ${ids.crew}, themeId: builtin:default-theme, name: Crew, emailConfiguration: { host: a, username: !env TENANTS_CREW_EMAIL_CONFIGURATION_PASSWORD } }\n`,
      ),
    };
    const { all: after, secrets } = await update(files, state, { secrets: 'env' }).catch(() => ({
      all: undefined,
      secrets: [],
    }));
    expect([after, secrets]).toEqual([undefined, []]);
    const plain = all(
      `tenants:\n  crew: { id: ${ids.crew}, themeId: builtin:default-theme, name: Crew, emailConfiguration: { host: a } }\n`,
    );
    const owned = await update(plain, state, { secrets: 'env' });
    expect(owned.all[file]).toContain(
      'emailConfiguration: { host: a, password: !secret env:TENANTS_CREW_EMAIL_CONFIGURATION_PASSWORD } }',
    );
    expect(owned.secrets.map(({ name }) => name)).toEqual(['TENANTS_CREW_EMAIL_CONFIGURATION_PASSWORD']);
  });

  it('are never touched', async () => {
    expect((await update(text('!secret env:MAIL'), state)).files.size).toBe(0);
  });
});
