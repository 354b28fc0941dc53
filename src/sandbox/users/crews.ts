import { badUuid, invalid, madeUp, madeUpError, notFound, type Problem } from '../errors.js';
import { isRecord } from '../kinds/normal-text.js';
import type { Call } from '../kind.js';
import { referredTo, thereIsNo } from '../references.js';
import { checkedRequest } from '../request-envelope.js';
import { isUuid } from '../shape.js';
import type { Fields, StoredObject } from '../store.js';
import { membershipsOf, recordsIn } from './normal-user.js';

/** Where the groups of a user are, for the store. */
export const byGroup = 'memberships.*.groupId';

/** A group and those who are to be, or no longer to be, in it. */
export interface Crew {
  readonly group: StoredObject;
  readonly members: readonly Member[];
}

/** A membership as answers about groups show it, which is one of a certain group. */
export type Member = Fields & { readonly id: string; readonly userId: string };

/** The groups and users of a request, all of which there must be. */
export function requestedCrews(call: Call): readonly Crew[] {
  const { members } = checkedRequest('MemberRequest', call.body, call.instance.switches);
  const named = Object.entries(isRecord(members) ? members : {});
  if (named.length === 0) throw madeUpError('missing', 'members', 'The members are required.');
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
  if (problems.length > 0) throw invalid(madeUp(problems), '');
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

/** By the id of a membership, by group and user, all of a group, or those in the body. */
export function crewsToRemove(call: Call): readonly Crew[] {
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
  if (!isRecord(members)) throw madeUpError('missing', 'memberIds', 'Say who is to be removed, and from which group.');
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
