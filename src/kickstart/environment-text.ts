/** A text of which parts come from the environment. */
export type EnvironmentText = readonly (string | { readonly env: string })[];

/** The variable, where the whole text is what it gives. */
export function onlyVariable(text: EnvironmentText): string | undefined {
  const [only] = text;
  return typeof only === 'object' && text.length === 1 ? only.env : undefined;
}

/** The tag that says the same in YAML, and what stands after it. */
export function yamlExpression(text: EnvironmentText): { readonly tag: string; readonly text: string } {
  const only = onlyVariable(text);
  if (only !== undefined) return { tag: '!env', text: only };
  const parts = text.map((part) => (typeof part === 'string' ? part.replaceAll('${', () => '$${') : `\${${part.env}}`));
  return { tag: '!sub', text: parts.join('') };
}

/** The text as a kickstart says it. */
export function kickstartText(text: EnvironmentText): string {
  return text.map((part) => (typeof part === 'string' ? part : `#{ENV.${part.env}}`)).join('');
}
