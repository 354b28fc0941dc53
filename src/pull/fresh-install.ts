import { isJsonList, type Json, type JsonObject } from '../model/index.js';

/**
 * What the built-in objects of a fresh install have beyond their kind's defaults, by `builtin:` name; references as
 * `builtin:` names too. A pulled built-in shows only what differs from this. Sources: FusionAuth docs "default entities"
 * and core concepts, public dumps of fresh installs. A value that is wrong here costs a line in the pulled YAML, or is
 * the same on the instance the YAML is applied to: both are installs of FusionAuth.
 */
export const freshBuiltIns: { readonly [name: string]: JsonObject } = {
  'default-tenant': {
    name: 'Default',
    issuer: 'acme.com',
    themeId: 'builtin:default-theme',
    jwtConfiguration: {
      accessTokenKeyId: 'builtin:default-signing-key',
      idTokenKeyId: 'builtin:default-signing-key',
    },
  },
  'fusionauth-app': {
    name: 'FusionAuth',
    tenantId: 'builtin:default-tenant',
    jwtConfiguration: adminTokens(),
    oauthConfiguration: {
      ...adminOauth(),
      authorizedRedirectURLs: ['/admin/login'],
      logoutURL: '/admin/single-logout',
    },
  },
  'tenant-manager': {
    name: 'Tenant manager',
    tenantId: 'builtin:default-tenant',
    universalConfiguration: { universal: true },
    jwtConfiguration: adminTokens(),
    oauthConfiguration: {
      ...adminOauth(),
      authorizedRedirectURLs: ['/tenant-manager'],
      logoutURL: '/tenant-manager/single-logout',
      requireRegistration: true,
    },
  },
  'default-signing-key': { name: 'Default signing key' },
  // FusionAuth docs: operate/secure/cors, "default configuration"; the time zone is that of the Terraform provider.
  'system-configuration': {
    corsConfiguration: {
      allowCredentials: false,
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
      allowedOrigins: [],
      debug: false,
      enabled: false,
      exposedHeaders: ['Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials'],
      preflightMaxAgeInSeconds: 1800,
    },
    reportTimezone: 'America/Denver',
  },
};

/** The issuer that a fresh Default tenant has, and that keys are generated with as long as it has it. */
export const freshIssuer = 'acme.com';

function adminTokens(): JsonObject {
  return {
    enabled: true,
    timeToLiveInSeconds: 60,
    refreshTokenExpirationPolicy: 'SlidingWindow',
    refreshTokenTimeToLiveInMinutes: 60,
    refreshTokenUsagePolicy: 'OneTimeUse',
    accessTokenKeyId: 'builtin:default-signing-key',
    idTokenKeyId: 'builtin:oidc-hs256',
  };
}

function adminOauth(): JsonObject {
  return {
    enabledGrants: ['authorization_code', 'refresh_token'],
    generateRefreshTokens: true,
    proofKeyForCodeExchangePolicy: 'Required',
  };
}

/** A body with every `builtin:` text replaced by the id it has on this instance; those it has not are left out. */
export function withIds(value: JsonObject, idOf: (name: string) => string | undefined): JsonObject {
  const entries = Object.entries(value).flatMap(([key, item]): readonly (readonly [string, Json])[] => {
    if (typeof item === 'string' && item.startsWith('builtin:')) {
      const id = idOf(item.slice('builtin:'.length));
      return id === undefined ? [] : [[key, id]];
    }
    if (typeof item === 'object' && item !== null && !isJsonList(item)) return [[key, withIds(item, idOf)]];
    return [[key, item]];
  });
  return Object.fromEntries(entries);
}
