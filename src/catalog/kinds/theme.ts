import type { ThemeRequest } from '@fusionauth/typescript-client';
import { isJsonObject, type Json, type JsonObject, KedgeError } from '../../model/index.js';
import type { Kind, WriteTarget } from '../kind.js';
import { messagesByKey, messageText, withMissingMessages } from '../message-text.js';
import { normalized, trimmed, trimmedToAbsent, unixLines } from '../normal-text.js';
import { themeSince } from '../since.generated.js';
import { asRequest, listOf, oneOf, orAbsent, withoutCopies } from '../wire.js';

/** The theme that FusionAuth ships and never lets anybody change (fusionauth-java-client Theme constants). */
const defaultThemeId = '75a068fd-e94b-451a-9aeb-3ddb9a3b5987';
const simpleThemeId = '3c717291-5d83-4014-bd51-97c76475dc86';

/** Every page of an advanced theme (openapi #/components/schemas/Templates, less the deprecated names). */
const pages = [
  'accountEdit',
  'accountIndex',
  'accountTwoFactorDisable',
  'accountTwoFactorEdit',
  'accountTwoFactorEnable',
  'accountTwoFactorIndex',
  'accountWebAuthnAdd',
  'accountWebAuthnDelete',
  'accountWebAuthnIndex',
  'confirmationRequired',
  'emailComplete',
  'emailSent',
  'emailVerificationRequired',
  'emailVerify',
  'helpers',
  'index',
  'oauth2Authorize',
  'oauth2AuthorizedNotRegistered',
  'oauth2ChildRegistrationNotAllowed',
  'oauth2ChildRegistrationNotAllowedComplete',
  'oauth2CompleteRegistration',
  'oauth2Consent',
  'oauth2Device',
  'oauth2DeviceComplete',
  'oauth2Error',
  'oauth2Logout',
  'oauth2Passwordless',
  'oauth2Register',
  'oauth2StartIdPLink',
  'oauth2TwoFactor',
  'oauth2TwoFactorEnable',
  'oauth2TwoFactorEnableComplete',
  'oauth2TwoFactorMethods',
  'oauth2Wait',
  'oauth2WebAuthn',
  'oauth2WebAuthnReauth',
  'oauth2WebAuthnReauthEnable',
  'passwordChange',
  'passwordComplete',
  'passwordForgot',
  'passwordSent',
  'phoneComplete',
  'phoneSent',
  'phoneVerificationRequired',
  'phoneVerify',
  'registrationComplete',
  'registrationSent',
  'registrationVerificationRequired',
  'registrationVerify',
  'samlv2Logout',
  'unauthorized',
];

/** Deprecated name of a page → its name; setting the one sets the other (fusionauth-java-client Theme.Templates). */
const copies = {
  'templates.emailSend': 'templates.emailSent',
  'templates.registrationSend': 'templates.registrationSent',
};

/**
 * A theme. One whose files are not all written is created as a copy of the default theme, and then the written parts are
 * laid over the copy: FusionAuth takes no other fields beside a `sourceThemeId`, so this is two writes.
 *
 * A newer FusionAuth refuses every write of a theme that lacks one of its new messages or pages
 * (terraform-provider-fusionauth #271, #279), whatever the write is about. What nobody owns is then taken from the default
 * theme, which is what users see in its place anyway (fusionauth-issues #3289).
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
  mirrors: Object.keys(copies),
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
  since: themeSince,
  reads: {
    list: async (client) => listOf((await client.retrieveThemes()).response, 'themes'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveTheme(id));
      return answer && oneOf(answer.response, 'theme');
    },
  },
  writes: {
    create: async (target, body) => {
      if (isWhole(body)) {
        try {
          return oneOf((await target.client.createTheme(target.id, request(body))).response, 'theme');
        } catch (error) {
          // Whole for the FusionAuth that kedge knows: a newer one asks for more.
          if (complaintsOf(error).length === 0) throw error;
        }
      }
      const copy = { sourceThemeId: defaultOf(body), theme: { name: body['name'] } };
      const made = await target.client.createTheme(target.id, asRequest<ThemeRequest>(copy));
      return put(target, overlaid(oneOf(made.response, 'theme'), body));
    },
    update: async (target, body) => put(target, withMessagesOf(target.live ?? {}, body)),
    delete: async ({ client, id }) => {
      await client.deleteTheme(id);
    },
  },
  traps: [
    'A copy takes a name and nothing else: kedge copies the default theme and lays what is written over the copy, in two writes. A stop between them is mended by the next apply.',
    'A message of `defaultMessages` is owned by itself, as a page is: keys that the text lacks stay as they are.',
    'A newer FusionAuth refuses to write a theme that lacks its new messages or pages: kedge names the messages before, and takes what nobody owns from the default theme.',
    'The deprecated `emailSend` and `registrationSend` set the pages of the new names: kedge never sends them.',
    'Pages lose their outer white space, and one that is blank falls back to the default theme.',
  ],
  canonical: normalized(
    unixLines('stylesheet', 'localizedMessages{}', 'templates{}'),
    trimmed('localizedMessages{}'),
    trimmedToAbsent('templates{}'),
    messagesByKey('defaultMessages'),
  ),
  written: (body) => {
    const messages = body['defaultMessages'];
    if (!isJsonObject(messages)) return body;
    // Messages are read from a text, and are texts.
    const entries = Object.entries(messages) as [string, string][];
    return { ...body, defaultMessages: messageText(entries) };
  },
  softDelete: false,
  recreatable: true,
  keptWhileUsed: true,
  deleteMeans: 'its pages are gone; FusionAuth refuses while a tenant or application still wears it',
  meanings: [{ path: 'stylesheet', when: 'changed', risk: 'safe', says: 'pages that wear it look different' }],
  sources: ['FusionAuth docs: apis/themes', 'fusionauth-java-client Theme.normalize()'],
};

function request(body: JsonObject): ThemeRequest {
  return asRequest<ThemeRequest>({ theme: withoutCopies(body, copies) });
}

/** The id of the default theme of the body's type. */
function defaultOf(body: JsonObject): string {
  return body['type'] === 'simple' ? simpleThemeId : defaultThemeId;
}

/** Writes the whole theme; once more with what it lacks of the default theme, where the server says that it does. */
async function put({ client, id }: WriteTarget, body: JsonObject): Promise<JsonObject> {
  try {
    return oneOf((await client.updateTheme(id, request(body))).response, 'theme');
  } catch (error) {
    const complaints = complaintsOf(error);
    if (complaints.length === 0) throw error;
    const source = oneOf((await client.retrieveTheme(defaultOf(body))).response, 'theme');
    const whole = completed(body, { source, fields: complaints });
    if (whole === body) throw error;
    return oneOf((await client.updateTheme(id, request(whole))).response, 'theme');
  }
}

/** The fields of a theme that the server does not find whole: `theme.defaultMessages`, `theme.templates.oauth2Consent`. */
function complaintsOf(error: unknown): readonly string[] {
  if (!(error instanceof KedgeError) || error.code !== 'live/rejected') return [];
  return (error.details?.serverErrors ?? []).flatMap(({ field }) =>
    field !== undefined && /^theme\.(?:defaultMessages|templates)\b/.test(field) ? [field] : [],
  );
}

/** The body with what the default theme has and it lacks, as far as the server asked for it. */
function completed(
  body: JsonObject,
  from: { readonly source: JsonObject; readonly fields: readonly string[] },
): JsonObject {
  const result: Record<string, Json> = { ...body };
  const { defaultMessages, templates } = from.source;
  const own = body['defaultMessages'] ?? '';
  if (from.fields.includes('theme.defaultMessages') && typeof own === 'string' && typeof defaultMessages === 'string') {
    result['defaultMessages'] = withMissingMessages(own, defaultMessages);
  }
  if (from.fields.some((field) => field.startsWith('theme.templates')) && isJsonObject(templates)) {
    const pagesOf = isJsonObject(body['templates']) ? body['templates'] : {};
    const missing = Object.entries(templates).filter(([name]) => pagesOf[name] === undefined || pagesOf[name] === null);
    if (missing.length > 0) result['templates'] = { ...pagesOf, ...Object.fromEntries(missing) };
  }
  const same = result['defaultMessages'] === body['defaultMessages'] && result['templates'] === body['templates'];
  return same ? body : result;
}

/** True when nothing of the theme is left for a copy to fill in. */
function isWhole(body: JsonObject): boolean {
  const { defaultMessages, templates, type, variables } = body;
  if (type === 'simple') return variables !== undefined;
  return (
    defaultMessages !== undefined && isJsonObject(templates) && pages.every((page) => Object.hasOwn(templates, page))
  );
}

/** A copied theme with what is written over it: maps per key, and messages per key as well. */
function overlaid(copied: JsonObject, body: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...copied, ...withMessagesOf(copied, body) };
  for (const field of ['templates', 'localizedMessages', 'data', 'variables']) {
    const [under, over] = [copied[field], body[field]];
    if (isJsonObject(under) && isJsonObject(over)) result[field] = { ...under, ...over };
  }
  return result;
}

/** A body with the messages of another one that its text lacks. */
function withMessagesOf(other: JsonObject, body: JsonObject): JsonObject {
  const [messages, written] = [other['defaultMessages'], body['defaultMessages']];
  if (typeof messages !== 'string' || typeof written !== 'string') return body;
  return { ...body, defaultMessages: withMissingMessages(written, messages) };
}
