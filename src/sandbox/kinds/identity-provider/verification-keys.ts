import type { Problem } from '../../errors.js';
import type { Instance } from '../../kind.js';
import type { Fields } from '../../store.js';
import type { Switches } from '../../switches.js';
import { isAtLeast } from '../../version.js';
import { isBlank } from '../normal-text.js';

/** The field that had the one verification key before 1.69: SAML's and External JWT's. */
type FormerField = 'defaultKeyId' | 'keyId';

/**
 * `verificationKeyIds`, and the former field as the first of them. Whoever sends only the former has a list of one.
 * Source: FusionAuth docs apis/identity-providers/samlv2 and external-jwt ("For backward compatibility …").
 */
export function withVerificationKeys(
  object: Fields,
  former: FormerField,
  { formerKeyBesideList }: Pick<Switches, 'formerKeyBesideList'>,
): Fields {
  const one = object[former];
  const listed: readonly unknown[] = Array.isArray(object['verificationKeyIds']) ? object['verificationKeyIds'] : [];
  const known = listed.filter((id) => !isBlank(id));
  const counts = !isBlank(one) && (known.length === 0 || formerKeyBesideList === 'first');
  const verificationKeyIds = counts ? [one, ...known.filter((id) => id !== one)] : known;
  return { ...object, verificationKeyIds, [former]: verificationKeyIds[0] };
}

/** Where the keys stand: before 1.69 there is no list. */
export function verificationKeyPath(object: Fields, former: FormerField): string {
  return object['verificationKeyIds'] === undefined ? former : 'verificationKeyIds.*';
}

/** At least one key is required: of SAML since ever, of External JWT since 1.69. */
export function verificationKeyMissing(
  object: Fields,
  former: FormerField,
  { fusionauth }: Instance,
): readonly Problem[] {
  if (!isBlank(object[former])) return [];
  const hasList = isAtLeast(fusionauth, '1.69');
  if (!hasList && former === 'defaultKeyId') return [];
  const field = hasList ? 'verificationKeyIds' : former;
  return [{ field, kind: 'missing', message: 'A key is required that signatures are verified with.' }];
}
