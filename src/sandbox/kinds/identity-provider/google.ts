import type { Fields } from '../../store.js';
import { isRecord, toLineFeeds } from '../normal-text.js';
import { mapSettings } from './settings.js';
import type { ProviderType } from './provider-type.js';

/** Source: FusionAuth docs apis/identity-providers/google; `GoogleIdentityProvider` of fusionauth-java-client. */
export const google: ProviderType = {
  type: 'Google',
  shape: 'GoogleIdentityProvider',
  legacy: { id: '82339786-3dff-42a6-aac6-1f1ceecb6c46', name: 'Google' },
  reconcile: 'GoogleReconcile',
  defaults: {
    buttonText: 'Login with Google',
    loginMethod: 'UseRedirect',
    properties: {
      api: properties(
        'auto_prompt=true',
        'auto_select=false',
        'cancel_on_tap_outside=false',
        'context=signin',
        'itp_support=true',
      ),
      button: properties(
        'logo_alignment=left',
        'shape=rectangular',
        'size=large',
        'text=signin_with',
        'theme=outline',
        'type=standard',
      ),
    },
  },
  applicationDefaults: { properties: {} },
  required: ['buttonText', 'client_id', 'client_secret'],
  secrets: ['client_secret'],
  normalise: (object) => ({
    ...withLineFeeds(object),
    applicationConfiguration: mapSettings(object['applicationConfiguration'], withLineFeeds),
  }),
};

/** A text as Java's `Properties` read it. */
function properties(...lines: readonly string[]): string {
  return ['# Omit the data- prefix', ...lines].join('\n');
}

function withLineFeeds(object: Fields): Fields {
  const texts = object['properties'];
  if (!isRecord(texts)) return object;
  return {
    ...object,
    properties: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, toLineFeeds(text)])),
  };
}
