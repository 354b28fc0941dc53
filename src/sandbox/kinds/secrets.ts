import { valueAt, withKeptValues, withValueAt } from '../fields.js';
import type { Write } from '../kind.js';
import type { Fields } from '../store.js';
import { isRecord } from './normal-text.js';

/** An object as it is shown by a server that hides secrets: texts are left out, values of maps (headers) are blank. */
export function withoutSecrets(object: Fields, paths: readonly string[]): Fields {
  return paths.reduce((result, path) => {
    const value = valueAt(result, path);
    const blanked = isRecord(value) ? Object.fromEntries(Object.keys(value).map((name) => [name, ''])) : undefined;
    return withValueAt(result, path, blanked);
  }, object);
}

/** A changed object with the secrets it had before, where the request leaves them out. */
export function withKeptSecrets(object: Fields, { previous }: Write, paths: readonly string[]): Fields {
  return previous === undefined ? object : withKeptValues(object, previous, paths);
}
