import type { Newcomer } from './quirk.js';

export const webhookEventLog: Newcomer = {
  since: '1.53',
  what: 'The webhook event log and its attempts.',
  source: 'FusionAuth docs apis/webhook-event-logs',
  paths: ['/api/system/webhook-event-log', '/api/system/webhook-attempt-log'],
};
