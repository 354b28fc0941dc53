// Generated from the files in kinds/ by `npm run registry`. Do not edit.

/** The names of the kinds that kedge manages. */
export type KindName =
  | 'application'
  | 'emailTemplate'
  | 'group'
  | 'key'
  | 'lambda'
  | 'role'
  | 'scope'
  | 'tenant'
  | 'theme'
  | 'webhook';
