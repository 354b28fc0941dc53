import { canonicalBody } from '../catalog/index.js';
import { type Finding, isJsonObject, type JsonObject, refText } from '../model/index.js';
import type { DiffInput } from './diff-input.js';
import { identify } from './identity.js';

/** The most names that one message repeats. */
const MOST_NAMES = 12;

/**
 * A warning for each theme that lacks messages which this FusionAuth asks of every theme, by the default theme of the
 * instance: neither the live theme nor the files have them. Such a theme goes on as it is, and every write of it, by kedge
 * or by hand, has to bring them (terraform-provider-fusionauth #279).
 */
export function missingMessages(input: DiffInput): readonly Finding[] {
  if (!input.desired.resources.some(({ ref }) => ref.kind === 'theme')) return [];
  const { resources, builtIns, index } = identify(input);
  return resources.flatMap(({ kind, resource, resolved, live }): readonly Finding[] => {
    if (kind.kind !== 'theme' || live === undefined || builtIns.isBuiltIn('theme', live.id)) return [];
    const type = live.body['type'];
    const source = index
      .all('theme')
      .find((other) => builtIns.isBuiltIn('theme', other.id) && other.body['type'] === type);
    const messages = (body: JsonObject | undefined): JsonObject => {
      const value = body && canonicalBody(kind, body)['defaultMessages'];
      return isJsonObject(value) ? value : {};
    };
    const owned = canonicalBody(kind, resolved.fields)['defaultMessages'];
    // The messages that the files own, by key.
    const there = { ...messages(live.body), ...(owned as JsonObject | undefined) };
    const missing = Object.keys(messages(source?.body)).filter((key) => !Object.hasOwn(there, key));
    if (missing.length === 0) return [];
    const names = `${missing.slice(0, MOST_NAMES).join(', ')}${missing.length > MOST_NAMES ? `, and ${missing.length - MOST_NAMES} more` : ''}`;
    const server =
      input.live.serverVersion === undefined ? 'this FusionAuth' : `FusionAuth ${input.live.serverVersion}`;
    return [
      {
        code: 'plan/missing-messages',
        severity: 'warning',
        message: `${refText(resource.ref)} lacks ${missing.length} of the messages that ${server} asks of every theme: ${names}`,
        hint: 'the next write of the theme takes them from the default theme; to choose the words, write them in defaultMessages',
        at: resource.locations.get('/defaultMessages') ?? resource.at,
      },
    ];
  });
}
