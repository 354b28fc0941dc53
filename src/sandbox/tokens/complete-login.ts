import { notFound } from '../errors.js';
import { eventInfoOf } from '../events/event-info.js';
import { tell } from '../events/tell.js';
import { valueAt } from '../fields.js';
import type { Call, Instance } from '../kind.js';
import { isRecord } from '../kinds/normal-text.js';
import { fusionAuthConnectorId } from '../seeds/ids.js';
import type { Fields, StoredObject } from '../store.js';
import type { IdentityType } from '../users/identities.js';
import { recordsIn, registrationsOf } from '../users/normal-user.js';
import { userView } from '../users/user-view.js';
import { issueAccessToken } from './access-token.js';
import { tokenCookies } from './cookies.js';
import { recordLogin } from './login-records.js';
import { newRefreshToken, refreshTokenKind, type RefreshToken } from './refresh-token.js';
import { refreshTokenSeconds, type Issuer } from './token-settings.js';

/** A user who may come in. */
export interface Arrival {
  readonly user: StoredObject;
  readonly issuer: Issuer;
  /** How the user was known, such as `PASSWORD`. */
  readonly authenticationType: string;
  readonly identityType?: IdentityType | undefined;
  /** The request, for what it says of the device. */
  readonly request: Fields;
  readonly withTokens: boolean;
}

/** What an answer to a login has. */
export interface LoginResult {
  readonly isRegistered: boolean;
  readonly body: Fields;
  readonly cookies: readonly string[];
}

/**
 * Lets a user in: webhooks are asked first, then the instants of the login are stored, the login is recorded, and the tokens
 * are good. Source: FusionAuth docs apis/login.
 */
export async function completeLogin(arrival: Arrival, call: Call): Promise<LoginResult> {
  const { user, issuer, identityType } = arrival;
  const { instance } = call;
  const application = registeredApplication(user, issuer);
  const ipAddress = addressOf(call);
  const tokens = newTokens(arrival, { application, ipAddress }, instance);
  await tellOfLogin(arrival, { application, ipAddress }, call);
  // Somebody else may have changed the user while webhooks were asked.
  const present = instance.store.get('user', user.id);
  if (present === undefined) throw notFound();
  const loggedIn = withLoginInstants(present, { application, identityType, instant: instance.now() });
  instance.store.put('user', loggedIn);
  if (tokens.refreshToken !== undefined) instance.store.put(refreshTokenKind, tokens.refreshToken);
  recordLogin({ user: loggedIn, application, identityType, ipAddress }, instance);
  return {
    isRegistered: application !== undefined,
    body: { ...tokens.body, user: userView(loggedIn) },
    cookies: tokens.cookies,
  };
}

/**
 * A call whose event info has what a login says beside it. Source: `BaseLoginRequest.normalize()` of fusionauth-java-client.
 */
export function withLoginInfo(request: Fields, call: Call): Call {
  const said = isRecord(request['eventInfo']) ? request['eventInfo'] : {};
  const device = valueAt(request, 'metaData.device');
  const { description, name, type } = isRecord(device) ? device : {};
  const own = { deviceDescription: description, deviceName: name, deviceType: type, ipAddress: request['ipAddress'] };
  const eventInfo = { ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)), ...said };
  return { ...call, body: { eventInfo } };
}

/** Where a call came from, as it says itself or as the connection tells. */
export function addressOf(call: Call): string | undefined {
  const ipAddress = eventInfoOf(call)?.['ipAddress'];
  return typeof ipAddress === 'string' ? ipAddress : undefined;
}

/** The application that the user is registered for; undefined where the user only is who he says he is. */
export function registeredApplication(user: Fields, { application }: Issuer): StoredObject | undefined {
  const isRegistered = registrationsOf(user).some(({ applicationId }) => applicationId === application?.id);
  return isRegistered ? application : undefined;
}

interface Place {
  readonly application: StoredObject | undefined;
  readonly ipAddress: string | undefined;
}

/** A refresh token is for a user and an application, and only where it says so (`loginConfiguration.generateRefreshTokens`). */
function newTokens(
  { user, issuer, authenticationType, request, withTokens }: Arrival,
  { application, ipAddress }: Place,
  instance: Instance,
): Pick<LoginResult, 'body' | 'cookies'> & { readonly refreshToken?: RefreshToken } {
  if (!withTokens) return { body: {}, cookies: [] };
  const refreshes = valueAt(application, 'loginConfiguration.generateRefreshTokens') === true;
  const refreshToken =
    refreshes && application !== undefined
      ? newRefreshToken(
          { user, applicationId: application.id },
          { metaData: request['metaData'], from: ipAddress },
          instance,
        )
      : undefined;
  const { token, expirationInstant } = issueAccessToken(
    {
      user,
      issuer,
      authenticationType,
      authInstant: instance.now(),
      ...(refreshToken === undefined ? {} : { refreshTokenId: refreshToken.id }),
    },
    instance,
  );
  const body = { token, tokenExpirationInstant: expirationInstant };
  if (refreshToken === undefined) return { body, cookies: tokenCookies(token) };
  return {
    body: { ...body, refreshToken: refreshToken.token, refreshTokenId: refreshToken.id },
    cookies: tokenCookies(token, { value: refreshToken.token, seconds: refreshTokenSeconds(issuer) }),
    refreshToken,
  };
}

/**
 * Asks webhooks. A device is new when the request says so. Source: FusionAuth docs extend/events-and-webhooks/events,
 * `user.login.success` and `user.login.new-device`; `newDevice` of the client's `LoginRequest`.
 */
async function tellOfLogin({ user, authenticationType, request }: Arrival, place: Place, call: Call): Promise<void> {
  const fields = {
    applicationId: place.application?.id,
    authenticationType,
    connectorId: user['connectorId'] ?? fusionAuthConnectorId,
    ipAddress: place.ipAddress,
    user: userView(user),
  };
  await tell(call, user, { type: 'user.login.success', fields });
  if (request['newDevice'] === true) await tell(call, user, { type: 'user.login.new-device', fields });
}

/** When a user logged in last: in all, into the application, and by which identity. Nothing else of the user changes. */
function withLoginInstants(
  user: StoredObject,
  {
    application,
    identityType,
    instant,
  }: Pick<Place, 'application'> & Pick<Arrival, 'identityType'> & { readonly instant: number },
): StoredObject {
  const registrations = registrationsOf(user).map((registration) =>
    registration['applicationId'] === application?.id ? { ...registration, lastLoginInstant: instant } : registration,
  );
  const identities = recordsIn(user['identities']).map((identity) =>
    identity['type'] === identityType ? { ...identity, lastLoginInstant: instant } : identity,
  );
  return { ...user, identities, lastLoginInstant: instant, registrations };
}
