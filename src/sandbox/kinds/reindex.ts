import { madeUpError, notFound } from '../errors.js';
import type { Answer, Call, Route } from '../kind.js';
import { isBlank, isRecord } from './normal-text.js';

/** The kinds behind the names of Elasticsearch's indexes. Source: FusionAuth docs lifecycle/manage-users/search, reindexing. */
const indexes: Readonly<Record<string, string>> = { fusionauth_entity: 'entity', fusionauth_user: 'user' };

/**
 * Making a search index anew. It is done when the answer comes, so that none is ever under way: then GET is a 404.
 * Source: fusionauth-client-builder `reindex`, `retrieveReindexStatus`.
 */
export const reindexRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/system/reindex', endpoint: '/api/system/reindex', scope: 'global', handle: reindex },
  {
    method: 'GET',
    path: '/api/system/reindex',
    endpoint: '/api/system/reindex',
    scope: 'global',
    handle: () => {
      throw notFound();
    },
  },
];

/** The codes are UNVERIFIED (switch undocumentedErrors). */
function reindex({ body, instance }: Call): Answer {
  const name = isRecord(body) ? body['index'] : undefined;
  if (isBlank(name)) throw madeUpError('blank', 'index', 'The index is required.');
  const kind = indexes[String(name)];
  if (kind === undefined) {
    const known = Object.keys(indexes).join(' or ');
    throw madeUpError('invalid', 'index', `The index [${String(name)}] is not ${known}.`);
  }
  instance.indexes.get(kind)?.rebuild(instance.store.all(kind), instance);
  return { status: 200 };
}
