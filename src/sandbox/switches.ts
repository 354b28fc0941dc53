/**
 * What nobody outside FusionAuth knows for sure, or what differs from one server to the next: one named switch each, so
 * that a client can be tested against every answer. The first of a switch's choices is its default; its meaning states the
 * source, and is Markdown, as in docs/sandbox.md.
 */
const switches = {
  licensed: {
    choices: ['on', 'off'],
    meaning:
      '`off`: a server without a licence; licensed features are answered `[notLicensed]`. Source: FusionAuth docs apis/reactor.',
  },
  unknownProperties: {
    choices: ['ignore', 'reject'],
    meaning: 'Whether a JSON property the API does not know is dropped or answered `[invalidJSON]`. UNVERIFIED.',
  },
  nameCase: {
    choices: ['insensitive', 'sensitive'],
    meaning:
      "Whether `Acme` and `acme` are the same name. PostgreSQL and MySQL, set up as FusionAuth's docs say (`utf8mb4_bin`), tell them apart; whether the server does is UNVERIFIED.",
  },
  smtpPasswordOnOmit: {
    choices: ['cleared', 'kept'],
    meaning:
      "Whether a PUT without `emailConfiguration.password` keeps the tenant's SMTP password. UNVERIFIED; the docs promise nothing.",
  },
  smtpPasswordOnRead: {
    choices: ['shown', 'hidden'],
    meaning: "Whether reads by id show `emailConfiguration.password`, as the docs' sample does. UNVERIFIED.",
  },
  webhookSecretsOnRead: {
    choices: ['shown', 'hidden'],
    meaning:
      "Whether passwords and header values of webhooks are shown. UNVERIFIED for 1.69; the docs' samples show them.",
  },
  noopUpdate: {
    choices: ['bumps', 'keeps'],
    meaning: 'Whether a write that changes nothing moves `lastUpdateInstant`. UNVERIFIED.',
  },
  bodyTenantId: {
    choices: ['notEnough', 'enough'],
    meaning: 'Whether `tenantId` in the body of a create is enough where the header is needed. UNVERIFIED.',
  },
  tenantMergePatchBug: {
    choices: ['off', 'on'],
    meaning:
      'A merge-patch of a tenant fails with 500, as reported for 1.62.1 and later (fusionauth-issues #3338). UNVERIFIED for 1.69.',
  },
  tenantPatchDetachesWebhooks: {
    choices: ['off', 'on'],
    meaning: 'A tenant PATCH without `webhookIds` detaches its webhooks, as before 1.48 (fusionauth-issues #2411).',
  },
  concurrentPatch: {
    choices: ['lost', 'conflict', 'serial'],
    meaning:
      '`lost`: of PATCHes of one object at the same time the last one wins on the whole object, and all are answered 200 (fusionauth-issues #3206, open). `conflict`: the others are answered 409. `serial`: one after the other.',
  },
  identityProviderPatch: {
    choices: ['conflict', 'lost', 'serial'],
    meaning: 'The same for identity providers: 409 since 1.65, lost before (fusionauth-issues #3386).',
  },
  copySourceOnUpdate: {
    choices: ['refused', 'ignored'],
    meaning:
      'Whether `sourceTenantId`, and its like of other kinds, is refused in a PUT or PATCH, as since 1.46 (fusionauth-issues #2340).',
  },
  legacyPatchOfLists: {
    choices: ['appended', 'markedReplaced'],
    meaning:
      "Whether a PATCH as `application/json` appends to every list, as FusionAuth docs apis and fusionauth-issues #441 say, or replaces those that fusionauth-java-client's classes mark `@JsonMerge(FALSE)`, such as `authorizedRedirectURLs`. UNVERIFIED.",
  },
  builtInRefusal: {
    choices: ['generalError', 'fieldError', 'forbidden'],
    meaning:
      'How a DELETE or change of something built in is refused: a general error, an error of the id, or 403 without a body. UNVERIFIED.',
  },
  searchPageLimit: {
    choices: ['none', 'hundred'],
    meaning:
      'Whether a search gives as many results a page as were asked for, or 100 at most. UNVERIFIED; the docs name no limit.',
  },
  freshTenantEvents: {
    choices: ['empty', 'listed'],
    meaning:
      "Whether `eventConfiguration` of a tenant that names no events lists them all, switched off. Tenants in three published databases have none, as the Java class; the docs' sample lists many. UNVERIFIED.",
  },
  bodyContentType: {
    choices: ['checked', 'ignored'],
    meaning: 'Whether a body without a JSON content type is answered 400 or read all the same. UNVERIFIED.',
  },
  newTenantTheme: {
    choices: ['inherited', 'none'],
    meaning: "The theme of a tenant that is created without one: the Default tenant's, or none. UNVERIFIED.",
  },
  unknownOrderColumn: {
    choices: ['ignore', 'error'],
    meaning: "Sorting by a column that the kind does not have: default order, or the database's error. UNVERIFIED.",
  },
  inactiveNames: {
    choices: ['taken', 'free'],
    meaning: 'Whether an application may bear the name of another one in its tenant that is inactive. UNVERIFIED.',
  },
  deleteInUse: {
    choices: ['refused', 'allowed'],
    meaning:
      'Whether deletes of what something else uses (keys, lambdas, themes, templates, connectors, …) are refused with `[inUse]`. The code is UNVERIFIED.',
  },
  undocumentedErrors: {
    choices: ['likely', 'general'],
    meaning:
      'Errors that no document gives the code or the field of (links, grants, members, families, actions, `[inUse]`, …): the likely ones, or `[Unknown]` as a general error. UNVERIFIED.',
  },
  uniqueNames: {
    choices: ['everywhere', 'whereDocumented'],
    meaning: 'Whether names of message templates and entity types are unique, which the docs do not say. UNVERIFIED.',
  },
  themeTypeChange: {
    choices: ['ignored', 'refused'],
    meaning:
      'Whether a PUT or PATCH with another `type` than the theme has keeps the type, or is answered `[invalid]`. UNVERIFIED.',
  },
  partBumpsOwner: {
    choices: ['off', 'on'],
    meaning:
      'Whether a role, a scope or a permission moves the `lastUpdateInstant` of the application or entity type it is part of. UNVERIFIED.',
  },
  partsOfDeletedUser: {
    choices: ['dropped', 'kept'],
    meaning: 'Whether grants and comments go with the user they are of, as the docs imply of grants. UNVERIFIED.',
  },
  olderFieldInPatch: {
    choices: ['ifChanged', 'always'],
    meaning:
      "Whether a PATCH of SAML's lists counts an older field such as `callbackURL` that it does not name, so that what is taken out of a list comes back. UNVERIFIED.",
  },
  connectorNames: {
    choices: ['trimmed', 'asSent'],
    meaning:
      'Whether names of connectors are trimmed as those of other kinds are. UNVERIFIED; their classes have no `normalize()`.',
  },
  moreFusionAuthConnectors: {
    choices: ['refused', 'taken'],
    meaning:
      'Whether there can be another connector of type `FusionAuth` than the one that every server has. UNVERIFIED.',
  },
  templateLocales: {
    choices: ['byLanguage', 'exact'],
    meaning:
      'Whether a preview for `de_CH` takes the translation of `de` where there is none for the country. UNVERIFIED.',
  },
  tenantKeyMakesTenants: {
    choices: ['refused', 'allowed'],
    meaning: 'Whether a key that is tied to a tenant may make tenants. UNVERIFIED.',
  },
  lesserKey: {
    choices: ['unauthorized', 'forbidden'],
    meaning:
      'How a key is refused that asks for an API key with more permissions than its own: 401 or 403. UNVERIFIED.',
  },
  unknownTenantOpenId: {
    choices: ['notFound', 'defaultTenant'],
    meaning: "What `/.well-known/openid-configuration` answers for an id that is no tenant's. UNVERIFIED.",
  },
  tenantOpenIdUrls: {
    choices: ['plain', 'withTenant'],
    meaning: "Whether the URLs of a tenant's OpenID configuration have the tenant's id before their path. UNVERIFIED.",
  },
  indexedGrants: {
    choices: ['onEntity', 'ofEntity'],
    meaning:
      'Whether entities are searched by the grants that others have on them, or by those that they have. UNVERIFIED.',
  },
  ownActionEvents: {
    choices: ['told', 'untold'],
    meaning:
      'Whether webhooks are told of an action that FusionAuth takes by itself, as after too many failed logins. UNVERIFIED.',
  },
  verifiedWithoutEmail: {
    choices: ['off', 'on'],
    meaning: 'Whether a user without an e-mail address is `verified`. UNVERIFIED.',
  },
  overlappingIpRanges: {
    choices: ['first', 'last'],
    meaning:
      'Which range of an IP access control list decides where an address lies in several: the first or the last by address. UNVERIFIED.',
  },
  maskedInAuditLog: {
    choices: ['secrets', 'clientSecret'],
    meaning:
      'Which values the audit log masks: all that are secret by name, or `clientSecret` alone, of which it is known. UNVERIFIED.',
  },
  authenticationTokenSteps: {
    choices: ['skipped', 'taken'],
    meaning:
      'Whether a login with the authentication token of a registration still needs a second factor or a new password. UNVERIFIED.',
  },
  verificationBeforeSteps: {
    choices: ['off', 'on'],
    meaning:
      'Whether a user who is gated until verified is told so (212, 213) before a second factor or a new password is asked for (203, 242). UNVERIFIED.',
  },
  missingMessageValues: {
    choices: ['shown', 'hidden'],
    meaning:
      'Whether the error about missing messages of a theme has their default values in `data`, by key (fusionauth-issues #2427). UNVERIFIED.',
  },
  tokenCookieAttributes: {
    choices: ['plain', 'sameSite'],
    meaning: 'Whether cookies of tokens have `SameSite=Lax` beside `HttpOnly` and their path. UNVERIFIED.',
  },
  defaultUserOrder: {
    choices: ['name', 'id'],
    meaning: 'What users are sorted by where a search does not say: by name and login, or by id. UNVERIFIED.',
  },
  undocumentedTexts: {
    choices: ['likely', 'other'],
    meaning:
      'Texts that no document gives, such as names of generated keys, messages of the audit log and columns of its export: likely ones, or visibly others. UNVERIFIED.',
  },
  simpleThemeVariables: {
    choices: ['unset', 'filled'],
    meaning:
      'What a simple theme has for variables that it does not name: nothing, or those of the default one. UNVERIFIED.',
  },
  universalTenant: {
    choices: ['none', 'default'],
    meaning: 'Whether a universal application, which belongs to no tenant, shows the default one. UNVERIFIED.',
  },
  apiKeyPatch: {
    choices: ['supported', 'missing'],
    meaning:
      'Whether API keys can be patched: the client libraries have the call, the docs do not; `missing` answers 405. UNVERIFIED.',
  },
  ipAclDelete: {
    choices: ['refused', 'detached'],
    meaning:
      'What a delete of an IP access control list in use by tenants or applications does; FusionAuth docs apis/ip-acl say both.',
  },
  userActionTransaction: {
    choices: ['None', 'AbsoluteMajority'],
    meaning:
      'The `transactionType` of a user action that is created without one. UNVERIFIED; it was AbsoluteMajority for events before 1.36.',
  },
  newKeyLatency: {
    choices: ['off', 'on'],
    meaning: 'A new API key is answered 401 for its first second (FusionAuth docs apis, "new API key").',
  },
  usedEntityTypeDelete: {
    choices: ['refused', 'cascades'],
    meaning: 'What a DELETE of an entity type does that entities have: it is refused, or they go with it. UNVERIFIED.',
  },
  grantedPermissionDelete: {
    choices: ['stripped', 'refused', 'kept'],
    meaning:
      'What a DELETE of a permission does that grants have: it goes out of them, is refused, or stays in them. UNVERIFIED.',
  },
  inlinePermissions: {
    choices: ['ignored', 'taken'],
    meaning:
      'Whether a create of an entity type takes the `permissions` in its body, which the docs do not list. UNVERIFIED.',
  },
  entityTypeChange: {
    choices: ['taken', 'kept'],
    meaning: 'Whether a PUT or PATCH moves an entity to another type. UNVERIFIED; the Terraform provider expects it.',
  },
  entityClientIds: {
    choices: ['tenant', 'instance'],
    meaning: 'Whether a client id is of one entity in its tenant or on the whole server. UNVERIFIED.',
  },
  entityDeleteTenant: {
    choices: ['optional', 'required'],
    meaning:
      'Whether a DELETE of an entity needs the tenant header where there are several tenants, as the docs say of this call only. UNVERIFIED.',
  },
  grantBumpsEntities: {
    choices: ['off', 'on'],
    meaning: 'Whether a grant moves `lastUpdateInstant` of the entities it is on and of. UNVERIFIED.',
  },
  grantSearchEntity: {
    choices: ['recipient', 'target'],
    meaning:
      'Whether `entityId` in a grant search means who has the grants (fusionauth-issues #2339) or what they are on (FusionAuth docs).',
  },
  epochRanges: {
    choices: ['found', 'missed'],
    meaning:
      'Whether searches find instants by milliseconds, as in `lastUpdateInstant:[1700000000000 TO *]`. UNVERIFIED.',
  },
  databaseSearchTerm: {
    choices: ['contains', 'whole'],
    meaning:
      'Whether the database search finds its term anywhere in a text (search guide) or only as the whole text (API page). UNVERIFIED.',
  },
  nestedInQueryString: {
    choices: ['found', 'hidden'],
    meaning:
      'Whether a `queryString` reaches into registrations, memberships and grants, as in programs one finds, or only a `nested` query (docs). UNVERIFIED.',
  },
  searchPastWindow: {
    choices: ['refused', 'unavailable'],
    meaning:
      'What a search past the first 10,000 hits is answered: 400, or 503 as in fusionauth-issues #701. UNVERIFIED.',
  },
  searchMappingConflict: {
    choices: ['hidden', 'ignored'],
    meaning:
      'Whether an object whose `data` has another type than earlier ones is hidden from searches (FusionAuth docs, "data field data type changes").',
  },
  staleTenantEntities: {
    choices: ['off', 'on'],
    meaning:
      'Whether the search index keeps entities of a deleted tenant: counted, never answered (fusionauth-issues #2600).',
  },
  providerSecretsOnRead: {
    choices: ['shown', 'hidden'],
    meaning: "Whether secrets of identity providers are shown. UNVERIFIED for 1.69; the docs' samples show them.",
  },
  providerTenantHeader: {
    choices: ['confines', 'ignored'],
    meaning:
      'Whether the tenant header confines a caller to identity providers of that tenant, as a tenant key does (FusionAuth docs, search), or counts for nothing. UNVERIFIED.',
  },
  providerTypeOnUpdate: {
    choices: ['refused', 'ignored'],
    meaning:
      'Whether an update of an identity provider with another type, or a PUT with none, is refused, or read as the type it has. UNVERIFIED.',
  },
  linkingStrategyChange: {
    choices: ['whenDisabled', 'whileDisabling', 'free'],
    meaning:
      'When `linkingStrategy` can change: while the provider is disabled (FusionAuth docs, since 1.65), also in the request that disables it (UNVERIFIED), or always, as before.',
  },
  hyprLinkingStrategy: {
    choices: ['LinkByEmail', 'Unsupported'],
    meaning:
      "The `linkingStrategy` of a HYPR provider that is created without one: the client library's, or the one the API page names. UNVERIFIED.",
  },
  settingsOfDeleted: {
    choices: ['dropped', 'kept'],
    meaning: 'Whether identity providers keep their settings for an application or tenant that is deleted. UNVERIFIED.',
  },
  samlVerificationKeys: {
    choices: ['publicOnly', 'any'],
    meaning:
      'Whether a key with a private part may verify SAML responses; the docs ask for a public key or certificate alone. UNVERIFIED that the server does.',
  },
  formerKeyBesideList: {
    choices: ['ignored', 'first'],
    meaning:
      'What `keyId` or `defaultKeyId` is beside a `verificationKeyIds` that begins with another key: nothing, or the first. UNVERIFIED.',
  },
  lookupOfDisabled: {
    choices: ['notFound', 'found'],
    meaning: 'Whether the lookup by domain finds a disabled identity provider. UNVERIFIED.',
  },
  linkAgain: {
    choices: ['refused', 'updated'],
    meaning: 'Whether a link that a user has already can be made again. UNVERIFIED.',
  },
  webhookLinkBumps: {
    choices: ['off', 'on'],
    meaning:
      "Whether attaching a webhook by a tenant's `webhookIds` moves the webhook's `lastUpdateInstant`. UNVERIFIED.",
  },
  referenceTypes: {
    choices: ['checked', 'unchecked'],
    meaning:
      'Whether an id of an object of the wrong type is refused: a Voice template for SMS, a lambda of another type, a key that cannot sign. UNVERIFIED.',
  },
  subtypeChange: {
    choices: ['refused', 'ignored'],
    meaning:
      'Whether a PUT with another `type` than the object has is answered `[invalid]`, or keeps the type. UNVERIFIED.',
  },
  connectorSecretsOnRead: {
    choices: ['shown', 'hidden'],
    meaning: "Whether passwords and header values of connectors are shown, as the docs' samples do. UNVERIFIED.",
  },
  connectorSecretsOnOmit: {
    choices: ['cleared', 'kept'],
    meaning: "Whether a PUT without a connector's password keeps it. UNVERIFIED; the docs promise nothing.",
  },
  messengerSecretsOnRead: {
    choices: ['shown', 'hidden'],
    meaning:
      "Whether passwords, tokens and header values of messengers are shown, as the docs' samples do. UNVERIFIED.",
  },
  messengerSecretsOnOmit: {
    choices: ['cleared', 'kept'],
    meaning: "Whether a PUT without a messenger's password or token keeps it. UNVERIFIED; the docs promise nothing.",
  },
  freshCors: {
    choices: ['off', 'on'],
    meaning:
      'Whether a fresh install filters cross-origin requests: the docs say no, the Terraform provider assumes yes. UNVERIFIED.',
  },
  freshReportTimezone: {
    choices: ['Denver', 'UTC'],
    meaning:
      "The time zone of reports of a fresh install: `America/Denver`, as in the docs' sample, or `UTC`. UNVERIFIED.",
  },
  usageDataDefault: {
    choices: ['on', 'off'],
    meaning:
      'Whether usage data is collected where a PUT does not say: the Terraform provider says so, the Java class not. UNVERIFIED.',
  },
  corsMethodOrder: {
    choices: ['lost', 'kept'],
    meaning:
      'Whether `corsConfiguration.allowedMethods` come back sorted; a hash set in the server loses their order. UNVERIFIED.',
  },
  jwksExpiredKeys: {
    choices: ['listed', 'leftOut'],
    meaning: 'Whether keys whose certificate is no longer valid are in the JWK set. UNVERIFIED.',
  },
  jwksVerifyOnlyKeys: {
    choices: ['listed', 'leftOut'],
    meaning:
      'Whether keys that were imported without a private part are in the JWK set; maintainers say so of imported keys (fusionauth-issues #519). UNVERIFIED for certificates.',
  },
  ed25519Alg: {
    choices: ['Ed25519', 'EdDSA'],
    meaning:
      "The `alg` of an Ed25519 key in the JWK set and in tokens: RFC 9864's name, which fusionauth-jwt has, or that of RFC 8037. UNVERIFIED.",
  },
  loginTokenGrants: {
    choices: ['none', 'password'],
    meaning:
      'Whether the header of a token of the Login API names a grant in `gty`; the docs know it of OAuth grants. UNVERIFIED.',
  },
  strictLoginClaims: {
    choices: ['leftOut', 'present'],
    meaning:
      "Whether tokens of the Login API have the e-mail address and user name where the application's `scopeHandlingPolicy` is `Strict`; the docs say no of access tokens. UNVERIFIED for this API.",
  },
  preventedLogin: {
    choices: ['beforePassword', 'afterPassword'],
    meaning:
      'Whether a user who is locked, expired or kept out by an action is told so without the right password (fusionauth-issues #2524, open).',
  },
  mappingsWithoutForm: {
    choices: ['kept', 'dropped'],
    meaning: 'What the Tenant Manager does with default attribute mappings while it has no attribute form. UNVERIFIED.',
  },
  memberAgain: {
    choices: ['kept', 'replaced'],
    meaning:
      'Adding a user to a group again keeps the membership, though the answer shows another id (fusionauth-issues #585), or replaces it.',
  },
  userPartBumps: {
    choices: ['off', 'on'],
    meaning:
      "Whether a change of a user's registrations or memberships moves the user's own `lastUpdateInstant`. UNVERIFIED.",
  },
  importedLastUpdate: {
    choices: ['now', 'insertInstant'],
    meaning:
      'The `lastUpdateInstant` of an imported user: the time of the import, or the `insertInstant` it came with. UNVERIFIED.',
  },
  webhookRetries: {
    choices: ['transactions', 'always'],
    meaning:
      'Whether webhooks that no transaction waits for are told once (FusionAuth docs, "Writing a Webhook", and fusionauth-issues #3549: fire and forget), or up to three times more when they fail. UNVERIFIED.',
  },
  webhookRetryWait: {
    choices: ['none', 'backoff'],
    meaning:
      'Whether the up to three further tries come at once, as fusionauth-issues #3549 reports, or after 1, 2 and 4 seconds. UNVERIFIED.',
  },
  unheardEvents: {
    choices: ['notLogged', 'logged'],
    meaning: 'Whether the webhook event log has events that no webhook takes. UNVERIFIED.',
  },
} as const;

/** The name of a switch. */
export type SwitchName = keyof typeof switches;

/** A value that a switch can have. */
export type SwitchChoice<Name extends SwitchName> = (typeof switches)[Name]['choices'][number];

/** The value of every switch. Held by the instance; the control plane changes it while the sandbox runs. */
export type Switches = { [Name in SwitchName]: SwitchChoice<Name> };

export const switchNames: readonly SwitchName[] =
  // `as`: the keys of a literal are the names of its type.
  Object.keys(switches) as SwitchName[];

export function defaultSwitches(): Switches {
  // `as`: one entry is made for each name.
  return Object.fromEntries(switchNames.map((name) => [name, switches[name].choices[0]])) as Switches;
}

/** The values a switch can have, default first. */
export function switchChoices(name: SwitchName): readonly string[] {
  return switches[name].choices;
}

/** What a switch decides, one line of Markdown with nothing but `code` in it. */
export function switchMeaning(name: SwitchName): string {
  return switches[name].meaning;
}

/** A name or value that no switch has. */
export class SwitchError extends Error {
  override readonly name: string = 'SwitchError';
}

/**
 * Reads `name=value`, as `--switch` takes it.
 * @throws {@link SwitchError} naming what there is instead.
 */
export function parseSwitch(text: string): Partial<Switches> {
  const [name = '', ...rest] = text.split('=');
  return checkSwitches({ [name.trim()]: rest.join('=').trim() });
}

/**
 * Checks names and values that come from outside.
 * @throws {@link SwitchError} naming what there is instead.
 */
export function checkSwitches(values: Readonly<Record<string, unknown>>): Partial<Switches> {
  for (const [name, value] of Object.entries(values)) {
    const known = switchNames.find((switchName) => switchName === name);
    if (known === undefined) throw new SwitchError(`no switch "${name}"; there are ${switchNames.join(', ')}`);
    if (!switchChoices(known).includes(String(value))) {
      throw new SwitchError(`switch "${name}" is ${switchChoices(known).join(' or ')}, not "${String(value)}"`);
    }
  }
  return values;
}
