import type { JsonObject, KindName } from '../model/index.js';

const risks = [
  'blocklistedIp',
  'botDetected',
  'dormantAccount',
  'dormantPassword',
  'impossibleTravel',
  'recentIdentityChange',
  'recentPasswordChange',
  'suspiciousUserAgent',
  'unrecognizedDevice',
  'untrustedDevice',
];
const workflow = { enabled: false, userVerificationRequirement: 'required' };

/**
 * Values that instances were seen to fill in, and of which the documentation says nothing or something else: good enough
 * to leave a line out, not good enough for `Kind.defaults`, by which a written `null` is satisfied. Sources: the defaults
 * of the Terraform provider, public dumps of fresh installs.
 */
export const seenDefaults: { readonly [kind: KindName]: JsonObject } = {
  tenant: {
    clientRiskConfiguration: { enabled: false, ...Object.fromEntries(risks.map((risk) => [risk, true] as const)) },
    multiFactorConfiguration: { debug: false },
    phoneConfiguration: { unverified: { allowPhoneNumberChangeWhenGated: false } },
    webAuthnConfiguration: {
      bootstrapWorkflow: { ...workflow, authenticatorAttachmentPreference: 'any' },
      debug: false,
      enabled: false,
      reauthenticationWorkflow: { ...workflow, authenticatorAttachmentPreference: 'platform' },
    },
  },
  application: { verificationStrategy: 'ClickableLink' },
};

/** The same, for one type of a kind. Sources: the samples of FusionAuth docs apis/identity-providers. */
export const seenOfType: { readonly [kind: KindName]: { readonly [type: string]: JsonObject } } = {
  identityProvider: {
    Facebook: { loginMethod: 'UseRedirect' },
    Google: { loginMethod: 'UseRedirect' },
  },
};

/**
 * What an item of a list of objects has where it does not say so. Sources: fusionauth-java-client FormStep, ConnectorPolicy.
 */
export const itemDefaults: { readonly [kind: KindName]: { readonly [list: string]: JsonObject } } = {
  form: { steps: { type: 'collectData' } },
  tenant: { connectorPolicies: { migrate: false } },
};
