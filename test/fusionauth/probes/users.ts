import { randomUUID } from 'node:crypto';

import { pause } from '../pause.js';
import type { Instance, Probe } from '../probe.js';
import { byStatus, makeUser, userPassword } from './bodies.js';

/** Users, their memberships, and the tokens they log in with. */
export const userProbes: readonly Probe[] = [
  {
    name: 'preventedLogin',
    observe: async (instance) => {
      const { ask, unique, make } = instance;
      const userAction = { name: unique('Action'), temporal: true, preventLogin: true };
      const { id: userActionId } = await make('/api/user-action', { userAction });
      const { id, email } = await makeUser(instance);
      const action = { actioneeUserId: id, actionerUserId: id, userActionId, expiry: 4_102_444_800_000 };
      await ask({ method: 'POST', path: '/api/user/action', body: { broadcast: false, action } });
      const right = await logIn(instance, { loginId: email });
      if (right.status < 400) return `with the right password: status ${right.status}`;
      const { status } = await logIn(instance, { loginId: email, password: 'another one' });
      return byStatus(status, { 404: 'afterPassword', [right.status]: 'beforePassword' });
    },
  },
  {
    name: 'authenticationTokenSteps',
    observe: async (instance) => {
      const { ask, unique, make, world } = instance;
      const application = { name: unique('Application'), authenticationTokenConfiguration: { enabled: true } };
      const tenantId = world['defaultTenantId'];
      const { id: applicationId } = await make('/api/application', { application }, { tenantId });
      const { id, email } = await makeUser(instance, { passwordChangeRequired: true });
      const request = { generateAuthenticationToken: true, registration: { applicationId } };
      const { body } = await ask({ method: 'POST', path: `/api/user/registration/${id}`, body: request });
      const password = String(body.registration.authenticationToken);
      const { status } = await logIn(instance, { loginId: email, password, applicationId });
      return byStatus(status, { 200: 'skipped', 203: 'taken' });
    },
  },
  {
    name: 'tokenCookieAttributes',
    observe: async (instance) => {
      const { target, world } = instance;
      const { email } = await makeUser(instance);
      const { headers } = await fetch(`${target.url}/api/login`, {
        method: 'POST',
        headers: {
          authorization: target.apiKey,
          'content-type': 'application/json',
          'x-fusionauth-tenantid': world['defaultTenantId'] ?? '',
        },
        body: JSON.stringify({ loginId: email, password: userPassword }),
        signal: AbortSignal.timeout(30_000),
      });
      const [cookie] = headers.getSetCookie();
      if (cookie === undefined) return 'no cookie';
      const attributes = cookie.split(/; ?/).slice(1).toSorted();
      const known = { 'HttpOnly Path=/': 'plain', 'HttpOnly Path=/ SameSite=Lax': 'sameSite' };
      return new Map(Object.entries(known)).get(attributes.join(' ')) ?? attributes.join(' ');
    },
  },
  {
    name: 'verifiedWithoutEmail',
    observe: async (instance) => {
      const user = { username: `crew-${randomUUID()}`, password: userPassword };
      const made = await instance.make('/api/user', { user }, { tenantId: instance.world['defaultTenantId'] });
      return made.verified === true ? 'on' : 'off';
    },
  },
  {
    name: 'loginTokenGrants',
    observe: async (instance) => {
      const { header } = await tokenOf(instance);
      return header.gty === undefined ? 'none' : String(header.gty);
    },
  },
  {
    name: 'strictLoginClaims',
    observe: async (instance) => {
      const { claims } = await tokenOf(instance, { oauthConfiguration: { scopeHandlingPolicy: 'Strict' } });
      return claims.email === undefined ? 'leftOut' : 'present';
    },
  },
  {
    name: 'memberAgain',
    observe: async (instance) => {
      const { ask, unique, make, world } = instance;
      const { id: groupId } = await make(
        '/api/group',
        { group: { name: unique('Group') } },
        { tenantId: world['defaultTenantId'] },
      );
      const { id: userId } = await makeUser(instance);
      const membership = async (): Promise<string> => {
        await join(instance, { groupId, userId });
        const body = { search: { groupId, userId } };
        const found = await ask({ method: 'POST', path: '/api/group/member/search', body });
        return String(found.body.members[0].id);
      };
      return (await membership()) === (await membership()) ? 'kept' : 'replaced';
    },
  },
  {
    name: 'userPartBumps',
    observe: async (instance) => {
      const { ask, world } = instance;
      const { id: userId, lastUpdateInstant } = await makeUser(instance);
      const moved = async (): Promise<string> => {
        const { body } = await ask({ method: 'GET', path: `/api/user/${userId}` });
        return body.user.lastUpdateInstant === lastUpdateInstant ? 'off' : 'on';
      };
      await pause();
      await join(instance, { groupId: world['groupId'] ?? '', userId });
      const byMembership = await moved();
      const body = { registration: { applicationId: world['applicationId'] } };
      await ask({ method: 'POST', path: `/api/user/registration/${userId}`, body });
      const byRegistration = await moved();
      return byMembership === byRegistration
        ? byRegistration
        : `membership ${byMembership}, registration ${byRegistration}`;
    },
  },
  {
    name: 'importedLastUpdate',
    observe: async ({ ask, world }) => {
      const [id, insertInstant] = [randomUUID(), 1_577_836_800_000];
      const users = [{ id, active: true, email: `${id}@acme.test`, insertInstant }];
      const { defaultTenantId: tenantId = '' } = world;
      await ask({ method: 'POST', path: '/api/user/import', tenantId, body: { users } });
      const { body } = await ask({ method: 'GET', path: `/api/user/${id}` });
      await ask({ method: 'DELETE', path: `/api/user/${id}?hardDelete=true` });
      if (body.user.insertInstant !== insertInstant) return 'the insertInstant is another one';
      return body.user.lastUpdateInstant === insertInstant ? 'insertInstant' : 'now';
    },
  },
];

function join({ ask }: Instance, { groupId, userId }: { groupId: string; userId: string }): Promise<unknown> {
  return ask({ method: 'POST', path: '/api/group/member', body: { members: { [groupId]: [{ userId }] } } });
}

interface Credentials {
  readonly loginId: string;
  readonly password?: string;
  readonly applicationId?: string;
}

function logIn({ ask, world }: Instance, { password = userPassword, ...whoAndWhere }: Credentials): Promise<any> {
  const { defaultTenantId: tenantId = '' } = world;
  return ask({ method: 'POST', path: '/api/login', tenantId, body: { ...whoAndWhere, password } });
}

/** Header and claims of the token of a user who logs in to an application. */
async function tokenOf(instance: Instance, fields: object = {}): Promise<any> {
  const { ask, unique, make, world } = instance;
  const application = { name: unique('Application'), ...fields };
  const { id: applicationId } = await make('/api/application', { application }, { tenantId: world['defaultTenantId'] });
  const { id, email } = await makeUser(instance);
  await ask({ method: 'POST', path: `/api/user/registration/${id}`, body: { registration: { applicationId } } });
  const { status, body } = await logIn(instance, { loginId: email, applicationId });
  if (status !== 200) throw new Error(`POST /api/login was answered ${status}`);
  const [header, claims] = String(body.token)
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString());
  return { header: JSON.parse(header ?? ''), claims: JSON.parse(claims ?? '') };
}
