/** Switches that no call of the API shows, and why. */
export const notAsked: Readonly<Record<string, string>> = {
  lesserKey: 'a key that manages keys and may do little else is made by the administrator or a kickstart alone',
  maskedInAuditLog: 'only what the administrator does in the UI is written to the audit log with its values',
  verificationBeforeSteps: 'a user who has to verify an address is sent an e-mail',
};
