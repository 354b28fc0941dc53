import type { Newcomer } from './quirk.js';

export const simpleThemes: Newcomer = {
  since: '1.51',
  what: 'Themes of type `simple`, and the one a fresh install has.',
  source: 'FusionAuth docs apis/themes',
  fields: { Theme: ['variables'] },
  values: { ThemeType: ['simple'] },
};
