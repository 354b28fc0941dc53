import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isAgreed, parseVotingRule } from './voting-rule.js';

/** The words of the documentation, in percent: "50% or more", "two-thirds (66.7%) or more", "every". */
const least = { SimpleMajority: 1 / 2, SuperMajority: 2 / 3, AbsoluteMajority: 1 } as const;

test('a majority is agreed to when the share of those who took it is at least its own', () => {
  const votes = fc
    .integer({ min: 1, max: 60 })
    .chain((asked) => fc.tuple(fc.constant(asked), fc.integer({ min: 0, max: asked })));
  fc.assert(
    fc.property(votes, fc.constantFrom(...Object.keys(least)), ([asked, agreed], name) => {
      const rule = parseVotingRule(name);
      // `as`: one of the names above.
      const share = least[name as keyof typeof least];
      expect(isAgreed(rule, { asked, agreed })).toBe(agreed / asked >= share - Number.EPSILON);
      expect(isAgreed('Any', { asked, agreed })).toBe(agreed >= 1);
      expect(isAgreed('None', { asked, agreed })).toBe(true);
    }),
  );
});

test('more votes never turn yes into no, and a stricter rule never turns no into yes', () => {
  expect.hasAssertions();
  const rules = ['None', 'Any', 'SimpleMajority', 'SuperMajority', 'AbsoluteMajority'] as const;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat({ max: 39 }), (asked, some) => {
      const agreed = Math.min(some, asked - 1);
      for (const [at, rule] of rules.entries()) {
        const yes = isAgreed(rule, { asked, agreed });
        const withOneMore = isAgreed(rule, { asked, agreed: agreed + 1 });
        const softer = isAgreed(rules[at - 1] ?? 'None', { asked, agreed });
        expect(yes ? [withOneMore, softer] : [true, true]).toEqual([true, true]);
      }
    }),
  );
});

test.each([
  ['SimpleMajority', 2, 1, true],
  ['SimpleMajority', 3, 1, false],
  ['SuperMajority', 3, 2, true],
  ['SuperMajority', 4, 2, false],
  ['AbsoluteMajority', 3, 2, false],
] as const)('%s of %i webhooks with %i for it: %s', (rule, asked, agreed, expected) => {
  expect(isAgreed(rule, { asked, agreed })).toBe(expected);
});

test.each(['None', 'Any', 'SimpleMajority', 'SuperMajority', 'AbsoluteMajority'] as const)(
  '%s is agreed to when nobody was asked',
  (rule) => {
    expect(isAgreed(rule, { asked: 0, agreed: 0 })).toBe(true);
  },
);

test('a rule that there is not asks nobody', () => {
  expect(parseVotingRule('Unanimous')).toBe('None');
  expect(parseVotingRule(undefined)).toBe('None');
});
