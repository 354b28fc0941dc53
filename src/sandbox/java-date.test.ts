import { expect, test } from 'vitest';

import { DateFormatError, formatInstant } from './java-date.js';

const instant = Date.UTC(2026, 6, 4, 0, 5, 9, 42);

test.each([
  ['M/d/yyyy hh:mm:ss a z', 'UTC', '7/4/2026 12:05:09 AM UTC'],
  ['M/d/yyyy hh:mm:ss a z', 'America/Denver', '7/3/2026 06:05:09 PM MDT'],
  ["yyyy-MM-dd'T'HH:mm:ss.SSS", 'Europe/Berlin', '2026-07-04T02:05:09.042'],
  ['EEE, d MMM yy h:m', 'UTC', 'Sat, 4 Jul 26 12:5'],
  ["EEEE d MMMM yyyy, h 'o''clock'", 'Asia/Tokyo', "Saturday 4 July 2026, 9 o'clock"],
])('%s in %s', (pattern, zone, expected) => {
  expect(formatInstant(instant, { pattern, zone })).toBe(expected);
});

test.each([
  ['yyyy-QQ', 'UTC', 'pattern'],
  ['yyyy', 'Mars/Olympus', 'zone'],
])('%s in %s cannot be written', (pattern, zone, what) => {
  expect(() => formatInstant(instant, { pattern, zone })).toThrow(DateFormatError);
  expect(() => formatInstant(instant, { pattern, zone })).toThrow(expect.objectContaining({ what }));
});
