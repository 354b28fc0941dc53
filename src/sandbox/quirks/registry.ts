import { checkSwitches, type Switches } from '../switches.js';
import { isAtLeast } from '../version.js';
import { apiKeyExpiration } from './api-key-expiration.js';
import { apiKeyNames } from './api-key-names.js';
import { clientRisk } from './client-risk.js';
import { concurrentPatch, identityProviderPatch } from './concurrent-patch.js';
import { copySourceOnUpdate } from './copy-source-on-update.js';
import { detachedWebhooks } from './detached-webhooks.js';
import { ed25519Keys } from './ed25519-keys.js';
import { formStepTypes } from './form-step-types.js';
import { identityProviderAttributes } from './identity-provider-attributes.js';
import { linkingStrategy } from './linking-strategy.js';
import { phoneFormFields } from './phone-form-fields.js';
import type { Newcomer, SwitchQuirk } from './quirk.js';
import { resourceIndicators } from './resource-indicators.js';
import { rsaSigningKey } from './rsa-signing-key.js';
import { secretKeys } from './secret-keys.js';
import { simpleThemes } from './simple-themes.js';
import { tenantIdentityProviders } from './tenant-identity-providers.js';
import { tenantManager } from './tenant-manager.js';
import { tenantMergePatch } from './tenant-merge-patch.js';
import { universalApplications } from './universal-applications.js';
import { verificationKeys } from './verification-keys.js';
import { voiceMessages } from './voice-messages.js';
import { webhookEventLog } from './webhook-event-log.js';

/** Every switch that depends on the version. A new one is a file here and a line in this list. */
export const switchQuirks: readonly SwitchQuirk[] = [
  concurrentPatch,
  copySourceOnUpdate,
  detachedWebhooks,
  identityProviderPatch,
  linkingStrategy,
  tenantMergePatch,
];

/** Everything that came with a version the sandbox can be like, oldest first. */
export const newcomers: readonly Newcomer[] = [
  rsaSigningKey,
  simpleThemes,
  webhookEventLog,
  apiKeyExpiration,
  apiKeyNames,
  universalApplications,
  phoneFormFields,
  ed25519Keys,
  formStepTypes,
  tenantIdentityProviders,
  secretKeys,
  identityProviderAttributes,
  tenantManager,
  voiceMessages,
  resourceIndicators,
  clientRisk,
  verificationKeys,
];

/** Where switches stand on a version, as far as they depend on it. */
export function switchesOf(version: string): Partial<Switches> {
  const standing = switchQuirks.map((quirk) => {
    const passed = quirk.values.findLast(([since]) => isAtLeast(version, since));
    return [quirk.switch, (passed ?? quirk.values[0])?.[1]] as const;
  });
  return checkSwitches(Object.fromEntries(standing));
}
