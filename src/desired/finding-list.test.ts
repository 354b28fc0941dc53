import { expect, it } from 'vitest';
import { createFindingList } from './finding-list.js';

it('findings come by file, line, column, code and message, each once, whatever order they were found in', () => {
  const list = createFindingList();
  const at = (file: string, line: number, col: number) => ({ file, line, col });
  list.add({ code: 'desired/bad-type', message: 'nowhere' });
  list.add({ code: 'desired/bad-type', message: 'late', at: at('b.yaml', 1, 1) });
  list.add({ code: 'desired/bad-type', message: 'second column', at: at('a.yaml', 2, 5) });
  list.add({ code: 'desired/bad-type', message: 'first column', at: at('a.yaml', 2, 1) });
  list.add({ code: 'desired/bad-enum', message: 'by code', at: at('a.yaml', 2, 1) });
  list.add({ code: 'desired/bad-enum', message: 'and message', at: at('a.yaml', 2, 1), hint: 'look' });
  list.add({ code: 'desired/bad-enum', message: 'by code', at: at('a.yaml', 2, 1) });
  list.add({ code: 'desired/bad-key', severity: 'warning', message: 'first line', at: at('a.yaml', 1, 9) });
  expect(list.errors()).toBe(7);
  expect(list.source('a.yaml')).toBeUndefined();
  expect(list.findings().map((finding) => finding.message)).toEqual([
    'nowhere',
    'first line',
    'and message',
    'by code',
    'first column',
    'second column',
    'late',
  ]);
});
