import type { World } from '../resources.js';
import { ask, type Ask } from '../target.js';
import { after, get, request, type Specials } from './special.js';

/** What hangs on applications, templates, providers and entities. */
export const parts: Specials = {
  'GET /api/application/{applicationId}/oauth-configuration': request(({ applicationId }) => ({
    method: 'GET',
    path: `/api/application/${applicationId}/oauth-configuration`,
  })),
  'POST /api/email/template/preview': request(() => ({
    method: 'POST',
    path: '/api/email/template/preview',
    body: {
      emailTemplate: {
        name: 'Preview',
        defaultSubject: 'Hello',
        defaultHtmlTemplate: '<p>Hello</p>',
        defaultTextTemplate: 'Hello',
      },
    },
  })),
  'POST /api/email/send/{emailTemplateId}': request(({ emailTemplateId, userId }) => ({
    method: 'POST',
    path: `/api/email/send/${emailTemplateId}`,
    body: { userIds: [userId] },
  })),
  'POST /api/message/template/preview': request(() => ({
    method: 'POST',
    path: '/api/message/template/preview',
    body: { messageTemplate: { name: 'Preview', type: 'SMS', defaultTemplate: 'Hello' } },
  })),
  'GET /api/identity-provider': get('/api/identity-provider?type=OpenIDConnect'),
  'GET /api/lambda': get('/api/lambda?type=JWTPopulate'),
  'GET /api/entity/search': request(({ entityId }) => ({ method: 'GET', path: `/api/entity/search?ids=${entityId}` })),
  'POST /api/entity/{entityId}/grant': request(grant),
  'GET /api/entity/{entityId}/grant': after(
    ({ target, world }) => ask(target, grant(world)),
    (_, { entityId }) => ({ method: 'GET', path: `/api/entity/${entityId}/grant` }),
  ),
  'DELETE /api/entity/{entityId}/grant': after(
    ({ target, world }) => ask(target, grant(world)),
    (_, { entityId, userId }) => ({ method: 'DELETE', path: `/api/entity/${entityId}/grant?userId=${userId}` }),
  ),
  'POST /api/entity/grant/search': request(({ entityId }) => ({
    method: 'POST',
    path: '/api/entity/grant/search',
    body: { search: { entityId } },
  })),
};

function grant({ entityId, userId }: World): Ask {
  return { method: 'POST', path: `/api/entity/${entityId}/grant`, body: { grant: { userId } } };
}
