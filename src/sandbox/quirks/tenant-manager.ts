import type { Newcomer } from './quirk.js';

export const tenantManager: Newcomer = {
  since: '1.65',
  what: 'The configuration of the Tenant Manager.',
  source: 'FusionAuth docs apis/tenant-manager',
  paths: ['/api/tenant-manager'],
};
