import {
  type DesiredObject,
  type DesiredValue,
  isJsonObject,
  type Json,
  pointerOf,
  type Ref,
  refText,
  Secret,
} from '../model/index.js';
import { placeholderId } from './fresh-install.js';

/** An environment variable that somebody must set before FusionAuth starts with the kickstart. */
export interface EnvironmentVariable {
  readonly name: string;
  /** Where the files have the value from, as they say it, or what it is for. Never the value. */
  readonly source: string;
}

/** Puts variables in the place of secrets. */
export interface SecretVariables {
  /** The value with each secret replaced by a text that stands for it; `null` and all else as they are. */
  readonly replaced: (ref: Ref, fields: DesiredObject) => DesiredObject;
  /** A variable that no secret of the files stands behind. */
  readonly named: (name: string, source: string) => string;
  /** Text that stands for a secret → its variable in a kickstart. */
  readonly expressions: ReadonlyMap<string, string>;
  readonly variables: () => readonly EnvironmentVariable[];
}

/** Collects the secrets of one export: one of the environment keeps its name, another gets the name of its place. */
export function createSecretVariables(): SecretVariables {
  const expressions = new Map<string, string>();
  const sources = new Map<string, string>();
  const named = (wanted: string, source: string): string => {
    let name = wanted;
    for (let count = 2; (sources.get(name) ?? source) !== source; count += 1) name = `${wanted}_${count}`;
    sources.set(name, source);
    return `#{ENV.${name}}`;
  };
  const replace = (value: DesiredValue, ref: Ref, at: readonly string[]): DesiredValue => {
    if (value instanceof Secret) {
      const fromEnv = /^env:(\w+)$/.exec(value.source)?.[1];
      const place = `${refText(ref)} ${pointerOf(at)}`;
      const expression =
        fromEnv === undefined
          ? named(variableName([ref.kind, ref.key, ...at]), `${value.source} (${place})`)
          : named(fromEnv, value.source);
      const token = placeholderId('secret', `${ref.kind}/${ref.key}${pointerOf(at)}`);
      expressions.set(token, expression);
      return token;
    }
    if (isList(value)) return value.map((item, index) => replace(item, ref, [...at, String(index)]));
    if (!isJsonObject(value)) return value;
    // A JSON object of desired values: secrets are taken care of above.
    const entries = Object.entries(value as DesiredObject);
    return Object.fromEntries(entries.map(([key, item]) => [key, replace(item, ref, [...at, key])] as const));
  };
  return {
    // An object stays an object.
    replaced: (ref, fields) => replace(fields, ref, []) as DesiredObject,
    named,
    expressions,
    variables: () =>
      [...sources].map(([name, source]) => ({ name, source })).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** A name in the manner of the shell: `WEBHOOK_AUDIT_SINK_HEADERS_X_TOKEN`. */
function variableName(parts: readonly string[]): string {
  const words = parts.map((part) => part.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/[^A-Za-z0-9]+/g, '_'));
  return words.join('_').toUpperCase();
}

function isList(value: DesiredValue | Json): value is readonly DesiredValue[] {
  return Array.isArray(value);
}
