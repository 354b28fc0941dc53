import { describe, expect, it } from 'vitest';
import { type OwnedSecret, secretNames } from './secret-names.js';

const header = (name: string): OwnedSecret => ({ collection: 'webhooks', key: 'siem', path: ['headers', name] });

describe('the names of variables for secrets', () => {
  it('are made of what the secret is of', () => {
    const secret = { collection: 'tenants', key: 'crew-officers', path: ['emailConfiguration', 'password'] };
    expect(secretNames([secret])(secret)).toBe('TENANTS_CREW_OFFICERS_EMAIL_CONFIGURATION_PASSWORD');
  });

  it('get a number where two come out alike, or one means something else already', () => {
    const all = [header('X.Key'), header('X-Key'), header('x_key')];
    const names = secretNames(all, ['WEBHOOKS_SIEM_HEADERS_X_KEY_2']);
    expect(all.map(names)).toEqual([
      'WEBHOOKS_SIEM_HEADERS_X_KEY_3',
      'WEBHOOKS_SIEM_HEADERS_X_KEY',
      'WEBHOOKS_SIEM_HEADERS_X_KEY_4',
    ]);
    expect([...all].reverse().map(secretNames([...all].reverse(), ['WEBHOOKS_SIEM_HEADERS_X_KEY_2']))).toEqual(
      all.map(names).reverse(),
    );
  });

  it('hold nothing that a variable cannot be called', () => {
    const secret = header('海員 = "x"');
    expect(secretNames([secret])(secret)).toBe('WEBHOOKS_SIEM_HEADERS_X');
  });
});
