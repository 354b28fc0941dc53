/** A role as it lies inside an application. */
export interface SeedRole {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly isDefault: boolean;
  readonly isSuperRole: boolean;
}

/**
 * The roles of the FusionAuth application: the last three digits of the id, and the name. All ids begin alike.
 * Source: FusionAuth docs get-started/core-concepts/roles, table "Admin UI Roles".
 */
const names: readonly (readonly [ending: string, name: string])[] = [
  ['6e2', 'admin'],
  ['6e3', 'api_key_manager'],
  ['6e4', 'application_deleter'],
  ['6e5', 'application_manager'],
  ['6e6', 'audit_log_viewer'],
  ['6e7', 'email_template_manager'],
  ['6e8', 'report_viewer'],
  ['6e9', 'system_manager'],
  ['6f0', 'user_action_deleter'],
  ['6f1', 'user_action_manager'],
  ['6f2', 'user_deleter'],
  ['6f3', 'user_manager'],
  ['6f4', 'webhook_manager'],
  ['6f5', 'group_manager'],
  ['6f6', 'group_deleter'],
  ['6f7', 'tenant_manager'],
  ['6f8', 'tenant_deleter'],
  ['6f9', 'lambda_manager'],
  ['6fa', 'event_log_viewer'],
  ['6fb', 'key_manager'],
  ['6fc', 'consent_deleter'],
  ['6fd', 'consent_manager'],
  ['6fe', 'theme_manager'],
  ['6ff', 'reactor_manager'],
  ['700', 'connector_deleter'],
  ['701', 'connector_manager'],
  ['702', 'form_deleter'],
  ['703', 'form_manager'],
  ['704', 'user_support_manager'],
  ['705', 'user_support_viewer'],
  ['706', 'entity_manager'],
  ['707', 'messenger_deleter'],
  ['708', 'messenger_manager'],
  ['709', 'message_template_deleter'],
  ['710', 'message_template_manager'],
  ['711', 'acl_deleter'],
  ['712', 'acl_manager'],
  ['713', 'webhook_event_log_viewer'],
];

const idStart = '631ecd9d-8d40-4c13-8277-80cedb823';

export const fusionAuthRoles: readonly SeedRole[] = names.map(([ending, name]) => role(ending, name));

/** The one role of the Tenant Manager application (1.58+). */
export const tenantManagerRoles: readonly SeedRole[] = [role('714', 'admin')];

function role(ending: string, name: string): SeedRole {
  const description = `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;
  return { id: `${idStart}${ending}`, name, description, isDefault: false, isSuperRole: name === 'admin' };
}
