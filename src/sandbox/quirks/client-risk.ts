import type { Newcomer } from './quirk.js';

export const clientRisk: Newcomer = {
  since: '1.68',
  what: '`clientRiskConfiguration` and `baseURL` of tenants, `baseURL` of applications, templates for methods an administrator removes.',
  source: 'FusionAuth client; not in fusionauth-java-client 1.65',
  fields: {
    Application: ['baseURL'],
    EmailConfiguration: ['adminTwoFactorMethodRemoveEmailTemplateId'],
    Tenant: ['baseURL', 'clientRiskConfiguration'],
    TenantPhoneConfiguration: ['adminTwoFactorMethodRemoveTemplateId'],
  },
};
