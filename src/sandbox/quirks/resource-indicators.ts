import type { Newcomer } from './quirk.js';

export const resourceIndicators: Newcomer = {
  since: '1.67',
  what: '`oauthConfiguration.authorizedResourceUris` of applications.',
  source: 'FusionAuth client; not in fusionauth-java-client 1.65',
  fields: { OAuth2Configuration: ['authorizedResourceUris'] },
};
