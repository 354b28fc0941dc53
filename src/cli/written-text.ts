import { type Location, locationText, type Ref, refText } from '../model/index.js';
import { visibleText } from '../report/index.js';

/** What a note of a pull says, whatever its reason. */
interface Note {
  readonly kind: string;
  readonly object: string;
  readonly field?: string;
  readonly message: string;
  readonly at?: Location;
}

/** What was done at one place of a file. */
interface Edit {
  readonly ref: Ref;
  readonly field?: string;
  readonly what: string;
  readonly at: Location | { readonly file: string };
}

/** One note on one line. */
export function noteText(note: Note): string {
  const field = note.field === undefined ? '' : ` ${note.field}`;
  const at = note.at === undefined ? '' : `${locationText(note.at)} `;
  return visibleText(`${at}${note.kind}/${note.object}${field}: ${note.message}`);
}

/** One edit on one line. */
export function editText(edit: Edit): string {
  const at = 'line' in edit.at ? locationText(edit.at) : edit.at.file;
  const field = edit.field === undefined ? '' : ` ${edit.field}`;
  return visibleText(`${at} ${edit.what} ${refText(edit.ref)}${field}`);
}

/** Which files were written where, and what is not in them. */
export function writtenText(written: {
  readonly folder: string;
  readonly files: readonly string[];
  readonly notes: readonly string[];
  /** Environment variables that the files want secrets from. */
  readonly secrets?: readonly string[];
  /** What was done in files that were there: said in the place of their names. */
  readonly edits?: readonly string[];
  readonly dryRun?: boolean;
}): string {
  const { folder, files, notes, secrets = [], edits, dryRun = false } = written;
  const count = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  const place = folder === '.' ? 'this folder' : visibleText(folder);
  const lines = [
    ...(edits ?? files.map(visibleText)).map((line) => `  ${line}`),
    ...(notes.length === 0 ? [] : ['', 'Left out, or not as on the instance:', ...notes.map((note) => `  ${note}`)]),
    ...(secrets.length === 0 ? [] : ['', 'Provide these in the environment:', ...secrets.map((name) => `  ${name}`)]),
    '',
    edits !== undefined && files.length === 0
      ? `${place === 'this folder' ? 'This folder' : place} is up to date: nothing ${dryRun ? 'would be' : 'was'} written.`
      : `${dryRun ? 'Would write' : 'Wrote'} ${count} to ${place}.`,
  ];
  return `${lines.join('\n')}\n`;
}
