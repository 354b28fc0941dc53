// Writes src/catalog/since.generated.ts: the first version of FusionAuth that has a field or a value, for every kind. It
// asks the history of github.com/FusionAuth/fusionauth-client-builder, whose src/main/domain describes the server's own
// classes: `node scripts/generate-since.mjs <git directory of a clone>`. Run it when the client is updated; nothing else
// needs the clone. Needs `npm run build` (it asks the catalog).
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [clone] = process.argv.slice(2);
if (!clone) throw new Error('usage: node scripts/generate-since.mjs <git directory of fusionauth-client-builder>');
const { catalog } = await import(new URL('../dist/catalog/index.js', import.meta.url).href);
const { default: client } = await import('@fusionauth/typescript-client/package.json', { with: { type: 'json' } });

/** What is older than this is not recorded: nobody is told that a field is too new for a server of 2022. */
const oldest = 40;
const newest = minorOf(client.version);
/** Versions that were developed and never released: what came with them is in the next one. */
const unreleased = new Map([[63, 64]]);
/** Where a released client (fusionauth-java-client at the tag of that version) shows that the version was raised late. */
const later = new Map([['systemConfiguration usageDataConfiguration', 55]]);

const types = new Map([...commitsByMinor()].map(([minor, commit]) => [minor, typesAt(commit)]));
const tables = catalog.kinds.flatMap((kind) => {
  const table = sinceOf(kind);
  return table.length === 0 ? [] : [{ kind: kind.kind, table }];
});
const constants = tables.map(({ kind, table }) => {
  const released = (path, minor) => later.get(`${kind} ${path}`) ?? unreleased.get(minor) ?? minor;
  const lines = table.map(([path, minor]) => `  '${path}': '1.${released(path, minor)}',`);
  return `export const ${kind}Since: Since = {\n${lines.join('\n')}\n};`;
});
const source = `// Generated from the history of fusionauth-client-builder by \`node scripts/generate-since.mjs\`. Do not edit.
import type { Since } from './kind.js';

${constants.join('\n\n')}
`;
const file = fileURLToPath(new URL('../src/catalog/since.generated.ts', import.meta.url));
writeFileSync(file, source);
console.log(`${tables.reduce((sum, { table }) => sum + table.length, 0)} fields and values written`);

function git(...args) {
  return execFileSync('git', [`--git-dir=${clone}`, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
}

function minorOf(version) {
  return Number(/^1\.(\d+)/.exec(version)?.[1]);
}

/** The last commit while a version was developed: the version in build.savant goes up right after each release. */
function commitsByMinor() {
  const versions = new Map(
    git('log', '--first-parent', '--format=%H', '--', 'build.savant')
      .trim()
      .split('\n')
      .map((commit) => [commit, minorOf(/version: "([^"]+)"/.exec(git('show', `${commit}:build.savant`))?.[1])]),
  );
  const commits = new Map();
  let minor = NaN;
  for (const commit of git('log', '--first-parent', '--reverse', '--format=%H').trim().split('\n')) {
    minor = versions.get(commit) ?? minor;
    if (minor >= oldest && minor <= newest) commits.set(minor, commit);
  }
  return new Map([...commits].sort(([left], [right]) => left - right));
}

/** Every class of a commit by its name. */
function typesAt(commit) {
  const names = git('ls-tree', '-r', '--name-only', commit, 'src/main/domain').trim().split('\n');
  const input = names.map((name) => `${commit}:${name}\n`).join('');
  const output = execFileSync('git', [`--git-dir=${clone}`, 'cat-file', '--batch'], { input, maxBuffer: 2 ** 28 });
  const found = new Map();
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf('\n', at);
    const size = Number(output.subarray(at, end).toString().split(' ')[2]);
    const type = JSON.parse(output.subarray(end + 1, end + 1 + size).toString());
    found.set(type.type, type);
    at = end + 1 + size + 1;
  }
  return found;
}

/** What of a kind is newer than the oldest version looked at, less what is inside something that is as new. */
function sinceOf(kind) {
  const roots = kind.types
    ? Object.entries(kind.types).map(([name, type]) => [`type=${name}`, type.clientType])
    : [[undefined, kind.clientType ?? kind.kind[0].toUpperCase() + kind.kind.slice(1)]];
  const versions = [...types].map(([minor, known]) => {
    const paths = roots.flatMap(([value, root]) => (known.has(root) ? ['', value, ...pathsIn(root, known)] : []));
    return { minor, paths: new Set(paths.filter((path) => path !== undefined)) };
  });
  const since = new Map();
  for (const path of versions.at(-1).paths) {
    const gap = versions.findLastIndex(({ paths }) => !paths.has(path));
    if (gap >= 0) since.set(path, versions[gap + 1].minor);
  }
  const hidden = new Set([...kind.serverOwned, ...kind.mirrors, ...kind.children.map((child) => child.field)]);
  return [...since]
    .filter(([path, minor]) => !around(path).some((outer) => hidden.has(outer) || (since.get(outer) ?? 0) >= minor))
    .filter(([path]) => !hidden.has(path))
    .sort(([left, older], [right, newer]) => older - newer || (left < right ? -1 : 1));
}

/** The paths that a path is inside of. */
function around(path) {
  if (path === '') return [];
  const [field, value] = path.split('=');
  const outer = [];
  if (value !== undefined) outer.push(field.replace(/\{key\}$/, ''));
  for (let at = field; at !== '';) {
    at = at.replace(/(\[\]|\{\}|\{key\}|(^|\.)[^.[{]+)$/, '');
    outer.push(at);
  }
  return outer;
}

function pathsIn(root, known) {
  const found = [];
  const add = (path, field) => {
    found.push(path);
    visit(path, field);
  };
  const visit = (path, { type, typeArguments: [first, second] = [] }) => {
    if (/(List|Set|Collection)$/.test(type) && first) visit(`${path}[]`, first);
    else if (type.endsWith('Map') && second) {
      for (const value of known.get(first.type)?.enum ?? []) found.push(`${path}{key}=${value.args?.[0] ?? value}`);
      visit(`${path}{}`, second);
    } else if (known.get(type)?.enum) {
      for (const value of known.get(type).enum) found.push(`${path}=${value.name ?? value}`);
    } else {
      for (const [name, field] of fieldsOf(type, known)) add(path === '' ? name : `${path}.${name}`, field);
    }
  };
  visit('', { type: root });
  return found;
}

/** The fields of a class and of those it extends, with what its type parameters stand for. */
function fieldsOf(name, known, given = []) {
  const type = known.get(name);
  if (!type) return [];
  const parameters = (type.typeArguments ?? []).map((parameter) => parameter.type);
  const filledIn = (field) =>
    given[parameters.indexOf(field.type)] ??
    (field.typeArguments ? { ...field, typeArguments: field.typeArguments.map(filledIn) } : field);
  return [
    ...(type.extends ?? []).flatMap((base) => fieldsOf(base.type, known, base.typeArguments)),
    ...Object.entries(type.fields ?? {}).map(([field, value]) => [field, filledIn(value)]),
  ];
}
