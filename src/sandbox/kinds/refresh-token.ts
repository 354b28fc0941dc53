import {
  badUuid,
  invalid,
  madeUp,
  madeUpError,
  notFound,
  parameterError,
  Refusal,
  unauthorized,
  type Problem,
} from '../errors.js';
import type { Answer, Call, Kind, Route } from '../kind.js';
import { checkedRequest } from '../request-envelope.js';
import { isUuid } from '../shape.js';
import type { Fields, StoredObject } from '../store.js';
import { bearerClaims } from '../tokens/bearer.js';
import {
  findRefreshToken,
  isGood,
  refreshTokenKind,
  refreshTokensOf,
  refreshTokenView,
  type RefreshToken,
} from '../tokens/refresh-token.js';
import { revokeToken, revokeTokensFor, revokeTokensOfUser, revokeTokensOfUserFor } from '../tokens/revoke.js';
import { recordsIn, registrationsOf } from '../users/normal-user.js';
import { isBlank, isRecord } from './normal-text.js';

const path = '/api/jwt/refresh';
const imported = '/api/user/refresh-token/import';

/**
 * Refresh tokens, to look at, to revoke and to import. How one is used: `jwt.ts`. Source: FusionAuth docs apis/jwt
 * ("Retrieve Refresh Tokens", "Revoke Refresh Tokens"), apis/users ("Import Refresh Tokens").
 */
export const refreshToken: Kind = {
  name: refreshTokenKind,
  label: 'Refresh Token',
  path,
  one: 'refreshToken',
  many: 'refreshTokens',
  idParameter: 'tokenId',
  operations: [],
  scope: 'tenant',
  unique: [{ field: 'token', caseSensitive: true }],
  indexed: [{ field: 'userId' }, { field: 'applicationId' }],
  routes: [
    route('GET', path, list),
    route('GET', `${path}/:tokenId`, read),
    // An API key, or the access token of the one whose refresh token it is.
    { ...route('DELETE', path, revoke), scope: 'ownRule', form: true },
    { ...route('DELETE', `${path}/:tokenId`, revokeById), scope: 'ownRule' },
    { ...route('POST', imported, importTokens), endpoint: imported },
  ],
};

function route(method: Route['method'], to: string, handle: Route['handle']): Route {
  return { method, path: to, endpoint: path, scope: 'tenant', handle };
}

/** Those of a user that can still be used; of a user that is not there an empty list ("never missing"). */
function list(call: Call): Answer {
  const userId = idIn(call.query.get('userId'), 'userId');
  if (userId === undefined) throw parameterError('missing', 'userId', 'The userId is required.');
  const tokens = userOf(userId, call) === undefined ? [] : refreshTokensOf({ userId }, call.instance);
  const good = tokens.filter((token) => isGood(token, call.instance));
  return { status: 200, body: { refreshTokens: good.map(refreshTokenView) } };
}

function read(call: Call): Answer {
  return { status: 200, body: { refreshToken: refreshTokenView(named(call)) } };
}

async function revokeById(call: Call): Promise<Answer> {
  const token = named(call);
  refuseStrangers(call, token);
  await revokeToken(token, call);
  return { status: 200 };
}

/** By its value, or all of a user, of an application, or of a user for an application: in the query or in the body. */
async function revoke(call: Call): Promise<Answer> {
  const { query, instance } = call;
  const body = checkedRequest('RefreshTokenRevokeRequest', call.body, instance.switches);
  const sent = (name: string): string | undefined => {
    const value = query.get(name) ?? body[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const value = sent('token');
  if (value !== undefined) {
    const token = findRefreshToken(value, instance);
    refuseStrangers(call, token);
    if (token === undefined || userOf(token.userId, call) === undefined) throw notFound();
    await revokeToken(token, call);
    return { status: 200 };
  }
  if (call.apiKey === undefined) throw unauthorized();
  await revokeMany(call, {
    userId: idIn(sent('userId'), 'userId'),
    applicationId: idIn(sent('applicationId'), 'applicationId'),
  });
  return { status: 200 };
}

async function revokeMany(
  call: Call,
  { userId, applicationId }: { readonly userId: string | undefined; readonly applicationId: string | undefined },
): Promise<void> {
  const user = userId === undefined ? undefined : userOf(userId, call);
  const application = applicationId === undefined ? undefined : applicationOf(applicationId, call);
  if (userId === undefined && applicationId === undefined) {
    throw parameterError('missing', 'token', 'One of token, userId and applicationId is required.');
  }
  if ((userId !== undefined && user === undefined) || (applicationId !== undefined && application === undefined)) {
    throw notFound();
  }
  if (user !== undefined && application !== undefined) await revokeTokensOfUserFor(user, application.id, call);
  else if (user !== undefined) await revokeTokensOfUser(user, call);
  else if (application !== undefined) await revokeTokensFor(application, call);
}

/** "If using JWT authentication, the JWT owner and token owner must match." */
function refuseStrangers(call: Call, token: RefreshToken | undefined): void {
  if (call.apiKey !== undefined) return;
  const owner = bearerClaims(call)?.['sub'];
  if (owner === undefined || owner !== token?.userId) throw unauthorized();
}

/** The token of the path. Who has no API key does not learn whether it is there. */
function named(call: Call): RefreshToken {
  const id = call.params['tokenId'] ?? '';
  if (!isUuid(id)) throw badUuid('tokenId', id);
  // `as`: only the room of tokens stores objects of the kind.
  const token = call.instance.store.get(refreshTokenKind, id) as RefreshToken | undefined;
  if (token !== undefined && userOf(token.userId, call) !== undefined) return token;
  throw call.apiKey === undefined && bearerClaims(call) === undefined ? unauthorized() : notFound();
}

/**
 * Takes over tokens of another system: all of them or none. Without `validateDbConstraints` what the database would refuse
 * is answered 500. The codes are UNVERIFIED (switch undocumentedErrors).
 */
function importTokens(call: Call): Answer {
  const { instance } = call;
  const request = checkedRequest('RefreshTokenImportRequest', call.body, instance.switches);
  const sent = recordsIn(request['refreshTokens']);
  if (!Array.isArray(request['refreshTokens'])) {
    throw madeUpError('missing', 'refreshTokens', 'The refreshTokens are required.');
  }
  const problems = sent.flatMap((token, at) => missingProblems(token, at));
  if (problems.length > 0) throw invalid(madeUp(problems), '');
  const refused = sent.flatMap((token, at) => databaseProblems(token, at, { call, others: sent }));
  if (refused.length > 0) {
    throw request['validateDbConstraints'] === true ? invalid(refused, '') : new Refusal(500);
  }
  const now = instance.now();
  for (const { applicationId, metaData, startInstant, token, userId } of sent) {
    instance.store.put(refreshTokenKind, {
      id: instance.uuid(),
      applicationId,
      authInstant: startInstant,
      data: {},
      insertInstant: now,
      metaData: isRecord(metaData) ? metaData : { device: {} },
      startInstant,
      tenantId: userOf(String(userId), call)?.['tenantId'],
      token,
      usedValues: [],
      userId,
    });
  }
  return { status: 200 };
}

function missingProblems(token: Fields, at: number): readonly Problem[] {
  return (['applicationId', 'startInstant', 'token', 'userId'] as const)
    .filter((name) => isBlank(token[name]))
    .map((name) => ({
      field: `refreshTokens[${at}].${name}`,
      kind: name === 'token' ? 'blank' : 'missing',
      message: `The ${name} is required.`,
    }));
}

/** "Confirming that a user exists and is registered for the application", and that no value is there twice. */
function databaseProblems(
  { applicationId, token, userId }: Fields,
  at: number,
  { call, others }: { readonly call: Call; readonly others: readonly Fields[] },
): readonly Problem[] {
  const problem = (name: string, kind: string, message: string): Problem => ({
    field: `refreshTokens[${at}].${name}`,
    kind,
    message,
  });
  const problems: Problem[] = [];
  const user = userOf(String(userId), call);
  if (user === undefined) problems.push(problem('userId', 'invalid', `There is no User with Id [${String(userId)}].`));
  else if (registrationsOf(user).every((registration) => registration['applicationId'] !== applicationId)) {
    problems.push(problem('applicationId', 'invalid', `The User is not registered for [${String(applicationId)}].`));
  }
  const twice = others.slice(0, at).some((other) => other['token'] === token);
  if (twice || findRefreshToken(String(token), call.instance) !== undefined) {
    problems.push(problem('token', 'duplicate', 'The token is there already.'));
  }
  return problems;
}

function idIn(value: unknown, parameter: string): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  if (!isUuid(value)) throw badUuid(parameter, value);
  return value.toLowerCase();
}

function userOf(id: string, { instance, tenantId }: Call): StoredObject | undefined {
  const user = instance.store.get('user', id);
  return tenantId === undefined || user?.['tenantId'] === tenantId ? user : undefined;
}

function applicationOf(id: string, { instance, tenantId }: Call): StoredObject | undefined {
  const application = instance.store.get('application', id);
  const owner = application?.['tenantId'];
  return tenantId === undefined || owner === undefined || owner === tenantId ? application : undefined;
}
