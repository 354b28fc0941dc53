import fc from 'fast-check';
import type { ChildList, DesiredObject, DesiredResource, DesiredState, ListMode } from '../../src/model/index.js';
import { desiredState, place, wanted } from '../../src/testing/small-catalog.js';

export const word = fc.constantFrom('crew', 'guest', 'portal', 'deck', 'bridge', 'engine', 'harbour', 'pier');
export const text = fc.constantFrom(
  'plain',
  ' outer space ',
  'two\nlines',
  'windows\r\nlines',
  '${user.email}',
  'ümläut ✓',
  '',
);
const words = fc.uniqueArray(word, { maxLength: 3 });
const urls = words.map((list) => list.map((item) => `https://${item}.example/callback`));
export const some = (record: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<DesiredObject> =>
  fc.record(record, { requiredKeys: [] }) as fc.Arbitrary<DesiredObject>;

export const tenantFields = some({
  issuer: fc.constantFrom('acme.example', 'other.example'),
  httpSessionMaxInactiveInterval: fc.constantFrom(null, 1200, 3600),
  emailConfiguration: some({ host: fc.constantFrom('smtp.internal', ' smtp.other '), port: fc.constantFrom(25, 587) }),
  loginConfiguration: some({ requireAuthentication: fc.boolean() }),
  passwordValidationRules: some({ minLength: fc.integer({ min: 8, max: 12 }), requireNumber: fc.boolean() }),
  data: fc.dictionary(word, fc.oneof(word, fc.integer(), fc.boolean()), { maxKeys: 2 }),
});

export const applicationFields = some({
  data: fc.dictionary(word, fc.oneof(word, fc.integer(), fc.boolean()), { maxKeys: 2 }),
  loginConfiguration: some({
    generateRefreshTokens: fc.boolean(),
    requireAuthentication: fc.constantFrom(true, false, null),
  }),
  oauthConfiguration: some({
    authorizedRedirectURLs: urls,
    enabledGrants: fc.uniqueArray(fc.constantFrom('authorization_code', 'refresh_token', 'implicit'), { maxLength: 3 }),
    generateRefreshTokens: fc.boolean(),
    logoutURL: fc.constantFrom(null, 'https://acme.example/bye'),
    clientSecret: fc.constantFrom('first-secret', 'second-secret'),
  }),
});

export const emailFields = fc.record({
  defaultSubject: fc.constantFrom('Hello', ' Hello ', 'Goodbye ${user.firstName!}'),
  defaultHtmlTemplate: text.map((body) => `<p>${body}</p>`),
  defaultTextTemplate: text.map((body) => `-${body}`),
});

/** Desired states of real kinds, such as FusionAuth accepts: what is generated is what may be written, in any mixture. */
export const realStates: fc.Arbitrary<DesiredState> = fc
  .record({
    tenants: fc.uniqueArray(fc.tuple(word, tenantFields), { minLength: 1, maxLength: 2, selector: ([name]) => name }),
    applications: fc.uniqueArray(fc.tuple(word, applicationFields), { maxLength: 3, selector: ([name]) => name }),
    roles: fc.dictionary(word, words, { maxKeys: 3 }),
    webhooks: fc.uniqueArray(
      fc.tuple(word, fc.dictionary(word, fc.constantFrom('a', 'b '), { maxKeys: 2 }), fc.boolean()),
      {
        maxLength: 2,
        selector: ([name]) => name,
      },
    ),
    lambdas: fc.uniqueArray(fc.tuple(word, text), { maxLength: 2, selector: ([name]) => name }),
    emails: fc.uniqueArray(fc.tuple(word, emailFields), { maxLength: 2, selector: ([name]) => name }),
    groups: fc.uniqueArray(word, { maxLength: 2 }),
    mode: fc.constantFrom<ListMode>('only', 'atLeast'),
  })
  .map((parts) => {
    const tenantKeys = parts.tenants.map(([key]) => key);
    // An application keeps its tenant whatever else is generated: the name decides it.
    const tenantOf = (): string => 'builtin:default-tenant';
    const resources: DesiredResource[] = [];
    const childLists: ChildList[] = [];
    for (const [key, fields] of parts.tenants)
      resources.push(wanted({ kind: 'tenant', key }, { ...fields, name: `Tenant ${key}` }));
    for (const [key, body] of parts.lambdas) {
      resources.push(
        wanted(
          { kind: 'lambda', key },
          { name: key, type: 'JWTPopulate', body: `function populate(jwt) {} // ${body}` },
        ),
      );
    }
    for (const [key, fields] of parts.emails)
      resources.push(wanted({ kind: 'emailTemplate', key }, { ...fields, name: `Mail ${key}` }));
    for (const [key, headers, linked] of parts.webhooks) {
      resources.push(
        wanted(
          { kind: 'webhook', key },
          {
            url: `https://${key}.example`,
            connectTimeout: 1000,
            readTimeout: 1000,
            headers,
            tenantIds: linked ? tenantKeys : [],
          },
        ),
      );
    }
    const roleRefs: string[] = [];
    for (const [key, fields] of parts.applications) {
      const ref = { kind: 'application', key };
      const lambda = parts.lambdas[0]?.[0];
      const lambdas: DesiredObject =
        lambda === undefined ? {} : { lambdaConfiguration: { accessTokenPopulateId: lambda } };
      resources.push(wanted(ref, { ...fields, ...lambdas, name: `App ${key}`, tenantId: tenantOf() }));
      const names = parts.roles[key];
      if (!names) continue;
      childLists.push({ parent: ref, kind: 'role', mode: parts.mode, at: place() });
      for (const name of names) {
        roleRefs.push(`${key}/${name}`);
        resources.push(
          wanted({ kind: 'role', key: `${key}/roles/${name}` }, { name, isDefault: name === 'crew' }, { parent: ref }),
        );
      }
    }
    for (const key of parts.groups) {
      resources.push(wanted({ kind: 'group', key }, { name: `Group ${key}`, tenantId: tenantOf(), roleIds: roleRefs }));
    }
    // Not lambdas: a deactivated application still names its lambda, and FusionAuth deletes none that is named.
    const prune = new Set(['application', 'emailTemplate', 'group', 'role', 'tenant', 'webhook']);
    return desiredState(resources, { childLists, policy: { prune, protect: [] } });
  });
