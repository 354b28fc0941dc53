import type { Kind } from '../kind.js';
import { defaultThemeId, simpleThemeId } from '../seeds/ids.js';
import { defaultMessages } from '../seeds/theme-bundle.js';
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

/** That the type of a theme cannot change is UNVERIFIED; the two default themes cannot (FusionAuth docs, themes). */
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
  normalise: (fields, { previous }) =>
    normalTheme(previous === undefined ? fields : { ...fields, type: previous['type'] }),
  validate: (fields) => [...lengthProblems(fields, ['name']), ...themeProblems(fields, defaultMessages)],
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
