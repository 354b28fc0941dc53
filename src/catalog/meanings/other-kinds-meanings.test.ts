import { testMeanings } from '../testing/meaning-table.js';
import { entityTokenCases, ownTokenCases } from '../testing/shared-cases.js';

testMeanings('entityType', [...entityTokenCases, ...ownTokenCases]);

testMeanings('group', [
  { pointer: '/roleIds', from: ['r1', 'r2'], to: ['r2'], risk: 'disruptive', says: 'its members lose the roles r1' },
  { pointer: '/roleIds', from: [], to: ['r1'], risk: 'safe', says: 'its members get the roles r1' },
]);

testMeanings('role', [
  { pointer: '/isDefault', from: true, to: false, risk: 'disruptive', says: 'who registers no longer gets this role' },
  {
    pointer: '/isDefault',
    from: false,
    to: true,
    risk: 'disruptive',
    says: 'who registers without naming roles gets this role',
  },
  {
    pointer: '/isSuperRole',
    from: false,
    to: true,
    risk: 'disruptive',
    says: 'who has this role may do everything in the application',
  },
  {
    pointer: '/isSuperRole',
    from: true,
    to: false,
    risk: 'disruptive',
    says: 'who has this role may no longer do everything in the application',
  },
  {
    pointer: '/name',
    from: 'admin',
    to: 'chief',
    risk: 'disruptive',
    says: 'tokens call the role chief, no longer admin: applications that ask for the old name refuse its users',
  },
]);

testMeanings('scope', [
  {
    pointer: '/name',
    from: 'read',
    to: 'view',
    risk: 'disruptive',
    says: 'clients must ask for view: those that ask for read are refused',
  },
  { pointer: '/required', from: false, to: true, risk: 'disruptive', says: 'users must give this consent to go on' },
]);

testMeanings('webhook', [
  {
    pointer: '/url',
    from: 'https://a.example',
    to: 'https://b.example',
    risk: 'disruptive',
    says: 'events go to https://b.example, no longer to https://a.example',
  },
  {
    pointer: '/global',
    from: true,
    to: false,
    risk: 'disruptive',
    says: 'events of tenants that it does not name are no longer sent to it',
  },
  { pointer: '/global', from: false, to: true, risk: 'disruptive', says: 'events of every tenant are sent to it' },
  { pointer: '/tenantIds', from: ['t1'], to: [], risk: 'disruptive', says: 'events of t1 are no longer sent to it' },
  {
    pointer: '/eventsEnabled/the-key',
    from: true,
    to: false,
    risk: 'disruptive',
    says: 'the event the-key is no longer sent to it',
  },
  { pointer: '/eventsEnabled/the-key', from: false, to: true, risk: 'safe', says: 'the event the-key is sent to it' },
  {
    pointer: '/signatureConfiguration/enabled',
    from: true,
    to: false,
    risk: 'disruptive',
    says: 'events are no longer signed: a receiver that checks refuses them',
  },
  {
    pointer: '/signatureConfiguration/signingKeyId',
    from: 'k1',
    to: 'k2',
    risk: 'disruptive',
    says: 'events are signed with k2, no longer with k1: the receiver must know the new key',
  },
  {
    pointer: '/headers/the-key',
    secret: true,
    risk: 'disruptive',
    says: 'its receiver is sent another header: if it is wrong, events are refused',
  },
  {
    pointer: '/httpAuthenticationPassword',
    secret: true,
    risk: 'disruptive',
    says: 'its receiver is asked with another password: if it is wrong, events are refused',
  },
  {
    pointer: '/connectTimeout',
    from: 1000,
    to: 10,
    risk: 'disruptive',
    says: 'its receiver has 10 ms to answer the call, no longer 1000 ms',
  },
  {
    pointer: '/readTimeout',
    from: 2000,
    to: 20,
    risk: 'disruptive',
    says: 'its receiver has 20 ms to answer, no longer 2000 ms: a vote that comes later is a failure',
  },
]);

testMeanings('apiKey', [
  {
    pointer: '/permissions/endpoints',
    from: { '/api/user': ['GET'] },
    to: {},
    risk: 'disruptive',
    says: 'whoever uses it may no longer call /api/user',
  },
  {
    pointer: '/permissions/endpoints',
    from: {},
    to: { '/api/user': ['GET'] },
    risk: 'disruptive',
    says: 'whoever uses it may call /api/user',
  },
  {
    pointer: '/permissions/endpoints/the-key',
    from: ['GET', 'POST'],
    to: ['GET'],
    risk: 'disruptive',
    says: 'whoever uses it may no longer use POST on the-key',
  },
  {
    pointer: '/permissions/endpoints/the-key',
    from: ['GET'],
    to: ['GET', 'POST'],
    risk: 'disruptive',
    says: 'whoever uses it may use POST on the-key',
  },
  {
    pointer: '/ipAccessControlListId',
    from: 'a1',
    to: 'a2',
    risk: 'disruptive',
    says: 'where it may be used from is decided by a2, no longer by a1',
  },
  {
    pointer: '/expirationInstant',
    from: 2000,
    to: 1000,
    risk: 'disruptive',
    says: 'it is refused from the instant 1000 on, no longer 2000',
  },
]);

testMeanings('ipAccessControlList', [
  {
    pointer: '/entries',
    from: [{ action: 'Allow', startIPAddress: '10.0.0.1' }],
    to: [],
    risk: 'disruptive',
    says: 'its rules no longer hold {"action":"Allow","startIPAddress":"10.0.0.1"}',
  },
  {
    pointer: '/entries',
    from: [],
    to: [{ action: 'Block', startIPAddress: '*' }],
    risk: 'disruptive',
    says: 'its rules hold {"action":"Block","startIPAddress":"*"}',
  },
]);

testMeanings('connector', [
  {
    pointer: '/authenticationURL',
    from: 'https://a.example',
    to: 'https://b.example',
    risk: 'disruptive',
    says: 'passwords are checked at https://b.example, no longer at https://a.example',
  },
  {
    pointer: '/httpAuthenticationPassword',
    secret: true,
    risk: 'disruptive',
    says: 'it is asked with another password: if it is wrong, its users cannot log in',
  },
  {
    pointer: '/systemAccountPassword',
    secret: true,
    risk: 'disruptive',
    says: 'it is asked with another password: if it is wrong, its users cannot log in',
  },
  {
    pointer: '/systemAccountDN',
    from: 'cn=a',
    to: 'cn=b',
    risk: 'disruptive',
    says: 'it is asked as cn=b, no longer as cn=a',
  },
  {
    pointer: '/baseStructure',
    from: 'ou=a',
    to: 'ou=b',
    risk: 'disruptive',
    says: 'users are looked for in ou=b, no longer in ou=a',
  },
  {
    pointer: '/loginIdAttribute',
    from: 'uid',
    to: 'mail',
    risk: 'disruptive',
    says: 'users are found by mail, no longer by uid',
  },
  {
    pointer: '/identifyingAttribute',
    from: 'uid',
    to: 'entryUUID',
    risk: 'destructive',
    says: 'users are told apart by entryUUID, no longer by uid: those who came before may become other users',
  },
  {
    pointer: '/securityMethod',
    from: 'LDAPS',
    to: 'None',
    risk: 'disruptive',
    says: 'the directory is reached with None, no longer with LDAPS',
  },
  {
    pointer: '/lambdaConfiguration/reconcileId',
    from: 'l1',
    to: 'l2',
    risk: 'disruptive',
    says: 'users that come through it are made by l2, no longer by l1',
  },
]);

testMeanings('lambda', [
  {
    pointer: '/body',
    from: 'a',
    to: 'b',
    risk: 'disruptive',
    says: 'what it puts into tokens, or lets through, may be another from the next login on',
  },
]);

testMeanings('messenger', [
  {
    pointer: '/url',
    from: 'https://a.example',
    to: 'https://b.example',
    risk: 'disruptive',
    says: 'messages go to https://b.example, no longer to https://a.example',
  },
  {
    pointer: '/authToken',
    secret: true,
    risk: 'disruptive',
    says: 'messages are sent with another token: if it is wrong, codes do not arrive',
  },
  {
    pointer: '/httpAuthenticationPassword',
    secret: true,
    risk: 'disruptive',
    says: 'messages are sent with another password: if it is wrong, codes do not arrive',
  },
  {
    pointer: '/accountSID',
    from: 'AC1',
    to: 'AC2',
    risk: 'disruptive',
    says: 'messages are sent by the account AC2, no longer AC1',
  },
  {
    pointer: '/fromPhoneNumber',
    from: '+1',
    to: '+2',
    risk: 'disruptive',
    says: 'messages come from +2, no longer from +1',
  },
]);

testMeanings('entityTypePermission', [
  {
    pointer: '/isDefault',
    from: true,
    to: false,
    risk: 'disruptive',
    says: 'grants that name no permission no longer hold this one',
  },
  {
    pointer: '/isDefault',
    from: false,
    to: true,
    risk: 'disruptive',
    says: 'grants that name no permission hold this one',
  },
  {
    pointer: '/name',
    from: 'read',
    to: 'view',
    risk: 'disruptive',
    says: 'tokens call the permission view, no longer read',
  },
]);

testMeanings('entity', [
  {
    pointer: '/clientSecret',
    secret: true,
    risk: 'disruptive',
    says: 'whoever logs in as it with the old secret is refused at once',
  },
  {
    pointer: '/grants',
    from: [{ recipientEntityId: 'e1' }],
    to: [],
    risk: 'disruptive',
    says: 'what these grants allow ends: {"recipientEntityId":"e1"}',
  },
  {
    pointer: '/grants',
    from: [],
    to: [{ recipientEntityId: 'e1' }],
    risk: 'disruptive',
    says: 'these grants are given: {"recipientEntityId":"e1"}',
  },
]);

testMeanings('systemConfiguration', [
  {
    pointer: '/corsConfiguration/enabled',
    from: true,
    to: false,
    risk: 'disruptive',
    says: 'browsers no longer let pages of other origins call FusionAuth',
  },
  {
    pointer: '/corsConfiguration/enabled',
    from: false,
    to: true,
    risk: 'disruptive',
    says: 'pages of the allowed origins may call FusionAuth',
  },
  {
    pointer: '/corsConfiguration/allowedOrigins',
    from: ['https://a.example'],
    to: [],
    risk: 'disruptive',
    says: 'pages of https://a.example can no longer call FusionAuth',
  },
  {
    pointer: '/corsConfiguration/allowedOrigins',
    from: [],
    to: ['https://a.example'],
    risk: 'disruptive',
    says: 'pages of https://a.example may call FusionAuth',
  },
  {
    pointer: '/corsConfiguration/allowedMethods',
    from: ['GET', 'POST'],
    to: ['GET'],
    risk: 'disruptive',
    says: 'pages of other origins can no longer use POST',
  },
  {
    pointer: '/corsConfiguration/allowedHeaders',
    from: ['X-A'],
    to: [],
    risk: 'disruptive',
    says: 'pages of other origins can no longer send X-A',
  },
  {
    pointer: '/corsConfiguration/allowCredentials',
    from: true,
    to: false,
    risk: 'disruptive',
    says: "pages of other origins no longer send the user's cookies",
  },
  {
    pointer: '/corsConfiguration/allowCredentials',
    from: false,
    to: true,
    risk: 'disruptive',
    says: "pages of other origins send the user's cookies",
  },
  {
    pointer: '/trustedProxyConfiguration/trustPolicy',
    from: 'OnlyConfigured',
    to: 'All',
    risk: 'disruptive',
    says: "what a proxy says of the caller's address is trusted by the rule All, no longer OnlyConfigured",
  },
  {
    pointer: '/trustedProxyConfiguration/trusted',
    from: ['10.0.0.1'],
    to: [],
    risk: 'disruptive',
    says: "what 10.0.0.1 says of the caller's address is no longer trusted",
  },
  {
    pointer: '/auditLogConfiguration/delete/enabled',
    from: false,
    to: true,
    risk: 'irreversible',
    says: 'old entries of the audit log are deleted, for good',
  },
  {
    pointer: '/auditLogConfiguration/delete/numberOfDaysToRetain',
    from: 365,
    to: 7,
    risk: 'irreversible',
    says: 'entries of the audit log are kept for 7 days, no longer 365, where deleting is turned on',
  },
  {
    pointer: '/loginRecordConfiguration/delete/enabled',
    from: false,
    to: true,
    risk: 'irreversible',
    says: 'old login records are deleted, for good',
  },
  {
    pointer: '/loginRecordConfiguration/delete/numberOfDaysToRetain',
    from: 365,
    to: 7,
    risk: 'irreversible',
    says: 'login records are kept for 7 days, no longer 365, where deleting is turned on',
  },
  {
    pointer: '/eventLogConfiguration/numberToRetain',
    from: 10000,
    to: 100,
    risk: 'irreversible',
    says: 'the event log keeps 100 entries, no longer 10000',
  },
  {
    pointer: '/webhookEventLogConfiguration/enabled',
    from: true,
    to: false,
    risk: 'disruptive',
    says: 'what was sent to webhooks is no longer kept',
  },
  {
    pointer: '/webhookEventLogConfiguration/delete/numberOfDaysToRetain',
    from: 30,
    to: 3,
    risk: 'irreversible',
    says: 'what was sent to webhooks is kept for 3 days, no longer 30',
  },
]);

testMeanings('theme', [
  { pointer: '/stylesheet', from: 'a{}', to: 'b{}', risk: 'safe', says: 'pages that wear it look different' },
]);
