import { describe, expect, it } from 'vitest';
import type { JsonObject, LiveResource } from '../model/index.js';
import { freshResources, ids, live, liveStateOf } from './testing/harbour-instance.js';
import { changesOf, loadPulled, pull } from './testing/pulled-repository.js';

const other = '0a1b2c3d-0000-4000-8000-000000000099';
const manager = '0a1b2c3d-0000-4000-8000-0000000000b1';

function textOf(file: string, ...resources: readonly LiveResource[]): string {
  return pull(liveStateOf([...freshResources(), ...resources])).files.get(file) ?? '';
}

function crewWith(body: JsonObject): LiveResource {
  return live('tenant', ids.crew, { name: 'Crew', themeId: ids.defaultTheme, ...body });
}

function without(kind: string): readonly LiveResource[] {
  return freshResources().filter((item) => item.kind !== kind);
}

describe('keys', () => {
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

  it('of HMAC are ordered by their algorithm alone', () => {
    const text = textOf('keys.yaml', live('key', other, { name: 'Hook', type: 'HMAC', algorithm: 'HS256', kid: 'a' }));
    expect(text).toContain(`  hook:\n    id: ${other}\n    name: Hook\n    algorithm: HS256\n`);
  });

  it('of elliptic curves need no length, and an issuer only where it is not that of a fresh install', () => {
    const body = { type: 'EC', algorithm: 'ES256', length: 256, hasPrivateKey: true };
    expect(textOf('keys.yaml', live('key', other, { name: 'Curve', ...body, issuer: 'acme.com' }))).not.toMatch(
      /length|issuer/,
    );
    expect(textOf('keys.yaml', live('key', other, { name: 'Curve', ...body, issuer: 'harbour' }))).toContain(
      'issuer: harbour',
    );
  });

  it('that are certificates are pulled with the certificate', () => {
    const body = { type: 'RSA', algorithm: 'RS256', hasPrivateKey: false, certificate: pem, publicKey: 'PEM' };
    const text = textOf('keys.yaml', live('key', other, { name: 'Partner', ...body }));
    expect(text).toContain('    certificate: |-\n      -----BEGIN CERTIFICATE-----\n');
    expect(text).not.toContain('publicKey');
  });

  it('of which nothing says whether they are private are private unless something of them is public', () => {
    const body = { name: 'Old', type: 'RSA', algorithm: 'RS256', length: 2048 };
    expect(textOf('keys.yaml', live('key', other, body))).toContain('length: 2048');
    expect(textOf('keys.yaml', live('key', other, { ...body, publicKey: 'PEM' }))).toContain('publicKey: PEM');
  });

  it('that every instance has are written where they were renamed', () => {
    const renamed = freshResources().map((item) =>
      item.id === ids.signingKey ? { ...item, body: { ...item.body, name: 'Signing' } } : item,
    );
    expect(pull(liveStateOf(renamed)).files.get('keys.yaml')).toContain(
      '  signing:\n    id: builtin:default-signing-key\n    name: Signing\n',
    );
  });
});

describe('built-in objects', () => {
  const tenantManager = live('application', manager, {
    name: 'Tenant manager',
    universalConfiguration: { universal: true },
  });
  const managerRole = live('role', '631ecd9d-8d40-4c13-8277-80cedb823714', { name: 'admin' }, manager);

  it('have no roles in the files; one that was not shipped is a note', () => {
    const added = live('role', other, { name: 'auditor' }, manager);
    const { files, notes } = pull(liveStateOf([...freshResources(), tenantManager, managerRole, added]));
    expect(files.size).toBe(0);
    expect(notes).toContainEqual(
      expect.objectContaining({ reason: 'not-expressible', object: 'Tenant manager/auditor' }),
    );
  });

  it('that this key may not read are not leaned on', () => {
    const state = liveStateOf([...without('application').filter((item) => item.kind !== 'theme'), crewWith({})]);
    expect(pull(state).files.get('tenants.yaml')).toContain('themeId: builtin:default-theme\n');
  });
});

describe('references', () => {
  it('to what the instance does not show are written as ids, and are a note', () => {
    const { files, notes } = pull(liveStateOf([...freshResources(), crewWith({ themeId: other })]));
    expect(files.get('tenants.yaml')).toContain(`themeId: ${other}\n`);
    expect(notes).toContainEqual(expect.objectContaining({ reason: 'unknown-reference', field: 'themeId' }));
  });

  it('to roles of deactivated applications say whose they are', () => {
    const application = live('application', ids.booking, { name: 'Old booking', active: false });
    const role = live('role', ids.bookingAdmin, { name: 'admin' }, ids.booking);
    const orphan = live('role', manager, { name: 'lost' }, '0a1b2c3d-0000-4000-8000-0000000000c1');
    const group = live('group', other, { name: 'Agents', tenantId: ids.crew, roleIds: [ids.bookingAdmin, manager] });
    const text = textOf('groups.yaml', crewWith({}), application, role, orphan, group);
    expect(text).toContain(`- ${ids.bookingAdmin} # admin of Old booking\n`);
    expect(text).toContain(`- ${manager} # lost of 0a1b2c3d-0000-4000-8000-0000000000c1\n`);
  });

  it('to the keys that a new tenant gets by itself are left out', () => {
    const keys = { accessTokenKeyId: ids.signingKey, idTokenKeyId: ids.oidcKey };
    expect(textOf('tenants.yaml', crewWith({ jwtConfiguration: keys }))).not.toContain('jwtConfiguration');
  });
});

describe('what the server decides or fills in by itself', () => {
  const field = (body: JsonObject) => live('formField', other, { name: 'Field', ...body });

  it('is left out of fields with a key that it knows, and of those that ask for a consent', () => {
    const known = { key: 'user.email', control: 'password', type: 'email', required: true };
    expect(textOf('form-fields.yaml', field(known))).toMatch(
      / {4}name: Field\n {4}key: user\.email\n {4}required: true\n$/,
    );
    const password = { key: 'user.password', control: 'password', type: 'string', required: true };
    expect(textOf('form-fields.yaml', field(password))).toMatch(/ {4}name: Field\n {4}key: user\.password\n$/);
    const own = { key: 'user.data.rank', control: 'select', type: 'string', required: true };
    expect(textOf('form-fields.yaml', field(own))).toContain('    control: select\n');
    const consent = textOf('form-fields.yaml', field({ key: 'consents[x]', control: 'checkbox', type: 'consent' }));
    expect([consent.includes('key:'), consent.includes('control: checkbox')]).toEqual([false, true]);
  });

  it.each([
    ['SAMLv2', 'keyId'],
    ['ExternalJWT', 'defaultKeyId'],
  ])('is left out of a provider that repeats its first verification key: %s', (type, copy) => {
    const key = live('key', manager, { name: 'Partner', type: 'RSA', algorithm: 'RS256', publicKey: 'PEM' });
    const provider = (copied: string) =>
      live('identityProvider', other, { name: 'Partner', type, verificationKeyIds: [manager], [copy]: copied });
    const text = textOf('identity-providers.yaml', key, provider(manager));
    expect(text).toContain('    verificationKeyIds: [partner]\n');
    expect(text).not.toContain(copy);
    expect(textOf('identity-providers.yaml', key, provider(ids.signingKey))).toContain(
      `    ${copy}: builtin:default-signing-key\n`,
    );
  });

  it('is left out of an application that has the form of the FusionAuth application', () => {
    const formConfiguration = { adminRegistrationFormId: ids.registrationForm };
    const fusionauth = freshResources().map((item) =>
      item.id === ids.fusionauth ? { ...item, body: { ...item.body, formConfiguration } } : item,
    );
    const form = live('form', ids.registrationForm, {
      name: 'Default Admin Registration provided by FusionAuth',
      type: 'adminRegistration',
    });
    const booking = live('application', ids.booking, { name: 'Booking', tenantId: ids.crew, formConfiguration });
    const state = liveStateOf([...fusionauth, form, crewWith({}), booking]);
    expect(pull(state).files.get('applications.yaml')).not.toContain('formConfiguration');
    const plain = liveStateOf([...freshResources(), form, crewWith({}), booking]);
    expect(pull(plain).files.get('applications.yaml')).toContain('adminRegistrationFormId:');
  });

  it('is left out of the steps of a form and of the connectors of a tenant', () => {
    const field = live('formField', manager, { name: 'Rank', key: 'user.data.rank' });
    const steps = [{ type: 'collectData', fields: [manager] }, { type: 'verifyEmail' }];
    const form = textOf('forms.yaml', field, live('form', other, { name: 'Sign up', type: 'registration', steps }));
    expect(form).toContain('      - fields: [rank]\n      - type: verifyEmail\n');
    const connectorPolicies = [{ connectorId: 'e3306678-a53a-4964-9040-1c96f36dda72', domains: ['*'], migrate: false }];
    expect(textOf('tenants.yaml', crewWith({ connectorPolicies }))).not.toContain('migrate');
  });

  it('is left out of a type of provider that the Tenant Manager allows: it is on', () => {
    const configuration = (body: JsonObject) => live('tenantManagerConfiguration', 'tenantManagerConfiguration', body);
    const types = { Google: { enabled: true }, SAMLv2: { enabled: false } };
    const text = textOf(
      'tenant-manager-configuration.yaml',
      configuration({ identityProviderTypeConfigurations: types }),
    );
    expect(text).toContain('    SAMLv2:\n      enabled: false\n');
    expect(text).not.toContain('enabled: true');
    expect(textOf('tenant-manager-configuration.yaml', configuration({ brandName: 'Harbour' }))).toContain(
      'brandName: Harbour\n',
    );
  });
});

describe('values', () => {
  it('that no read gives back have their comment where the catalog believes them to exist', () => {
    const text = textOf('tenants.yaml', crewWith({ emailConfiguration: { username: 'mail' } }));
    expect(text).toContain('      username: mail\n      # password: not pulled (secret);');
  });

  it('that YAML would not give back exactly are left out, and are a note', () => {
    const data = { big: 2 ** 60, broken: '\uD800', constructor: 'x', fine: 1, list: [{ a: 2 ** 60 }] };
    const { files, notes } = pull(liveStateOf([...freshResources(), crewWith({ data })]));
    expect(files.get('tenants.yaml')).toContain('    data:\n      fine: 1\n');
    expect(notes.filter((note) => note.reason === 'not-expressible').map((note) => note.field)).toEqual([
      'data.big',
      'data.broken',
      'data.constructor',
      'data.list',
    ]);
  });

  it('in lists of objects lose what stands for nothing', async () => {
    const additionalHeaders = [{ name: 'X-Ship', value: 'Halcyon', note: null, hops: [1, 2] }];
    const state = liveStateOf([...freshResources(), crewWith({ emailConfiguration: { additionalHeaders } })]);
    const text = pull(state).files.get('tenants.yaml');
    expect(text).toContain('        - name: X-Ship\n          hops: [1, 2]\n          value: Halcyon\n');
  });

  it('that are empty are written where the server has something by default', () => {
    const emptied = freshResources().map((item) =>
      item.id === ids.fusionauth
        ? { ...item, body: { ...item.body, oauthConfiguration: { authorizedRedirectURLs: [] } } }
        : item,
    );
    expect(pull(liveStateOf(emptied)).files.get('applications.yaml')).toContain('      authorizedRedirectURLs: []\n');
  });

  it('that are long or of several lines stand on lines of their own', () => {
    const urls = [1, 2, 3].map((number) => `https://harbour.test/a-rather-long-path/callback-${number}`);
    const oauthConfiguration = { authorizedRedirectURLs: urls };
    const text = textOf('applications.yaml', live('application', other, { name: 'Portal', oauthConfiguration }));
    expect(text).toContain(`      authorizedRedirectURLs:\n        - ${urls[0]}\n`);
  });

  it('of a text whose name could be no file stay in the YAML', async () => {
    const localizedHtmlTemplates = { '../de': '<p>\nHallo\n</p>' };
    const body = { name: 'Hello', defaultSubject: 'Hi', localizedHtmlTemplates };
    const state = liveStateOf([...freshResources(), live('emailTemplate', other, body)]);
    const { files } = pull(state);
    expect([...files.keys()]).toEqual(['email-templates.yaml']);
    expect(changesOf(await loadPulled(files), state)).toEqual([]);
  });

  it('of a simple theme are compared with the simple theme', () => {
    const shipped = live('theme', '3c717291-5d83-4014-bd51-97c76475dc86', {
      name: 'Simple',
      type: 'simple',
      variables: { pageBackgroundColor: '#fff', fontColor: '#000' },
    });
    const theme = live('theme', other, {
      name: 'Sea',
      type: 'simple',
      variables: { pageBackgroundColor: '#0b4f6c', fontColor: '#000' },
    });
    const text = textOf('themes.yaml', shipped, theme);
    expect(text).toContain(
      "    type: simple\n    variables:\n      pageBackgroundColor: '#0b4f6c'\n".replaceAll("'", '"'),
    );
    expect(text).not.toContain('fontColor');
  });
});

it('one shipped lambda, and a webhook without a name or an address that says one', () => {
  const webhook = live('webhook', other, { url: 'not an address' });
  const state = liveStateOf([...freshResources(), webhook, live('webhook', manager, {})]);
  expect(pull(state).files.get('webhooks.yaml')).toMatch(/^ {2}webhook:\n[\s\S]*^ {2}webhook-2:\n/m);
  expect(pull(liveStateOf(without('lambda'))).notes).toEqual([]);
});
