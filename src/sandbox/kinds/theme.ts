import type { Problem } from '../errors.js';
import type { Kind, Write } from '../kind.js';
import { defaultThemeId, simpleThemeId } from '../seeds/ids.js';
import { defaultMessages, defaultVariables } from '../seeds/theme-bundle.js';
import type { Fields } from '../store.js';
import type { Switches } from '../switches.js';
import { isBlank, isRecord } from './normal-text.js';
import { lengthProblems } from './rules.js';
import { normalTheme, themeProblems, themeView } from './theme-fields.js';
import { themePlaces } from './uses.js';

/** What a copy starts with. Source: FusionAuth docs apis/themes, `sourceThemeId`. */
const copied = [
  'data',
  'defaultMessages',
  'localizedMessages',
  'stylesheet',
  'templates',
  'type',
  'variables',
] as const;

/** The two default themes cannot change (FusionAuth docs, themes). */
export const theme: Kind = {
  name: 'theme',
  label: 'Theme',
  path: '/api/theme',
  one: 'theme',
  many: 'themes',
  idParameter: 'themeId',
  shape: 'Theme',
  operations: ['create', 'delete', 'list', 'patch', 'read', 'search', 'update'],
  scope: 'global',
  createOnly: ['type'],
  required: ['name'],
  unique: [{ field: 'name' }],
  usedAt: themePlaces,
  normalise: (fields, { previous, instance }) =>
    withAllVariables(
      normalTheme(previous === undefined ? fields : { ...fields, type: previous['type'] }),
      instance.switches,
    ),
  validate: (fields, write) => [
    ...lengthProblems(fields, ['name']),
    ...typeProblems(write),
    ...themeProblems(fields, defaultMessages, write.instance.switches),
  ],
  view: themeView,
  protected: ({ id }) =>
    id === defaultThemeId || id === simpleThemeId
      ? 'A default theme is read-only: copy it and change the copy.'
      : undefined,
  copy: {
    parameter: 'sourceThemeId',
    from: (source) => Object.fromEntries(copied.map((name) => [name, source[name]])),
  },
  search: {
    criteria: { name: 'text', type: 'exact' },
    columns: { insertInstant: 'insertInstant', id: 'id', name: 'name' },
    orderBy: 'insertInstant ASC',
  },
};

/** What a request that names another type is answered is UNVERIFIED (switch themeTypeChange). */
function typeProblems({ previous, sent, instance }: Write): readonly Problem[] {
  const { type } = sent;
  if (instance.switches.themeTypeChange === 'ignored' || previous === undefined) return [];
  if (isBlank(type) || type === previous['type']) return [];
  return [{ field: 'type', kind: 'invalid', message: `The type is [${String(previous['type'])}] and stays so.` }];
}

function withAllVariables(theme: Fields, { simpleThemeVariables }: Pick<Switches, 'simpleThemeVariables'>): Fields {
  const { variables } = theme;
  if (simpleThemeVariables === 'unset' || !isRecord(variables)) return theme;
  return { ...theme, variables: { ...defaultVariables, ...variables } };
}
