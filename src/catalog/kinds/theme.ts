import type { ThemeRequest } from '@fusionauth/typescript-client';
import type { JsonObject } from '../../model/index.js';
import type { Kind } from '../kind.js';
import { blankToAbsent, normalized, unixLines } from '../normal-text.js';
import { asRequest, listOf, oneOf, orAbsent } from '../wire.js';

/** The theme that FusionAuth ships and never lets anybody change (fusionauth-java-client Theme constants). */
const defaultThemeId = '75a068fd-e94b-451a-9aeb-3ddb9a3b5987';
const simpleThemeId = '3c717291-5d83-4014-bd51-97c76475dc86';

/**
 * A theme. One whose files are not all written is created as a copy of the default theme, and then the written parts are
 * laid over the copy: FusionAuth takes no other fields beside a `sourceThemeId`, so this is two writes.
 */
export const theme: Kind = {
  kind: 'theme',
  collection: 'themes',
  title: 'theme',
  scope: 'instance',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: ['templates.emailSend', 'templates.registrationSend'],
  immutable: [
    { path: 'type', lost: 'every tenant and application that wears this theme must be pointed to the new one' },
  ],
  secrets: [],
  lists: [],
  completeMaps: [],
  freeMaps: ['data', 'localizedMessages'],
  children: [],
  required: ['name'],
  defaults: { type: 'advanced' },
  builtIns: [
    { name: 'default-theme', find: { id: defaultThemeId }, writable: false, source: 'fusionauth-java-client Theme' },
    { name: 'simple-theme', find: { id: simpleThemeId }, writable: false, source: 'fusionauth-java-client Theme' },
  ],
  files: [
    { path: 'stylesheet', extension: 'css' },
    { path: 'templates{}', extension: 'ftl' },
    { path: 'defaultMessages', extension: 'properties' },
    { path: 'localizedMessages{}', extension: 'properties' },
  ],
  reads: {
    list: async (client) => listOf((await client.retrieveThemes()).response, 'themes'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveTheme(id));
      return answer && oneOf(answer.response, 'theme');
    },
  },
  writes: {
    create: async ({ client, id }, body) => {
      if (isWhole(body)) {
        return oneOf((await client.createTheme(id, asRequest<ThemeRequest>({ theme: body }))).response, 'theme');
      }
      const sourceThemeId = body['type'] === 'simple' ? simpleThemeId : defaultThemeId;
      const copy = { sourceThemeId, theme: { name: body['name'] } };
      const copied = oneOf((await client.createTheme(id, asRequest<ThemeRequest>(copy))).response, 'theme');
      const whole = overlaid(copied, body);
      return oneOf((await client.updateTheme(id, asRequest<ThemeRequest>({ theme: whole }))).response, 'theme');
    },
    update: async ({ client, id }, body) =>
      oneOf((await client.updateTheme(id, asRequest<ThemeRequest>({ theme: body }))).response, 'theme'),
    delete: async ({ client, id }) => {
      await client.deleteTheme(id);
    },
  },
  canonical: normalized(
    unixLines('stylesheet', 'defaultMessages', 'localizedMessages{}', 'templates{}'),
    blankToAbsent('templates{}'),
  ),
  softDelete: false,
  deleteMeans: 'its pages are gone; FusionAuth refuses while a tenant or application still wears it',
  sources: ['FusionAuth docs: apis/themes', 'fusionauth-java-client Theme.normalize()'],
};

/** True when nothing of the theme is left for a copy to fill in. A partly written `templates` still needs the rest. */
function isWhole(body: JsonObject): boolean {
  const { templates, type } = body;
  if (type === 'simple') return body['variables'] !== undefined;
  return body['defaultMessages'] !== undefined && isFullSet(templates);
}

/** A template set is full enough to stand alone when it holds the pages that every login passes through. */
function isFullSet(templates: unknown): boolean {
  if (typeof templates !== 'object' || templates === null) return false;
  return ['helpers', 'oauth2Authorize', 'oauth2Error', 'passwordForgot', 'passwordChange'].every(
    (name) => name in templates,
  );
}

function overlaid(copied: JsonObject, body: JsonObject): JsonObject {
  const result: Record<string, JsonObject[string]> = { ...copied, ...body };
  for (const field of ['templates', 'localizedMessages', 'data', 'variables']) {
    const [under, over] = [copied[field], body[field]];
    if (isMap(under) && isMap(over)) result[field] = { ...under, ...over };
  }
  return result;
}

function isMap(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
