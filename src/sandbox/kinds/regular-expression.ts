/** What Java's patterns may have and JavaScript's may not, and what stands for it here: a flag, an atomic group, greed. */
const javaOnly: readonly (readonly [RegExp, string])[] = [
  [/\\Q[\s\S]*?(?:\\E|$)/g, 'q'],
  [/\(\?[idmsuxU]*(?:-[idmsuxU]+)?\)/g, ''],
  [/\(\?[idmsuxU]*(?:-[idmsuxU]+)?:/g, '(?:'],
  [/\(\?>/g, '(?:'],
  [/([*+?}])\+/g, '$1'],
];

/**
 * Whether a text is a regular expression of `java.util.regex`, as near as JavaScript can tell: what only Java knows is put
 * in terms of what both know, so that no valid one is refused; a few that are invalid in Java alone are taken.
 */
export function isRegularExpression(text: string): boolean {
  const shared = javaOnly.reduce((result, [own, instead]) => result.replace(own, instead), text);
  try {
    return new RegExp(shared) instanceof RegExp;
  } catch {
    return false;
  }
}
