import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { switchNames } from './switches.js';

const sources = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'switches.ts',
);

/** Every UNVERIFIED of a source with what follows it, lines of comments joined. */
const statements = sources.flatMap((file) => {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8').replace(/\n\s*(?:\*|\/\/) ?/g, ' ');
  return [...text.matchAll(/UNVERIFIED(?: \(switch (\w+)\))?/g)].map(({ 1: name, index }) => ({
    where: `${file}: …${text.slice(Math.max(0, index - 60), index + 40)}…`,
    name,
  }));
});

test('what is not verified is a switch: each comment that says UNVERIFIED names it', () => {
  const nameless = statements.filter(({ name }) => !switchNames.some((known) => known === name));
  expect(nameless.map(({ where }) => where)).toEqual([]);
  expect(statements.length).toBeGreaterThan(30);
});
