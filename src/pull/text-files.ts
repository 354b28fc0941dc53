import { canonicalBody, type Kind, visitField } from '../catalog/index.js';
import { type JsonObject, jsonEqual, kebabCase } from '../model/index.js';
import { nestedAt } from './minimal-body.js';

/** A text that got a file of its own. */
export interface PulledText {
  /** JSON path of the field in the body. */
  readonly path: readonly string[];
  /** Relative to the environment's folder. */
  readonly file: string;
  readonly text: string;
}

/** What the file of a field is called, where the field's own name would not be the best one. `*` is the map's key. */
const fileNames: { readonly [field: string]: string } = {
  'emailTemplate.defaultHtmlTemplate': 'html.ftl',
  'emailTemplate.defaultTextTemplate': 'text.ftl',
  'emailTemplate.localizedHtmlTemplates{}': 'html_*.ftl',
  'emailTemplate.localizedTextTemplates{}': 'text_*.ftl',
  'theme.stylesheet': 'styles.css',
  'theme.templates{}': 'templates/*.ftl',
  'theme.defaultMessages': 'messages.properties',
  'theme.localizedMessages{}': 'messages_*.properties',
};

/** The long texts of an object that go to files beside the YAML: those of more than one line. */
export function textsOf(kind: Kind, key: string, body: JsonObject): readonly PulledText[] {
  const folder = kebabCase(kind.collection);
  const texts: PulledText[] = [];
  for (const field of kind.files) {
    visitField(body, field.path, (value, path) => {
      const mapKey = field.path.endsWith('{}') ? (path.at(-1) ?? '') : '';
      if (typeof value !== 'string' || !isFileText(value) || !/^[\w-]*$/.test(mapKey)) return;
      const only = kind.files.length === 1;
      const name = fileNames[`${kind.kind}.${field.path}`] ?? `${path.join('-')}.${field.extension}`;
      const file = only ? `${folder}/${key}.${field.extension}` : `${folder}/${key}/${name.replace('*', mapKey)}`;
      texts.push({ path, file, text: withFinalNewline(kind, path, value) });
    });
  }
  return texts;
}

/** True for text of several lines that a file in UTF-8 gives back as it was. */
function isFileText(text: string): boolean {
  return /\n./s.test(text) && !text.includes('\0') && !text.startsWith('\uFEFF') && !/\p{Surrogate}/u.test(text);
}

/** Files end with a newline where the server's own normalisation does not see it. */
function withFinalNewline(kind: Kind, path: readonly string[], text: string): string {
  if (text.endsWith('\n')) return text;
  const longer = `${text}\n`;
  const same = jsonEqual(canonicalBody(kind, nestedAt(path, longer)), canonicalBody(kind, nestedAt(path, text)));
  return same ? longer : text;
}
