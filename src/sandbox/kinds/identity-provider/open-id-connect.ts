import { valueAt } from '../../fields.js';
import { isBlank } from '../normal-text.js';
import { needs } from '../rules.js';
import { withNormalDomains } from './domains.js';
import { oauth2Defaults } from './oauth2-defaults.js';
import type { ProviderType } from './provider-type.js';

const endpoints = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint'].map((name) => `oauth2.${name}`);

/**
 * An issuer stands for the three endpoints, which the server then asks it for; that they are not asked for here, and
 * that endpoints sent beside an issuer stay as they are, is what differs. Source: FusionAuth docs
 * apis/identity-providers/openid-connect; `OpenIdConnectIdentityProvider` of fusionauth-java-client.
 */
export const openIdConnect: ProviderType = {
  type: 'OpenIDConnect',
  shape: 'OpenIdConnectIdentityProvider',
  reconcile: 'OpenIDReconcile',
  defaults: { buttonText: 'Login with OpenID Connect', domains: [], oauth2: oauth2Defaults, postRequest: false },
  applicationDefaults: { oauth2: oauth2Defaults },
  required: ['buttonText', 'oauth2.client_id'],
  secrets: ['oauth2.client_secret'],
  normalise: withNormalDomains,
  validate: (object) => [
    ...needs(object, {
      when: valueAt(object, 'oauth2.clientAuthenticationMethod') !== 'none',
      fields: ['oauth2.client_secret'],
      kind: 'blank',
    }),
    ...needs(object, { when: isBlank(valueAt(object, 'oauth2.issuer')), fields: endpoints }),
  ],
};
