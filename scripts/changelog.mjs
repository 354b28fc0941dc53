// Notes in .changelog/ become the section of a release in CHANGELOG.md.
//   node scripts/changelog.mjs --check              every note has a kind and one line (part of npm run check)
//   node scripts/changelog.mjs                      prints the section that a release made now would get
//   node scripts/changelog.mjs --release 0.2.0 2026-12-01   writes that section and removes the notes
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = '.changelog';
const kinds = ['added', 'changed', 'fixed', 'security'];
const [mode, version, date] = process.argv.slice(2);

const notes = readdirSync(folder)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .toSorted()
  .map((name) => {
    const [first = '', ...rest] = readFileSync(join(folder, name), 'utf8').trim().split('\n');
    const [, kind, line] = /^([a-z]+): (\S.*)$/.exec(first) ?? [];
    return { name, kind, line, single: rest.length === 0 };
  });

const problems = notes
  .filter((note) => !kinds.includes(note.kind) || !note.single)
  .map((note) => `${folder}/${note.name}: say "<kind>: <one line for the user>", kind one of ${kinds.join(', ')}`);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}

const section = kinds
  .filter((kind) => notes.some((note) => note.kind === kind))
  .map((kind) => {
    const lines = notes.filter((note) => note.kind === kind).map((note) => `- ${note.line}`);
    return `### ${kind[0].toUpperCase()}${kind.slice(1)}\n\n${lines.join('\n')}\n`;
  })
  .join('\n');

if (mode === '--check') {
  console.log(`${notes.length} notes, each with its kind`);
} else if (mode === undefined) {
  console.log(section.trimEnd());
} else if (
  mode === '--release' &&
  /^\d+\.\d+\.\d+/.test(version ?? '') &&
  /^\d{4}-\d\d-\d\d$/.test(date ?? '') &&
  section !== ''
) {
  const page = readFileSync('CHANGELOG.md', 'utf8');
  const mark = '## [Unreleased]\n';
  if (!page.includes(mark)) throw new Error(`CHANGELOG.md has no line "${mark.trim()}"`);
  // A function, since a note may hold $&, which replace would read as a pattern.
  writeFileSync(
    'CHANGELOG.md',
    page.replace(mark, () => `${mark}\n## [${version}] - ${date}\n\n${section}`),
  );
  for (const note of notes) rmSync(join(folder, note.name));
} else {
  console.error('usage: changelog.mjs [--check | --release <version> <yyyy-mm-dd>], with at least one note to release');
  process.exit(1);
}
