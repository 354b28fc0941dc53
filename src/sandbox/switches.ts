/**
 * What nobody outside FusionAuth knows for sure, or what differs from one server to the next: one named switch each, so
 * that a client can be tested against every answer. The first value of a switch is its default.
 */
const choices = {
  /** `off`: a server without a licence; licensed features are answered `[notLicensed]`. Source: FusionAuth docs apis/reactor. */
  licensed: ['on', 'off'],
  /** Whether a JSON property the API does not know is dropped or answered `[invalidJSON]`. UNVERIFIED. */
  unknownProperties: ['ignore', 'reject'],
  /** Whether `Acme` and `acme` are the same name: MySQL says yes, PostgreSQL no. UNVERIFIED. */
  nameCase: ['insensitive', 'sensitive'],
  /** Whether a PUT without `emailConfiguration.password` keeps the tenant's SMTP password. UNVERIFIED; the docs promise nothing. */
  smtpPasswordOnOmit: ['cleared', 'kept'],
  /** Whether reads by id show `emailConfiguration.password`, as the docs' sample does. UNVERIFIED. */
  smtpPasswordOnRead: ['shown', 'hidden'],
  /** Whether passwords and header values of webhooks are shown. UNVERIFIED for 1.69; the docs' samples show them. */
  webhookSecretsOnRead: ['shown', 'hidden'],
  /** Whether a write that changes nothing moves `lastUpdateInstant`. UNVERIFIED. */
  noopUpdate: ['bumps', 'keeps'],
  /** Whether `tenantId` in the body of a create is enough where the header is needed. UNVERIFIED. */
  bodyTenantId: ['notEnough', 'enough'],
  /** A merge-patch of a tenant fails with 500, as reported for 1.62.1 and later (fusionauth-issues #3338). UNVERIFIED for 1.69. */
  tenantMergePatchBug: ['off', 'on'],
  /** A tenant PATCH without `webhookIds` detaches its webhooks, as before 1.48 (fusionauth-issues #2411). */
  tenantPatchDetachesWebhooks: ['off', 'on'],
  /** `lost`: of PATCHes of one object at the same time the last one wins on the whole object, and all are answered 200 (fusionauth-issues #3206, open). `conflict`: the others are answered 409. `serial`: one after the other. */
  concurrentPatch: ['lost', 'conflict', 'serial'],
  /** The same for identity providers: 409 since 1.65, lost before (fusionauth-issues #3386). */
  identityProviderPatch: ['conflict', 'lost', 'serial'],
  /** Whether `sourceTenantId`, and its like of other kinds, is refused in a PUT or PATCH, as since 1.46 (fusionauth-issues #2340). */
  copySourceOnUpdate: ['refused', 'ignored'],
  /** How a DELETE or change of something built in is refused: a general error, an error of the id, or 403 without a body. UNVERIFIED. */
  builtInRefusal: ['generalError', 'fieldError', 'forbidden'],
  /** Whether a search gives as many results a page as were asked for, or 100 at most. UNVERIFIED; the docs name no limit. */
  searchPageLimit: ['none', 'hundred'],
  /** Whether `GET /api/tenant` and the search show which event types exist in `eventConfiguration`. UNVERIFIED for a fresh tenant. */
  freshTenantEvents: ['listed', 'empty'],
  /** Whether a body without a JSON content type is answered 400 or read all the same. UNVERIFIED. */
  bodyContentType: ['checked', 'ignored'],
  /** The theme of a tenant that is created without one: the Default tenant's, or none. UNVERIFIED. */
  newTenantTheme: ['inherited', 'none'],
  /** Sorting by a column that the kind does not have: default order, or the database's error. UNVERIFIED. */
  unknownOrderColumn: ['ignore', 'error'],
  /** Whether an application may bear the name of another one in its tenant that is inactive. UNVERIFIED. */
  inactiveNames: ['taken', 'free'],
  /** Whether deletes of what something else uses (keys, lambdas, themes, templates, connectors, …) are refused with `[inUse]`. The code is UNVERIFIED. */
  deleteInUse: ['refused', 'allowed'],
  /** Whether API keys can be patched: the client libraries have the call, the docs do not; `missing` answers 405. UNVERIFIED. */
  apiKeyPatch: ['supported', 'missing'],
  /** What a delete of an IP access control list in use by tenants or applications does; FusionAuth docs apis/ip-acl say both. */
  ipAclDelete: ['refused', 'detached'],
  /** The `transactionType` of a user action that is created without one. UNVERIFIED; it was AbsoluteMajority for events before 1.36. */
  userActionTransaction: ['None', 'AbsoluteMajority'],
  /** A new API key is answered 401 for its first second (FusionAuth docs apis, "new API key"). */
  newKeyLatency: ['off', 'on'],
  /** What a DELETE of an entity type does that entities have: it is refused, or they go with it. UNVERIFIED. */
  usedEntityTypeDelete: ['refused', 'cascades'],
  /** What a DELETE of a permission does that grants have: it goes out of them, is refused, or stays in them. UNVERIFIED. */
  grantedPermissionDelete: ['stripped', 'refused', 'kept'],
  /** Whether a create of an entity type takes the `permissions` in its body, which the docs do not list. UNVERIFIED. */
  inlinePermissions: ['ignored', 'taken'],
  /** Whether a PUT or PATCH moves an entity to another type. UNVERIFIED; the Terraform provider expects it. */
  entityTypeChange: ['taken', 'kept'],
  /** Whether a client id is of one entity in its tenant or on the whole server. UNVERIFIED. */
  entityClientIds: ['tenant', 'instance'],
  /** Whether a DELETE of an entity needs the tenant header where there are several tenants, as the docs say of this call only. UNVERIFIED. */
  entityDeleteTenant: ['optional', 'required'],
  /** Whether a grant moves `lastUpdateInstant` of the entities it is on and of. UNVERIFIED. */
  grantBumpsEntities: ['off', 'on'],
  /** Whether `entityId` in a grant search means who has the grants (fusionauth-issues #2339) or what they are on (FusionAuth docs). */
  grantSearchEntity: ['recipient', 'target'],
  /** Whether searches find instants by milliseconds, as in `lastUpdateInstant:[1700000000000 TO *]`. UNVERIFIED. */
  epochRanges: ['found', 'missed'],
  /** Whether the database search finds its term anywhere in a text (search guide) or only as the whole text (API page). UNVERIFIED. */
  databaseSearchTerm: ['contains', 'whole'],
  /** Whether a `queryString` reaches into registrations, memberships and grants, as in programs one finds, or only a `nested` query (docs). UNVERIFIED. */
  nestedInQueryString: ['found', 'hidden'],
  /** What a search past the first 10,000 hits is answered: 400, or 503 as in fusionauth-issues #701. UNVERIFIED. */
  searchPastWindow: ['refused', 'unavailable'],
  /** Whether an object whose `data` has another type than earlier ones is hidden from searches (FusionAuth docs, "data field data type changes"). */
  searchMappingConflict: ['hidden', 'ignored'],
  /** Whether the search index keeps entities of a deleted tenant: counted, never answered (fusionauth-issues #2600). */
  staleTenantEntities: ['off', 'on'],
  /** Whether secrets of identity providers are shown. UNVERIFIED for 1.69; the docs' samples show them. */
  providerSecretsOnRead: ['shown', 'hidden'],
  /** Whether the tenant header confines a caller to identity providers of that tenant, as a tenant key does (FusionAuth docs, search), or counts for nothing. UNVERIFIED. */
  providerTenantHeader: ['confines', 'ignored'],
  /** Whether an update of an identity provider with another type, or a PUT with none, is refused, or read as the type it has. UNVERIFIED. */
  providerTypeOnUpdate: ['refused', 'ignored'],
  /** When `linkingStrategy` can change: while the provider is disabled (FusionAuth docs, since 1.65), also in the request that disables it (UNVERIFIED), or always, as before. */
  linkingStrategyChange: ['whenDisabled', 'whileDisabling', 'free'],
  /** The `linkingStrategy` of a HYPR provider that is created without one: the client library's, or the one the API page names. UNVERIFIED. */
  hyprLinkingStrategy: ['LinkByEmail', 'Unsupported'],
  /** Whether identity providers keep their settings for an application or tenant that is deleted. UNVERIFIED. */
  settingsOfDeleted: ['dropped', 'kept'],
  /** Whether a key with a private part may verify SAML responses; the docs ask for a public key or certificate alone. UNVERIFIED that the server does. */
  samlVerificationKeys: ['publicOnly', 'any'],
  /** What `keyId` or `defaultKeyId` is beside a `verificationKeyIds` that begins with another key: nothing, or the first. UNVERIFIED. */
  formerKeyBesideList: ['ignored', 'first'],
  /** Whether the lookup by domain finds a disabled identity provider. UNVERIFIED. */
  lookupOfDisabled: ['notFound', 'found'],
  /** Whether a link that a user has already can be made again. UNVERIFIED. */
  linkAgain: ['refused', 'updated'],
  /** Whether attaching a webhook by a tenant's `webhookIds` moves the webhook's `lastUpdateInstant`. UNVERIFIED. */
  webhookLinkBumps: ['off', 'on'],
  /** Whether an id of an object of the wrong type is refused: a Voice template for SMS, a lambda of another type, a key that cannot sign. UNVERIFIED. */
  referenceTypes: ['checked', 'unchecked'],
  /** Whether a PUT with another `type` than the object has is answered `[invalid]`, or keeps the type. UNVERIFIED. */
  subtypeChange: ['refused', 'ignored'],
  /** Whether passwords and header values of connectors are shown, as the docs' samples do. UNVERIFIED. */
  connectorSecretsOnRead: ['shown', 'hidden'],
  /** Whether a PUT without a connector's password keeps it. UNVERIFIED; the docs promise nothing. */
  connectorSecretsOnOmit: ['cleared', 'kept'],
  /** Whether passwords, tokens and header values of messengers are shown, as the docs' samples do. UNVERIFIED. */
  messengerSecretsOnRead: ['shown', 'hidden'],
  /** Whether a PUT without a messenger's password or token keeps it. UNVERIFIED; the docs promise nothing. */
  messengerSecretsOnOmit: ['cleared', 'kept'],
  /** Whether a fresh install filters cross-origin requests: the docs say no, the Terraform provider assumes yes. UNVERIFIED. */
  freshCors: ['off', 'on'],
  /** The time zone of reports of a fresh install: `America/Denver`, as in the docs' sample, or `UTC`. UNVERIFIED. */
  freshReportTimezone: ['Denver', 'UTC'],
  /** Whether usage data is collected where a PUT does not say: the Terraform provider says so, the Java class not. UNVERIFIED. */
  usageDataDefault: ['on', 'off'],
  /** Whether `corsConfiguration.allowedMethods` come back sorted; a hash set in the server loses their order. UNVERIFIED. */
  corsMethodOrder: ['lost', 'kept'],
  /** Whether keys whose certificate is no longer valid are in the JWK set. UNVERIFIED. */
  jwksExpiredKeys: ['listed', 'leftOut'],
  /** Whether keys that were imported without a private part are in the JWK set; maintainers say so of imported keys (fusionauth-issues #519). UNVERIFIED for certificates. */
  jwksVerifyOnlyKeys: ['listed', 'leftOut'],
  /** The `alg` of an Ed25519 key in the JWK set and in tokens: RFC 9864's name, which fusionauth-jwt has, or that of RFC 8037. UNVERIFIED. */
  ed25519Alg: ['Ed25519', 'EdDSA'],
  /** Whether the header of a token of the Login API names a grant in `gty`; the docs know it of OAuth grants. UNVERIFIED. */
  loginTokenGrants: ['none', 'password'],
  /** Whether tokens of the Login API have the e-mail address and user name where the application's `scopeHandlingPolicy` is `Strict`; the docs say no of access tokens. UNVERIFIED for this API. */
  strictLoginClaims: ['leftOut', 'present'],
  /** Whether a user who is locked, expired or kept out by an action is told so without the right password (fusionauth-issues #2524, open). */
  preventedLogin: ['beforePassword', 'afterPassword'],
  /** What the Tenant Manager does with default attribute mappings while it has no attribute form. UNVERIFIED. */
  mappingsWithoutForm: ['kept', 'dropped'],
  /** Adding a user to a group again keeps the membership, though the answer shows another id (fusionauth-issues #585), or replaces it. */
  memberAgain: ['kept', 'replaced'],
  /** Whether a change of a user's registrations or memberships moves the user's own `lastUpdateInstant`. UNVERIFIED. */
  userPartBumps: ['off', 'on'],
  /** The `lastUpdateInstant` of an imported user: the time of the import, or the `insertInstant` it came with. UNVERIFIED. */
  importedLastUpdate: ['now', 'insertInstant'],
  /** Whether webhooks that no transaction waits for are told once (FusionAuth docs, "Writing a Webhook", and fusionauth-issues #3549: fire and forget), or up to three times more when they fail. UNVERIFIED. */
  webhookRetries: ['transactions', 'always'],
  /** Whether the up to three further tries come at once, as fusionauth-issues #3549 reports, or after 1, 2 and 4 seconds. UNVERIFIED. */
  webhookRetryWait: ['none', 'backoff'],
  /** Whether the webhook event log has events that no webhook takes. UNVERIFIED. */
  unheardEvents: ['notLogged', 'logged'],
} as const;

/** The name of a switch. */
export type SwitchName = keyof typeof choices;

/** A value that a switch can have. */
export type SwitchChoice<Name extends SwitchName> = (typeof choices)[Name][number];

/** The value of every switch. Held by the instance; the control plane changes it while the sandbox runs. */
export type Switches = { [Name in SwitchName]: SwitchChoice<Name> };

export const switchNames: readonly SwitchName[] =
  // `as`: the keys of a literal are the names of its type.
  Object.keys(choices) as SwitchName[];

export function defaultSwitches(): Switches {
  // `as`: one entry is made for each name.
  return Object.fromEntries(switchNames.map((name) => [name, choices[name][0]])) as Switches;
}

/** The values a switch can have, default first. */
export function switchChoices(name: SwitchName): readonly string[] {
  return choices[name];
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
