import type { Problem } from '../errors.js';
import { missingMessageKeys, templateNames } from '../seeds/theme-bundle.js';
import type { Switches } from '../switches.js';
import { isBlank, isRecord, normalLocalizedTexts, toLineFeeds, trimToNothing } from './normal-text.js';

type Fields = Readonly<Record<string, unknown>>;

/** Names that templates had before, and have now. */
const renamed: Readonly<Record<string, string>> = { emailSend: 'emailSent', registrationSend: 'registrationSent' };

/**
 * A theme as the server keeps it: messages, stylesheet and templates with LF line ends, templates and localized messages
 * trimmed, blank templates gone, the type `advanced` where none is said. Source: `normalize()` of fusionauth-java-client's
 * `Theme`, `Theme.Templates` and `LocalizedStrings`.
 */
export function normalTheme(theme: Fields): Record<string, unknown> {
  const normal: Record<string, unknown> = {
    ...theme,
    data: isRecord(theme['data']) ? theme['data'] : {},
    localizedMessages: normalLocalizedTexts(theme['localizedMessages']),
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
 * (fusionauth-issues #2427); whether it is `data` by key is UNVERIFIED (switch missingMessageValues).
 */
export function themeProblems(
  theme: Fields,
  shipped: Readonly<Record<string, string>>,
  { missingMessageValues }: Pick<Switches, 'missingMessageValues'>,
): readonly Problem[] {
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
        ...(missingMessageValues === 'hidden'
          ? {}
          : { data: Object.fromEntries(missing.map((key) => [key, shipped[key]])) }),
      });
    }
  }
  return problems;
}

/**
 * A theme as it is shown: templates that were renamed stand there under both names.
 * Source: `getEmailSend` and `getRegistrationSend` of fusionauth-java-client.
 */
export function themeView(theme: Fields): Fields {
  const { templates } = theme;
  if (!isRecord(templates)) return theme;
  const older = Object.entries(renamed).map(([before, now]) => [before, templates[now]] as const);
  const shown = Object.fromEntries(older.filter(([, text]) => text !== undefined));
  return { ...theme, templates: { ...templates, ...shown } };
}

/** A template under its former name sets the one of the present name; of both, the one that is written last. */
function normalTemplates(templates: unknown): unknown {
  if (!isRecord(templates)) return {};
  const known = Object.entries(templates).filter(([name]) => templateNames.some((other) => other === name));
  const named = known.map(([name, text]) => [renamed[name] ?? name, toLineFeeds(trimToNothing(text))] as const);
  return Object.fromEntries([...new Map(named)].filter(([, text]) => text !== undefined));
}
