import { describe, expect, test } from 'vitest';

import { defaultMessages, defaultMessagesText } from '../seeds/theme-bundle.js';
import { normalTheme, themeProblems } from './theme-fields.js';

const advanced = { name: 'Acme', type: 'advanced', defaultMessages: defaultMessagesText, templates: { index: '<p/>' } };

describe('a theme is kept', () => {
  test('with LF line ends and without blank templates', () => {
    const theme = normalTheme({
      stylesheet: 'a\r\nb\rc',
      defaultMessages: 'k=v\r\n',
      templates: { index: 'x\r\n', helpers: ' \n' },
    });
    expect(theme).toMatchObject({
      type: 'advanced',
      stylesheet: 'a\nb\nc',
      defaultMessages: 'k=v\n',
      localizedMessages: {},
    });
    expect(theme['templates']).toEqual({ index: 'x\n' });
  });

  test('without templates and stylesheet when it is simple', () => {
    const theme = normalTheme({
      type: 'simple',
      variables: { fontColor: '#fff' },
      templates: { index: 'x' },
      stylesheet: 's',
    });
    expect(theme).toEqual({ type: 'simple', variables: { fontColor: '#fff' }, data: {}, localizedMessages: {} });
  });
});

describe('a theme is refused', () => {
  test('when its messages lack a key, with the default values of what it lacks', () => {
    const problems = themeProblems(
      { ...advanced, defaultMessages: defaultMessagesText.replace(/^login=.*$/m, '') },
      defaultMessages,
    );
    expect(problems).toMatchObject([{ field: 'defaultMessages', kind: 'invalid', data: { login: 'Log in' } }]);
  });

  test.each([
    [{ defaultMessages: undefined }, 'defaultMessages', 'blank'],
    [{ templates: {} }, 'templates', 'missing'],
    [{ type: 'plain' }, 'type', 'invalid'],
    [{ type: 'simple' }, 'variables', 'missing'],
  ])('when it has %j', (change, field, kind) => {
    expect(themeProblems({ ...advanced, ...change }, defaultMessages)).toMatchObject([{ field, kind }]);
  });
});
