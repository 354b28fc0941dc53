import type { SwitchQuirk } from './quirk.js';

export const linkingStrategy: SwitchQuirk<'linkingStrategyChange'> = {
  switch: 'linkingStrategyChange',
  values: [
    ['1.48', 'free'],
    ['1.65', 'whenDisabled'],
  ],
  what: 'The linking strategy of an identity provider changes only while it is disabled.',
  source: 'fusionauth-issues #3450, FusionAuth docs apis/identity-providers',
};
