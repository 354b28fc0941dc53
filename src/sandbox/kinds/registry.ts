import type { Kind } from '../kind.js';
import { apiKey } from './api-key.js';
import { application } from './application.js';
import { auditLog } from './audit-log.js';
import { connector } from './connector.js';
import { consent } from './consent.js';
import { emailTemplate } from './email-template.js';
import { entity } from './entity.js';
import { entityGrant } from './entity-grant.js';
import { entityType } from './entity-type.js';
import { entityTypePermission } from './entity-type-permission.js';
import { eventLog } from './event-log.js';
import { form } from './form.js';
import { formField } from './form-field.js';
import { family } from './family.js';
import { group } from './group.js';
import { groupMember } from './group-member.js';
import { identityProvider } from './identity-provider/identity-provider.js';
import { identityProviderLink } from './identity-provider/link.js';
import { integrations } from './integrations.js';
import { ipAccessControlList } from './ip-access-control-list.js';
import { jwt } from './jwt.js';
import { key } from './key.js';
import { lambda } from './lambda.js';
import { login } from './login.js';
import { loginRecord } from './login-record.js';
import { messageTemplate } from './message-template.js';
import { messaging } from './messaging.js';
import { messenger } from './messenger.js';
import { reactor } from './reactor.js';
import { refreshToken } from './refresh-token.js';
import { registration } from './registration.js';
import { role } from './role.js';
import { scope } from './scope.js';
import { system } from './system.js';
import { systemConfiguration } from './system-configuration.js';
import { tenantManagerConfiguration } from './tenant-manager.js';
import { tenantManagerIdentityProviderType } from './tenant-manager-identity-provider-type.js';
import { tenant } from './tenant.js';
import { theme } from './theme.js';
import { user } from './user.js';
import { userAction } from './user-action.js';
import { userActionReason } from './user-action-reason.js';
import { userActionLog } from './user-action-log.js';
import { userComment } from './user-comment.js';
import { userConsent } from './user-consent.js';
import { userVerification } from './user-verification.js';
import { webhook } from './webhook.js';
import { webhookEventLog } from './webhook-event-log.js';

/** Every kind the sandbox has. A new kind is a file here and a line in this list. */
export const kinds: readonly Kind[] = [
  apiKey,
  application,
  auditLog,
  connector,
  consent,
  emailTemplate,
  entity,
  entityGrant,
  entityType,
  entityTypePermission,
  eventLog,
  form,
  formField,
  family,
  group,
  groupMember,
  identityProvider,
  identityProviderLink,
  integrations,
  ipAccessControlList,
  jwt,
  key,
  lambda,
  login,
  loginRecord,
  messageTemplate,
  messaging,
  messenger,
  reactor,
  refreshToken,
  registration,
  role,
  scope,
  system,
  systemConfiguration,
  tenant,
  tenantManagerConfiguration,
  tenantManagerIdentityProviderType,
  theme,
  user,
  userAction,
  userActionReason,
  userActionLog,
  userComment,
  userConsent,
  userVerification,
  webhook,
  webhookEventLog,
];
