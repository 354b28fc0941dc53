import { catalog } from '../../catalog/index.js';
import type { JsonObject, LiveKind, LiveResource, LiveState } from '../../model/index.js';

/** Ids of the instance in these tests. */
export const ids = {
  defaultTenant: '30663132-6464-6665-3032-326466613934',
  fusionauth: '3c219e58-ed0e-4b18-ad48-f4f92793ae32',
  signingKey: '0a1b2c3d-0000-4000-8000-000000000001',
  oidcKey: '092dbedc-30af-4149-9c61-b578f2c72f59',
  defaultTheme: '75a068fd-e94b-451a-9aeb-3ddb9a3b5987',
  adminUserForm: '0a1b2c3d-0000-4000-8000-0000000000f1',
  registrationForm: '0a1b2c3d-0000-4000-8000-0000000000f2',
  crew: '0a1b2c3d-0000-4000-8000-000000000010',
  booking: '0a1b2c3d-0000-4000-8000-000000000020',
  bookingAdmin: '0a1b2c3d-0000-4000-8000-000000000021',
};

const born = 1_700_000_000_000;

/** One live resource; `id` and instants are put into its body as the server does. */
export function live(kind: string, id: string, body: JsonObject, parentId?: string): LiveResource {
  return {
    kind,
    id,
    body: { id, insertInstant: born + 5, lastUpdateInstant: born + 6, ...body },
    detailed: true,
    ...(kind === 'application' && { active: body['active'] !== false }),
    ...(parentId !== undefined && { parentId }),
  };
}

/** The built-in objects as a fresh install has them, less what their kinds have by default. */
export function freshResources(): readonly LiveResource[] {
  const tokens = {
    enabled: true,
    timeToLiveInSeconds: 60,
    refreshTokenExpirationPolicy: 'SlidingWindow',
    refreshTokenTimeToLiveInMinutes: 60,
    refreshTokenUsagePolicy: 'OneTimeUse',
    accessTokenKeyId: ids.signingKey,
    idTokenKeyId: ids.oidcKey,
  };
  return [
    live('tenant', ids.defaultTenant, {
      name: 'Default',
      issuer: 'acme.com',
      themeId: ids.defaultTheme,
      insertInstant: born,
      jwtConfiguration: { accessTokenKeyId: ids.signingKey, idTokenKeyId: ids.signingKey },
    }),
    live('application', ids.fusionauth, {
      name: 'FusionAuth',
      tenantId: ids.defaultTenant,
      jwtConfiguration: tokens,
      oauthConfiguration: {
        authorizedRedirectURLs: ['/admin/login'],
        clientId: ids.fusionauth,
        clientSecret: 'fusionauth-client-secret',
        enabledGrants: ['authorization_code', 'refresh_token'],
        generateRefreshTokens: true,
        logoutURL: '/admin/single-logout',
        proofKeyForCodeExchangePolicy: 'Required',
      },
    }),
    live('role', '631ecd9d-8d40-4c13-8277-80cedb8236e2', { name: 'admin' }, ids.fusionauth),
    live('key', ids.signingKey, {
      name: 'Default signing key',
      type: 'RSA',
      algorithm: 'RS256',
      length: 2048,
      hasPrivateKey: true,
      issuer: 'acme.com',
      insertInstant: born,
    }),
    live('key', ids.oidcKey, { name: 'OpenID Connect compliant HMAC using SHA-256', type: 'HMAC', algorithm: 'HS256' }),
    live('theme', ids.defaultTheme, {
      name: 'FusionAuth',
      type: 'advanced',
      stylesheet: 'body { color: black }\n',
      defaultMessages: 'login=Login\nlogout=Logout\n',
      templates: { oauth2Authorize: '[#ftl/]\n<p>Log in</p>\n', oauth2Error: '[#ftl/]\n<p>Error</p>\n' },
    }),
    live('lambda', '0a1b2c3d-0000-4000-8000-0000000000a1', {
      name: 'Default OpenID Connect Reconcile provided by FusionAuth',
      type: 'OpenIDReconcile',
      body: 'function run() {}\n',
      debug: false,
    }),
  ];
}

/** A live state of these resources; every kind is known. */
export function liveStateOf(resources: readonly LiveResource[]): LiveState {
  const names = catalog.kinds.map((kind) => kind.kind);
  const kinds = new Map<string, LiveKind>(
    names.map((kind) => [kind, { known: true, resources: resources.filter((item) => item.kind === kind) }]),
  );
  return { serverVersion: '1.69.0', kinds };
}
