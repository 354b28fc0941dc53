import { valueAt } from '../fields.js';
import type { Instance } from '../kind.js';
import { isRecord } from '../kinds/normal-text.js';
import type { Fields, StoredObject } from '../store.js';
import { registrationsOf } from '../users/normal-user.js';
import { issuerFor } from './issuer.js';
import { tokenSettings, type Issuer } from './token-settings.js';

/** The store's name for them. */
export const refreshTokenKind = 'refreshToken';

/** Stored fields of a refresh token that no answer shows. */
const internalFields = ['authInstant', 'tenantId', 'usedValues'] as const;

/** How many of the values it had a token of `OneTimeUse` remembers, to know one that comes back. */
const rememberedValues = 20;

/**
 * A refresh token as it is kept: `RefreshToken` of fusionauth-java-client, when its user logged in, and the values it had
 * before with the instants they were used at.
 */
export interface RefreshToken extends StoredObject {
  readonly applicationId: string;
  readonly userId: string;
  readonly token: string;
  /** Milliseconds since 1970, as the two below. */
  readonly authInstant: number;
  readonly insertInstant: number;
  readonly startInstant: number;
  readonly usedValues: readonly { readonly token: string; readonly instant: number }[];
}

/** A new one, not stored. @param metaData - what the caller said of the device; `from` is where it called from. */
export function newRefreshToken(
  { user, applicationId }: { readonly user: StoredObject; readonly applicationId: string },
  { metaData, from }: { readonly metaData: unknown; readonly from: string | undefined },
  instance: Instance,
): RefreshToken {
  const now = instance.now();
  return {
    id: instance.uuid(),
    applicationId,
    authInstant: now,
    data: {},
    insertInstant: now,
    metaData: accessed(isRecord(metaData) ? metaData : {}, from, now),
    startInstant: now,
    tenantId: user['tenantId'],
    token: newValue(instance),
    usedValues: [],
    userId: user.id,
  };
}

/** All refresh tokens that are stored. */
function refreshTokens({ store }: Pick<Instance, 'store'>): readonly RefreshToken[] {
  return asTokens([...store.all(refreshTokenKind)]);
}

/** Those of a user, or of an application, or of one for the other. */
export function refreshTokensOf(
  { userId, applicationId }: { readonly userId?: string; readonly applicationId?: string },
  { store }: Pick<Instance, 'store'>,
): readonly RefreshToken[] {
  const [field, value] = userId === undefined ? ['applicationId', applicationId ?? ''] : ['userId', userId];
  return asTokens(store.findAll(refreshTokenKind, field, value)).filter(
    (token) => applicationId === undefined || token.applicationId === applicationId,
  );
}

/** The one with a value. */
export function findRefreshToken(value: string, { store }: Pick<Instance, 'store'>): RefreshToken | undefined {
  return asTokens(store.findAll(refreshTokenKind, 'token', value))[0];
}

/** The one that had a value before, and when the value was used. */
export function findUsed(
  value: string,
  instance: Pick<Instance, 'store'>,
): { readonly token: RefreshToken; readonly usedInstant: number } | undefined {
  for (const token of refreshTokens(instance)) {
    const used = token.usedValues.find((other) => other.token === value);
    if (used !== undefined) return { token, usedInstant: used.instant };
  }
  return undefined;
}

/** Who makes the access tokens of a refresh token; undefined when its user is gone. */
export function issuerOfToken(
  { userId, applicationId }: RefreshToken,
  instance: Instance,
): { readonly user: StoredObject; readonly issuer: Issuer } | undefined {
  const user = instance.store.get('user', userId);
  return user === undefined ? undefined : { user, issuer: issuerFor(user, applicationId, instance) };
}

/**
 * Whether a token is past its end: so many minutes after its start, and with a maximum lifetime so many after it was made.
 * Source: `RefreshToken.isExpired()` of fusionauth-java-client.
 */
function isExpired({ startInstant, insertInstant }: RefreshToken, issuer: Issuer, now: number): boolean {
  const settings = tokenSettings(issuer);
  const minutes = (path: string): number => Number(valueAt(settings, path) ?? 43_200) * 60_000;
  if (startInstant + minutes('refreshTokenTimeToLiveInMinutes') < now) return true;
  return (
    settings['refreshTokenExpirationPolicy'] === 'SlidingWindowWithMaximumLifetime' &&
    insertInstant + minutes('refreshTokenSlidingWindowConfiguration.maximumTimeToLiveInMinutes') < now
  );
}

/** Whether a token can still be used: it is not expired, and its user is active and registered. */
export function isGood(token: RefreshToken, instance: Instance): boolean {
  const owner = issuerOfToken(token, instance);
  if (owner === undefined || owner.user['active'] === false) return false;
  const registered = registrationsOf(owner.user).some(({ applicationId }) => applicationId === token.applicationId);
  return registered && !isExpired(token, owner.issuer, instance.now());
}

/**
 * A token after it was used: its time may begin anew, and its value may change. Source: FusionAuth docs apis/tenants,
 * `refreshTokenExpirationPolicy` and `refreshTokenUsagePolicy`.
 */
export function afterUse(
  token: RefreshToken,
  { issuer, from }: { readonly issuer: Issuer; readonly from: string | undefined },
  instance: Instance,
): RefreshToken {
  const { refreshTokenExpirationPolicy, refreshTokenUsagePolicy } = tokenSettings(issuer);
  const now = instance.now();
  const { metaData } = token;
  const used = { ...token, metaData: accessed(isRecord(metaData) ? metaData : {}, from, now) };
  const slid = refreshTokenExpirationPolicy === 'Fixed' ? used : { ...used, startInstant: now };
  if (refreshTokenUsagePolicy !== 'OneTimeUse') return slid;
  const usedValues = [{ token: token.token, instant: now }, ...token.usedValues].slice(0, rememberedValues);
  return { ...slid, token: newValue(instance), usedValues };
}

/** What answers and events show. */
export function refreshTokenView(token: StoredObject): Fields {
  return Object.fromEntries(
    Object.entries(token).filter(([name]) => !internalFields.some((internal) => internal === name)),
  );
}

function accessed(metaData: Fields, from: string | undefined, now: number): Fields {
  const device = isRecord(metaData['device']) ? metaData['device'] : {};
  return {
    ...metaData,
    device: { ...device, ...(from === undefined ? {} : { lastAccessedAddress: from }), lastAccessedInstant: now },
  };
}

function newValue({ random }: Pick<Instance, 'random'>): string {
  return Buffer.from(random(40)).toString('base64url');
}

function asTokens(objects: readonly StoredObject[]): readonly RefreshToken[] {
  // `as`: only this room stores objects of the kind.
  return objects as readonly RefreshToken[];
}
