/**
 * The text with everything a terminal would act on made visible: C0 and C1 control characters (ANSI escapes begin with
 * one), DEL, line and paragraph separators, and the marks that reorder or hide text (RFC 9839 §2; Unicode TR36 §2.6).
 * What an instance or a file holds is data: it must not be able to colour, move or forge a line of a report.
 */
export function visibleText(text: string): string {
  return text.replaceAll(HIDDEN, (character) => {
    const named = NAMED[character];
    if (named !== undefined) return named;
    const code = character.codePointAt(0) ?? 0;
    return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** As {@link visibleText}, but line breaks stay: for text that is shown line by line. CRLF counts as one break. */
export function visibleLines(text: string): readonly string[] {
  return text.split(/\r\n|\n/).map((line) => visibleText(line));
}

const NAMED: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const HIDDEN =
  // What is matched is exactly what must not reach a terminal.
  // oxlint-disable-next-line eslint/no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;
