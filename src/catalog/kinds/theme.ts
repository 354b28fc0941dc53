import type { ThemeRequest } from '@fusionauth/typescript-client';
import { isJsonObject, type JsonObject } from '../../model/index.js';
import type { Kind } from '../kind.js';
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
    create: async ({ client, id }, body) => {
      if (isWhole(body)) return oneOf((await client.createTheme(id, request(body))).response, 'theme');
      const sourceThemeId = body['type'] === 'simple' ? simpleThemeId : defaultThemeId;
      const copy = { sourceThemeId, theme: { name: body['name'] } };
      const copied = oneOf((await client.createTheme(id, asRequest<ThemeRequest>(copy))).response, 'theme');
      return oneOf((await client.updateTheme(id, request(overlaid(copied, body)))).response, 'theme');
    },
    update: async ({ client, id }, body) => oneOf((await client.updateTheme(id, request(body))).response, 'theme'),
    delete: async ({ client, id }) => {
      await client.deleteTheme(id);
    },
  },
  traps: [
    'A copy takes a name and nothing else: kedge copies the default theme and lays what is written over the copy, in two writes.',
    'The deprecated `emailSend` and `registrationSend` set the pages of the new names: kedge never sends them.',
    'Pages lose their outer white space, and one that is blank falls back to the default theme.',
  ],
  canonical: normalized(
    unixLines('stylesheet', 'defaultMessages', 'localizedMessages{}', 'templates{}'),
    trimmed('localizedMessages{}'),
    trimmedToAbsent('templates{}'),
  ),
  softDelete: false,
  deleteMeans: 'its pages are gone; FusionAuth refuses while a tenant or application still wears it',
  sources: ['FusionAuth docs: apis/themes', 'fusionauth-java-client Theme.normalize()'],
};

function request(body: JsonObject): ThemeRequest {
  return asRequest<ThemeRequest>({ theme: withoutCopies(body, copies) });
}

/** True when nothing of the theme is left for a copy to fill in. */
function isWhole(body: JsonObject): boolean {
  const { defaultMessages, templates, type, variables } = body;
  if (type === 'simple') return variables !== undefined;
  return (
    defaultMessages !== undefined && isJsonObject(templates) && pages.every((page) => Object.hasOwn(templates, page))
  );
}

function overlaid(copied: JsonObject, body: JsonObject): JsonObject {
  const result: Record<string, JsonObject[string]> = { ...copied, ...body };
  for (const field of ['templates', 'localizedMessages', 'data', 'variables']) {
    const [under, over] = [copied[field], body[field]];
    if (isJsonObject(under) && isJsonObject(over)) result[field] = { ...under, ...over };
  }
  return result;
}
