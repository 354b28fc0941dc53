import fc from 'fast-check';
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

/** An instance with a few objects of most kinds: a tenant for each application, roles in each, groups of those roles. */
export const arbitraryInstance: fc.Arbitrary<readonly LiveResource[]> = fc
  .record({
    tenants: fc.uniqueArray(tenant, { minLength: 1, maxLength: 3, selector: (item) => item.name }),
    applications: fc.uniqueArray(application, { maxLength: 3, selector: (item) => item.name }),
    roles: fc.uniqueArray(name, { maxLength: 3 }),
    webhooks: fc.array(webhook, { maxLength: 2 }),
    templates: fc.uniqueArray(template, { maxLength: 2, selector: (item) => item.name }),
    lambdas: fc.array(lambda, { maxLength: 2 }),
    someIds: fc.uniqueArray(uuid, { minLength: 24, maxLength: 24 }),
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
    return [
      ...freshResources(),
      ...tenants,
      ...applications,
      ...roles,
      add('group', { name: 'Everyone', tenantId, roleIds }),
      ...made.webhooks.map((body) => add('webhook', { ...body, tenantIds: tenants.map((item) => item.id) })),
      ...made.templates.map((body) => add('emailTemplate', body)),
      ...made.lambdas.map((body) => add('lambda', body)),
    ];
  });
