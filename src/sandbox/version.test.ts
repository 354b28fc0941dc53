import { expect, test } from 'vitest';

import { isAtLeast, parseVersion, VersionError } from './version.js';

test.each([
  ['1.62.0', '1.62', true],
  ['1.62.0', '1.62.1', false],
  ['1.62.1', '1.62.1', true],
  ['1.9.0', '1.48.0', false],
  ['1.69.0', '1.7', true],
  ['2.0.0', '1.69.0', true],
])('%s is at least %s: %j', (version, least, expected) => {
  expect(isAtLeast(version, least)).toBe(expected);
});

test.each([
  ['1.62', '1.62.0'],
  [' 1.48.3 ', '1.48.3'],
  ['1.69.7', '1.69.7'],
])('%j is version %s', (text, version) => {
  expect(parseVersion(text)).toBe(version);
});

test.each(['1.47.1', '1.70.0', '2.0'])('%s is out of the range, and the range is said', (text) => {
  expect(() => parseVersion(text)).toThrow(VersionError);
  expect(() => parseVersion(text)).toThrow(`can be FusionAuth 1.48 to 1.69, not ${text}`);
});

test.each(['', 'latest', '1', 'v1.62', '1.62.0-rc1', '1.62.0.1'])('%j is no version', (text) => {
  expect(() => parseVersion(text)).toThrow(`"${text}" is no version of FusionAuth`);
});
