import type { KeyMaterial } from '../keys/material.js';
import { defaultFormSteps, shippedFieldsOf, type DefaultFormType } from './form-fields.js';
import {
  defaultLambdaTypes,
  defaultThemeId,
  fusionAuthApplicationId,
  fusionAuthConnectorId,
  shadowKeyIds,
  simpleThemeId,
  type DefaultLambdaType,
  type SeedIds,
} from './ids.js';
import { fusionAuthRoles, tenantManagerRoles } from './roles.js';
import type { Switches } from '../switches.js';
import { defaultMessagesText, defaultStylesheet, defaultTemplates, defaultVariables } from './theme-bundle.js';
import { undocumentedText } from '../undocumented-text.js';

/** An object that exists before anybody has called the API: only what differs from its kind's defaults. */
export type SeedObject = { readonly id: string } & Readonly<Record<string, unknown>>;

/** The kinds a fresh install has objects of, by FusionAuth's own spelling. */
export type SeedKind =
  | 'application'
  | 'connector'
  | 'form'
  | 'integrations'
  | 'formField'
  | 'key'
  | 'lambda'
  | 'messageTemplate'
  | 'systemConfiguration'
  | 'tenant'
  | 'tenantManagerConfiguration'
  | 'theme';

export interface FreshInstallOptions {
  readonly ids: SeedIds;
  /** The pair made once per sandbox: making one takes longer than everything else here together. */
  readonly signingKey: KeyMaterial;
  readonly switches: Pick<Switches, 'freshCors' | 'freshReportTimezone' | 'undocumentedTexts'>;
  /** The version to be like. */
  readonly fusionauth: string;
}

/**
 * What a fresh, kickstarted FusionAuth has. Instants, and the fields that are their kind's default, are added by the one
 * who stores them. Source: FusionAuth docs "default entities", kickstart troubleshooting, limitations page; names of
 * forms, themes and lambdas: the database schema that FusionAuth publishes for download.
 */
export function freshInstall({
  ids,
  signingKey,
  switches,
  fusionauth,
}: FreshInstallOptions): Readonly<Record<SeedKind, readonly SeedObject[]>> {
  return {
    key: [{ id: ids.defaultSigningKey, name: 'Default signing key', ...signingKey }, ...shadowKeys()],
    theme: themes(),
    lambda: defaultLambdaTypes.map((type) => lambda(ids.lambdas[type], type, switches)),
    formField: shippedFieldsOf(fusionauth).map(({ name, leftAddon, since: _since, ...field }) => ({
      id: fieldId(ids, name),
      name,
      data: { leftAddon },
      ...field,
    })),
    form: (['adminRegistration', 'adminUser', 'selfServiceUser'] as const).map((type) => ({
      id: ids.forms[type],
      name: formNames[type],
      type,
      steps: defaultFormSteps[type].map((names) => ({ fields: names.map((name) => fieldId(ids, name)) })),
    })),
    connector: [{ id: fusionAuthConnectorId, name: 'Default', type: 'FusionAuth', debug: false, data: {} }],
    messageTemplate: [
      {
        id: ids.twoFactorMessageTemplate,
        name: 'Default Two-Factor Request',
        type: 'SMS',
        defaultTemplate: 'Your code is ${code}',
        localizedTemplates: {},
        data: {},
      },
    ],
    tenant: [
      {
        id: ids.defaultTenant,
        name: 'Default',
        // As in fresh tenants that people have published: the name of a company that is none.
        issuer: 'acme.com',
        themeId: defaultThemeId,
        formConfiguration: { adminUserFormId: ids.forms.adminUser },
        jwtConfiguration: { accessTokenKeyId: ids.defaultSigningKey, idTokenKeyId: ids.defaultSigningKey },
      },
    ],
    application: [fusionAuthApplication(ids), tenantManagerApplication(ids)],
    systemConfiguration: [systemConfiguration(switches)],
    integrations: [{ id: 'integrations' }],
    tenantManagerConfiguration: [{ id: 'tenantManagerConfiguration' }],
  };
}

/** Source of the CORS filter: FusionAuth docs operate/secure/cors, "default configuration". */
function systemConfiguration({ freshCors, freshReportTimezone }: FreshInstallOptions['switches']): SeedObject {
  return {
    id: 'systemConfiguration',
    reportTimezone: freshReportTimezone === 'Denver' ? 'America/Denver' : 'UTC',
    corsConfiguration: {
      enabled: freshCors === 'on',
      allowedHeaders: [
        'Accept',
        'Access-Control-Request-Headers',
        'Access-Control-Request-Method',
        'Authorization',
        'Content-Type',
        'Last-Modified',
        'Origin',
        'X-FusionAuth-TenantId',
        'X-Requested-With',
      ],
      allowedMethods: ['GET', 'OPTIONS'],
      exposedHeaders: ['Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials'],
      preflightMaxAgeInSeconds: 1800,
    },
  };
}

/** Every shipped name has an id: `createSeedIds` makes one for each. */
function fieldId({ formFields }: SeedIds, name: string): string {
  const id = formFields[name];
  if (id === undefined) throw new Error(`the install has no id for the form field "${name}"`);
  return id;
}

const formNames: Readonly<Record<DefaultFormType, string>> = {
  adminRegistration: 'Default Admin Registration provided by FusionAuth',
  adminUser: 'Default Admin User provided by FusionAuth',
  selfServiceUser: 'Default User Self Service provided by FusionAuth',
};

/** Names of the SCIM converters are UNVERIFIED (switch undocumentedTexts); those of the reconcile lambdas are in the Terraform provider's docs. */
const lambdaNames: Readonly<Record<DefaultLambdaType, string>> = {
  AppleReconcile: 'Default Apple Reconcile provided by FusionAuth',
  FacebookReconcile: 'Default Facebook Reconcile provided by FusionAuth',
  GoogleReconcile: 'Default Google Reconcile provided by FusionAuth',
  OpenIDReconcile: 'Default OpenID Connect Reconcile provided by FusionAuth',
  SAMLv2Reconcile: 'Default SAML v2 Reconcile provided by FusionAuth',
  TwitterReconcile: 'Default Twitter Reconcile provided by FusionAuth',
  SCIMServerGroupRequestConverter: '[FusionAuth Default] SCIM Group Request Converter',
  SCIMServerGroupResponseConverter: '[FusionAuth Default] SCIM Group Response Converter',
  SCIMServerUserRequestConverter: '[FusionAuth Default] SCIM User Request Converter',
  SCIMServerUserResponseConverter: '[FusionAuth Default] SCIM User Response Converter',
};

function lambda(id: string, type: DefaultLambdaType, switches: FreshInstallOptions['switches']): SeedObject {
  const body = `// Stands for the default lambda of type ${type}.\nfunction run() {}\n`;
  const likely = lambdaNames[type];
  const name = type.startsWith('SCIM') ? undocumentedText(likely, switches) : likely;
  return { id, name, type, engineType: 'GraalJS', debug: false, body };
}

function shadowKeys(): readonly SeedObject[] {
  return (['HS256', 'HS384', 'HS512'] as const).map((algorithm) => ({
    id: shadowKeyIds[algorithm],
    name: `OpenID Connect compliant HMAC using SHA-${algorithm.slice(2)}`,
    type: 'HMAC',
    algorithm,
    // Ten hex digits as in the docs' sample; they differ from one install to the next, but nothing is signed with them.
    kid: shadowKeyIds[algorithm].slice(-10),
  }));
}

function themes(): readonly SeedObject[] {
  return [
    {
      id: defaultThemeId,
      name: 'FusionAuth',
      type: 'advanced',
      data: {},
      defaultMessages: defaultMessagesText,
      localizedMessages: {},
      stylesheet: defaultStylesheet,
      templates: defaultTemplates,
    },
    {
      id: simpleThemeId,
      name: 'FusionAuth - Simple',
      type: 'simple',
      data: {},
      defaultMessages: defaultMessagesText,
      localizedMessages: {},
      variables: defaultVariables,
    },
  ];
}

function fusionAuthApplication(ids: SeedIds): SeedObject {
  return {
    id: fusionAuthApplicationId,
    name: 'FusionAuth',
    tenantId: ids.defaultTenant,
    formConfiguration: { adminRegistrationFormId: ids.forms.adminRegistration },
    jwtConfiguration: {
      ...adminTokens,
      accessTokenKeyId: ids.defaultSigningKey,
      idTokenKeyId: shadowKeyIds.HS256,
    },
    oauthConfiguration: {
      ...adminOauth,
      authorizedRedirectURLs: ['/admin/login'],
      clientId: fusionAuthApplicationId,
      logoutURL: '/admin/single-logout',
    },
    roles: fusionAuthRoles,
  };
}

function tenantManagerApplication(ids: SeedIds): SeedObject {
  const id = ids.tenantManagerApplication;
  return {
    id,
    name: 'Tenant manager',
    // A universal application belongs to no tenant (1.58+); whether the API shows one is
    // UNVERIFIED (switch universalTenant).
    universalConfiguration: { universal: true },
    formConfiguration: { adminRegistrationFormId: ids.forms.adminRegistration },
    jwtConfiguration: { ...adminTokens, accessTokenKeyId: ids.defaultSigningKey, idTokenKeyId: shadowKeyIds.HS256 },
    oauthConfiguration: {
      ...adminOauth,
      authorizedRedirectURLs: ['/tenant-manager'],
      clientId: id,
      logoutURL: '/tenant-manager/single-logout',
      requireRegistration: true,
    },
    roles: tenantManagerRoles,
  };
}

/** How the admin UI's own tokens are set up; seen in public dumps of fresh installs. */
const adminTokens = {
  enabled: true,
  timeToLiveInSeconds: 60,
  refreshTokenExpirationPolicy: 'SlidingWindow',
  refreshTokenTimeToLiveInMinutes: 60,
  refreshTokenUsagePolicy: 'OneTimeUse',
} as const;

const adminOauth = {
  enabledGrants: ['authorization_code', 'refresh_token'],
  generateRefreshTokens: true,
  proofKeyForCodeExchangePolicy: 'Required',
} as const;
