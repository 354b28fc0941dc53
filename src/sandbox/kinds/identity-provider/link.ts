import { badUuid, invalid, notFound, parameterError, type Problem } from '../../errors.js';
import { tell } from '../../events/tell.js';
import { valueAt } from '../../fields.js';
import type { Answer, Call, Instance, Kind, Route } from '../../kind.js';
import { checkShape, isUuid } from '../../shape.js';
import type { Fields, StoredObject } from '../../store.js';
import { isBlank, isRecord } from '../normal-text.js';
import { needs } from '../rules.js';
import { userView } from '../../users/user-view.js';

const path = '/api/identity-provider/link';

/**
 * Links between users and those that an identity provider knows: data, not configuration. Pending links come from logins,
 * which are not emulated, so there are none. Source: FusionAuth docs apis/identity-providers/links.
 */
export const identityProviderLink: Kind = {
  name: 'identityProviderLink',
  label: 'Identity Provider Link',
  path,
  one: 'identityProviderLink',
  many: 'identityProviderLinks',
  idParameter: 'identityProviderLinkId',
  operations: [],
  scope: 'tenant',
  indexed: [
    { field: 'identityProviderId' },
    { field: 'identityProviderUserId', caseSensitive: true },
    { field: 'userId' },
  ],
  routes: [
    route('POST', path, link),
    route('GET', path, read),
    route('DELETE', path, unlink),
    route('GET', `${path}/pending/:pendingLinkId`, () => {
      throw notFound();
    }),
  ],
};

function route(method: Route['method'], to: string, handle: Route['handle']): Route {
  return { method, path: to, endpoint: path, scope: 'tenant', handle };
}

/** Removes the links of a user or of an identity provider that is gone. */
export function forgetLinks(field: 'identityProviderId' | 'userId', id: string, { store }: Instance): void {
  for (const one of store.findAll('identityProviderLink', field, id)) store.remove('identityProviderLink', one.id);
}

/** Who a link is between. */
interface Ends {
  readonly user: StoredObject;
  readonly provider: StoredObject;
  readonly identityProviderUserId: string;
}

async function link(call: Call): Promise<Answer> {
  const { instance } = call;
  const sent = linkIn(call);
  const ends = endsOf(sent, call);
  const { user, provider, identityProviderUserId } = ends;
  const present = linksTo(identityProviderUserId, provider.id, user['tenantId'], instance)[0];
  refuseLink(present, ends, instance);
  const stored: StoredObject = {
    id: present?.id ?? instance.uuid(),
    data: sent['data'],
    displayName: sent['displayName'],
    identityProviderId: provider.id,
    identityProviderUserId,
    insertInstant: present?.['insertInstant'] ?? instance.now(),
    tenantId: user['tenantId'],
    token: sent['token'],
    userId: user.id,
  };
  instance.store.put('identityProviderLink', stored);
  const identityProviderLink = viewOf(stored, instance);
  // No part of a transaction, so it follows the change. Source: FusionAuth docs, events, user.identity-provider.link.
  await tell(call, user, {
    type: 'user.identity-provider.link',
    fields: { identityProviderLink, user: userView(user) },
  });
  return { status: 200, body: { identityProviderLink } };
}

/** What the request has in `identityProviderLink`, or, as before 1.43, beside it. */
function linkIn({ body, instance }: Call): Fields {
  const request: Fields = isRecord(body) ? body : {};
  if (!isBlank(request['pendingIdPLinkId'])) {
    throw parameterError('invalid', 'pendingIdPLinkId', 'There is no pending link with this Id.');
  }
  const { displayName, identityProviderId, identityProviderUserId, userId } = request;
  const sent = request['identityProviderLink'] ?? { displayName, identityProviderId, identityProviderUserId, userId };
  const checked = checkShape('IdentityProviderLink', sent, { path: 'identityProviderLink', ...instance.switches });
  if (checked.problems.length > 0) throw invalid(checked.problems, 'identityProviderLink');
  return isRecord(checked.value) ? checked.value : {};
}

function endsOf(sent: Fields, call: Call): Ends {
  const { instance, tenantId } = call;
  const { identityProviderUserId, identityProviderId, userId } = sent;
  const problems: Problem[] = [
    ...needs(sent, { when: true, fields: ['identityProviderId', 'userId'] }),
    ...needs(sent, { when: true, fields: ['identityProviderUserId'], kind: 'blank' }),
  ];
  const user = instance.store.get('user', String(userId));
  const provider = instance.store.get('identityProvider', String(identityProviderId));
  const otherTenant = tenantId !== undefined && user?.['tenantId'] !== tenantId;
  if (!isBlank(userId) && (user === undefined || otherTenant)) {
    problems.push({ field: 'userId', kind: 'invalid', message: `There is no User with Id [${String(userId)}].` });
  }
  if (!isBlank(identityProviderId) && (provider === undefined || !isFor(provider, user))) {
    const message = `There is no Identity Provider with Id [${String(identityProviderId)}] for this User.`;
    problems.push({ field: 'identityProviderId', kind: 'invalid', message });
  }
  if (problems.length > 0 || user === undefined || provider === undefined)
    throw invalid(problems, 'identityProviderLink');
  return { user, provider, identityProviderUserId: String(identityProviderUserId) };
}

/** One of a tenant is for the users of that tenant. */
function isFor({ tenantId }: StoredObject, user: StoredObject | undefined): boolean {
  return tenantId === undefined || user === undefined || user['tenantId'] === tenantId;
}

/**
 * In a tenant a user there is linked to one user here; how many a user may have is up to the tenant. Codes are
 * UNVERIFIED (switch undocumentedErrors).
 */
function refuseLink(
  present: StoredObject | undefined,
  { user, provider, identityProviderUserId }: Ends,
  instance: Instance,
): void {
  const refuse = (field: string, kind: string, message: string): Error =>
    invalid([{ field, kind, message, madeUp: true }], 'identityProviderLink');
  if (present !== undefined) {
    if (present['userId'] === user.id && instance.switches.linkAgain === 'updated') return;
    const message = `The user [${identityProviderUserId}] of this Identity Provider is linked already.`;
    throw refuse('identityProviderUserId', 'duplicate', message);
  }
  const limit = valueAt(provider, `tenantConfiguration.${String(user['tenantId'])}.limitUserLinkCount`);
  if (!isRecord(limit) || limit['enabled'] !== true) return;
  const count = linksOf(user.id, instance).filter((one) => one['identityProviderId'] === provider.id).length;
  if (count < Number(limit['maximumLinks'])) return;
  throw refuse(
    'userId',
    'linkLimitExceeded',
    `The User has ${count} links to this Identity Provider, and may have no more.`,
  );
}

/** One link, the links of a user to one identity provider, or all links of a user. */
function read(call: Call): Answer {
  const { instance, query } = call;
  const { identityProviderId, userId } = idsIn(call);
  const external = query.get('identityProviderUserId') ?? '';
  if (external !== '') {
    if (identityProviderId === undefined) throw required('identityProviderId');
    const found = linksTo(external, identityProviderId, call.tenantId, instance).find(
      (one) => userId === undefined || one['userId'] === userId,
    );
    if (found === undefined) throw notFound();
    return { status: 200, body: { identityProviderLink: viewOf(found, instance) } };
  }
  if (userId === undefined) throw required('userId');
  const user = instance.store.get('user', userId);
  if (user === undefined || (call.tenantId !== undefined && user['tenantId'] !== call.tenantId)) throw notFound();
  const links = linksOf(userId, instance).filter(
    (one) => identityProviderId === undefined || one['identityProviderId'] === identityProviderId,
  );
  return { status: 200, body: { identityProviderLinks: links.map((one) => viewOf(one, instance)) } };
}

async function unlink(call: Call): Promise<Answer> {
  const { instance, query } = call;
  const { identityProviderId, userId } = idsIn(call);
  const external = query.get('identityProviderUserId') ?? '';
  if (identityProviderId === undefined) throw required('identityProviderId');
  if (external === '') throw required('identityProviderUserId');
  if (userId === undefined) throw required('userId');
  const found = linksTo(external, identityProviderId, call.tenantId, instance).find((one) => one['userId'] === userId);
  const user = instance.store.get('user', userId);
  if (found === undefined || user === undefined) throw notFound();
  instance.store.remove('identityProviderLink', found.id);
  await tell(call, user, {
    type: 'user.identity-provider.unlink',
    fields: { identityProviderLink: viewOf(found, instance), user: userView(user) },
  });
  return { status: 200 };
}

function linksOf(userId: string, { store }: Instance): readonly StoredObject[] {
  return store.findAll('identityProviderLink', 'userId', userId);
}

/** Links to one user of an identity provider, in one tenant or, where none is said, in all. */
function linksTo(
  external: string,
  identityProviderId: string,
  tenantId: unknown,
  { store }: Instance,
): readonly StoredObject[] {
  return store
    .findAll('identityProviderLink', 'identityProviderUserId', external)
    .filter((one) => one['identityProviderId'] === identityProviderId)
    .filter((one) => tenantId === undefined || one['tenantId'] === tenantId);
}

/** A link with the name and type that its identity provider has now; `data` only with something in it. */
function viewOf({ id: _id, data, ...stored }: StoredObject, { store }: Instance): Fields {
  const provider = store.get('identityProvider', String(stored['identityProviderId']));
  return {
    ...stored,
    ...(isRecord(data) && Object.keys(data).length > 0 ? { data } : {}),
    identityProviderName: provider?.['name'],
    identityProviderType: provider?.['type'],
  };
}

function idsIn({ query }: Call): { readonly identityProviderId?: string; readonly userId?: string } {
  const ids: { identityProviderId?: string; userId?: string } = {};
  for (const name of ['identityProviderId', 'userId'] as const) {
    const value = query.get(name) ?? '';
    if (value === '') continue;
    if (!isUuid(value)) throw badUuid(name, value);
    ids[name] = value.toLowerCase();
  }
  return ids;
}

function required(parameter: string): Error {
  return parameterError('missing', parameter, `The ${parameter} is required.`);
}
