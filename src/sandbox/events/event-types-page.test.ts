import { readdirSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { eventTypesOf } from './event-types.js';

const page = readFileSync('docs/sandbox.md', 'utf8');

/** Types whose names are put together from parts: `${eventName}.create`, `group.member.${what}`. */
const composed = [
  /^(?:entity|group|user)\.(?:create|delete|update)(?:\.complete)?$/,
  /^user\.(?:de|re)activate$/,
  /^group\.member\./,
  /^user\.loginId\.duplicate\./,
];

/** The sources, without tests and without the tables of all types. */
function sources(): string {
  return readdirSync('src/sandbox', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.|\.generated\.|event-types|testing/.test(file))
    .map((file) => readFileSync(`src/sandbox/${file}`, 'utf8'))
    .join('\n');
}

test('the page lists the types of events that no call causes, and no others', () => {
  const sentence = /No call that the sandbox has causes these types yet: ([^#]*?)\.\n/.exec(page)?.[1] ?? '';
  const listed = [...sentence.matchAll(/`([^`]+)`/g)].map(([, type]) => type);
  const text = sources();
  const causes = (type: string): boolean => text.includes(`'${type}'`) || composed.some((form) => form.test(type));
  expect(listed, 'docs/sandbox.md, "Events"').toEqual(eventTypesOf('1.69.0').filter((type) => !causes(type)));
});
