import { isRecord } from './normal-text.js';

/** A place in objects of a kind where an id of another object stands; `*` stands for each item of a list or value of a map. */
export interface ReferencePlace {
  readonly kind: string;
  /** Dotted path below the object. */
  readonly path: string;
}

/** One object that uses another one. */
export interface Use extends ReferencePlace {
  readonly id: string;
  readonly name: string;
}

/** Objects of a kind, as they are stored. */
export type ObjectsOf = (kind: string) => Iterable<Readonly<Record<string, unknown>>>;

/** All places where an id is used, in the order of the places and then of the objects. */
export function findUses(id: string, places: readonly ReferencePlace[], objectsOf: ObjectsOf): readonly Use[] {
  return places.flatMap(({ kind, path }) =>
    [...objectsOf(kind)]
      .filter((object) => valuesAt(object, path).includes(id))
      .map((object) => ({ kind, path, id: String(object['id']), name: String(object['name'] ?? object['id']) })),
  );
}

/** Every value that a dotted path leads to; `*` stands for each item of a list or value of a map. */
export function valuesAt(value: unknown, path: string): readonly unknown[] {
  return path.split('.').reduce<readonly unknown[]>(
    (values, step) =>
      values.flatMap((inside): readonly unknown[] => {
        if (step === '*') return Array.isArray(inside) ? inside : isRecord(inside) ? Object.values(inside) : [];
        return isRecord(inside) && Object.hasOwn(inside, step) ? [inside[step]] : [];
      }),
    [value],
  );
}

/** Makes places from a kind and the paths in it. */
function placesIn(kind: string, paths: readonly string[]): readonly ReferencePlace[] {
  return paths.map((path) => ({ kind, path }));
}

const jwtKeys = [
  'accessTokenKeyId',
  'accessTokenVerificationKeyIds.*',
  'idTokenKeyId',
  'idTokenVerificationKeyIds.*',
].map((name) => `jwtConfiguration.${name}`);

/** Where keys are used. Source: FusionAuth docs operate/secure/key-rotation; the `*VerificationKeyIds` are of 1.69. */
export const keyPlaces: readonly ReferencePlace[] = [
  ...placesIn('tenant', jwtKeys),
  ...placesIn('application', [
    ...jwtKeys,
    'samlv2Configuration.keyId',
    'samlv2Configuration.defaultVerificationKeyId',
    'samlv2Configuration.verificationKeyIds.*',
    'samlv2Configuration.assertionEncryptionConfiguration.keyTransportEncryptionKeyId',
    'samlv2Configuration.logout.keyId',
    'samlv2Configuration.logout.singleLogout.keyId',
    'samlv2Configuration.logout.defaultVerificationKeyId',
    'samlv2Configuration.logout.verificationKeyIds.*',
  ]),
  ...placesIn('entityType', ['jwtConfiguration.accessTokenKeyId', 'jwtConfiguration.accessTokenVerificationKeyIds.*']),
  ...placesIn('identityProvider', [
    'keyId',
    'defaultKeyId',
    'verificationKeyIds.*',
    'requestSigningKeyId',
    'assertionDecryptionConfiguration.keyTransportDecryptionKeyId',
    'applicationConfiguration.*.keyId',
  ]),
  ...placesIn('webhook', ['signatureConfiguration.signingKeyId', 'sslCertificateKeyId']),
  ...placesIn('connector', ['sslCertificateKeyId']),
];

/** Where entity types are used. Source: FusionAuth docs apis/tenants, `scimServerConfiguration`. */
export const entityTypePlaces: readonly ReferencePlace[] = [
  ...placesIn('entity', ['type.id']),
  ...placesIn('tenant', ['scimServerConfiguration.clientEntityTypeId', 'scimServerConfiguration.serverEntityTypeId']),
];

/** Where lambdas are used. Source: FusionAuth client, fields named `…LambdaId`, `lambdaConfiguration` and `reconcileId`. */
export const lambdaPlaces: readonly ReferencePlace[] = [
  ...placesIn('tenant', ['lambdaConfiguration.*', 'oauthConfiguration.clientCredentialsAccessTokenPopulateLambdaId']),
  ...placesIn('application', ['lambdaConfiguration.*']),
  ...placesIn('identityProvider', ['lambdaConfiguration.reconcileId']),
  ...placesIn('connector', ['lambdaConfiguration.reconcileId']),
];

/** Where themes are used. Source: FusionAuth docs apis/themes. */
export const themePlaces: readonly ReferencePlace[] = [
  ...placesIn('tenant', ['themeId']),
  ...placesIn('application', ['themeId']),
];

/** The names of an e-mail template's fields in `emailConfiguration` end alike, so each value of that section is looked at. */
export const emailTemplatePlaces: readonly ReferencePlace[] = [
  ...placesIn('tenant', [
    'emailConfiguration.*',
    'familyConfiguration.*',
    'multiFactorConfiguration.email.templateId',
    'passwordValidationRules.breachDetection.notifyUserEmailTemplateId',
  ]),
  ...placesIn('application', [
    'emailConfiguration.*',
    'verificationEmailTemplateId',
    'multiFactorConfiguration.email.templateId',
  ]),
  ...placesIn('consent', ['consentEmailTemplateId', 'emailPlus.emailTemplateId']),
  ...placesIn('userAction', [
    'startEmailTemplateId',
    'modifyEmailTemplateId',
    'cancelEmailTemplateId',
    'endEmailTemplateId',
  ]),
];

/** Where connectors are used. Source: FusionAuth docs apis/tenants. */
export const connectorPlaces: readonly ReferencePlace[] = placesIn('tenant', ['connectorPolicies.*.connectorId']);

/** Where messengers are used. Source: FusionAuth docs apis/tenants. */
export const messengerPlaces: readonly ReferencePlace[] = placesIn('tenant', [
  'multiFactorConfiguration.sms.messengerId',
  'multiFactorConfiguration.voice.messengerId',
  'phoneConfiguration.messengerId',
]);

/** Where message templates are used; as with e-mail templates, each value of `phoneConfiguration` is looked at. */
export const messageTemplatePlaces: readonly ReferencePlace[] = ['tenant', 'application'].flatMap((kind) =>
  placesIn(kind, [
    'multiFactorConfiguration.sms.templateId',
    'multiFactorConfiguration.voice.templateId',
    'phoneConfiguration.*',
  ]),
);

/** Where consents are used. Source: FusionAuth docs apis/custom-forms/form-fields. */
export const consentPlaces: readonly ReferencePlace[] = placesIn('formField', ['consentId']);

/** Where form fields are used. Source: FusionAuth docs apis/custom-forms/form-fields, delete. */
export const formFieldPlaces: readonly ReferencePlace[] = placesIn('form', ['steps.*.fields.*']);

/** Where forms are used. Sources: FusionAuth docs apis/tenants, apis/applications, apis/tenant-manager. */
export const formPlaces: readonly ReferencePlace[] = [
  ...placesIn('tenant', ['formConfiguration.adminUserFormId']),
  ...placesIn('application', [
    'formConfiguration.adminRegistrationFormId',
    'formConfiguration.selfServiceFormId',
    'registrationConfiguration.formId',
  ]),
  ...placesIn('tenantManagerConfiguration', ['attributeFormId']),
];

/** Where IP access control lists are used. Source: FusionAuth docs apis/ip-acl. */
export const ipAccessControlListPlaces: readonly ReferencePlace[] = [
  ...placesIn('tenant', ['accessControlConfiguration.uiIPAccessControlListId']),
  ...placesIn('application', ['accessControlConfiguration.uiIPAccessControlListId']),
  ...placesIn('apiKey', ['ipAccessControlListId']),
];

/** Where user actions are used. Source: FusionAuth docs apis/tenants. */
export const userActionPlaces: readonly ReferencePlace[] = placesIn('tenant', [
  'failedAuthenticationConfiguration.userActionId',
]);

/** A sentence that names the places of use: an API that refuses a delete tells them (fusionauth-issues #2486, #2615). */
export function describeUses(uses: readonly Use[]): string {
  return uses.map(({ kind, name, path }) => `${kind} [${name}] at ${path}`).join(', ');
}
