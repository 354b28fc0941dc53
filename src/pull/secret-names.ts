import { compareText, pointerOf } from '../model/index.js';

/** A secret of a pulled object that the files own. */
export interface OwnedSecret {
  readonly collection: string;
  /** Empty for what there is one of. */
  readonly key: string;
  readonly path: readonly string[];
}

/** Gives the name of the environment variable that a secret is read from. */
export type SecretName = (secret: OwnedSecret) => string;

/**
 * Names environment variables for secrets: collection, logical key and field in upper-case words. Two that come out alike
 * get a number, in the order of what they are of, so that the order of the input does not count.
 * @param taken - names that mean something else already.
 */
export function secretNames(secrets: readonly OwnedSecret[], taken: Iterable<string> = []): SecretName {
  const names = new Map<string, string>();
  const used = new Set(taken);
  const sorted = [...secrets].sort((a, b) => compareText(idOf(a), idOf(b)));
  for (const secret of sorted) {
    const base = [secret.collection, secret.key, ...secret.path].map(upperWords).filter(Boolean).join('_');
    let name = base;
    for (let count = 2; used.has(name); count += 1) name = `${base}_${count}`;
    used.add(name);
    names.set(idOf(secret), name);
  }
  return (secret) => names.get(idOf(secret)) ?? '';
}

function idOf({ collection, key, path }: OwnedSecret): string {
  return `${collection}\n${key}\n${pointerOf(path)}`;
}

/** `oauthConfiguration` is `OAUTH_CONFIGURATION`; what no name of a variable can hold is an underscore. */
function upperWords(text: string): string {
  const apart = text.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2');
  const words = apart.normalize('NFKD').replaceAll(/\p{Mark}/gu, '');
  return words
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
}
