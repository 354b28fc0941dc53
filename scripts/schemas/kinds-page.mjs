// The page docs/kinds.md: everything the catalog says of each kind, for people.

/** The text of the page. */
export function kindsPage(catalog) {
  const readBack = { list: 'every read', get: 'the read by id only', never: 'no read' };
  const onOmit = { kept: 'keeps it', cleared: 'clears it', unknown: 'may clear it: such a PUT is refused' };
  // The calls stand in the catalog's source; a page that named them by hand would drift.
  const calls = (write) =>
    cell([...new Set([...String(write).matchAll(/client\.(\w+)\(/g)].map((match) => `\`${match[1]}\``))]);
  const costs = (kind) =>
    [...new Set(kind.immutable.map((field) => field.lost))].map((lost) => {
      const paths = kind.immutable.filter((field) => field.lost === lost).map((field) => `\`${field.path}\``);
      return `- **${kind.title}** ${paths.join(', ')}: ${lost}.`;
    });
  const code = (paths) => paths.map((path) => `\`${path}\``).join(', ');
  const needs = (kind) => [
    ...(kind.required.length > 0 ? [`- **${kind.title}**: ${code(kind.required)}.`] : []),
    ...Object.entries(kind.types ?? {}).flatMap(([type, { required = [] }]) =>
      required.length > 0 ? [`- **${kind.title}** of type \`${type}\`: also ${code(required)}.`] : [],
    ),
  ];
  const versions = (kind) => {
    const all = Object.entries(kind.since ?? {});
    return [...new Set(all.map(([, version]) => version))].map((version) => {
      const paths = all.filter(([, since]) => since === version).map(([path]) => path);
      return `- **${kind.title}**, ${version}: ${paths.includes('') ? 'all of it' : code(paths.map((path) => path.replace('{key}=', '.').replace('=', ': ')))}.`;
    });
  };
  const licences = (kind) =>
    kind.licence
      ? [`- **${kind.title}**${kind.licence.types ? ` of type ${code(kind.licence.types)}` : ''}: \`${kind.licence.feature}\`. ${kind.licence.source}.`]
      : [];
  const cell = (values) => (values.length === 0 ? '–' : values.join(', '));
  const rows = catalog.kinds.map((kind) => [
    `\`${kind.collection}\``,
    kind.scope === 'child' ? `in ${kind.parent}` : kind.scope,
    kind.naturalKey.length === 0 ? 'id only' : kind.naturalKey.join(' + '),
    calls(kind.writes.create),
    calls(kind.writes.update),
    calls(kind.writes.delete),
    kind.reads.byIds
      ? 'looked up by id'
      : kind.listRequests === 0
        ? `with its ${kind.parent}`
        : String(kind.listRequests ?? 1),
    cell([...new Set(kind.refs.map((ref) => ref.kind))]),
    cell(kind.secrets.map((secret) => `\`${secret.path}\``)),
    cell(kind.immutable.map((field) => `\`${field.path}\``)),
  ]);
  const table = (head, body) =>
    [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
  return `# The kinds kedge manages

<!-- Generated from the catalog by \`npm run schemas\`. Do not edit. -->

Every kind that FusionAuth configures. Kinds that are looked up by id have no call that lists them: kedge knows those
objects only that the files or its record name, and \`pull\` does not pull them.
An update is a PUT of the whole object, read just before, with the owned fields laid over it. \`create\`, \`update\` and
\`delete\` name the methods of FusionAuth's typed client that kedge calls.

${table(['in YAML', 'scope', 'found by', 'create', 'update', 'delete', 'list requests', 'refers to', 'secrets', 'immutable'], rows)}

## What surprises people, and kedge takes care of

${catalog.kinds.flatMap((kind) => (kind.traps ?? []).map((trap) => `- **${kind.title}**: ${trap}`)).join('\n')}

## Secrets

| field | given back by | a PUT without it |
| --- | --- | --- |
${catalog.kinds.flatMap((kind) => kind.secrets.map((secret) => `| ${kind.title} \`${secret.path}\` | ${readBack[secret.readBack]} | ${onOmit[secret.onOmit]} |`)).join('\n')}

## What another value of an immutable field costs

${catalog.kinds.flatMap(costs).join('\n')}

## Where the facts come from

${catalog.kinds.map((kind) => `- **${kind.title}**: ${kind.sources.join('; ')}.`).join('\n')}

## What a create needs

${catalog.kinds.flatMap(needs).join('\n')}

## Which version brought what

What is not in this list is older than FusionAuth 1.41. A field that is newer than the instance is refused before any write
([plan/too-new](errors.md#plantoo-new)).

${catalog.kinds.flatMap(versions).join('\n')}

## What needs a licence

${catalog.kinds.flatMap(licences).join('\n')}

## What a delete means

${catalog.kinds.map((kind) => `- **${kind.title}**: ${kind.deleteMeans}.`).join('\n')}

## Built-in objects

${catalog.kinds.flatMap((kind) => kind.builtIns.map((builtIn) => `- \`builtin:${builtIn.name}\`: ${kind.title}, ${'id' in builtIn.find ? `always \`${builtIn.find.id}\`` : 'found by its role'}${builtIn.writable ? '' : ', read-only'}. ${builtIn.source}.`)).join('\n')}
`;
}
