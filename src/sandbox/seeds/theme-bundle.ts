/**
 * What stands for the texts and templates that FusionAuth ships: written here, not taken from there. The names are those
 * of FusionAuth, because a theme must hold every message key of the shipped bundle and each template is known by name
 * (FusionAuth client `Templates`; message keys: FusionAuth docs customize/look-and-feel, fusionauth-issues #460).
 */

/** The keys every theme's `defaultMessages` must have, with a value of ours. */
export const defaultMessages: Readonly<Record<string, string>> = {
  account: 'Account',
  cancel: 'Cancel',
  'create-an-account': 'Make an account',
  email: 'E-mail',
  'forgot-your-password': 'Password lost?',
  login: 'Log in',
  logout: 'Log out',
  next: 'Next',
  or: 'Or',
  password: 'Password',
  register: 'Register',
  submit: 'Send',
  username: 'User name',
  '[blank]loginId': 'Needed',
  '[blank]password': 'Needed',
  '[blank]user.email': 'Needed',
  '[notEmail]user.email': 'Not an e-mail address',
};

/** Names of the templates of an advanced theme; the two that 1.69 keeps only as older names (`*Send`) are last. */
export const templateNames = [
  'accountEdit',
  'accountIndex',
  'accountTwoFactorDisable',
  'accountTwoFactorEdit',
  'accountTwoFactorEnable',
  'accountTwoFactorIndex',
  'accountWebAuthnAdd',
  'accountWebAuthnDelete',
  'accountWebAuthnIndex',
  'confirmationRequired',
  'emailComplete',
  'emailSent',
  'emailVerificationRequired',
  'emailVerify',
  'helpers',
  'index',
  'oauth2Authorize',
  'oauth2AuthorizedNotRegistered',
  'oauth2ChildRegistrationNotAllowed',
  'oauth2ChildRegistrationNotAllowedComplete',
  'oauth2CompleteRegistration',
  'oauth2Consent',
  'oauth2Device',
  'oauth2DeviceComplete',
  'oauth2Error',
  'oauth2Logout',
  'oauth2Passwordless',
  'oauth2Register',
  'oauth2StartIdPLink',
  'oauth2TwoFactor',
  'oauth2TwoFactorEnable',
  'oauth2TwoFactorEnableComplete',
  'oauth2TwoFactorMethods',
  'oauth2Wait',
  'oauth2WebAuthn',
  'oauth2WebAuthnReauth',
  'oauth2WebAuthnReauthEnable',
  'passwordChange',
  'passwordComplete',
  'passwordForgot',
  'passwordSent',
  'phoneComplete',
  'phoneSent',
  'phoneVerificationRequired',
  'phoneVerify',
  'registrationComplete',
  'registrationSent',
  'registrationVerificationRequired',
  'registrationVerify',
  'samlv2Logout',
  'unauthorized',
  'emailSend',
  'registrationSend',
] as const;

/** The bundle as the text of a properties file. */
export const defaultMessagesText: string = Object.entries(defaultMessages)
  .map(([key, value]) => `${key}=${value}\n`)
  .join('');

export const defaultStylesheet = '/* The stylesheet of the sandbox default theme. */\n';

/** A template for each current name, FreeMarker that says nothing but its name. */
export const defaultTemplates: Readonly<Record<string, string>> = Object.fromEntries(
  templateNames
    .filter((name) => name !== 'emailSend' && name !== 'registrationSend')
    .map((name) => [name, `[#-- ${name}: sandbox default template --]`]),
);

/**
 * The values of the simple theme. Names: FusionAuth client `SimpleThemeVariables`; the values are ours, and what a simple
 * theme gets for a variable it does not name is UNVERIFIED (switch simpleThemeVariables).
 */
export const defaultVariables: Readonly<Record<string, unknown>> = {
  alertBackgroundColor: '#f0f4f8',
  alertFontColor: '#102a43',
  borderRadius: '4px',
  errorFontColor: '#ba2525',
  fontColor: '#243b53',
  fontFamily: 'sans-serif',
  footerDisplay: true,
  linkTextColor: '#186faf',
  pageBackgroundColor: '#ffffff',
  panelBackgroundColor: '#ffffff',
  primaryButtonColor: '#186faf',
  primaryButtonTextColor: '#ffffff',
};

/** The keys that a properties text lacks of those every theme must have, in the bundle's order. */
export function missingMessageKeys(properties: string): readonly string[] {
  const present = new Set(properties.split('\n').map(propertyKey));
  return Object.keys(defaultMessages).filter((key) => !present.has(key));
}

/** The key of one line of a Java properties file; nothing for comments and blank lines (java.util.Properties#load). */
function propertyKey(line: string): string | undefined {
  const text = line.trimStart();
  if (text === '' || text.startsWith('#') || text.startsWith('!')) return undefined;
  return /^((?:\\.|[^=:\s\\])+)/.exec(text)?.[1]?.replaceAll('\\', '');
}
