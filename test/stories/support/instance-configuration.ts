/** Everything of an instance's configuration that two instances can have in common, read with nothing but `fetch`. */
export type InstanceConfiguration = { readonly [collection: string]: readonly unknown[] };

type Body = { readonly [field: string]: unknown };

const fusionauthApplication = '3c219e58-ed0e-4b18-ad48-f4f92793ae32';
const collections: readonly (readonly [path: string, list: string])[] = [
  ['/api/tenant', 'tenants'],
  ['/api/application', 'applications'],
  ['/api/application?inactive=true', 'applications'],
  ['/api/group', 'groups'],
  ['/api/webhook', 'webhooks'],
  ['/api/key', 'keys'],
  ['/api/lambda', 'lambdas'],
  ['/api/theme', 'themes'],
  ['/api/email/template', 'emailTemplates'],
  ['/api/connector', 'connectors'],
  ['/api/consent', 'consents'],
  ['/api/entity/type', 'entityTypes'],
  ['/api/form', 'forms'],
  ['/api/form/field', 'fields'],
  ['/api/identity-provider', 'identityProviders'],
  ['/api/integration', 'integrations'],
  ['/api/ip-acl/search', 'ipAccessControlLists'],
  ['/api/message/template', 'messageTemplates'],
  ['/api/messenger', 'messengers'],
  ['/api/system-configuration', 'systemConfiguration'],
  ['/api/tenant-manager', 'tenantManagerConfiguration'],
  ['/api/user-action', 'userActions'],
  ['/api/user-action?inactive=true', 'userActions'],
  ['/api/user-action-reason', 'userActionReasons'],
];
const shippedName =
  /^(?:Default signing key|Tenant manager|Default Two-Factor Request)$|provided by FusionAuth$|^\[(?:FusionAuth Default|Admin Registration|Admin User|Registration|Self Service User)\]/;
/** Fields of the forms that FusionAuth comes with have names that anybody's could have, and each an icon. */
const shippedField = /^(?:birthdate|email|first name|full name|last name|middle name|mobile phone|password|username)$/;
/** What no two instances share: when something was done, what only the instance itself may know, what does nothing. */
const ofOneInstance = new Set([
  'insertInstant',
  'lastUpdateInstant',
  'enabledInstant',
  'expirationInstant',
  'certificate',
  'certificateInformation',
  'kid',
  'publicKey',
  'clientSecret',
  'password',
  'secretKey',
  'httpAuthenticationPassword',
  'headers',
  // Events of the instance, not of a tenant: a tenant's switch for them does nothing (FusionAuth docs: events and webhooks).
  'audit-log.create',
  'event-log.create',
  'kickstart.success',
]);

/** Lists of texts whose order says nothing; that of SAML's redirect URLs does, and theirs is called the same. */
const unordered = new Set([
  'oauthConfiguration.authorizedOriginURLs',
  'oauthConfiguration.authorizedRedirectURLs',
  'oauthConfiguration.enabledGrants',
  'requestedAttributes',
  'tenantIds',
]);

/**
 * Reads an instance and makes it comparable with another: built-in objects go by their role instead of their id, lists
 * of objects are sorted, and empty is absent. On purpose it knows nothing of kedge's catalog or differ.
 */
export async function readConfiguration(instance: {
  readonly url: string;
  readonly apiKey: string;
}): Promise<InstanceConfiguration> {
  const get = async (path: string): Promise<Body> => {
    const answer = await fetch(instance.url + path, { headers: { authorization: instance.apiKey } });
    if (!answer.ok) throw new Error(`GET ${path} was answered ${answer.status}`);
    // Whatever the instance says is compared as it is.
    return (await answer.json()) as Body;
  };
  const read = await Promise.all(
    collections.map(async ([path, list]) => [path, bodiesIn((await get(path))[list])] as const),
  );
  const names = builtInNames(read.flatMap(([, bodies]) => bodies));
  const named = (text: string): string => names.get(text) ?? text;
  return Object.fromEntries(
    read.map(([path, bodies]) => [path, sorted(bodies.map((body) => comparable(body, named)))]),
  );
}

/** Ids that differ from one install to the next → what they stand for on each. */
function builtInNames(bodies: readonly Body[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const application = bodies.find((body) => body['id'] === fusionauthApplication);
  const tenant = bodies.find((body) => body['id'] === application?.['tenantId']);
  names.set(String(tenant?.['id']), 'the default tenant');
  // The sandbox does not give out forms; those of a fresh install are known by who refers to them.
  names.set(textAt(tenant, 'adminUserFormId'), 'the admin form of users');
  names.set(textAt(application, 'adminRegistrationFormId'), 'the admin form of registrations');
  for (const { data, id, name } of bodies) {
    const iconed = typeof data === 'object' && data !== null && 'leftAddon' in data;
    if (shippedName.test(String(name)) || (iconed && shippedField.test(String(name))))
      names.set(String(id), String(name));
  }
  return names;
}

function textAt(body: Body | undefined, field: string): string {
  // `formConfiguration` is an object where there is one.
  return String((body?.['formConfiguration'] as Body | undefined)?.[field]);
}

function comparable(value: unknown, named: (text: string) => string, at = ''): unknown {
  if (typeof value === 'string') return named(value).trim();
  if (Array.isArray(value)) {
    const items = value.map((item) => comparable(item, named));
    if (unordered.has(at)) return items.length === 0 ? undefined : sorted(items);
    return items.length === 0 ? undefined : items.every((item) => typeof item === 'object') ? sorted(items) : items;
  }
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const entries = Object.entries(value)
    .filter(([key, item]) => !ofOneInstance.has(key) && !(at === 'eventConfiguration.events' && isOff(item)))
    .map(([key, item]) => [named(key), comparable(item, named, at === '' ? key : `${at}.${key}`)] as const)
    .filter(([, item]) => item !== undefined && item !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** An event that a tenant names and leaves off does what one does that it does not name. */
function isOff(event: unknown): boolean {
  // An object of a JSON answer, or something that has no such field.
  return (event as Body | null)?.['enabled'] === false;
}

function sorted(items: readonly unknown[]): readonly unknown[] {
  const nameOf = (item: unknown): string => {
    // An object of a JSON answer, or something that has neither field.
    const { name, id } = (item ?? {}) as Body;
    return `${JSON.stringify(name ?? '')} ${JSON.stringify(id ?? '')} ${JSON.stringify(item)}`;
  };
  return [...items].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function bodiesIn(list: unknown): readonly Body[] {
  // What there is one of stands in no list.
  if (typeof list === 'object' && list !== null && !Array.isArray(list)) return [list as Body];
  return Array.isArray(list) ? (list as readonly Body[]) : [];
}
