import { expect, test } from 'vitest';
import { createRedactor } from './redactor.js';

test('a secret is taken out in every spelling an instance may echo it in', () => {
  const secret = 'p"ss wörd/1';
  const { redact } = createRedactor([secret]);
  const echoes = [
    secret,
    JSON.stringify({ secret }),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ];
  for (const echo of echoes) {
    expect(redact(`before ${echo} after`)).toContain('(secret)');
    expect(redact(`before ${echo} after`)).not.toContain(echo === JSON.stringify({ secret }) ? 'ss wö' : echo);
  }
});

test('a secret that begins with another one leaves no tail behind', () => {
  expect(createRedactor(['hunter2', 'hunter2-smtp']).redact('hunter2-smtp')).toBe('(secret)');
});

test('a very short secret is only taken out where it stands alone', () => {
  expect(createRedactor(['a']).redact('a value "a" at base')).toBe('(secret) value "(secret)" at base');
});

test('values can be made known later, and an empty one is none', () => {
  const { redact, add } = createRedactor(['']);
  add(['token-123']);
  expect(redact('x token-123 y')).toBe('x (secret) y');
});
