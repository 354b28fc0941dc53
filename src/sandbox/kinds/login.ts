import { badUuid, notFound, parameterError, unauthorized } from '../errors.js';
import type { Answer, Call, Kind, Route } from '../kind.js';
import { checkedRequest } from '../request-envelope.js';
import { isUuid } from '../shape.js';
import type { Fields } from '../store.js';
import { bearerClaims } from '../tokens/bearer.js';
import { completeLogin, withLoginInfo } from '../tokens/complete-login.js';
import { cookieOf, goneCookies } from '../tokens/cookies.js';
import { failedLoginKind } from '../tokens/failed-logins.js';
import { issuerFor } from '../tokens/issuer.js';
import { logIn } from '../tokens/log-in.js';
import { findRefreshToken } from '../tokens/refresh-token.js';
import { revokeToken, revokeTokensOfUser } from '../tokens/revoke.js';
import { isBlank, isRecord } from './normal-text.js';

/**
 * Logging in and out. What it keeps is how often each user has failed lately. Source: FusionAuth docs apis/login. Not here:
 * one time passwords, and the second step of a login with two factors.
 */
export const login: Kind = {
  name: failedLoginKind,
  label: 'Login',
  path: '/api/login',
  one: 'login',
  many: 'logins',
  idParameter: 'userId',
  operations: [],
  scope: 'tenant',
  routes: [
    { ...route('POST', '/api/login', logIn), scope: 'ownRule' },
    { ...route('PUT', '/api/login', pingSelf), scope: 'ownRule' },
    route('PUT', '/api/login/:userId/:applicationId?', pingByPath),
    { ...route('POST', '/api/logout', logOut), endpoint: '/api/logout', scope: 'anonymous' },
  ],
};

function route(method: Route['method'], path: string, handle: Route['handle']): Route {
  return { method, path, endpoint: '/api/login', scope: 'tenant', handle };
}

function pingByPath(call: Call): Promise<Answer> {
  const { userId, applicationId } = call.params;
  return ping({ userId, applicationId, ipAddress: call.query.get('ipAddress') }, call);
}

/** With an API key about whom the body names, else about whose access token it is. */
function pingSelf(call: Call): Promise<Answer> {
  if (call.apiKey !== undefined) {
    const request = checkedRequest('LoginPingRequest', call.body, call.instance.switches);
    return ping(request, call);
  }
  const claims = bearerClaims(call);
  if (claims === undefined) throw unauthorized();
  const { sub, applicationId } = claims;
  return ping({ userId: sub, applicationId, ipAddress: call.query.get('ipAddress') }, call);
}

/**
 * Says that a user has been logged in somewhere else; 202 where the user is not registered. Source: FusionAuth docs
 * apis/login, "Update Login Instant"; that it is a login as others are: the meaning of `PING` in the docs' list.
 */
async function ping({ userId, applicationId, ipAddress }: Fields, caller: Call): Promise<Answer> {
  const { instance, tenantId } = caller;
  const user = instance.store.get('user', idOf(userId, 'userId'));
  if (user === undefined || (tenantId !== undefined && user['tenantId'] !== tenantId)) throw notFound();
  const id = isBlank(applicationId) ? undefined : idOf(applicationId, 'applicationId');
  const issuer = issuerFor(user, id, instance);
  if (id !== undefined && issuer.application === undefined) {
    throw parameterError('invalid', 'applicationId', `There is no Application with Id [${id}].`);
  }
  const request = { ...(isRecord(caller.body) ? caller.body : {}), ...(isBlank(ipAddress) ? {} : { ipAddress }) };
  const { isRegistered } = await completeLogin(
    { user, issuer, authenticationType: 'PING', request, withTokens: false },
    withLoginInfo(request, caller),
  );
  return { status: id === undefined || isRegistered ? 200 : 202 };
}

function idOf(value: unknown, parameter: string): string {
  if (isBlank(value)) throw parameterError('missing', parameter, `The ${parameter} is required.`);
  if (!isUuid(value)) throw badUuid(parameter, String(value));
  return value.toLowerCase();
}

/** Takes the cookies away and revokes the refresh token, or with `global` all of its owner. Always answered 200. */
async function logOut(call: Call): Promise<Answer> {
  const { headers, instance, query } = call;
  const request = checkedRequest('LogoutRequest', call.body, instance.switches);
  const value = request['refreshToken'] ?? query.get('refreshToken') ?? cookieOf(headers, 'refresh_token');
  const token = typeof value === 'string' ? findRefreshToken(value, instance) : undefined;
  const owner = token === undefined ? undefined : instance.store.get('user', token.userId);
  const isGlobal = request['global'] === true || query.get('global') === 'true';
  if (token !== undefined && isGlobal && owner !== undefined) await revokeTokensOfUser(owner, call);
  else if (token !== undefined) await revokeToken(token, call);
  return { status: 200, cookies: goneCookies };
}
