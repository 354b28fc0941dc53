/** A place where FusionAuth's OpenAPI file (1.69.0) says something else than its server does. */
export interface KnownError {
  readonly schema: string;
  readonly property: string;
  /** What it should say. */
  readonly is: Readonly<Record<string, unknown>>;
  /** Who says so. */
  readonly source: string;
}

const mapOf = (values: Readonly<Record<string, unknown>>): KnownError['is'] => ({
  type: 'object',
  additionalProperties: values,
});
const listOf = (items: Readonly<Record<string, unknown>>): KnownError['is'] => ({ type: 'array', items });
const ref = (name: string): KnownError['is'] => ({ $ref: `#/components/schemas/${name}` });
const ids = listOf({ type: 'string', format: 'uuid' });

/** Fields that the file has not, though FusionAuth's client of the same version has them. */
const missing = (schema: string, fields: Readonly<Record<string, KnownError['is']>>): readonly KnownError[] =>
  Object.entries(fields).map(([property, is]) => ({
    schema,
    property,
    is,
    source: '@fusionauth/typescript-client 1.69.0 has the field',
  }));

const identityProviders = [
  'Apple',
  'EpicGames',
  'ExternalJWT',
  'Facebook',
  'Google',
  'HYPR',
  'LinkedIn',
  'Nintendo',
  'OpenIdConnect',
  'SAMLv2IdPInitiated',
  'SAMLv2',
  'SonyPSN',
  'Steam',
  'Twitch',
  'Twitter',
  'Xbox',
];

export const knownErrors: readonly KnownError[] = [
  {
    schema: 'Errors',
    property: 'fieldErrors',
    is: mapOf(listOf(ref('Error'))),
    source: 'FusionAuth docs apis/errors: a map from field to errors; the file says list',
  },
  {
    schema: 'Group',
    property: 'roles',
    is: mapOf(listOf(ref('ApplicationRole'))),
    source: 'latte-java/fusionauth, discrepancies seen on 1.67.1, #6: a map from application id to roles',
  },
  {
    schema: 'SystemConfiguration',
    property: 'reportTimezone',
    is: { type: 'string' },
    source: 'the pattern of the file has lost its backslashes (^w+/w+$) and fits no time zone there is',
  },
  ...identityProviders.flatMap((name) => missing(`${name}IdentityProvider`, { enabled: { type: 'boolean' } })),
  {
    schema: 'MemberResponse',
    property: 'members',
    is: mapOf(listOf(ref('GroupMember'))),
    source: 'latte-java/fusionauth, discrepancies seen on 1.67.1, #7 and #8: a map from group id to members',
  },
  { schema: 'JWT', property: 'aud', is: {}, source: 'RFC 7519 §4.1.3: a text or a list of texts' },
  ...missing('SMSMessage', { type: { type: 'string' } }),
  ...missing('EntityJWTConfiguration', { accessTokenVerificationKeyIds: ids }),
  ...missing('JWTConfiguration', { accessTokenVerificationKeyIds: ids, idTokenVerificationKeyIds: ids }),
  ...missing('SAMLv2Configuration', { verificationKeyIds: ids }),
  ...missing('SAMLv2Logout', { verificationKeyIds: ids }),
];

/** Classes that the file takes for objects, or has other words for, and the server writes as texts. */
export const textSchemas: Readonly<Record<string, string>> = {
  EventType: "the file has the names of Java's constants; on the wire it is `user.create`: FusionAuth docs, events",
  IdentityType: "an identity's type is a text, such as `email`; FusionAuth docs apis/users, response",
};

/** Classes of which the file has only the part that all subclasses share, or says nothing about what is inside. */
export const openSchemas: Readonly<Record<string, string>> = {
  BaseConnectorConfiguration: 'the file has no class for a connector of a type; FusionAuth docs apis/connectors',
  BaseEvent: 'the file has no class for an event of a type; FusionAuth docs extend/events-and-webhooks/events',
  BaseMessengerConfiguration: 'the file has no class for a messenger of a type; FusionAuth docs apis/messengers',
  JWT: 'a token has whatever claims it has; FusionAuth docs lifecycle/authenticate-users/oauth/tokens',
  LocalizedStrings: 'a map from locale to text of which the file says no more than that it is an object',
  MessageTemplate: 'the file has no class for a message template of a type; FusionAuth docs apis/message-templates',
  StatusResponse: 'the file has no field at all; the server shows its state to callers with a key',
};

interface AnswerError {
  /** The status of an answer to what succeeds, where it is not 200. */
  readonly status?: number;
  /** There is no body. */
  readonly empty?: true;
  /** Who says so. */
  readonly source: string;
}

const noLoginBody = 'FusionAuth docs apis/login/update-instant: "This API does not return a JSON response body."';

/** Operations whose answer the file has wrong. */
export const answerErrors: Readonly<Record<string, AnswerError>> = {
  'DELETE /api/identity-provider/link': {
    empty: true,
    source: 'FusionAuth docs apis/identity-providers/links, "Unlink a User": no JSON response body',
  },
  'POST /api/email/send/{emailTemplateId}': {
    status: 202,
    source: 'FusionAuth docs apis/emails/send-an-email, response: 202',
  },
  'PUT /api/login': { empty: true, source: noLoginBody },
  'PUT /api/login/{userId}/{applicationId}': { empty: true, source: noLoginBody },
};
