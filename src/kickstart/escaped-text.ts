/**
 * Variables that stand for one character each: only `#{` has a documented escape (FusionAuth docs, kickstart, "Escape"),
 * so that whatever else would mean something to a kickstart is parted by one of these.
 */
export const characterVariables = { ampersand: '&', at: '@', backslash: '\\' } as const;

/** What would mean something to a kickstart, with the backslashes before it, which would escape it. */
const meaningful = /(\\*)([#@&])\{/g;

/** True for text that a kickstart would take for more than text. FreeMarker's `${…}` is left alone. */
export function needsEscape(text: string): boolean {
  return /[#@&]\{/.test(text);
}

/** Text that a kickstart gives back as it was. */
export function escapedText(text: string): string {
  return text.replace(meaningful, (_, backslashes: string, sigil: string) => {
    const before = '#{backslash}'.repeat(backslashes.length);
    return `${before}${sigil === '#' ? '\\#{' : sigil === '@' ? '#{at}{' : '#{ampersand}{'}`;
  });
}
