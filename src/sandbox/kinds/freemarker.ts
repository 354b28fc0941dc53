import { notImplemented } from '../errors.js';
import { valueAt } from '../fields.js';
import type { Fields } from '../store.js';

/** A template with its variables filled in, or what it wants to know that nobody told. */
export type Rendered = { readonly text: string } | { readonly missing: string };

/** Directives, macros and comments, in either of FreeMarker's notations. */
const directive = /[<[]\/?[#@]|\[=|#\{/;

/** `user.firstName!'friend'` */
const variable = /^\s*([A-Za-z_]\w*(?:\.\w+)*)\s*(!\s*(?:'([^']*)'|"([^"]*)")?)?\s*$/;

/**
 * Fills in `${user.email}` and `${user.firstName!'friend'}`. The rest of FreeMarker is not there: a text rendered half
 * would be taken for the real one. Source: FusionAuth docs customize/email-and-messages, "using replacement variables".
 * @throws {@link Refusal} 501 for a template with anything else in it.
 */
export function renderTemplate(template: string, variables: Fields): Rendered {
  if (directive.test(template)) throw notImplemented('The sandbox does not render directives of FreeMarker.');
  let missing: string | undefined;
  const text = template.replaceAll(/\$\{([^}]*)\}/g, (whole, expression: string) => {
    const [, path = '', fallback, single, double] = variable.exec(expression) ?? [];
    if (path === '') throw notImplemented(`The sandbox does not render ${whole}.`);
    const value = valueAt(variables, path);
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    if (fallback === undefined) missing ??= path;
    return single ?? double ?? '';
  });
  return missing === undefined ? { text } : { missing };
}
