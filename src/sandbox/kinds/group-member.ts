import { badUuid, invalid, notFound, parameterError, type Problem } from '../errors.js';
import { tell } from '../events/tell.js';
import type { Answer, Call, Kind, Route, SearchRule } from '../kind.js';
import { referredTo, thereIsNo } from '../references.js';
import { checkedRequest } from '../request-envelope.js';
import { searchAmong, searchParameters } from '../search.js';
import { isUuid } from '../shape.js';
import type { Fields, StoredObject } from '../store.js';
import { membershipsOf, recordsIn } from '../users/normal-user.js';
import { group } from './group.js';
import { isRecord } from './normal-text.js';

const endpoint = '/api/group/member';
const byGroup = 'memberships.*.groupId';

/**
 * Members of groups, which are kept with the users. Source: FusionAuth docs apis/groups. UNVERIFIED: the codes of errors.
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

/** A group and those who are to be, or no longer to be, in it. */
interface Crew {
  readonly group: StoredObject;
  readonly members: readonly Member[];
}

/** A membership as answers about groups show it, which is one of a certain group. */
type Member = Fields & { readonly id: string; readonly userId: string };

/**
 * Adds users to groups. One who is in a group already stays as he is, though the answer shows another id
 * (fusionauth-issues #585); a switch replaces the membership instead.
 */
async function add(call: Call): Promise<Answer> {
  const { instance } = call;
  const crews = requestedCrews(call);
  await tellOf('add', crews, call);
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

/** By the id of a membership, by group and user, all of a group, or those in the body. */
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

/** The groups and users of a request, all of which there must be. */
function requestedCrews(call: Call): readonly Crew[] {
  const { members } = checkedRequest('MemberRequest', call.body, call.instance.switches);
  const named = Object.entries(isRecord(members) ? members : {});
  if (named.length === 0) throw parameterError('missing', 'members', 'The members are required.');
  const problems: Problem[] = [];
  const crews = named.flatMap(([groupId, list]): readonly Crew[] => {
    const found = groupOf(groupId, call);
    if (found === undefined) {
      problems.push(problem('invalid', `members[${groupId}]`, thereIsNo('Group', groupId)));
      return [];
    }
    const sent = recordsIn(list);
    problems.push(...sent.flatMap((member, at) => memberProblems(member, `members[${groupId}][${at}]`, found, call)));
    return [{ group: found, members: newMembers(sent, call) }];
  });
  if (problems.length > 0) throw invalid(problems, '');
  return crews;
}

function memberProblems({ userId }: Fields, at: string, owner: StoredObject, { instance }: Call): readonly Problem[] {
  if (userId === undefined) return [problem('missing', `${at}.userId`, 'The userId is required.')];
  const user = referredTo(instance, 'user', userId);
  if (user !== undefined && user['tenantId'] === owner['tenantId']) return [];
  return [problem('invalid', `${at}.userId`, thereIsNo('User', userId))];
}

function problem(kind: string, field: string, message: string): Problem {
  return { field, kind, message, at: 'request' };
}

/** Who is named twice is a member once, as he was named last. */
function newMembers(sent: readonly Fields[], { instance }: Call): readonly Member[] {
  const insertInstant = instance.now();
  const members = sent.map(({ data, id, userId }) => ({
    data: isRecord(data) ? data : {},
    id: typeof id === 'string' ? id : instance.uuid(),
    insertInstant,
    userId: String(userId),
  }));
  return [...new Map(members.map((member) => [member.userId, member])).values()];
}

function crewsToRemove(call: Call): readonly Crew[] {
  const { params, query, body } = call;
  const { memberId } = params;
  if (memberId !== undefined) {
    if (!isUuid(memberId)) throw badUuid('memberId', memberId);
    const crews = crewsOf([memberId.toLowerCase()], call);
    if (crews.length === 0) throw notFound();
    return crews;
  }
  const groupId = query.get('groupId');
  if (groupId !== null) return [namedCrew(groupId, query.get('userId'), call)];
  const request = checkedRequest('MemberDeleteRequest', body, call.instance.switches);
  const { memberIds, members } = request;
  if (Array.isArray(memberIds)) return crewsOf(memberIds.map(String), call);
  if (!isRecord(members))
    throw parameterError('missing', 'memberIds', 'Say who is to be removed, and from which group.');
  return Object.entries(members).flatMap(([id, userIds]): readonly Crew[] => {
    const found = groupOf(id, call);
    const wanted = new Set(Array.isArray(userIds) ? userIds.map(String) : []);
    return found === undefined
      ? []
      : [{ group: found, members: membersIn(found, call, (userId) => wanted.has(userId)) }];
  });
}

/** All of a group, or the one user that is named. */
function namedCrew(groupId: string, userId: string | null, call: Call): Crew {
  if (userId !== null && !isUuid(userId)) throw badUuid('userId', userId);
  const found = groupOf(groupId, call);
  if (found === undefined) throw notFound();
  const members = membersIn(found, call, (id) => userId === null || id === userId.toLowerCase());
  if (userId !== null && members.length === 0) throw notFound();
  return { group: found, members };
}

/** The memberships with these ids, by their groups. */
function crewsOf(memberIds: readonly string[], call: Call): readonly Crew[] {
  const { store } = call.instance;
  const crews = new Map<string, Crew>();
  for (const memberId of new Set(memberIds)) {
    const user = store.find('user', 'memberships.*.id', memberId);
    const membership = membershipsOf(user ?? {}).find(({ id }) => id === memberId);
    const found = membership === undefined ? undefined : groupOf(String(membership['groupId']), call);
    if (user === undefined || membership === undefined || found === undefined) continue;
    const before = crews.get(found.id)?.members ?? [];
    crews.set(found.id, { group: found, members: [...before, memberOf(membership, user)] });
  }
  return [...crews.values()];
}

function membersIn({ id }: StoredObject, { instance }: Call, wanted: (userId: string) => boolean): readonly Member[] {
  return instance.store
    .findAll('user', byGroup, id)
    .filter((user) => wanted(user.id))
    .flatMap((user) => {
      const membership = membershipsOf(user).find(({ groupId }) => groupId === id);
      return membership === undefined ? [] : [memberOf(membership, user)];
    });
}

function memberOf({ groupId: _group, id, ...membership }: Fields, user: StoredObject): Member {
  return { ...membership, id: String(id), userId: user.id };
}

function groupOf(id: string, { instance, tenantId }: Call): StoredObject | undefined {
  if (!isUuid(id)) throw badUuid('groupId', id);
  const found = instance.store.get('group', id);
  return tenantId === undefined || found?.['tenantId'] === tenantId ? found : undefined;
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
