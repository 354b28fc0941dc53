// Generated from the files in kinds/ by `npm run registry`. Do not edit.
import type { Kind } from './kind.js';
import { apiKey } from './kinds/api-key.js';
import { application } from './kinds/application.js';
import { connector } from './kinds/connector.js';
import { consent } from './kinds/consent.js';
import { emailTemplate } from './kinds/email-template.js';
import { entity } from './kinds/entity.js';
import { entityType } from './kinds/entity-type.js';
import { entityTypePermission } from './kinds/entity-type-permission.js';
import { form } from './kinds/form.js';
import { formField } from './kinds/form-field.js';
import { group } from './kinds/group.js';
import { identityProvider } from './kinds/identity-provider.js';
import { integrations } from './kinds/integrations.js';
import { ipAccessControlList } from './kinds/ip-access-control-list.js';
import { key } from './kinds/key.js';
import { lambda } from './kinds/lambda.js';
import { messageTemplate } from './kinds/message-template.js';
import { messenger } from './kinds/messenger.js';
import { role } from './kinds/role.js';
import { scope } from './kinds/scope.js';
import { systemConfiguration } from './kinds/system-configuration.js';
import { tenant } from './kinds/tenant.js';
import { tenantManagerConfiguration } from './kinds/tenant-manager-configuration.js';
import { theme } from './kinds/theme.js';
import { userAction } from './kinds/user-action.js';
import { userActionReason } from './kinds/user-action-reason.js';
import { webhook } from './kinds/webhook.js';

/** Every kind, in alphabetical order. */
export const kinds: readonly Kind[] = [apiKey, application, connector, consent, emailTemplate, entity, entityType, entityTypePermission, form, formField, group, identityProvider, integrations, ipAccessControlList, key, lambda, messageTemplate, messenger, role, scope, systemConfiguration, tenant, tenantManagerConfiguration, theme, userAction, userActionReason, webhook];
