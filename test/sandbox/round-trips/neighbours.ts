import { resources, type World } from '../../contract/resources.js';
import { ask, codesOf, type Target } from '../../contract/target.js';
import { createWorld, creation } from '../../contract/world.js';

/** A world with more of what objects refer to. */
export async function createNeighbours(target: Target): Promise<World> {
  const world: Record<string, string> = { ...(await createWorld(target)) };
  const make = async (path: string, body: object, tenantId = world['defaultTenantId'] ?? ''): Promise<string> => {
    const answer = await ask(target, { method: 'POST', path, body, tenantId });
    if (answer.status !== 200) throw new Error(`POST ${path}: ${answer.status} ${codesOf(answer).join(' ')}`);
    const [object] = Object.values<any>(answer.body);
    return object.id;
  };
  const another = (path: string): Promise<string> => {
    const resource = resources.find((candidate) => candidate.path === path);
    if (resource === undefined) throw new Error(`no resource ${path}`);
    return make(path, creation(resource, world));
  };
  const key = (name: string, algorithm: string, length?: number): Promise<string> =>
    make('/api/key/generate', { key: { name, algorithm, ...(length === undefined ? {} : { length }) } });
  const lambda = (name: string, type: string): Promise<string> =>
    make('/api/lambda', { lambda: { name, type, body: 'function f() {}' } });
  const field = (name: string): Promise<string> =>
    make('/api/form/field', { field: { name, key: `user.data.${name}` } });
  const rsaKeyId = await key('Deck RSA', 'RS256', 2048);
  const { body: read } = await ask(target, { method: 'GET', path: `/api/key/${rsaKeyId}` });
  const { publicKey } = read.key;
  return Object.assign(world, {
    rsaKeyId,
    publicKeyId: await make('/api/key/import', {
      key: { name: 'Of the provider', publicKey, type: 'RSA', kid: 'idp' },
    }),
    otherRsaKeyId: await key('Hold RSA', 'RS256', 2048),
    ecKeyId: await key('Deck EC', 'ES256'),
    otherTenantId: await another('/api/tenant'),
    otherTemplateId: await another('/api/email/template'),
    messageTemplateId: await another('/api/message/template'),
    messengerId: await another('/api/messenger'),
    connectorId: await another('/api/connector'),
    listId: await another('/api/ip-acl'),
    populateId: await lambda('Populate', 'JWTPopulate'),
    ldapLambdaId: await lambda('LDAP', 'LDAPConnectorReconcile'),
    openIdLambdaId: await lambda('OpenID', 'OpenIDReconcile'),
    otherFieldId: await field('berth'),
    emailFieldId: await make('/api/form/field', { field: { name: 'Crew address', key: 'user.email' } }),
    passwordFieldId: await make('/api/form/field', { field: { name: 'Crew password', key: 'user.password' } }),
  });
}
