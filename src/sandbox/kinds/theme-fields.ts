import type { Problem } from '../errors.js';
import { missingMessageKeys, templateNames } from '../seeds/theme-bundle.js';
import { isBlank, isRecord, toLineFeeds } from './normal-text.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A theme as the server keeps it: messages, stylesheet and templates with LF line ends, blank templates gone, the type
 * `advanced` where none is said. Source: `Theme.normalize()` of fusionauth-java-client.
 */
export function normalTheme(theme: Fields): Record<string, unknown> {
  const normal: Record<string, unknown> = {
    ...theme,
    data: isRecord(theme['data']) ? theme['data'] : {},
    localizedMessages: lineFeedsOf(theme['localizedMessages']),
    type: theme['type'] ?? 'advanced',
  };
  for (const name of ['defaultMessages', 'stylesheet'] as const) {
    if (theme[name] !== undefined && theme[name] !== null) normal[name] = toLineFeeds(theme[name]);
  }
  if (normal['type'] === 'simple') {
    delete normal['templates'];
    delete normal['stylesheet'];
  } else {
    normal['templates'] = normalTemplates(theme['templates']);
    delete normal['variables'];
  }
  return normal;
}

/**
 * What is wrong with a normalised theme. Since 1.48 the error about missing message keys carries their default values
 * (fusionauth-issues #2427); whether it is `data` by key is UNVERIFIED.
 */
export function themeProblems(theme: Fields, shipped: Readonly<Record<string, string>>): readonly Problem[] {
  const problems: Problem[] = [];
  const { type, defaultMessages, templates, variables } = theme;
  if (type !== 'advanced' && type !== 'simple') {
    problems.push({ field: 'type', kind: 'invalid', message: 'The type must be advanced or simple.' });
    return problems;
  }
  if (type === 'simple' && !isRecord(variables)) {
    problems.push({ field: 'variables', kind: 'missing', message: 'A simple theme needs variables.' });
  }
  if (type === 'advanced') {
    if (isBlank(defaultMessages)) {
      problems.push({ field: 'defaultMessages', kind: 'blank', message: 'The default messages are required.' });
    }
    if (!isRecord(templates) || Object.keys(templates).length === 0) {
      problems.push({ field: 'templates', kind: 'missing', message: 'An advanced theme needs templates.' });
    }
  }
  if (typeof defaultMessages === 'string' && !isBlank(defaultMessages)) {
    const missing = missingMessageKeys(defaultMessages);
    if (missing.length > 0) {
      problems.push({
        field: 'defaultMessages',
        kind: 'invalid',
        message: `The default messages lack these keys: ${missing.join(', ')}.`,
        data: Object.fromEntries(missing.map((key) => [key, shipped[key]])),
      });
    }
  }
  return problems;
}

function normalTemplates(templates: unknown): unknown {
  if (!isRecord(templates)) return {};
  return Object.fromEntries(
    templateNames.filter((name) => !isBlank(templates[name])).map((name) => [name, toLineFeeds(templates[name])]),
  );
}

function lineFeedsOf(messages: unknown): unknown {
  if (!isRecord(messages)) return {};
  return Object.fromEntries(Object.entries(messages).map(([locale, text]) => [locale, toLineFeeds(text)]));
}
