import { badUuid, invalid, notFound, parameterError } from '../errors.js';
import type { Answer, Call, Instance, Kind, Route } from '../kind.js';
import { checkedRequest } from '../request-envelope.js';
import { isUuid } from '../shape.js';
import type { Fields, StoredObject } from '../store.js';
import { knownUser, userIdProblems } from '../users/known-user.js';
import { isBlank, isRecord, trim } from './normal-text.js';

const path = '/api/user/comment';

/**
 * Notes that administrators leave on users; they can be neither changed nor deleted. Sources: FusionAuth docs
 * apis/user-comments; `UserComment` and `UserCommentSearchCriteria` of fusionauth-java-client.
 */
export const userComment: Kind = {
  name: 'userComment',
  label: 'User Comment',
  path,
  one: 'userComment',
  many: 'userComments',
  idParameter: 'userCommentId',
  operations: ['search'],
  scope: 'tenant',
  belongsTo: 'tenant',
  indexed: [{ field: 'userId' }, { field: 'commenterId' }],
  view,
  search: {
    criteria: { comment: 'text', commenterId: 'exact', tenantId: 'exact', userId: 'exact' },
    columns: {
      insertInstant: 'insertInstant',
      comment: 'comment',
      commenterId: 'commenterId',
      id: 'id',
      tenantId: 'tenantId',
      userId: 'userId',
    },
    orderBy: 'insertInstant DESC',
  },
  routes: [route('POST', path, write), route('GET', `${path}/:userId`, read)],
};

function route(method: Route['method'], to: string, handle: Route['handle']): Route {
  return { method, path: to, endpoint: path, scope: 'tenant', handle };
}

/** Comments go with the user they are about and with the one who wrote them: UNVERIFIED (switch partsOfDeletedUser). */
export function forgetComments(userId: string, { store, switches }: Instance): void {
  if (switches.partsOfDeletedUser === 'kept') return;
  for (const field of ['userId', 'commenterId']) {
    for (const one of store.findAll('userComment', field, userId)) store.remove('userComment', one.id);
  }
}

function write(call: Call): Answer {
  const { instance } = call;
  const { userComment: sent } = checkedRequest('UserCommentRequest', call.body, instance.switches);
  if (!isRecord(sent)) throw parameterError('missing', 'userComment', 'The userComment is required.');
  const problems = [...userIdProblems(sent, ['commenterId', 'userId'], call)];
  if (isBlank(sent['comment'])) {
    problems.unshift({ field: 'comment', kind: 'blank', message: 'The comment is required.' });
  }
  if (problems.length > 0) throw invalid(problems, 'userComment');
  const { commenterId, userId } = sent;
  const comment: StoredObject = {
    comment: trim(sent['comment']),
    commenterId,
    id: instance.uuid(),
    insertInstant: instance.now(),
    tenantId: knownUser(userId, call)?.['tenantId'],
    userId,
  };
  instance.store.put('userComment', comment);
  return { status: 200, body: { userComment: view(comment) } };
}

function read(call: Call): Answer {
  const userId = call.params['userId'] ?? '';
  if (!isUuid(userId)) throw badUuid('userId', userId);
  if (knownUser(userId, call) === undefined) throw notFound();
  const comments = call.instance.store.findAll('userComment', 'userId', userId);
  return { status: 200, body: { userComments: comments.map(view) } };
}

function view({ tenantId: _tenant, ...shown }: StoredObject): Fields {
  return shown;
}
