import { expect, test } from 'vitest';

import { der, derInteger, derObjectIdentifier, derTime } from './der.js';

test('the length of a value is one byte up to 127, and then the number of its bytes and those', () => {
  expect(der('utf8String', Buffer.alloc(127)).subarray(0, 2).toString('hex')).toBe('0c7f');
  expect(der('utf8String', Buffer.alloc(128)).subarray(0, 3).toString('hex')).toBe('0c8180');
  expect(der('sequence', Buffer.alloc(200), Buffer.alloc(100)).subarray(0, 4).toString('hex')).toBe('3082012c');
});

test.each([
  ['00', '020100'],
  ['7f', '02017f'],
  ['80', '02020080'],
  ['0000ea', '020200ea'],
  ['5', '020105'],
])('the integer %s is positive and has no byte too many', (hex, encoded) => {
  expect(derInteger(hex).toString('hex')).toBe(encoded);
});

test('an object identifier packs its first two numbers into one byte, and large ones into seven bits a byte', () => {
  expect(derObjectIdentifier('2.5.4.3').toString('hex')).toBe('0603550403');
  expect(derObjectIdentifier('1.2.840.113549.1.1.11').toString('hex')).toBe('06092a864886f70d01010b');
});

test('a time has two digits of the year until 2049, then four', () => {
  expect(
    derTime(Date.UTC(2049, 11, 31, 23, 59, 59))
      .subarray(2)
      .toString(),
  ).toBe('491231235959Z');
  expect(
    derTime(Date.UTC(2050, 0, 1))
      .subarray(2)
      .toString(),
  ).toBe('20500101000000Z');
});
