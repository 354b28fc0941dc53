import fc from 'fast-check';
import { fileURLToPath } from 'node:url';
import { catalog, type Kind, typeOf, visitField } from '../../src/catalog/index.js';
import { createFolderSource, loadEnvironment } from '../../src/desired/index.js';
import {
  type ChildList,
  type DesiredObject,
  type DesiredResource,
  type DesiredState,
  type DesiredValue,
  isJsonObject,
  type Json,
  type KindName,
  type ListMode,
  refText,
  Secret,
} from '../../src/model/index.js';
import { namespace } from '../../src/pull/testing/pulled-repository.js';
import { desiredState, place } from '../../src/testing/small-catalog.js';
import { applicationFields, emailFields, some, tenantFields, text, word } from './real-states.js';

const fixture = fileURLToPath(new URL('../fixtures/every-kind', import.meta.url));

/** One object of every kind and type, as the fixture has it. */
const whole = await loadWhole();
const wholeByRef = new Map(whole.map((resource) => [refText(resource.ref), resource]));

const flag = fc.boolean();
const texts = fc.dictionary(fc.constantFrom('de', 'no'), word, { maxKeys: 2 });
const data = fc.dictionary(word, fc.oneof(word, fc.integer(), flag), { maxKeys: 2 });
const template = text.map((body) => `${body}: \${code}`);
const timeout = fc.integer({ min: 1000, max: 5000 });
const urls = fc.uniqueArray(
  word.map((item) => `https://${item}.example`),
  { maxLength: 3 },
);

/** What else may be written of a kind, or of one type of it, beside what the catalog has a default for. */
const moreFields: { readonly [kind: string]: fc.Arbitrary<DesiredObject> } = {
  apiKey: some({
    permissions: some({ endpoints: fc.constantFrom({ '/api/user': ['GET'] }, { '/api/theme': ['GET', 'PUT'] }) }),
  }),
  application: applicationFields,
  'connector Generic': some({ connectTimeout: timeout, headers: fc.dictionary(word, word, { maxKeys: 2 }) }),
  'connector LDAP': some({
    connectTimeout: timeout,
    requestedAttributes: fc.shuffledSubarray(['uid', 'mail', 'cn', 'sn'], { minLength: 2 }),
  }),
  consent: some({
    countryMinimumAgeForSelfConsent: fc.dictionary(fc.constantFrom('de', 'no'), fc.integer({ min: 13, max: 18 })),
    defaultMinimumAgeForSelfConsent: fc.integer({ min: 13, max: 18 }),
    values: fc.shuffledSubarray(['weekly', 'monthly', 'yearly'], { minLength: 1 }),
  }),
  emailTemplate: fc
    .tuple(emailFields, some({ fromEmail: fc.constantFrom('crew@harbour.example', null), localizedSubjects: texts }))
    .map(([required, more]) => ({ ...required, ...more })),
  entityTypePermission: some({ description: text, isDefault: flag }),
  identityProvider: some({ debug: flag, enabled: flag }),
  'identityProvider Google': some({
    buttonText: word.map((item) => `Log in with ${item}`),
    scope: fc.constantFrom('openid', 'openid email'),
  }),
  'identityProvider OpenIDConnect': some({
    domains: fc.uniqueArray(
      word.map((item) => `${item}.Example`),
      { maxLength: 2 },
    ),
  }),
  integrations: some({ kafka: some({ producer: fc.dictionary(word, word, { maxKeys: 2 }) }) }),
  ipAccessControlList: some({
    entries: fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 3 }).map((items) => [
      { startIPAddress: '*', action: 'Block' },
      ...items.map((item) => ({
        startIPAddress: `10.0.${item}.0`,
        endIPAddress: `10.0.${item}.255`,
        action: 'Allow',
      })),
    ]),
  }),
  lambda: some({ body: text.map((body) => `function change() {} // ${body}`) }),
  messageTemplate: some({
    defaultTemplate: template,
    localizedTemplates: fc.dictionary(fc.constantFrom('de', 'no'), template),
  }),
  'messenger Generic': some({ readTimeout: timeout, headers: fc.dictionary(word, word, { maxKeys: 2 }) }),
  'messenger Kafka': some({ defaultTopic: word, producer: fc.dictionary(word, word, { maxKeys: 2 }) }),
  'messenger Twilio': some({ fromPhoneNumber: fc.constantFrom('+4700000001', '+4700000002') }),
  role: some({ description: text, isDefault: flag, isSuperRole: flag }),
  scope: some({ defaultConsentMessage: text, description: text, required: flag }),
  systemConfiguration: some({
    corsConfiguration: some({
      allowedMethods: fc.shuffledSubarray(['GET', 'POST', 'PUT'], { minLength: 1 }),
      allowedOrigins: urls,
    }),
    reportTimezone: fc.constantFrom('Europe/Oslo', 'America/Denver'),
  }),
  tenant: tenantFields,
  tenantManagerConfiguration: some({ brandName: word }),
  theme: some({ stylesheet: text, defaultMessages: word.map((item) => `login=${item}`) }),
  userAction: some({ localizedNames: texts }),
  userActionReason: some({ text: word, localizedTexts: texts }),
  webhook: some({
    connectTimeout: timeout,
    eventsEnabled: fc.dictionary(fc.constantFrom('user.create', 'user.delete', 'user.update'), flag),
    headers: fc.dictionary(word, word, { maxKeys: 2 }),
  }),
};

/** Settings that FusionAuth takes only together with another one, or from a narrow range. */
const notAlone = new Set([
  'application universalConfiguration.universal',
  'application verifyRegistration',
  'entityType jwtConfiguration.timeToLiveInSeconds',
  'formField confirm',
  'identityProvider signRequest',
  'identityProvider useNameIdForEmail',
  'tenant captchaConfiguration.threshold',
  'tenant emailConfiguration.verifyEmail',
  'tenant emailConfiguration.verifyEmailWhenChanged',
  'tenant passwordValidationRules.maxLength',
  'userAction preventLogin',
  'userAction temporal',
  'webhook global',
]);

/** Fields that FusionAuth asks for because of what else an object has. */
const needed = new Set([
  'formField consentId',
  'formField options',
  'identityProvider emailClaim',
  'identityProvider servicesId',
  'identityProvider useNameIdForEmail',
  'identityProvider verificationKeyIds',
]);

/** Fields that are left out where another one is. */
const companions: { readonly [field: string]: string } = {
  'messenger httpAuthenticationPassword': 'httpAuthenticationUsername',
  'tenant lambdaConfiguration': 'scimServerConfiguration',
  'userAction preventLogin': 'temporal',
};

/** Objects that a text of another one names, which no reference says. */
const namedByText: { readonly [ref: string]: readonly string[] } = {
  'entity/ships': ['entityTypePermission/api/permissions/read', 'entityTypePermission/api/permissions/write'],
};

/** Environments with objects of every kind: the fixture's, some of them, with what they refer to, otherwise than it has them. */
export const everyKindStates: fc.Arbitrary<DesiredState> = chosen().chain(([parts, refs]) => stateOf(parts, refs));

/** Two environments of one instance, one after the other: the second lets go of what a FusionAuth lets go of. */
export const everyKindPairs: fc.Arbitrary<readonly [DesiredState, DesiredState]> = fc
  .tuple(chosen(), chosen(), flag)
  .chain(([[parts, first], [, other], keeps]) => {
    const second = keeps ? [...first, ...other] : other;
    return fc.tuple(stateOf(parts, first), stateOf(parts, second));
  })
  .map(([a, b]) => [a, { ...b, policy: { prune: prunable(a, b), protect: [] } }]);

/** The kinds that states have objects of. */
export function kindsIn(...states: readonly DesiredState[]): ReadonlySet<KindName> {
  return new Set(states.flatMap(({ resources }) => resources.map(({ ref }) => ref.kind)));
}

/** What of each object is left out throughout, and which objects there are at least. */
function chosen(): fc.Arbitrary<readonly [ReadonlyMap<string, DesiredResource>, readonly string[]]> {
  const kinds = [...new Set(whole.map(({ ref }) => ref.kind))];
  const refs = fc
    .subarray(kinds, { minLength: 1, maxLength: 8 })
    .chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          fc.constantFrom(...[...wholeByRef.keys()].filter((ref) => wholeByRef.get(ref)?.ref.kind === name)),
        ),
      ),
    );
  const left = fc.subarray(
    whole.flatMap((resource) => optionalFields(resource).map((field) => `${refText(resource.ref)} ${field}`)),
  );
  return fc.tuple(left.map(wholeWithout), refs);
}

/** Top-level fields that need not be written. */
function optionalFields({ fields, ref }: DesiredResource): readonly string[] {
  const kind = catalog.kind(ref.kind);
  const paths = [
    kind.required,
    typeOf(kind, fields)?.required ?? [],
    // A secret that a write might clear must be written as long as there may be one.
    kind.secrets.flatMap(({ path, onOmit }) => (onOmit === 'unknown' ? [path] : [])),
    kind.immutable.map(({ path }) => path),
    kind.naturalKey,
    [kind.nameField, 'type'],
  ];
  const tops = new Set(paths.flat().map((path) => path.split(/[.[{]/)[0]));
  return Object.keys(fields).filter(
    (field) =>
      !tops.has(field) && companions[`${ref.kind} ${field}`] === undefined && !needed.has(`${ref.kind} ${field}`),
  );
}

function wholeWithout(left: readonly string[]): ReadonlyMap<string, DesiredResource> {
  const dropped = new Set(left);
  return new Map(
    whole.map((resource) => {
      const ref = refText(resource.ref);
      const kept = Object.entries(resource.fields).filter(([field]) => {
        const decides = companions[`${resource.ref.kind} ${field}`] ?? field;
        return !dropped.has(`${ref} ${decides}`);
      });
      return [ref, { ...resource, fields: Object.fromEntries(kept) }];
    }),
  );
}

/** A state with these objects and all that they refer to. */
function stateOf(parts: ReadonlyMap<string, DesiredResource>, refs: readonly string[]): fc.Arbitrary<DesiredState> {
  const closed = new Set(refs);
  for (const ref of closed) for (const other of needsOf(parts.get(ref))) closed.add(other);
  const resources = [...closed].sort().flatMap((ref) => parts.get(ref) ?? []);
  return fc
    .tuple(fc.tuple(...resources.map(variantOf)), fc.constantFrom<ListMode>('only', 'atLeast'))
    .map(([variants, mode]) => desiredState(variants, { childLists: childLists(variants, mode), namespace }));
}

/** The objects that one cannot be without. */
function needsOf(resource: DesiredResource | undefined): readonly string[] {
  if (!resource) return [];
  return [
    ...(resource.parent ? [refText(resource.parent)] : []),
    ...referencesOf(resource),
    ...(namedByText[refText(resource.ref)] ?? []),
  ];
}

function referencesOf({ fields, ref }: DesiredResource): readonly string[] {
  const found: string[] = [];
  for (const { path, kind } of catalog.kind(ref.kind).refs) {
    visitField(fields, path, (key) => {
      const other = `${kind}/${kind === 'role' ? String(key).replace('/', '/roles/') : String(key)}`;
      if (wholeByRef.has(other)) found.push(other);
    });
  }
  return found;
}

function childLists(resources: readonly DesiredResource[], mode: ListMode): readonly ChildList[] {
  const lists = resources.flatMap(({ parent, ref }) => (parent ? [{ parent, kind: ref.kind, mode, at: place() }] : []));
  return [...new Map(lists.map((list) => [`${refText(list.parent)} ${list.kind}`, list])).values()];
}

/** An object with other values than the fixture's, and some of its settings besides. */
function variantOf(resource: DesiredResource): fc.Arbitrary<DesiredResource> {
  const kind = catalog.kind(resource.ref.kind);
  const { type } = resource.fields;
  const leaves = [
    ...settingsOf(kind, kind.defaults),
    ...settingsOf(kind, typeOf(kind, resource.fields)?.defaults ?? {}),
  ];
  const none = fc.constant<DesiredObject>({});
  return fc
    .record({
      more: moreFields[kind.kind] ?? none,
      ofType: moreFields[`${kind.kind} ${typeof type === 'string' ? type : ''}`] ?? none,
      settings: fc.subarray(leaves, { maxLength: Math.min(leaves.length, 4) }).chain((items) => fc.tuple(...items)),
      data: (kind.freeMaps ?? []).includes('data') ? some({ data }) : none,
      name: isImmutable(kind, kind.nameField) ? fc.constant('') : fc.constantFrom('', ' II'),
      secret: fc.integer({ min: 1, max: 2 }),
      mode: fc.constantFrom<ListMode>('only', 'atLeast'),
    })
    .map(({ more, ofType, settings, data: free, name, secret, mode }) => {
      const layers = [resource.fields, ...settings, more, ofType, free];
      const fields = withSecrets(layers.reduce(merged), resource, secret);
      const title = fields[kind.nameField];
      const named = typeof title === 'string' && title !== '' ? { ...fields, [kind.nameField]: title + name } : fields;
      const sets = kind.lists.filter(({ path, as }) => as === 'set' && /^[\w.]+$/.test(path));
      return {
        ...resource,
        fields: named,
        listModes: new Map(sets.map(({ path }) => [`/${path.replaceAll('.', '/')}`, mode])),
      };
    });
}

/** Each setting that has a default: another value, the default itself, or `null`, which it satisfies. */
function settingsOf(kind: Kind, defaults: Json, at: readonly string[] = []): readonly fc.Arbitrary<DesiredObject>[] {
  const path = at.join('.');
  if (isJsonObject(defaults))
    return Object.entries(defaults).flatMap(([name, value]) => settingsOf(kind, value, [...at, name]));
  if (typeof defaults !== 'boolean' && typeof defaults !== 'number') return [];
  if (isImmutable(kind, path) || notAlone.has(`${kind.kind} ${path}`)) return [];
  const others =
    typeof defaults === 'number'
      ? [defaults + 1, defaults + 2]
      : at.at(-1) === 'enabled' && !defaults
        ? []
        : [!defaults];
  return [
    fc
      .constantFrom(defaults, null, ...others)
      .map((value) => at.reduceRight<DesiredValue>((inner, name) => ({ [name]: inner }), value) as DesiredObject),
  ];
}

function isImmutable(kind: Kind, path: string): boolean {
  return kind.immutable.some((field) => field.path === path);
}

/** Maps join, everything else takes the place of what was there. */
function merged(under: DesiredObject, over: DesiredObject): DesiredObject {
  const entries = Object.entries(over).map(([name, value]) => {
    const before = under[name];
    return [name, isMap(before) && isMap(value) ? merged(before, value) : value] as const;
  });
  return { ...under, ...Object.fromEntries(entries) };
}

function isMap(value: DesiredValue | undefined): value is DesiredObject {
  return isJsonObject(value) && !(value instanceof Secret);
}

/** Secrets change as everything does, except those that an object has for good. */
function withSecrets(fields: DesiredObject, { ref }: DesiredResource, which: number): DesiredObject {
  const kind = catalog.kind(ref.kind);
  const changed = (value: DesiredValue, at: readonly string[]): DesiredValue => {
    if (value instanceof Secret) {
      return isImmutable(kind, at.join('.'))
        ? value
        : new Secret(`${value.source}_${which}`, `${value.reveal()} ${which}`);
    }
    return isMap(value)
      ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, changed(item, [...at, name])]))
      : value;
  };
  return changed(fields, []) as DesiredObject;
}

/**
 * The kinds whose objects of `a` may go where `b` has none of them. What is only deactivated, or what nobody lists, still
 * refers to what it referred to, and FusionAuth deletes nothing that is referred to.
 */
function prunable(a: DesiredState, b: DesiredState): ReadonlySet<KindName> {
  const there = new Set(b.resources.map(({ ref }) => refText(ref)));
  const gone = a.resources.filter(({ ref }) => !there.has(refText(ref)));
  const stays = new Set<string>();
  for (const { kind, reads, scope, softDelete } of catalog.kinds) {
    // Some providers have one id on every instance, which does not say whose they are.
    if (softDelete || reads.byIds || scope === 'singleton' || kind === 'identityProvider') stays.add(kind);
  }
  const referred = new Set<string>();
  let size = -1;
  while (size < referred.size) {
    size = referred.size;
    for (const resource of gone) {
      if (!stays.has(resource.ref.kind) && !referred.has(resource.ref.kind)) continue;
      for (const other of needsOf(resource)) referred.add(other.slice(0, other.indexOf('/')));
    }
  }
  return new Set(catalog.kinds.map(({ kind }) => kind).filter((kind) => !referred.has(kind)));
}

async function loadWhole(): Promise<readonly DesiredResource[]> {
  const names = [
    'CLEANSPEAK_KEY',
    'LDAP_PASSWORD',
    'MESSENGER_PASSWORD',
    'MONITOR_KEY',
    'PROVIDER_SECRET',
    'RADAR_SECRET',
    'KEDGE_API_KEY',
  ];
  const loaded = await loadEnvironment({
    source: createFolderSource(fixture),
    environment: 'all',
    catalog,
    env: Object.fromEntries(names.map((name) => [name, `the value of ${name}, which is long enough`])),
    secrets: 'resolve',
    writeKey: false,
  });
  if (!loaded.ok) throw new Error(loaded.findings.map(({ message }) => message).join('\n'));
  // Pairs of RSA keys take long to make, and an instance makes them anew for each run.
  return loaded.desired.resources.map((resource) =>
    resource.ref.kind === 'key' && resource.fields['publicKey'] === undefined
      ? { ...resource, fields: { ...resource.fields, algorithm: 'ES256', length: 256 } }
      : resource,
  );
}
