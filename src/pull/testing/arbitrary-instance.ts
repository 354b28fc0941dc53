import fc from 'fast-check';
import { catalog } from '../../catalog/index.js';
import type { JsonObject, LiveResource } from '../../model/index.js';
import { freshResources, ids, live } from './harbour-instance.js';

/** Every secret of a generated instance begins with this, so that a test can look for it. */
export const secretMark = 'S3CR3T-';

const uuid = fc.uuid({ version: 4 });
const secret = fc.string({ minLength: 8, maxLength: 20 }).map((text) => `${secretMark}${text}`);
const name = fc
  .oneof(
    fc.constantFrom(
      'Crew',
      'crew',
      'Öfficers',
      '海員',
      '---',
      'A / B',
      '0a1b2c3d-0000-4000-8000-000000000001',
      'x@y',
      ': #',
    ),
    fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
  )
  .map((text) => text.trim() || 'unnamed');
/** Text that YAML, FreeMarker, tags and line ends could make something else of. */
const text = fc.oneof(
  fc.constantFrom(
    '${user.email}',
    '!var x',
    'yes',
    '0123',
    '1e3',
    'null',
    '~',
    '- a',
    'a: b',
    '# c',
    "it's",
    '"',
    ' x ',
    'a\n b\n',
    '\n\na\n\n',
    'a\r\nb',
    'a\tb\n\tc',
    '  lead\nin',
    '%',
    '@',
    '`',
    '*a',
    '&a',
    '{',
    'a #b',
    '---\na',
    '...\nb',
    '\u2028x',
    '\u0085',
  ),
  fc.string({ maxLength: 60, unit: 'grapheme' }),
  fc.array(fc.string({ maxLength: 12 }), { minLength: 2, maxLength: 6 }).map((lines) => lines.join('\n')),
);
const dataValue = fc.oneof(text, fc.integer(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const data = fc.dictionary(fc.string({ minLength: 1, maxLength: 10 }), dataValue, { maxKeys: 4 });
const url = fc.webUrl();

const tenant = fc.record({
  name,
  issuer: text,
  themeId: fc.constant(ids.defaultTheme),
  httpSessionMaxInactiveInterval: fc.constantFrom(3600, 60),
  emailConfiguration: fc.record({ host: fc.constantFrom('localhost', 'smtp.test'), username: text, password: secret }),
  data,
});
const application = fc.record({
  name,
  oauthConfiguration: fc.record({ authorizedRedirectURLs: fc.array(url, { maxLength: 3 }), clientSecret: secret }),
  data,
});
const webhook = fc.record({
  url,
  description: text,
  connectTimeout: fc.nat(),
  readTimeout: fc.nat(),
  httpAuthenticationPassword: secret,
  headers: fc.dictionary(name, secret, { maxKeys: 2 }),
});
const template = fc.record({ name, defaultSubject: text, defaultHtmlTemplate: text, defaultTextTemplate: text });
const lambda = fc.record({ name, type: fc.constantFrom('JWTPopulate', 'UserInfoPopulate'), body: text });

const flag = fc.boolean();
const connector = fc.oneof(
  fc.record({
    name,
    type: fc.constant('Generic'),
    authenticationURL: url,
    connectTimeout: fc.nat(),
    headers: secrets(),
  }),
  fc.record({
    name,
    type: fc.constant('LDAP'),
    authenticationURL: url,
    systemAccountDN: text,
    systemAccountPassword: secret,
  }),
);
const messenger = fc.oneof(
  fc.record({ name, type: fc.constant('Generic'), url, connectTimeout: fc.nat(), httpAuthenticationPassword: secret }),
  fc.record({ name, type: fc.constant('Twilio'), url, accountSID: text, authToken: secret }),
  fc.record({
    name,
    type: fc.constant('Kafka'),
    defaultTopic: name,
    producer: fc.dictionary(name, text, { maxKeys: 2 }),
  }),
);
const consent = fc.record({ name, defaultMinimumAgeForSelfConsent: fc.nat(99), multipleValuesAllowed: flag, data });
const messageTemplate = fc.record({ name, type: fc.constantFrom('SMS', 'Voice'), defaultTemplate: text });
const reason = fc.record({ code: name, text, localizedTexts: fc.dictionary(fc.constantFrom('de', 'no'), text) });
const action = fc.record({
  name,
  temporal: flag,
  preventLogin: flag,
  options: fc.array(fc.record({ name, localizedNames: fc.constant({}) }), { maxLength: 2 }),
});
const addresses = fc.record({
  name,
  entries: fc.array(fc.record({ action: fc.constantFrom('Allow', 'Block'), startIPAddress: fc.ipV4() }), {
    maxLength: 3,
  }),
});
const entityType = fc.record({
  name,
  jwtConfiguration: fc.record({ enabled: flag, timeToLiveInSeconds: fc.nat() }),
  data,
});
const field = fc.record({
  name,
  key: fc.constantFrom('user.email', 'user.data.rank', 'registration.data.ship'),
  control: fc.constantFrom('text', 'select'),
  required: flag,
});
/** One provider of any type, with what every type has and the secrets that some have. */
const provider = fc.record({
  name,
  type: fc.constantFrom(...Object.keys(catalog.kind('identityProvider').types ?? {})),
  enabled: flag,
  debug: flag,
  data,
  linkingStrategy: fc.constantFrom('LinkByEmail', 'LinkByUsername'),
  settings: fc.record({ enabled: flag, createRegistration: flag }),
});
const key = fc.oneof(
  fc.record({
    name,
    type: fc.constant('RSA'),
    algorithm: fc.constant('RS256'),
    length: fc.constant(2048),
    hasPrivateKey: flag,
    publicKey: text,
  }),
  fc.record({ name, type: fc.constant('HMAC'), algorithm: fc.constant('HS256') }),
);
const system = fc.record({ reportTimezone: fc.constantFrom('America/Denver', 'Europe/Oslo'), data });
const integrations = fc.record({
  cleanspeak: fc.record({ apiKey: secret, enabled: flag, url }),
  kafka: fc.record({ enabled: flag, defaultTopic: name }),
});

function secrets(): fc.Arbitrary<Record<string, string>> {
  return fc.dictionary(name, secret, { maxKeys: 2 });
}

/** Which secret a provider of a type has, of those that the catalog knows. */
function providerSecret(type: string): JsonObject {
  const required = catalog.kind('identityProvider').types?.[type]?.required ?? [];
  const found = ['client_secret', 'consumerSecret', 'webAPIKey'].filter((path) => required.includes(path));
  return Object.fromEntries(found.map((path) => [path, `${secretMark}${type}`]));
}

/** An instance with a few objects of every kind that can be listed, references between them and singletons changed. */
export const arbitraryInstance: fc.Arbitrary<readonly LiveResource[]> = fc
  .record({
    tenants: named(tenant, 1, 2),
    applications: named(application),
    roles: fc.uniqueArray(name, { maxLength: 2 }),
    webhooks: fc.array(webhook, { maxLength: 2 }),
    templates: named(template),
    lambdas: fc.array(lambda, { maxLength: 2 }),
    plain: fc.record({
      connector: named(connector),
      consent: named(consent),
      formField: named(field),
      identityProvider: named(provider),
      ipAccessControlList: named(addresses),
      key: named(key),
      messageTemplate: named(messageTemplate),
      messenger: named(messenger),
      userAction: named(action),
      userActionReason: fc.uniqueArray(reason, { maxLength: 2, selector: (item) => item.code }),
    }),
    entityTypes: named(entityType),
    system,
    integrations,
    someIds: fc.uniqueArray(uuid, { minLength: 48, maxLength: 48 }),
  })
  .map((made) => {
    const free = [...made.someIds];
    const next = (): string => free.pop() ?? '';
    const add = (kind: string, body: JsonObject, parentId?: string): LiveResource => live(kind, next(), body, parentId);
    const tenants = made.tenants.map((body) => add('tenant', body));
    const tenantId = tenants[0]?.id ?? '';
    const applications = made.applications.map((body) => add('application', { ...body, tenantId }));
    const roles = applications.flatMap((owner) => made.roles.map((role) => add('role', { name: role }, owner.id)));
    const roleIds = roles.map((role) => role.id);
    const { formField: fields, identityProvider: providers, ...plain } = made.plain;
    const formFields = fields.map((body) => add('formField', body));
    const entityTypes = made.entityTypes.map((body) => add('entityType', body));
    return [
      ...freshResources(),
      ...tenants,
      ...applications,
      ...roles,
      add('group', { name: 'Everyone', tenantId, roleIds }),
      ...made.webhooks.map((body) => add('webhook', { ...body, tenantIds: tenants.map((item) => item.id) })),
      ...made.templates.map((body) => add('emailTemplate', body)),
      ...made.lambdas.map((body) => add('lambda', body)),
      ...Object.entries(plain).flatMap(([kind, bodies]) => bodies.map((body) => add(kind, body))),
      ...formFields,
      ...(formFields.length > 0
        ? [add('form', { name: 'Join', steps: [{ type: 'collectData', fields: formFields.map(({ id }) => id) }] })]
        : []),
      ...providers.map(({ settings, ...body }) =>
        add('identityProvider', {
          ...body,
          ...providerSecret(body.type),
          applicationConfiguration: Object.fromEntries(applications.map(({ id }) => [id, settings])),
        }),
      ),
      ...entityTypes,
      ...entityTypes.flatMap(({ id }) => made.roles.map((role) => add('entityTypePermission', { name: role }, id))),
      ...applications.flatMap(({ id }) => made.roles.map((role) => add('scope', { name: role }, id))),
      live('systemConfiguration', 'systemConfiguration', made.system),
      { kind: 'integrations', id: 'integrations', body: made.integrations, detailed: true },
      live('tenantManagerConfiguration', 'tenantManagerConfiguration', { brandName: tenants[0]?.body['name'] ?? '' }),
    ];
  });

/** Some objects of different names. */
function named<T extends { readonly name: string }>(
  body: fc.Arbitrary<T>,
  minLength = 0,
  maxLength = 2,
): fc.Arbitrary<T[]> {
  return fc.uniqueArray(body, { minLength, maxLength, selector: (item) => item.name });
}
