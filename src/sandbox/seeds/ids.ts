import { defaultFormTypes, shippedFieldNames, type DefaultFormType } from './form-fields.js';

/**
 * Ids that are the same on every FusionAuth. Sources: FusionAuth docs "default entities" of the kickstart page,
 * get-started/core-concepts/roles, `fusionauth-java-client` (`Theme`, `BaseConnectorConfiguration`).
 */
export const fusionAuthApplicationId = '3c219e58-ed0e-4b18-ad48-f4f92793ae32';
export const defaultThemeId = '75a068fd-e94b-451a-9aeb-3ddb9a3b5987';
export const simpleThemeId = '3c717291-5d83-4014-bd51-97c76475dc86';
export const fusionAuthConnectorId = 'e3306678-a53a-4964-9040-1c96f36dda72';

/** The keys that stand for "the client secret of the application signs". Source: FusionAuth docs default entities. */
export const shadowKeyIds = {
  HS256: '092dbedc-30af-4149-9c61-b578f2c72f59',
  HS384: '4b8f1c06-518e-45bd-9ac5-d549686ae02a',
  HS512: 'c753a44d-7f2e-48d3-bc4e-c2c16488a23b',
} as const;

/** Lambda types of which a fresh install has a default (FusionAuth docs, kickstart and SCIM pages). */
export const defaultLambdaTypes = [
  'AppleReconcile',
  'FacebookReconcile',
  'GoogleReconcile',
  'OpenIDReconcile',
  'SAMLv2Reconcile',
  'TwitterReconcile',
  'SCIMServerGroupRequestConverter',
  'SCIMServerGroupResponseConverter',
  'SCIMServerUserRequestConverter',
  'SCIMServerUserResponseConverter',
] as const;
export type DefaultLambdaType = (typeof defaultLambdaTypes)[number];

/** Ids that differ from one install to the next. */
export interface SeedIds {
  readonly defaultTenant: string;
  readonly tenantManagerApplication: string;
  readonly defaultSigningKey: string;
  readonly twoFactorMessageTemplate: string;
  readonly forms: Readonly<Record<DefaultFormType, string>>;
  /** By name. */
  readonly formFields: Readonly<Record<string, string>>;
  readonly lambdas: Readonly<Record<DefaultLambdaType, string>>;
}

export interface ForcedIds {
  readonly defaultTenantId?: string;
  readonly tenantManagerApplicationId?: string;
}

/** New ids for one install, with those that a kickstart forces. */
export function createSeedIds(uuid: () => string, forced: ForcedIds = {}): SeedIds {
  return {
    defaultTenant: forced.defaultTenantId ?? uuid(),
    tenantManagerApplication: forced.tenantManagerApplicationId ?? uuid(),
    defaultSigningKey: uuid(),
    twoFactorMessageTemplate: uuid(),
    forms: idPerName(defaultFormTypes, uuid),
    formFields: idPerName(shippedFieldNames, uuid),
    lambdas: idPerName(defaultLambdaTypes, uuid),
  };
}

/** The same ids with others forced: a kickstart is read after the ids of the install are made. */
export function forceSeedIds(ids: SeedIds, { defaultTenantId, tenantManagerApplicationId }: ForcedIds): SeedIds {
  return {
    ...ids,
    defaultTenant: defaultTenantId ?? ids.defaultTenant,
    tenantManagerApplication: tenantManagerApplicationId ?? ids.tenantManagerApplication,
  };
}

/**
 * The variables kickstart provides. The docs call the Tenant Manager's id by two names in two places; both are there.
 * Source: FusionAuth docs, kickstart ("Environment Variables", "Modify the Tenant Manager Application Id").
 */
export function providedVariables(ids: SeedIds): Readonly<Record<string, string>> {
  const lambdas = defaultLambdaTypes.map((type) => [`FUSIONAUTH_LAMBDA[${type}]_ID`, ids.lambdas[type]] as const);
  return {
    FUSIONAUTH_APPLICATION_ID: fusionAuthApplicationId,
    FUSIONAUTH_TENANT_ID: ids.defaultTenant,
    TENANT_MANAGER_ID: ids.tenantManagerApplication,
    FUSIONAUTH_TENANT_MANAGER_APPLICATION_ID: ids.tenantManagerApplication,
    FUSIONAUTH_DEFAULT_SIGNING_KEY_ID: ids.defaultSigningKey,
    'FUSIONAUTH_FORM[adminUser]_ID': ids.forms.adminUser,
    'FUSIONAUTH_FORM[adminRegistration]_ID': ids.forms.adminRegistration,
    ...Object.fromEntries(lambdas),
  };
}

function idPerName<const Name extends string>(names: readonly Name[], uuid: () => string): Record<Name, string> {
  // `as`: one entry is made for each name.
  return Object.fromEntries(names.map((name) => [name, uuid()])) as Record<Name, string>;
}
