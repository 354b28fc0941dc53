import fc from 'fast-check';
import { expect, it } from 'vitest';
import { characterVariables, escapedText, needsEscape } from './escaped-text.js';

/** What FusionAuth's documentation says a kickstart makes of a text (FusionAuth docs, kickstart). */
function asKickstartReads(text: string): string {
  return text.replace(/\\([#@&]\{)|#\{([^{}]*)\}/g, (_, escaped: string | undefined, name: string) => {
    const values: Record<string, string> = characterVariables;
    return escaped ?? values[name] ?? `<${name}>`;
  });
}

it.each([
  ['#{name}', '\\#{name}'],
  ['@{file}', '#{at}{file}'],
  ['&{file}', '#{ampersand}{file}'],
  ['\\\\#{name}', '#{backslash}#{backslash}\\#{name}'],
  ['${user.email}', '${user.email}'],
  ['# @ & {', '# @ & {'],
])('writes %j as %j', (text, written) => {
  expect(escapedText(text)).toBe(written);
});

it('gives back any text as it was', () => {
  const part = fc.constantFrom('#', '@', '&', '$', '{', '}', '\\', 'a', '#{', '@{x}', '\\#{');
  const text = fc.array(part).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (whole) => {
      expect(asKickstartReads(escapedText(whole))).toBe(whole);
    }),
  );
});

it('knows which texts have to be escaped', () => {
  expect(['a #{b}', 'a @{b}', 'a &{b}', 'a ${b}', '#b'].map(needsEscape)).toEqual([true, true, true, false, false]);
});
