import type { Newcomer } from './quirk.js';

export const universalApplications: Newcomer = {
  since: '1.58',
  what: 'Universal applications, and the Tenant Manager of a fresh install.',
  source: 'FusionAuth docs apis/applications, get-started/core-concepts/tenants',
  fields: { Application: ['universalConfiguration'] },
};
