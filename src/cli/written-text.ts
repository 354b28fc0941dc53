import { type Location, locationText } from '../model/index.js';
import { visibleText } from '../report/index.js';

/** What a note of a pull says, whatever its reason. */
interface Note {
  readonly kind: string;
  readonly object: string;
  readonly field?: string;
  readonly message: string;
  readonly at?: Location;
}

/** One note on one line. */
export function noteText(note: Note): string {
  const field = note.field === undefined ? '' : ` ${note.field}`;
  const at = note.at === undefined ? '' : `${locationText(note.at)} `;
  return visibleText(`${at}${note.kind}/${note.object}${field}: ${note.message}`);
}

/** Which files were written where, and what is not in them. */
export function writtenText(written: {
  readonly folder: string;
  readonly files: readonly string[];
  readonly notes: readonly string[];
  /** Environment variables that the files want secrets from. */
  readonly secrets?: readonly string[];
}): string {
  const { folder, files, notes, secrets = [] } = written;
  const count = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  const lines = [
    ...files.map((file) => `  ${visibleText(file)}`),
    ...(notes.length === 0 ? [] : ['', 'Left out, or not as on the instance:', ...notes.map((note) => `  ${note}`)]),
    ...(secrets.length === 0 ? [] : ['', 'Provide these in the environment:', ...secrets.map((name) => `  ${name}`)]),
    '',
    `Wrote ${count} to ${folder === '.' ? 'this folder' : visibleText(folder)}.`,
  ];
  return `${lines.join('\n')}\n`;
}
