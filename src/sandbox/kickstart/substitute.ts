/**
 * The substitutions of kickstart inside one string. Pure: where values and files come from is told by the caller.
 * Source: FusionAuth docs get-started/download-and-install/development/kickstart ("Using Variables", "Include Text
 * Files", "Include JSON files", "Functions", "Escape").
 */
export interface Substitutions {
  /** The value of `#{name}`, `#{ENV.NAME}` or `#{UUID()}`; throws what the caller wants thrown for an unknown name. */
  readonly variable: (name: string) => unknown;
  /** The text of `@{path}`. */
  readonly includeText: (path: string) => string;
}

const wholeVariable = /^#\{([^{}]*)\}$/;
const wholeText = /^@\{([^{}]+)\}$/;
const wholeJson = /^&\{([^{}]+)\}$/;
const parts = /\\([#@&]\{)|([#@])\{([^{}]*)\}/g;

/** The path of a string that is nothing but `&{path}`, which stands for the JSON in that file. */
export function includedJson(text: string): string | undefined {
  return wholeJson.exec(text)?.[1];
}

/**
 * A decoded JSON string with everything replaced but JSON files. One that is nothing but `#{name}` becomes the variable's
 * value, of whatever type it was written with.
 * `\#{` (in JSON `\\#{`) is a literal `#{`; a `#`, `@` or `&` not followed by `{` is text, as is FreeMarker's `${…}`.
 * Included text is not searched again, which the docs do not say: a template's own `#{…}` (old
 * FreeMarker number syntax) would be taken for a variable.
 */
export function substitute(text: string, { variable, includeText }: Substitutions): unknown {
  const file = wholeText.exec(text)?.[1];
  if (file !== undefined) return includeText(file);
  const name = wholeVariable.exec(text)?.[1];
  if (name !== undefined) return variable(name);
  return text.replace(parts, (_, escaped: string | undefined, sigil: string, inside: string) => {
    if (escaped !== undefined) return escaped;
    return sigil === '@' ? includeText(inside) : asText(variable(inside));
  });
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
