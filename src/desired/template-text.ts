/** One part of a `!sub` text: literal text, or the name of a variable. */
export type TemplatePart = { readonly text: string } | { readonly variable: string };

/** The parts of a `!sub` text, or what is wrong with it. */
export type Template =
  | { readonly ok: true; readonly parts: readonly TemplatePart[] }
  | { readonly ok: false; readonly why: string };

const name = /^[A-Za-z_][\w.-]*$/;

/** True for a name that a variable can have. */
export function isVariableName(text: string): boolean {
  return name.test(text);
}

/** Cuts a `!sub` text at its `${name}`s. `$${` is a literal `${`; there are no expressions. */
export function parseTemplate(text: string): Template {
  const parts: TemplatePart[] = [];
  let literal = '';
  let rest = text;
  for (;;) {
    const start = rest.indexOf('${');
    if (start < 0) break;
    if (rest[start - 1] === '$') {
      literal += `${rest.slice(0, start - 1)}\${`;
      rest = rest.slice(start + 2);
      continue;
    }
    const end = rest.indexOf('}', start);
    if (end < 0) return { ok: false, why: "a '${' has no '}' after it" };
    const variable = rest.slice(start + 2, end).trim();
    if (!isVariableName(variable))
      return { ok: false, why: `'\${${rest.slice(start + 2, end)}}' does not name a variable` };
    literal += rest.slice(0, start);
    if (literal !== '') parts.push({ text: literal });
    literal = '';
    parts.push({ variable });
    rest = rest.slice(end + 1);
  }
  if (literal + rest !== '') parts.push({ text: literal + rest });
  return { ok: true, parts };
}
