import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { fakeClient } from '../../testing/fake-client.js';
import { canonicalBody } from '../canonical-body.js';
import { theme } from './theme.js';

const require = createRequire(import.meta.url);
/** Every page the installed client knows; the schema leaves the deprecated names out. */
const templateNames = Object.keys(require('../../../schemas/kinds/theme.schema.json').properties.templates.properties);
const ID = '33333333-3333-4333-8333-333333333333';

describe('theme', () => {
  const full = Object.fromEntries(templateNames.map((name) => [name, name]));

  it('that is not written whole is a copy of the default theme with the written parts over it', async () => {
    const { client, calls } = fakeClient({
      createTheme: { theme: { id: ID, name: 'Brand', templates: { helpers: 'default', oauth2Error: 'default' } } },
      updateTheme: { theme: { id: ID } },
    });
    await theme.writes.create(
      { client, id: ID },
      { name: 'Brand', stylesheet: 'body {}', templates: { helpers: 'ours' } },
    );
    expect(calls.map((call) => call.args[1])).toEqual([
      { sourceThemeId: '75a068fd-e94b-451a-9aeb-3ddb9a3b5987', theme: { name: 'Brand' } },
      {
        theme: { id: ID, name: 'Brand', stylesheet: 'body {}', templates: { helpers: 'ours', oauth2Error: 'default' } },
      },
    ]);
  });

  it('that is written whole is created in one write; a simple one is a copy of the simple theme', async () => {
    const { client, calls } = fakeClient({ createTheme: { theme: { id: ID } }, updateTheme: { theme: { id: ID } } });
    await theme.writes.create({ client, id: ID }, { name: 'Brand', defaultMessages: 'm', templates: full });
    await theme.writes.create({ client, id: ID }, { name: 'Plain', type: 'simple' });
    await theme.writes.create({ client, id: ID }, { name: 'Plain', type: 'simple', variables: { fontColor: '#000' } });
    expect(calls.map((call) => call.method)).toEqual(['createTheme', 'createTheme', 'updateTheme', 'createTheme']);
    expect(calls[1]?.args[1]).toMatchObject({ sourceThemeId: '3c717291-5d83-4014-bd51-97c76475dc86' });
  });

  it('with messages and no templates still needs the copy', async () => {
    const { client, calls } = fakeClient({ createTheme: { theme: { id: ID } }, updateTheme: { theme: { id: ID } } });
    await theme.writes.create({ client, id: ID }, { name: 'Brand', defaultMessages: 'm' });
    expect(calls).toHaveLength(2);
  });

  it('with all pages but one still needs the copy', async () => {
    const { client, calls } = fakeClient({ createTheme: { theme: { id: ID } }, updateTheme: { theme: { id: ID } } });
    const { helpers: _, ...most } = full;
    await theme.writes.create({ client, id: ID }, { name: 'Brand', defaultMessages: 'm', templates: most });
    expect(calls).toHaveLength(2);
  });

  it('PUT sends no page under its deprecated name: the server would take that one', async () => {
    const { client, calls } = fakeClient({ updateTheme: { theme: { id: ID } } });
    await theme.writes.update({ client, id: ID }, { templates: { emailSend: 'old', emailSent: 'new' } });
    expect(calls[0]?.args[1]).toEqual({ theme: { templates: { emailSent: 'new' } } });
  });

  it('has trimmed pages and messages, and unix lines, as the server does', () => {
    expect(
      canonicalBody(theme, {
        defaultMessages: 'a=b\r\n',
        localizedMessages: { de: ' a=c\r\n' },
        stylesheet: 'body {}\r',
        templates: { helpers: '\nmacro\r\n', index: ' ' },
      }),
    ).toEqual({
      defaultMessages: 'a=b\n',
      localizedMessages: { de: 'a=c' },
      stylesheet: 'body {}\n',
      templates: { helpers: 'macro' },
    });
  });
});
