import { notFound } from '../errors.js';
import { numberedView } from '../events/event-log.js';
import type { Answer, Call, Kind } from '../kind.js';

const path = '/api/system/event-log';

/** Source: FusionAuth docs apis/event-logs; `EventLogSearchCriteria` of fusionauth-java-client. */
export const eventLog: Kind = {
  name: 'eventLog',
  label: 'Event Log',
  path,
  one: 'eventLog',
  many: 'eventLogs',
  idParameter: 'eventLogId',
  operations: ['search'],
  scope: 'global',
  view: numberedView,
  search: {
    criteria: {
      message: 'text',
      type: 'exact',
      start: ({ insertInstant }, start) => Number(insertInstant) >= Number(start),
      end: ({ insertInstant }, end) => Number(insertInstant) <= Number(end),
    },
    columns: { id: 'sequence', insertInstant: 'insertInstant', message: 'message', type: 'type' },
    orderBy: 'insertInstant DESC, id DESC',
  },
  routes: [{ method: 'GET', path: `${path}/:eventLogId{[0-9]+}`, endpoint: path, scope: 'global', handle: read }],
};

function read({ instance, params }: Call): Answer {
  const entry = instance.store.get('eventLog', String(Number(params['eventLogId'])));
  if (entry === undefined) throw notFound();
  return { status: 200, body: { eventLog: numberedView(entry) } };
}
