import type { SwitchQuirk } from './quirk.js';

/** Below the versions that the sandbox can be like; it can be switched on all the same. `kinds/tenant.ts` looks at it. */
export const detachedWebhooks: SwitchQuirk<'tenantPatchDetachesWebhooks'> = {
  switch: 'tenantPatchDetachesWebhooks',
  values: [
    ['1.12', 'on'],
    ['1.48', 'off'],
  ],
  what: 'A PATCH of a tenant without `webhookIds` detaches its webhooks, as a PUT still does.',
  source: 'fusionauth-issues #2411, fixed in 1.48 (release notes)',
};
