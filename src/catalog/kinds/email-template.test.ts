import { describe, expect, it } from 'vitest';
import { canonicalBody } from '../canonical-body.js';
import { emailTemplate } from './email-template.js';

describe('email template', () => {
  it('has trimmed texts, and unix lines where it is localized, as the server does', () => {
    expect(
      canonicalBody(emailTemplate, {
        name: ' Welcome ',
        defaultHtmlTemplate: '\n<p>Hello</p>\n',
        localizedTextTemplates: { de: ' Hallo\r\n${user.firstName}\r\n' },
      }),
    ).toEqual({
      name: 'Welcome',
      defaultHtmlTemplate: '<p>Hello</p>',
      localizedTextTemplates: { de: 'Hallo\n${user.firstName}' },
    });
  });

  it('never has its FreeMarker touched', () => {
    const body = { defaultTextTemplate: '[#ftl/]\r\n${user.email}  ok' };
    expect(canonicalBody(emailTemplate, body)).toBe(body);
  });
});
