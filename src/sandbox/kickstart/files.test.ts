import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { openKickstart } from './files.js';

let root: string;
const at = { file: 'kickstart.json', line: 1, col: 1, pointer: '/requests/0/body' };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kedge-kickstart-'));
  mkdirSync(join(root, 'ship', 'emails'), { recursive: true });
  writeFileSync(join(root, 'ship', 'kickstart.json'), '{}');
  writeFileSync(join(root, 'ship', 'emails', 'hello.txt'), 'hello\r\n');
  writeFileSync(join(root, 'secret.txt'), 'secret');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

test('paths are relative to the kickstart file, and text keeps its line breaks', () => {
  expect(openKickstart(join(root, 'ship', 'kickstart.json')).readText('emails/hello.txt', at)).toBe('hello\r\n');
});

test('a file outside the folder is refused, by dots, by an absolute path and by a symbolic link', () => {
  symlinkSync(join(root, 'secret.txt'), join(root, 'ship', 'link.txt'));
  const { readText } = openKickstart(join(root, 'ship', 'kickstart.json'));
  for (const path of ['../secret.txt', join(root, 'secret.txt'), 'link.txt']) {
    expect(() => readText(path, at)).toThrow(
      `kickstart.json:1:1 /requests/0/body ${path} lies outside the folder of the kickstart file; copy it there`,
    );
  }
});

test('a file outside the folder may be included where that is asked for', () => {
  const { readText } = openKickstart(join(root, 'ship', 'kickstart.json'), { includeOutside: true });
  expect(readText('../secret.txt', at)).toBe('secret');
});

test('a file that is not there is named with the place that wants it', () => {
  const { readText } = openKickstart(join(root, 'ship', 'kickstart.json'));
  expect(() => readText('nope.txt', at)).toThrow(
    'kickstart.json:1:1 /requests/0/body cannot read nope.txt: there is no such file; paths are relative to the folder of the kickstart file',
  );
});

test('a file that is not text is refused', () => {
  writeFileSync(join(root, 'ship', 'logo.png'), Buffer.from([0x89, 0x50, 0xff, 0xfe]));
  const { readText } = openKickstart(join(root, 'ship', 'kickstart.json'));
  expect(() => readText('logo.png', at)).toThrow('cannot read logo.png: it is no text in UTF-8');
});
