import { defaultSwitches } from '../switches.js';
import { describe, expect, test } from 'vitest';

import { defaultMessages, defaultMessagesText } from '../seeds/theme-bundle.js';
import { normalTheme, themeProblems, themeView } from './theme-fields.js';

const advanced = { name: 'Acme', type: 'advanced', defaultMessages: defaultMessagesText, templates: { index: '<p/>' } };

describe('a theme is kept', () => {
  test('trap: with LF line ends, templates and localized messages trimmed, without blank templates', () => {
    const theme = normalTheme({
      stylesheet: 'a\r\nb\rc',
      defaultMessages: 'k=v\r\n',
      localizedMessages: { de: ' k=v\r\nl=w\r\n' },
      templates: { index: '\t x\r\ny\r\n', helpers: ' \n' },
    });
    expect(theme).toMatchObject({
      type: 'advanced',
      stylesheet: 'a\nb\nc',
      defaultMessages: 'k=v\n',
      localizedMessages: { de: 'k=v\nl=w' },
    });
    expect(theme['templates']).toEqual({ index: 'x\ny' });
  });

  test('with templates that were renamed under their present names, and is shown with both', () => {
    const theme = normalTheme({ templates: { emailSend: 'sent', registrationSend: 'old', registrationSent: 'new' } });
    expect(theme['templates']).toEqual({ emailSent: 'sent', registrationSent: 'new' });
    expect(themeView(theme)['templates']).toEqual({
      emailSend: 'sent',
      emailSent: 'sent',
      registrationSend: 'new',
      registrationSent: 'new',
    });
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
      defaultSwitches(),
    );
    expect(problems).toMatchObject([{ field: 'defaultMessages', kind: 'invalid', data: { login: 'Log in' } }]);
  });

  test.each([
    [{ defaultMessages: undefined }, 'defaultMessages', 'blank'],
    [{ templates: {} }, 'templates', 'missing'],
    [{ type: 'plain' }, 'type', 'invalid'],
    [{ type: 'simple' }, 'variables', 'missing'],
  ])('when it has %j', (change, field, kind) => {
    expect(themeProblems({ ...advanced, ...change }, defaultMessages, defaultSwitches())).toMatchObject([
      { field, kind },
    ]);
  });
});
