import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { switchChoices, switchMeaning, switchNames } from './switches.js';

it('every switch stands on the page about the sandbox, with its choices and its meaning, and no other', () => {
  const page = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');
  const rows = page.match(/^\| `\w+` \| \*\*\w+\*\*.*$/gm);
  expect(rows).toEqual(
    switchNames.map((name) => {
      const [standard = '', ...others] = switchChoices(name);
      return `| \`${name}\` | ${[`**${standard}**`, ...others].join(', ')} | ${switchMeaning(name)} |`;
    }),
  );
});
