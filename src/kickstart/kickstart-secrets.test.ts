import { describe, expect, it } from 'vitest';
import { createKickstartSecrets } from './kickstart-secrets.js';

const secrets = () => createKickstartSecrets((text) => [text]);

describe('where a secret stands', () => {
  it.each([
    [{ emailConfiguration: { password: 'x' } }, ['emailConfiguration.password']],
    [
      { data: { stripe_secret: 'x', apiKey: 'x', 'api-key': 'x', label: 'x' } },
      ['data.stripe_secret', 'data.apiKey', 'data.api-key'],
    ],
    [{ data: { credentials: { user: 'x', more: ['x'] } } }, ['data.credentials.user', 'data.credentials.more.0']],
    [
      { producer: { 'sasl.jaas.config': 'x', 'ssl.key.password': 'x', acks: 'all' } },
      ['producer.sasl.jaas.config', 'producer.ssl.key.password'],
    ],
    [{ url: 'https://crew:hush@siem.example/' }, ['url']],
    [{ data: { note: 'see -----BEGIN RSA PRIVATE KEY-----' } }, ['data.note']],
    [{ passwordlessConfiguration: { enabled: true }, secretless: 'x', password: '', token: null }, []],
    [{ forgotPasswordEmailTemplateId: 'x', passwordIdGenerator: { type: 'x' } }, []],
    [{ attributeMappings: { token: 'user.data.token' }, claimMap: { password: 'x' } }, []],
    [{ permissions: { endpoints: { '/api/user/change-password': ['POST'] } } }, []],
    [{ url: 'https://siem.example:8080/a@b' }, []],
  ])('of %j is known by its name or its form', (body, places) => {
    expect(
      secrets()
        .placesIn(body)
        .map((path) => path.join('.')),
    ).toEqual(places);
  });

  it('is known by what was remembered, anywhere in a text, and as the name of a field', () => {
    const { remember, placesIn, safeName, withSafeNames } = secrets();
    remember({ header: ['Bearer 0123-hush'] });
    expect(placesIn({ body: 'const key = "0123-hush";', other: 'Bearer' })).toEqual([['body']]);
    expect(safeName('0123-hush')).toBe('(secret)');
    expect(safeName('crew')).toBe('crew');
    expect(withSafeNames({ list: [{ '0123-hush': 1 }], text: 'x' })).toEqual({ list: [{ '(secret)': 1 }], text: 'x' });
  });

  it('is remembered by the names of fields, but not of fields that others name', () => {
    const { rememberFields, isIn } = secrets();
    rememberFields([
      { user: { password: 'correct horse', email: 'crew@harbour.example' }, claimMap: { token: 'user.data.token' } },
    ]);
    expect(isIn('correct horse')).toBe(true);
    expect(isIn('crew@harbour.example')).toBe(false);
    expect(isIn('user.data.token')).toBe(false);
    rememberFields({ apiKey: { tenantId: 'harbour-tenant-1', key: 'x', tokens: ['0123-hush'] } });
    expect(isIn('harbour-tenant-1')).toBe(false);
    expect(isIn('0123-hush')).toBe(true);
  });
});

describe('what is no secret though it looks like one', () => {
  it('is a word, as most passwords of kickstarts are, and anything short', () => {
    const { remember, isIn } = secrets();
    remember(['password', 'changeme', 'x1-!', 7, null]);
    remember(undefined);
    expect(isIn('Forgot your password? Please changeme x1-! 7')).toBe(false);
  });

  it('is an id that has a secret in it, unless it is one', () => {
    const { remember, isIn } = secrets();
    remember('00000000');
    remember('bf69486b-4733-4470-a592-f1bfce7af580');
    expect(isIn('00000000-0000-0000-0000-000000000001')).toBe(false);
    expect(isIn('bf69486b-4733-4470-a592-f1bfce7af580')).toBe(true);
    expect(isIn('x-00000000-y')).toBe(true);
  });
});

it('looks at what the kickstart itself says of a text', () => {
  const { remember, isIn } = createKickstartSecrets((text) =>
    text === 'stand-in' ? ['https://', '/?key=0123-hush'] : [text],
  );
  remember('0123-hush');
  expect(isIn('stand-in')).toBe(true);
});
