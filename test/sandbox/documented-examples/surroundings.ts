import type { World } from '../../contract/resources.js';
import { ask, codesOf, type Target } from '../../contract/target.js';
import { createNeighbours } from '../round-trips/neighbours.js';

/** Lambdas that samples name: name of the id → type. */
const lambdas = {
  appleLambdaId: 'AppleReconcile',
  clientCredentialsId: 'ClientCredentialsJWTPopulate',
  samlLambdaId: 'SAMLv2Reconcile',
  samlPopulateId: 'SAMLv2Populate',
  scimGroupRequestId: 'SCIMServerGroupRequestConverter',
  scimGroupResponseId: 'SCIMServerGroupResponseConverter',
  scimUserRequestId: 'SCIMServerUserRequestConverter',
  scimUserResponseId: 'SCIMServerUserResponseConverter',
  userinfoId: 'UserInfoPopulate',
} as const;

/** A world with all that the samples refer to. */
export async function createSurroundings(target: Target): Promise<World> {
  const world: Record<string, string> = { ...(await createNeighbours(target)) };
  const tenantId = world['defaultTenantId'] ?? '';
  const make = async (path: string, body: object): Promise<any> => {
    const answer = await ask(target, { method: 'POST', path, body, tenantId });
    if (answer.status !== 200) throw new Error(`POST ${path}: ${answer.status} ${codesOf(answer).join(' ')}`);
    return Object.values<any>(answer.body)[0];
  };
  for (const [name, type] of Object.entries(lambdas)) {
    const { id } = await make('/api/lambda', { lambda: { name: type, type, body: 'function f() {}' } });
    world[name] = id;
  }
  const field = async (name: string, key: string): Promise<string> =>
    (await make('/api/form/field', { field: { name, key } })).id;
  const cabinId = await field('Cabin', 'registration.data.cabin');
  const mapped = [
    await field('First name of the crew', 'user.firstName'),
    await field('Name on board', 'registration.username'),
    await field('Deck', 'registration.data.deck'),
  ];
  const forms = {
    adminUserForm: ['adminUser', world['fieldId']],
    adminRegistrationForm: ['adminRegistration', cabinId],
    registrationForm: ['registration', world['emailFieldId'], world['passwordFieldId'], ...mapped],
  };
  for (const [name, [type, ...fields]] of Object.entries(forms)) {
    world[`${name}Id`] = (await make('/api/form', { form: { name: type, type, steps: [{ fields }] } })).id;
  }
  for (const name of ['read', 'write', 'sail']) {
    await make(`/api/entity/type/${world['entityTypeId']}/permission`, { permission: { name } });
  }
  const type = { id: world['entityTypeId'] };
  world['recipientEntityId'] = (await make('/api/entity', { entity: { name: 'Harbour', type } })).id;
  const { certificate, publicKey, id } = await make('/api/key/generate', {
    key: { name: 'Hook', algorithm: 'RS256', length: 2048 },
  });
  Object.assign(world, { certificate, certificateKeyId: id, publicKey });
  const { defaultMessages, templates } = (
    await ask(target, { method: 'GET', path: '/api/theme/75a068fd-e94b-451a-9aeb-3ddb9a3b5987' })
  ).body.theme;
  world['defaultMessages'] = defaultMessages;
  world['templateNames'] = Object.keys(templates).join(' ');
  const crew = { name: 'Crew portal', roles: [{ name: 'deckhand' }, { name: 'captain' }] };
  const { id: crewApplicationId, roles } = await make('/api/application', { application: crew });
  const universal = { name: 'Universal portal', universalConfiguration: { universal: true } };
  world['universalApplicationId'] = (await make('/api/application', { application: universal })).id;
  Object.assign(world, { crewApplicationId, deckhandId: roles[0].id, captainId: roles[1].id });
  return world;
}
