import { notFound } from '../errors.js';
import { tell } from '../events/tell.js';
import type { Answer, Call, Kind, Route, SearchRule } from '../kind.js';
import { searchAmong, searchParameters } from '../search.js';
import type { Fields, StoredObject } from '../store.js';
import { byGroup, crewsToRemove, requestedCrews, type Crew, type Member } from '../users/crews.js';
import { membershipsOf } from '../users/normal-user.js';
import { group } from './group.js';

const endpoint = '/api/group/member';

/**
 * Members of groups, which are kept with the users. Source: FusionAuth docs apis/groups. The codes of errors
 * are UNVERIFIED (switch undocumentedErrors).
 */
export const groupMember: Kind = {
  name: 'groupMember',
  label: 'Group Member',
  path: endpoint,
  one: 'member',
  many: 'members',
  idParameter: 'memberId',
  operations: [],
  scope: 'tenant',
  routes: [
    route('POST', endpoint, (call) => add(call)),
    route('PUT', endpoint, (call) => replaceAll(call)),
    route('DELETE', `${endpoint}/:memberId?`, remove),
    route('GET', `${endpoint}/search`, search),
    route('POST', `${endpoint}/search`, search),
  ],
};

function route(method: Route['method'], path: string, handle: Route['handle']): Route {
  return { method, path, endpoint: path.replace('/:memberId?', ''), scope: 'tenant', handle };
}

/**
 * Adds users to groups. One who is in a group already stays as he is, though the answer shows another id
 * (fusionauth-issues #585); a switch replaces the membership instead.
 */
async function add(call: Call): Promise<Answer> {
  const { instance } = call;
  const crews = requestedCrews(call);
  await tellOf('add', crews, call);
  refuseGone(crews, call);
  for (const crew of crews) {
    for (const member of crew.members) {
      const user = instance.store.get('user', member.userId);
      if (user === undefined) continue;
      const isMember = membershipsOf(user).some(({ groupId }) => groupId === crew.group.id);
      if (!isMember || instance.switches.memberAgain === 'replaced') join(user, crew.group, member, call);
    }
  }
  await tellOf('add.complete', crews, call);
  return answer(crews);
}

/** The members of these groups are those and no others; each membership is a new one (`GroupMemberSearchCriteria`). */
async function replaceAll(call: Call): Promise<Answer> {
  const { store } = call.instance;
  const crews = requestedCrews(call);
  await tellOf('update', crews, call);
  refuseGone(crews, call);
  for (const {
    group: { id },
    members,
  } of crews) {
    const staying = new Set(members.map(({ userId }) => userId));
    for (const user of store.findAll('user', byGroup, id)) if (!staying.has(user.id)) leave(user, id, call);
  }
  for (const crew of crews) {
    for (const member of crew.members) {
      const user = store.get('user', member.userId);
      if (user !== undefined) join(user, crew.group, member, call);
    }
  }
  await tellOf('update.complete', crews, call);
  return answer(crews);
}

async function remove(call: Call): Promise<Answer> {
  const crews = crewsToRemove(call);
  await tellOf('remove', crews, call);
  for (const crew of crews) {
    for (const { userId } of crew.members) {
      const user = call.instance.store.get('user', userId);
      if (user !== undefined) leave(user, crew.group.id, call);
    }
  }
  await tellOf('remove.complete', crews, call);
  return { status: 200 };
}

/** A group may be deleted while webhooks are asked about its members. */
function refuseGone(crews: readonly Crew[], { instance }: Call): void {
  if (crews.some((crew) => instance.store.get('group', crew.group.id) === undefined)) throw notFound();
}

function join(user: StoredObject, { id: groupId }: StoredObject, member: Member, call: Call): void {
  const others = membershipsOf(user).filter((membership) => membership['groupId'] !== groupId);
  put(user, [...others, { ...member, groupId }], call);
}

function leave(user: StoredObject, groupId: string, call: Call): void {
  put(
    user,
    membershipsOf(user).filter((membership) => membership['groupId'] !== groupId),
    call,
  );
}

function put(user: StoredObject, memberships: readonly Fields[], { instance }: Call): void {
  const bumped = instance.switches.userPartBumps === 'on' ? { lastUpdateInstant: instance.now() } : {};
  instance.store.put('user', { ...user, ...bumped, memberships });
}

function answer(crews: readonly Crew[]): Answer {
  return { status: 200, body: { members: Object.fromEntries(crews.map((crew) => [crew.group.id, crew.members])) } };
}

async function tellOf(what: string, crews: readonly Crew[], call: Call): Promise<void> {
  for (const crew of crews) {
    const shown = group.view?.(crew.group, { instance: call.instance, viewer: 'read' }) ?? crew.group;
    await tell(call, crew.group, { type: `group.member.${what}`, fields: { group: shown, members: crew.members } });
  }
}

/** Source: `GroupMemberSearchCriteria` of fusionauth-java-client. */
const rule: SearchRule = {
  criteria: { groupId: 'exact', tenantId: 'exact', userId: 'exact' },
  columns: { groupId: 'groupId', id: 'id', insertInstant: 'insertInstant', tenantId: 'tenantId', userId: 'userId' },
  orderBy: 'insertInstant ASC, userId ASC, groupId ASC',
};

function search(call: Call): Answer {
  const { instance, tenantId } = call;
  const parameters = searchParameters(call);
  const [groupId, userId] = [parameters.get('groupId'), parameters.get('userId')];
  const users =
    userId === undefined
      ? groupId === undefined
        ? [...instance.store.all('user')]
        : instance.store.findAll('user', byGroup, groupId)
      : [instance.store.get('user', userId) ?? []].flat();
  const memberships = users
    .filter((user) => tenantId === undefined || user['tenantId'] === tenantId)
    .flatMap((user) =>
      membershipsOf(user).map((membership) => ({
        ...membership,
        id: String(membership['id']),
        userId: user.id,
        tenantId: user['tenantId'],
      })),
    );
  const { objects, total } = searchAmong(memberships, rule, call);
  return { status: 200, body: { members: objects.map(({ tenantId: _tenant, ...member }) => member), total } };
}
