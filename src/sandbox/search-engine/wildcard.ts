/** A text with places for anything in it. */
export type Pattern = string;

/** Any text, also none; and any one character. From Unicode's private use area, so that `*` can also be meant as itself. */
export const anyText = '\uE000';
export const oneCharacter = '\uE001';

/** Reads `*`, `?` and a backslash before what is meant as itself. */
export function patternOf(text: string): Pattern {
  return text.replaceAll(/\\(.)|[*?]/gsu, (found, escaped: string | undefined) =>
    escaped !== undefined ? escaped : found === '*' ? anyText : oneCharacter,
  );
}

export function hasWildcard(pattern: Pattern): boolean {
  return pattern.includes(anyText) || pattern.includes(oneCharacter);
}

/** Whether a whole text fits a pattern. It goes back at most once per character, so no pattern can take long. */
export function fitsPattern(text: string, pattern: Pattern): boolean {
  let [at, place] = [0, 0];
  let [star, retry] = [-1, 0];
  while (at < text.length) {
    const wanted = pattern[place];
    if (wanted === anyText) {
      [star, retry] = [place, at];
      place += 1;
    } else if (wanted === oneCharacter || wanted === text[at]) {
      at += 1;
      place += 1;
    } else if (star !== -1) {
      retry += 1;
      [at, place] = [retry, star + 1];
    } else {
      return false;
    }
  }
  while (pattern[place] === anyText) place += 1;
  return place === pattern.length;
}
