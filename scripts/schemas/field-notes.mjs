// What kedge says of the fields that people look up most, in its own words, and of what is no longer to be used: the
// client's types have no doc comments on fields. Each line names where the fact is from. The generator writes them into
// schemas/, and fails where a path is not there.

/** Kind → field path → [what it is, source]. */
export const descriptions = {
  application: {
    name: ['What administrators and users see; unique in its tenant.', 'docs apis/applications'],
    tenantId: ['The tenant it is in, for good: another tenant means another application.', 'docs apis/applications'],
    'jwtConfiguration.enabled': ['Whether it signs its tokens by settings of its own or those of its tenant.', 'docs apis/applications'],
    'jwtConfiguration.timeToLiveInSeconds': ['How long an access token is good, in seconds.', 'docs apis/applications'],
    'jwtConfiguration.refreshTokenTimeToLiveInMinutes': ['How long a refresh token is good, in minutes.', 'docs apis/applications'],
    'loginConfiguration.generateRefreshTokens': ['Whether the Login API gives refresh tokens.', 'docs apis/applications'],
    'oauthConfiguration.authorizedRedirectURLs': ['Where users may be sent back to after login; anything else is refused.', 'docs apis/applications'],
    'oauthConfiguration.authorizedOriginURLs': ['Origins from which a browser may call the OAuth endpoints.', 'docs apis/applications'],
    'oauthConfiguration.clientAuthenticationPolicy': ['Whether the client secret must be sent to the token endpoint.', 'docs apis/applications'],
    'oauthConfiguration.enabledGrants': ['The OAuth grants that this application may use.', 'docs apis/applications'],
    'oauthConfiguration.generateRefreshTokens': ['Whether the offline_access scope gives refresh tokens.', 'docs apis/applications'],
    'oauthConfiguration.logoutURL': ['Where users are sent after logout.', 'docs apis/applications'],
    'oauthConfiguration.proofKeyForCodeExchangePolicy': ['Whether PKCE must be used with the authorization code grant.', 'docs apis/applications'],
    'oauthConfiguration.requireRegistration': ['Whether users must be registered here to log in through the login pages.', 'docs apis/applications'],
    'registrationConfiguration.enabled': ['Whether users may register themselves.', 'docs apis/applications'],
    verifyRegistration: ['Whether a registration must be verified by e-mail; needs verificationEmailTemplateId.', 'docs apis/applications'],
  },
  connector: {
    authenticationURL: ['Where logins are sent: a URL of http(s), or of ldap(s) for LDAP.', 'docs apis/connectors'],
    connectTimeout: ['How long connecting may take, in milliseconds.', 'docs apis/connectors'],
    readTimeout: ['How long an answer may take, in milliseconds.', 'docs apis/connectors'],
  },
  emailTemplate: {
    defaultHtmlTemplate: ['The HTML body, a FreeMarker template; best as !file.', 'docs apis/emails'],
    defaultTextTemplate: ['The plain text body, a FreeMarker template; best as !file.', 'docs apis/emails'],
    fromEmail: ['The sender’s address; without it, the one of the tenant.', 'docs apis/emails'],
  },
  group: { roleIds: ['Roles that members have: the logical key of one is <application>/<role>.', 'docs apis/groups'] },
  identityProvider: {
    type: ['What it is; decides which other fields there are, and never changes.', 'docs apis/identity-providers'],
    linkingStrategy: ['How a login is matched to a user. It changes only while the provider is disabled.', 'docs apis/identity-providers; release 1.65'],
    applicationConfiguration: ['Settings per application, by its logical key or id.', 'docs apis/identity-providers'],
    tenantConfiguration: ['Settings per tenant, by its logical key or id.', 'docs apis/identity-providers'],
    enabled: ['Whether anybody can log in through it; each application has a switch of its own beside it.', 'docs apis/identity-providers'],
  },
  key: {
    algorithm: ['What it signs with; never changes.', 'docs apis/keys'],
    length: ['Bits of an RSA key: 2048, 3072 or 4096.', 'docs apis/keys'],
    kid: ['What tokens call it by; the JWKS has it.', 'docs apis/keys'],
  },
  lambda: {
    body: ['The JavaScript; best as !file.', 'docs apis/lambdas'],
    type: ['When it is called, and with which arguments; never changes.', 'docs apis/lambdas'],
    debug: ['Whether console.debug of it goes to the event log.', 'docs apis/lambdas'],
  },
  tenant: {
    issuer: ['The iss claim of every token; services check it.', 'docs apis/tenants'],
    name: ['What administrators see; unique on the instance.', 'docs apis/tenants'],
    themeId: ['How the login pages look.', 'docs apis/tenants'],
    'emailConfiguration.host': ['The SMTP server.', 'docs apis/tenants'],
    'emailConfiguration.port': ['The port of the SMTP server.', 'docs apis/tenants'],
    'emailConfiguration.verifyEmail': ['Whether addresses must be verified; needs verificationEmailTemplateId.', 'docs apis/tenants'],
    'jwtConfiguration.accessTokenKeyId': ['The key that signs access tokens.', 'docs apis/tenants'],
    'jwtConfiguration.idTokenKeyId': ['The key that signs ID tokens.', 'docs apis/tenants'],
    'jwtConfiguration.timeToLiveInSeconds': ['How long an access token is good, in seconds.', 'docs apis/tenants'],
    'jwtConfiguration.refreshTokenTimeToLiveInMinutes': ['How long a refresh token is good, in minutes.', 'docs apis/tenants'],
    'passwordValidationRules.minLength': ['The shortest password that is taken, in characters.', 'docs apis/tenants'],
  },
  theme: {
    stylesheet: ['CSS that every page has; best as !file.', 'docs apis/themes'],
    defaultMessages: ['The texts of the pages, as Java properties; a newer version may need more keys.', 'docs apis/themes'],
  },
  webhook: {
    eventsEnabled: ['Which events are sent. Only what is written is owned.', 'docs apis/webhooks'],
    global: ['Whether the events of every tenant are sent; else those of tenantIds.', 'docs apis/webhooks'],
    connectTimeout: ['How long connecting may take, in milliseconds.', 'docs apis/webhooks'],
    readTimeout: ['How long an answer may take, in milliseconds.', 'docs apis/webhooks'],
    url: ['Where the events are sent.', 'docs apis/webhooks'],
  },
};

/** Kind → field path → [what to use instead, source]: still there, and not to be used for anything new. */
export const deprecations = {
  webhook: {
    sslCertificate: [
      'Use sslCertificateKeyId, a certificate of Key Master.',
      'release notes of 1.48, fusionauth-issues #883',
    ],
  },
};
