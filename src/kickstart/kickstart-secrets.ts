import { isJsonObject, isUuid, type Json, type JsonObject } from '../model/index.js';
import { createSecretNet } from '../snapshot/index.js';

/** Finds the secrets of a kickstart wherever they stand. Their values stay inside it. */
export interface KickstartSecrets {
  /** Makes values known as secrets, those inside lists and maps too. */
  readonly remember: (value: Json | undefined) => void;
  /** Makes those values known whose field is called like a secret. */
  readonly rememberFields: (value: Json) => void;
  /** True for text that is a secret, or has one in it. */
  readonly isIn: (text: string) => boolean;
  /** Where a body holds a secret, by the names of its fields or by what stands in them. */
  readonly placesIn: (body: JsonObject) => readonly (readonly string[])[];
  /** What a field or a file is called, and what is told, must hold no secret: such a text is `(secret)`. */
  readonly safeName: (text: string) => string;
  /** The body with safe names of fields, at any depth. */
  readonly withSafeNames: (body: JsonObject) => JsonObject;
}

/** Names of fields that hold secrets, as FusionAuth and Kafka call them, and as people call theirs in `data`. */
const secretName =
  /^[\w.-]*(?:passwords?|passphrase|secrets?|salt|tokens?|credentials?|authorization|jaas\.config|(?:api|access|private|secret|license)[-_.]?key)$/i;

/** Maps from a name that somebody else gave to a field: no name in them says what the value is. */
const nameMaps: ReadonlySet<string> = new Set(['attributeMappings', 'claimMap', 'defaultAttributeMappings']);

/** A private key, and an address with a user and a password in it. */
const secretText = /-----BEGIN [A-Z ]*PRIVATE KEY-----|[a-z][a-z0-9+.-]*:\/\/[^\s/?#@:]*:[^\s/?#@]+@/i;

/** What stands before the secret in a header (RFC 9110 §11.4). */
const authScheme = /^(?:Basic|Bearer|Token) +/i;

/** @param literals - what of a text the kickstart itself says: all of it, but for what the environment gives. */
export function createKickstartSecrets(literals: (text: string) => readonly string[]): KickstartSecrets {
  const values = new Set<string>();
  let net: ReturnType<typeof createSecretNet> | undefined;
  const remember = (value: Json | undefined): void => {
    if (typeof value === 'string') {
      for (const part of literals(value))
        for (const secret of [part, part.replace(authScheme, '')]) if (isTelling(secret)) values.add(secret);
      net = undefined;
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(remember);
  };
  const rememberFields = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, item] of Object.entries<Json>(value)) {
      if (nameMaps.has(name)) continue;
      // A request about an API key has its id and its tenant in `apiKey`.
      if (secretName.test(name) && !isJsonObject(item)) remember(item);
      else rememberFields(item);
    }
  };
  const isIn = (text: string): boolean =>
    literals(text).some((part) => {
      // An id is none, whatever a short secret it begins with.
      if (isUuid(part)) return values.has(part);
      net ??= createSecretNet(values);
      return secretText.test(part) || net.redactBody({ text: part }).found.length > 0;
    });
  const placesIn = (value: Json, at: readonly string[], isNamed: boolean): readonly (readonly string[])[] => {
    if (typeof value === 'string') return value !== '' && (isNamed || isIn(value)) ? [at] : [];
    if (typeof value !== 'object' || value === null) return [];
    const namesMean = !nameMaps.has(at.at(-1) ?? '');
    return Object.entries(value).flatMap(([name, item]: [string, Json]) =>
      placesIn(item, [...at, name], namesMean && (isNamed || secretName.test(name))),
    );
  };
  const safeName = (text: string): string => (isIn(text) ? '(secret)' : text);
  const withSafeNames = (value: Json): Json => {
    if (Array.isArray(value)) return (value as readonly Json[]).map(withSafeNames);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [safeName(name), withSafeNames(item)] as const),
    );
  };
  return {
    remember,
    rememberFields,
    isIn,
    placesIn: (body) => placesIn(body, [], false),
    safeName,
    // An object stays an object.
    withSafeNames: (body) => withSafeNames(body) as JsonObject,
  };
}

/** Most passwords of kickstarts are the word `password`: such a value is looked for at its own place only. */
function isTelling(value: string): boolean {
  return value.length >= 8 && (!/^[a-z]+$/i.test(value) || value.length >= 16);
}
