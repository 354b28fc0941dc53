import type { Newcomer } from './quirk.js';

export const voiceMessages: Newcomer = {
  since: '1.65',
  what: 'Message templates of type `Voice`, and `messageTypes` of messengers.',
  source: 'FusionAuth docs apis/messengers, fusionauth-java-client 1.65',
  fields: { '*MessengerConfiguration': ['messageTypes'] },
  values: { MessageType: ['Voice'] },
};
