import fc from 'fast-check';
import type {
  ChildList,
  DesiredObject,
  DesiredResource,
  DesiredState,
  DesiredValue,
  ListMode,
} from '../model/index.js';
import { desiredState, place, wanted } from './small-catalog.js';

const word = fc.constantFrom('crew', 'guest', 'portal', 'deck', 'bridge', 'engine', 'harbour', 'pier');
const scalar = fc.oneof(word, fc.boolean(), fc.integer({ min: 0, max: 9 }), fc.constant(null));
const freeMap: fc.Arbitrary<DesiredObject> = fc.dictionary(word, scalar, { maxKeys: 3 });
const urls = fc.uniqueArray(word, { maxLength: 4 }).map((words) => words.map((item) => `https://${item}.example`));

const some = (record: Record<string, fc.Arbitrary<DesiredValue>>): fc.Arbitrary<DesiredObject> =>
  fc.record(record, { requiredKeys: [] }) as fc.Arbitrary<DesiredObject>;

const applicationFields = some({
  data: freeMap,
  themeId: fc.constantFrom(null, '33333333-3333-4333-8333-333333333333'),
  loginConfiguration: some({ requireAuthentication: fc.oneof(fc.boolean(), fc.constant(null)) }),
  oauthConfiguration: some({ redirects: urls, clientSecret: word }),
  policies: fc.array(fc.record({ id: word, domains: fc.uniqueArray(word, { maxLength: 3 }) }), { maxLength: 3 }),
  permissions: fc.dictionary(word, fc.constant(['GET']), { maxKeys: 2 }),
});

/**
 * Desired states of the small catalog: tenants, applications in them with roles, webhooks linked to them, keys referred to.
 * Names are unique where FusionAuth wants them unique.
 */
export const smallStates: fc.Arbitrary<DesiredState> = fc
  .record({
    tenants: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
    keys: fc.uniqueArray(word, { maxLength: 2 }),
    applications: fc.uniqueArray(fc.tuple(word, fc.nat(), applicationFields, fc.nat()), {
      maxLength: 4,
      selector: ([name]) => name,
    }),
    roles: fc.dictionary(word, fc.uniqueArray(word, { maxLength: 3 }), { maxKeys: 3 }),
    webhooks: fc.uniqueArray(fc.tuple(word, freeMap, fc.array(fc.nat(), { maxLength: 3 })), {
      maxLength: 3,
      selector: ([name]) => name,
    }),
    mode: fc.constantFrom<ListMode>('only', 'atLeast'),
  })
  .map(({ tenants, keys, applications, roles, webhooks, mode }) => {
    const pick = (from: readonly string[], index: number): string => from[index % from.length] ?? '';
    const resources: DesiredResource[] = [
      ...tenants.map((key) => wanted({ kind: 'tenant', key }, { name: ` ${key} ` })),
      ...keys.map((key) => wanted({ kind: 'key', key }, { name: `${key} key` })),
      ...webhooks.map(([key, headers, of]) =>
        wanted(
          { kind: 'webhook', key },
          { url: `https://${key}.example`, headers, tenantIds: [...new Set(of.map((index) => pick(tenants, index)))] },
        ),
      ),
    ];
    const childLists: ChildList[] = [];
    for (const [key, tenant, fields, signing] of applications) {
      const ref = { kind: 'application', key };
      const jwt: DesiredObject =
        keys.length === 0 ? {} : { jwtConfiguration: { accessTokenKeyId: pick(keys, signing) } };
      resources.push(wanted(ref, { ...fields, ...jwt, name: key, tenantId: pick(tenants, tenant) }));
      const names = roles[key];
      if (!names) continue;
      childLists.push({ parent: ref, kind: 'role', mode, at: place() });
      for (const name of names)
        resources.push(wanted({ kind: 'role', key: `${key}/roles/${name}` }, { name }, { parent: ref }));
    }
    const policy = { prune: new Set(['application', 'role', 'webhook', 'tenant', 'key']), protect: [] };
    return desiredState(resources, { childLists, policy });
  });
