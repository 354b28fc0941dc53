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

it('a finding at a line that the file does not have shows none', () => {
  const list = createFindingList();
  list.addSource({ file: 'a.yaml', text: 'name: Acme\n', lineStarts: [0, 11], secretLines: new Set() });
  list.add({ code: 'desired/bad-type', message: 'here', at: { file: 'a.yaml', line: 1, col: 1 } });
  list.add({ code: 'desired/bad-type', message: 'beyond', at: { file: 'a.yaml', line: 9, col: 1 } });
  expect(list.findings().map(({ message, excerpt }) => [message, excerpt])).toEqual([
    ['here', 'name: Acme'],
    ['beyond', undefined],
  ]);
});
