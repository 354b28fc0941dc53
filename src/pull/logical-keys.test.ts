import { describe, expect, it } from 'vitest';
import { logicalKeys } from './logical-keys.js';

const keysOf = (...names: readonly string[]): readonly (string | undefined)[] => {
  const keys = logicalKeys(
    names.map((name, index) => ({ id: `0000000${index}`, name })),
    'lambda',
  );
  return names.map((_, index) => keys.get(`0000000${index}`));
};

describe('a logical key', () => {
  it('is the name in words joined by hyphens, with a number where two are the same', () => {
    expect(keysOf('Start Here App', 'Überfahrt & Crew', '', 'start-here app')).toEqual([
      'start-here-app',
      'uberfahrt-crew',
      'lambda',
      'start-here-app-2',
    ]);
  });

  // Found by the laws of pull (seed -1298368155): a lambda that somebody named `constructor`.
  it('is never a word that no YAML key may be, nor looks like a UUID', () => {
    expect(keysOf('constructor', 'Prototype', '30663132-6464-6665-3032-326466613934')).toEqual([
      'lambda-constructor',
      'lambda-prototype',
      'lambda-30663132-6464-6665-3032-326466613934',
    ]);
  });

  it('that a record knows is kept, unless no key may be so', () => {
    const keys = logicalKeys(
      [
        { id: '1', name: 'Web', recorded: 'portal' },
        { id: '2', name: 'Api', recorded: 'constructor' },
      ],
      'application',
    );
    expect([...keys]).toEqual([
      ['1', 'portal'],
      ['2', 'api'],
    ]);
  });
});
