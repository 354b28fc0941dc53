import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import { derivedId, type LiveResource } from '../model/index.js';
import { type PulledFiles, pullFiles } from './pull-files.js';
import { freshResources, ids, live, liveStateOf } from './testing/harbour-instance.js';
import { changesOf, loadPulled, namespace, pull } from './testing/pulled-repository.js';

function pulled(...resources: readonly LiveResource[]): PulledFiles {
  return pull(liveStateOf([...freshResources(), ...resources]));
}

const crew = live('tenant', ids.crew, {
  name: 'Crew & Öfficers',
  issuer: 'https://crew.harbour.test',
  themeId: ids.defaultTheme,
});

describe('pullFiles', () => {
  it('writes nothing for a fresh install', () => {
    expect([...pulled().files.keys()]).toEqual([]);
  });

  it('says on a fresh install that shipped lambdas are not pulled', () => {
    expect(pulled().notes).toMatchObject([{ reason: 'shipped', kind: 'lambda' }]);
  });

  it('writes a tenant with its names, its id, and a theme by its built-in name', () => {
    expect(pulled(crew).files.get('tenants.yaml')).toBe(`# yaml-language-server: $schema=../../schemas/kedge.schema.json
version: 1

tenants:
  crew-officers:
    id: ${ids.crew}
    name: Crew & Öfficers
    issuer: https://crew.harbour.test
    themeId: builtin:default-theme
`);
  });

  it('leaves the id out where the logical key gives the same one', () => {
    const id = derivedId({ namespace, kind: 'tenant', key: 'crew' });
    expect(pulled(live('tenant', id, { name: 'Crew' })).files.get('tenants.yaml')).not.toContain('id:');
  });

  it('writes a built-in only where it differs, and only what differs', () => {
    const [tenant, ...others] = freshResources();
    if (!tenant) throw new Error('the fresh install has a tenant');
    const changed = { ...tenant, body: { ...tenant.body, issuer: 'https://harbour.test' } };
    expect(pull(liveStateOf([changed, ...others])).files.get('tenants.yaml')).toContain(
      '  default:\n    id: builtin:default-tenant\n    issuer: https://harbour.test\n',
    );
  });

  it('writes an application with its roles inside and its client secret as a comment', () => {
    const { files, notes } = pulled(
      crew,
      live('application', ids.booking, {
        name: 'Booking',
        tenantId: ids.crew,
        oauthConfiguration: { clientSecret: 'very-secret', logoutURL: 'https://harbour.test/bye', debug: false },
        verifyRegistration: false,
      }),
      live('role', ids.bookingAdmin, { name: 'admin', isSuperRole: true, isDefault: false }, ids.booking),
    );
    expect(files.get('applications.yaml')).toBe(`# yaml-language-server: $schema=../../schemas/kedge.schema.json
version: 1

applications:
  booking:
    id: ${ids.booking}
    tenantId: crew-officers
    name: Booking
    oauthConfiguration:
      logoutURL: https://harbour.test/bye
      # clientSecret: not pulled (secret); own it with !secret env:…
    roles:
      - id: ${ids.bookingAdmin}
        name: admin
        isSuperRole: true
`);
    expect(notes).toContainEqual({
      reason: 'secret',
      kind: 'application',
      object: 'booking',
      id: ids.booking,
      field: 'oauthConfiguration.clientSecret',
      message: 'a secret: left un-owned',
    });
  });

  it('keeps a comment where the map it belongs to has nothing else', () => {
    const webhook = { url: 'https://siem.harbour.test/in', headers: { 'X-Api.Key': 'secret-header' } };
    const text = pulled(live('webhook', ids.booking, webhook)).files.get('webhooks.yaml');
    expect(text).toContain('  siem-harbour-test:\n');
    expect(text).toContain('    # headers.X-Api.Key: not pulled (secret); own it with !secret env:…\n');
  });

  it('finds a shipped form by its name where something names it, and does not make another', () => {
    const form = '0a1b2c3d-0000-4000-8000-0000000000ff';
    const tenant = { ...crew.body, formConfiguration: { adminUserFormId: form } };
    const { files, notes } = pulled(
      live('tenant', ids.crew, tenant),
      live('form', form, { name: 'Default Admin User provided by FusionAuth', type: 'adminUser', steps: [] }),
    );
    expect(files.get('tenants.yaml')).toContain('adminUserFormId: default-admin-user-provided-by-fusionauth\n');
    expect(files.get('forms.yaml')).toContain('existing:\n  forms:\n    default-admin-user-provided-by-fusionauth:');
    expect(notes.filter((note) => note.kind === 'form')).toEqual([]);
  });

  it('writes what holds for the whole instance without a logical key', () => {
    const { files } = pulled(
      live('systemConfiguration', 'systemConfiguration', { data: {}, reportTimezone: 'Europe/Oslo' }),
    );
    expect(files.get('system-configuration.yaml')).toBe(
      '# yaml-language-server: $schema=../../schemas/kedge.schema.json\nversion: 1\n\nsystemConfiguration:\n  reportTimezone: Europe/Oslo\n',
    );
  });

  it.each([' \n', '   \n \n', ' \t\n', '\n', `${' '.repeat(30)}\n${' '.repeat(30)}\n`])(
    'gives back a text of white space alone: %j',
    async (username) => {
      const resource = live('tenant', ids.crew, { ...crew.body, emailConfiguration: { host: 'localhost', username } });
      const state = liveStateOf([...freshResources(), resource]);
      const { files } = pull(state);
      expect(files.get('tenants.yaml')).toMatch(/username: ".*"\n/);
      expect(changesOf(await loadPulled(files), state)).toEqual([]);
    },
  );

  it('writes of the event types of a tenant those that are on', () => {
    const events = {
      'user.create': { enabled: false, transactionType: 'None' },
      'user.delete': { enabled: true, transactionType: 'None' },
    };
    const text = pulled(live('tenant', ids.crew, { ...crew.body, eventConfiguration: { events } })).files.get(
      'tenants.yaml',
    );
    expect(text).toContain('    eventConfiguration:\n      events:\n        user.delete:\n          enabled: true\n');
    expect(text).not.toContain('user.create');
  });

  it('says that a deactivated application is not pulled', () => {
    const { files, notes } = pulled(live('application', ids.booking, { name: 'Old booking', active: false }));
    expect(files.size).toBe(0);
    expect(notes).toContainEqual(expect.objectContaining({ reason: 'inactive', object: 'Old booking' }));
  });

  it('writes the role of a built-in application as its id, with a word about it', () => {
    const roleIds = ['631ecd9d-8d40-4c13-8277-80cedb8236e2'];
    const group = live('group', ids.booking, { name: 'Operators', tenantId: ids.defaultTenant, roleIds });
    const { files, notes } = pulled(group);
    expect(files.get('groups.yaml')).toContain('    tenantId: builtin:default-tenant\n');
    expect(files.get('groups.yaml')).toContain(`      - ${roleIds[0]} # admin of FusionAuth\n`);
    expect(notes.map((note) => note.reason)).not.toContain('unknown-reference');
  });

  it('orders a key like the one it found, and says that it would be another key', () => {
    const body = { type: 'RSA', algorithm: 'RS256', length: 2048, hasPrivateKey: true, issuer: 'acme.com', kid: 'x' };
    const { files, notes } = pulled(live('key', ids.booking, { name: 'Booking 2026', ...body, publicKey: 'PEM' }));
    expect(files.get('keys.yaml')).toContain(
      `  booking-2026:\n    id: ${ids.booking}\n    name: Booking 2026\n    algorithm: RS256\n    length: 2048\n`,
    );
    expect(files.get('keys.yaml')).not.toContain('PEM');
    expect(notes).toContainEqual(expect.objectContaining({ reason: 'key-material', object: 'booking-2026' }));
  });

  it('pulls a key without a private half with its public half', () => {
    const publicKey = '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----';
    const body = { type: 'RSA', algorithm: 'RS256', length: 2048, hasPrivateKey: false, kid: 'partner', publicKey };
    const { files } = pulled(live('key', ids.booking, { name: 'Partner', ...body }));
    expect(files.get('keys.yaml')).toContain('    kid: partner\n    publicKey: |-\n      -----BEGIN PUBLIC KEY-----\n');
  });

  it('says that the secret of a plain secret must be given', () => {
    const { files, notes } = pulled(live('key', ids.booking, { name: 'Hook', type: 'Secret', algorithm: 'None' }));
    expect(files.get('keys.yaml')).toContain('    type: Secret\n    # secret: not pulled (secret);');
    expect(notes).toContainEqual(expect.objectContaining({ reason: 'key-material' }));
  });

  it('writes of a theme what differs from the theme it is a copy of, texts in files', () => {
    const theme = live('theme', ids.booking, {
      name: 'Harbour',
      type: 'advanced',
      stylesheet: 'body {\n  color: navy;\n}\n',
      defaultMessages: 'login=Login\nlogout=Logout\n',
      localizedMessages: { de: 'login=Anmelden\nlogout=Abmelden' },
      templates: {
        oauth2Authorize: '[#ftl/]\n<p>${theme.message("login")}</p>\n',
        oauth2Error: '[#ftl/]\n<p>Error</p>\n',
      },
    });
    const { files } = pulled(theme);
    expect([...files.keys()]).toEqual([
      'themes.yaml',
      'themes/harbour/messages_de.properties',
      'themes/harbour/styles.css',
      'themes/harbour/templates/oauth2Authorize.ftl',
    ]);
    expect(files.get('themes.yaml')).toContain(
      '      oauth2Authorize: !file themes/harbour/templates/oauth2Authorize.ftl\n',
    );
    expect(files.get('themes/harbour/templates/oauth2Authorize.ftl')).toBe(
      '[#ftl/]\n<p>${theme.message("login")}</p>\n',
    );
  });

  it('declares a shipped lambda as existing when something refers to it', () => {
    const lambda = '0a1b2c3d-0000-4000-8000-0000000000a1';
    const body = { ...crew.body, lambdaConfiguration: { scimUserRequestConverterId: lambda } };
    const { files } = pulled(live('tenant', ids.crew, body));
    expect(files.get('lambdas.yaml')).toContain(
      'existing:\n  lambdas:\n    default-openid-connect-reconcile-provided-by-fusionauth: {',
    );
    expect(files.get('tenants.yaml')).toContain(
      'scimUserRequestConverterId: default-openid-connect-reconcile-provided-by-fusionauth\n',
    );
  });

  it('keeps the logical key that a record knows', () => {
    const state = liveStateOf([...freshResources(), crew]);
    const record = {
      version: 1 as const,
      namespace,
      environment: 'production',
      instant: 0,
      planDigest: '',
      objects: [{ kind: 'tenant', key: 'people', id: ids.crew, adopted: true, paths: {} }],
    };
    const pulledAgain = pullFiles({ catalog, live: state, environment: 'production', namespace, record });
    expect(pulledAgain.files.get('tenants.yaml')).toContain('\n  people:\n');
  });

  it('owns secrets as variables where that is asked for, and lists their names', async () => {
    const key = live('key', ids.bookingAdmin, { name: 'Hook', type: 'Secret', algorithm: 'None' });
    const headers = { 'X-Key': 'secret-header' };
    const webhook = live('webhook', ids.booking, { url: 'https://siem.harbour.test/in', headers });
    const state = liveStateOf([...freshResources(), key, webhook]);
    const pulled = pullFiles({ catalog, live: state, environment: 'production', namespace, secrets: 'env' });
    expect(pulled.files.get('webhooks.yaml')).toContain(
      '    headers:\n      X-Key: !secret env:WEBHOOKS_SIEM_HARBOUR_TEST_HEADERS_X_KEY\n',
    );
    expect(pulled.files.get('keys.yaml')).toContain('    secret: !secret env:KEYS_HOOK_SECRET\n');
    expect(pulled.secrets.map(({ name }) => name)).toEqual([
      'KEYS_HOOK_SECRET',
      'WEBHOOKS_SIEM_HARBOUR_TEST_HEADERS_X_KEY',
    ]);
    expect(pulled.notes.map(({ reason }) => reason)).toEqual(['shipped']);
  });

  it('says which kinds could not be read', () => {
    const kinds = new Map(liveStateOf(freshResources()).kinds);
    kinds.set('webhook', { known: false, why: 'the API key may not read the kind webhook' });
    expect(pull({ serverVersion: undefined, kinds }).notes).toContainEqual(
      expect.objectContaining({ reason: 'unknown-kind', kind: 'webhook' }),
    );
  });

  it('keeps names that would break a comment on their line', async () => {
    const headers = { 'X\n  hacked: true': 'secret-header' };
    const { files } = pulled(live('webhook', ids.booking, { url: 'https://siem.harbour.test', headers }));
    await loadPulled(files);
    expect(files.get('webhooks.yaml')).not.toMatch(/^ *hacked/m);
  });

  it('gives files that change nothing on the instance they came from', async () => {
    const state = liveStateOf([
      ...freshResources(),
      crew,
      live('application', ids.booking, { name: 'Booking', tenantId: ids.crew }),
      live('role', ids.bookingAdmin, { name: 'admin/all' }, ids.booking),
      live('group', '0a1b2c3d-0000-4000-8000-000000000030', {
        name: 'Admins',
        tenantId: ids.crew,
        roleIds: [ids.bookingAdmin],
      }),
    ]);
    expect(changesOf(await loadPulled(pull(state).files), state)).toEqual([]);
  });
});
