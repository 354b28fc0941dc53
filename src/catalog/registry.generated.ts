// Generated from the files in kinds/ by `npm run registry`. Do not edit.
import type { Kind } from './kind.js';
import { application } from './kinds/application.js';
import { emailTemplate } from './kinds/email-template.js';
import { group } from './kinds/group.js';
import { key } from './kinds/key.js';
import { lambda } from './kinds/lambda.js';
import { role } from './kinds/role.js';
import { scope } from './kinds/scope.js';
import { tenant } from './kinds/tenant.js';
import { theme } from './kinds/theme.js';
import { webhook } from './kinds/webhook.js';

/** Every kind, in alphabetical order. */
export const kinds: readonly Kind[] = [application, emailTemplate, group, key, lambda, role, scope, tenant, theme, webhook];
