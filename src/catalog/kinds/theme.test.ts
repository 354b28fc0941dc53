import type { ThemeRequest } from '@fusionauth/typescript-client';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { fakeClient } from '../../testing/fake-client.js';
import { KedgeError } from '../../model/index.js';
import { canonicalBody } from '../canonical-body.js';
import type { WriteClient } from '../kind.js';
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

  /** A client that refuses the first write of these methods, because of this field. */
  const refusing = (field: string, answers: Readonly<Record<string, unknown>>) => {
    const { client, calls } = fakeClient(answers);
    const refused = new Set<string>();
    const refuse = (method: 'createTheme' | 'updateTheme') => async (id: string, request: ThemeRequest) => {
      const answer = await client[method](id, request);
      if (refused.has(method)) return answer;
      refused.add(method);
      throw new KedgeError({
        code: 'live/rejected',
        message: 'the instance rejected the theme',
        details: { ...names, retryable: false, serverErrors: [{ field, code: `[blank]${field}`, message: '' }] },
      });
    };
    const names = { method: 'PUT', path: '/api/theme', requestId: 'one' };
    return {
      client: { ...methodsOf(client), createTheme: refuse('createTheme'), updateTheme: refuse('updateTheme') },
      calls,
    };
  };
  const methodsOf = (client: WriteClient) => ({ retrieveTheme: (id: string) => client.retrieveTheme(id) });
  const shipped = {
    theme: { id: 'default', defaultMessages: 'login=Log in\nnext=Next\n', templates: { index: 'shipped' } },
  };

  it('that is whole only for an older FusionAuth is made as a copy after all', async () => {
    const { client, calls } = refusing('theme.templates.newPage', {
      createTheme: { theme: { id: ID } },
      updateTheme: { theme: { id: ID } },
      retrieveTheme: { theme: { templates: { newPage: 'shipped' } } },
    });
    const body = { name: 'Brand', defaultMessages: 'login=Hi', templates: full };
    await theme.writes.create({ client: client as never, id: ID }, body);
    expect(calls.map((call) => call.method)).toEqual([
      'createTheme',
      'createTheme',
      'updateTheme',
      'retrieveTheme',
      'updateTheme',
    ]);
    expect(calls[4]?.args[1]).toMatchObject({ theme: { templates: { ...full, newPage: 'shipped' } } });
  });

  it('that lacks messages or pages gets those of the default theme of its type, and keeps its own', async () => {
    const messages = refusing('theme.defaultMessages', { updateTheme: { theme: { id: ID } }, retrieveTheme: shipped });
    await theme.writes.update({ client: messages.client as never, id: ID }, { defaultMessages: 'login=Hi' });
    expect(messages.calls.at(-1)?.args[1]).toEqual({ theme: { defaultMessages: 'login=Hi\nnext=Next\n' } });
    const none = refusing('theme.defaultMessages', { updateTheme: { theme: { id: ID } }, retrieveTheme: shipped });
    await theme.writes.update({ client: none.client as never, id: ID }, { type: 'simple' });
    expect(none.calls.map((call) => call.args[0])).toEqual([ID, '3c717291-5d83-4014-bd51-97c76475dc86', ID]);
    const pages = refusing('theme.templates.index', { updateTheme: { theme: { id: ID } }, retrieveTheme: shipped });
    await theme.writes.update({ client: pages.client as never, id: ID }, { name: 'Brand' });
    expect(pages.calls.at(-1)?.args[1]).toEqual({ theme: { name: 'Brand', templates: { index: 'shipped' } } });
  });

  it('that lacks nothing of the default theme is refused as the server says', async () => {
    for (const field of ['theme.templates.index', 'theme.defaultMessages']) {
      const { client, calls } = refusing(field, { updateTheme: { theme: { id: ID } }, retrieveTheme: shipped });
      const body = { defaultMessages: 'login=a\nnext=b', templates: { index: '[#if' } };
      await expect(theme.writes.update({ client: client as never, id: ID }, body)).rejects.toMatchObject({
        code: 'live/rejected',
      });
      expect(calls).toHaveLength(2);
    }
    const { client } = refusing('theme.name', { createTheme: {}, updateTheme: {} });
    const whole = { name: 'B', defaultMessages: 'm', templates: full };
    await expect(theme.writes.create({ client: client as never, id: ID }, whole)).rejects.toThrow('rejected');
    await expect(theme.writes.update({ client: client as never, id: ID }, whole)).rejects.toThrow('rejected');
  });

  it('keeps the messages it has that the written text lacks, and is written back as a text by pull', async () => {
    const { client, calls } = fakeClient({ updateTheme: { theme: { id: ID } } });
    const live = { defaultMessages: 'login=Log in\nnext=Next\n' };
    await theme.writes.update({ client, id: ID, live }, { defaultMessages: 'login=Hi\n' });
    expect(calls[0]?.args[1]).toEqual({ theme: { defaultMessages: 'login=Hi\nnext=Next\n' } });
    expect(theme.written?.(canonicalBody(theme, { defaultMessages: 'b : 1\na=2' }))).toEqual({
      defaultMessages: 'b=1\na=2\n',
    });
    expect(theme.written?.({ name: 'Brand' })).toEqual({ name: 'Brand' });
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
      defaultMessages: { a: 'b' },
      localizedMessages: { de: 'a=c' },
      stylesheet: 'body {}\n',
      templates: { helpers: 'macro' },
    });
  });
});
