import type { Kind } from '../kind.js';
import { auditLog } from './audit-log.js';
import { emailTemplate } from './email-template.js';
import { key } from './key.js';
import { lambda } from './lambda.js';
import { system } from './system.js';
import { theme } from './theme.js';
import { user } from './user.js';

/** Every kind the sandbox has. A new kind is a file here and a line in this list. */
export const kinds: readonly Kind[] = [auditLog, emailTemplate, key, lambda, system, theme, user];
