/** Switches that no call of the API shows, and why. */
export const notAsked: Readonly<Record<string, string>> = {};
