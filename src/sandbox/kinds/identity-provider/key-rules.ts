import type { Problem } from '../../errors.js';
import { placesAt } from '../../fields.js';
import type { Instance } from '../../kind.js';
import type { Fields, StoredObject } from '../../store.js';
import type { Switches } from '../../switches.js';

/** What a key of an identity provider is for. */
type Purpose = 'decrypt' | 'sign' | 'signForApple' | 'verifyJwt' | 'verifySaml';

/** A field that holds the id of a key; `*` stands for each item of a list or value of a map. */
interface KeyUse {
  readonly path: string;
  readonly must: Purpose;
}

interface Rule {
  readonly fits: (key: StoredObject, switches: Switches) => boolean;
  /** The end of "The key must …". */
  readonly must: string;
}

const hasPrivate = ({ privateKey }: StoredObject): boolean => privateKey !== undefined;
const isPair = ({ type }: StoredObject): boolean => type === 'EC' || type === 'OKP' || type === 'RSA';

/** Source: FusionAuth docs apis/identity-providers, at each field. */
const rules: Readonly<Record<Purpose, Rule>> = {
  decrypt: { fits: (key) => key['type'] === 'RSA' && hasPrivate(key), must: 'be an RSA key with its private part' },
  sign: { fits: (key) => isPair(key) && hasPrivate(key), must: 'be a pair with its private part' },
  signForApple: { fits: (key) => key['type'] === 'EC' && hasPrivate(key), must: 'be an EC key with its private part' },
  verifyJwt: { fits: ({ type }) => type !== 'Secret', must: 'be one that can verify a signature' },
  verifySaml: {
    fits: (key, { samlVerificationKeys }) => isPair(key) && (samlVerificationKeys === 'any' || !hasPrivate(key)),
    must: 'be a public key or certificate alone',
  },
};

/**
 * Keys that are not there, or that cannot do what they are for. The code of the
 * latter is UNVERIFIED (switch undocumentedErrors).
 */
export function keyProblems(
  object: Fields,
  uses: readonly KeyUse[],
  { store, switches }: Instance,
): readonly Problem[] {
  return uses.flatMap(({ path, must }) =>
    placesAt(object, path).flatMap((place): readonly Problem[] => {
      if (typeof place.value !== 'string') return [];
      const key = store.get('key', place.value);
      const rule = rules[must];
      if (key !== undefined && rule.fits(key, switches)) return [];
      const why = key === undefined ? 'There is no Key with this Id' : `The key must ${rule.must}`;
      return [
        {
          field: place.path,
          kind: 'invalid',
          message: `The ${place.path} [${place.value}] is invalid. ${why}.`,
          ...(key === undefined ? {} : { madeUp: true }),
        },
      ];
    }),
  );
}
