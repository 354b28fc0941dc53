import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { defaultSwitches } from './switches.js';

it('every switch, with its default in bold, stands on the page about the sandbox, and no other', () => {
  const page = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| \*\*(\w+)\*\*/gm)].map(([, name, value]) => [name, value]);
  expect(Object.fromEntries(rows)).toEqual(defaultSwitches());
});
