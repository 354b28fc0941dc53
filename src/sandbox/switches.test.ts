import { expect, test } from 'vitest';

import { defaultSwitches, parseSwitch, switchChoices, SwitchError, switchNames } from './switches.js';

test('a switch is written name=value', () => {
  expect(parseSwitch('licensed=off')).toEqual({ licensed: 'off' });
  expect(parseSwitch(' noopUpdate = keeps ')).toEqual({ noopUpdate: 'keeps' });
});

test.each(['licensed', 'licensed=', 'licensed=maybe', 'colour=blue', '', 'toString=on'])('%j is no switch', (text) => {
  expect(() => parseSwitch(text)).toThrow(SwitchError);
});

test('every switch stands at its first choice by default', () => {
  const defaults = defaultSwitches();
  for (const name of switchNames) {
    expect(defaults[name]).toBe(switchChoices(name)[0]);
    expect(switchChoices(name).length).toBeGreaterThan(1);
  }
});
