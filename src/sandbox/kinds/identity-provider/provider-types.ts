import type { Fields } from '../../store.js';
import { apple } from './apple.js';
import { epicGames } from './epic-games.js';
import { externalJwt } from './external-jwt.js';
import { facebook } from './facebook.js';
import { google } from './google.js';
import { hypr } from './hypr.js';
import { linkedIn } from './linked-in.js';
import { nintendo } from './nintendo.js';
import { openIdConnect } from './open-id-connect.js';
import type { ProviderType } from './provider-type.js';
import { samlV2IdpInitiated } from './saml-v2-idp-initiated.js';
import { samlV2 } from './saml-v2.js';
import { sonyPsn } from './sony-psn.js';
import { steam } from './steam.js';
import { twitch } from './twitch.js';
import { twitter } from './twitter.js';
import { xbox } from './xbox.js';

/** Every type of identity provider. */
const providerTypes: readonly ProviderType[] = [
  apple,
  epicGames,
  externalJwt,
  facebook,
  google,
  hypr,
  linkedIn,
  nintendo,
  openIdConnect,
  samlV2,
  samlV2IdpInitiated,
  sonyPsn,
  steam,
  twitch,
  twitter,
  xbox,
];

/** A type by its name, undefined where there is none. */
export function findProviderType(name: unknown): ProviderType | undefined {
  return providerTypes.find(({ type }) => type === name);
}

/**
 * The type of an object. The server reads one without a `type` as External JWT (`IdentityProviderJacksonHelper` of
 * fusionauth-java-client); a type that there is not has been refused by the shape, and is read so too.
 */
export function providerTypeOf({ type }: Fields): ProviderType {
  return findProviderType(type) ?? externalJwt;
}

/** The shape of an object as sent; of one whose type there is not, the one that says so. */
export function providerShape(sent: Fields): string {
  const { type } = sent;
  if (type !== undefined && type !== null && findProviderType(type) === undefined) return 'BaseIdentityProvider';
  return providerTypeOf(sent).shape;
}
