import { type NeededKey, permissionText } from '../model/index.js';
import { keyBody, keyName, type PermissionsView } from './permissions-view.js';
import { visibleText } from './visible-text.js';

/** The least keys of an environment: each as YAML for `apiKeys:` and as the call that makes it. */
export function renderPermissions(view: PermissionsView): string {
  const parts = view.keys.map((key) => [...heading(view, key), '', ...yaml(view, key), '', ...call(view, key)]);
  const blocks = view.checked === undefined ? parts : [...parts, checked(view.checked)];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function heading(view: PermissionsView, key: NeededKey): readonly string[] {
  const lines = [`# ${key.setting} of ${visibleText(view.environment)}, for kedge ${view.purpose}`];
  if (key.keyManager.length > 0) {
    lines.push('# It must be a key manager, which only the user interface of FusionAuth and a kickstart can make it:');
    lines.push(...key.keyManager.map((why) => `#   ${visibleText(why)}`));
  }
  if (key.unlimited.length > 0) {
    lines.push('# It must be without limits, because it may only touch keys that can do no more than itself:');
    lines.push(...key.unlimited.map((why) => `#   ${visibleText(why)}`));
  }
  return lines;
}

function yaml(view: PermissionsView, key: NeededKey): readonly string[] {
  const name = keyName(view, key);
  const lines = ['apiKeys:', `  ${visibleText(name.replaceAll(' ', '-'))}:`, `    name: ${visibleText(name)}`];
  if (key.unlimited.length > 0) return lines;
  const heads = key.endpoints.map(({ endpoint, methods }) => `        ${endpoint}: [${methods.join(', ')}]`);
  const width = Math.max(...heads.map((head) => head.length));
  const rows = key.endpoints.map(
    ({ why }, index) => `${(heads[index] ?? '').padEnd(width)}  # ${visibleText(why.join('; '))}`,
  );
  return [...lines, '    permissions:', '      endpoints:', ...rows];
}

/** With the shell's quotes around the body, which the key of a key manager goes before. */
function call(view: PermissionsView, key: NeededKey): readonly string[] {
  const body = JSON.stringify(keyBody(view, key), null, 2);
  return [
    `curl -X POST ${quoted(`${view.instance}/api/api-key`)} \\`,
    '  -H "Authorization: $KEY_MANAGER" -H "Content-Type: application/json" \\',
    `  -d ${quoted(compactLists(body))}`,
  ].map(visibleLines);
}

/** A list of methods stands on one line. */
function compactLists(json: string): string {
  return json.replaceAll(/\[\s+([^\]]*?)\s+\]/g, (_, items: string) => `[${items.replaceAll(/\s+/g, ' ')}]`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n');
}

function checked({ id, lacks, notManager }: NonNullable<PermissionsView['checked']>): readonly string[] {
  if (lacks.length === 0 && !notManager) return [`The API key ${visibleText(id)} has all of it.`];
  return [
    `The API key ${visibleText(id)} lacks:`,
    ...(notManager ? ['  to be a key manager'] : []),
    ...lacks.map((permission) => `  ${permissionText(permission)}`),
  ];
}
