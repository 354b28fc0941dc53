/** Events that need a licence. Source: FusionAuth docs apis/webhooks, event types; fusionauth-issues #1365. */
export const licensedEvents: ReadonlySet<string> = new Set([
  'user.login.new-device',
  'user.login.suspicious',
  'user.loginId.duplicate.create',
  'user.loginId.duplicate.update',
  'user.password.breach',
  'user.password.reset.send',
  'user.password.reset.start',
  'user.password.reset.success',
  'user.password.update',
  'user.two-factor.method.add',
  'user.two-factor.method.remove',
]);
