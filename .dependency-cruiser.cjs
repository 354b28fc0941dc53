/**
 * The walls between rooms. `npm run deps` holds the tree to them, test/boundaries.test.ts proves that each rule bites.
 *
 *   model ← catalog ← { desired, live, diff, merge, plan, report, parity, pull, snapshot }
 *     ← { apply, sync, keys, bundle, kickstart, permissions } ← reconcile ← cli
 *
 * A room is a folder in src/. It may import rooms left of it, never one beside it or to its right, and only through the
 * other room's index.ts. sandbox/ stands apart: it would share the mistakes of what it is there to test.
 */

/** Left to right: each row may import all rows before it. A new room is named here first, or `room-unknown` fires. */
const rows = [
  ['model'],
  ['catalog'],
  ['desired', 'live', 'diff', 'merge', 'plan', 'report', 'parity', 'pull', 'snapshot'],
  ['apply', 'sync', 'keys', 'bundle', 'kickstart', 'permissions'],
  // Calls the rooms in order, one function per command; cli/ and index.ts only parse and print around it.
  ['reconcile'],
  ['cli'],
];
const apart = ['sandbox', 'testing'];
const pureRooms = ['model', 'catalog', 'diff', 'merge', 'plan', 'report', 'parity', 'pull', 'snapshot', 'kickstart'];

const any = (names) => `(?:${names.join('|')})`;
/** Tests sit in the room they prove and reach further than it: a plan is tested on what diff really gives. */
const tests = ['\\.test\\.ts$', '^src/testing/', '^src/[^/]+/testing/'];

/** One rule per room that has something to its right or beside it, named for what it keeps. */
const arrows = rows.flatMap((row, index) =>
  row.flatMap((room) => {
    const beyond = rows
      .slice(index)
      .flat()
      .filter((other) => other !== room);
    if (beyond.length === 0) return [];
    const left = rows.slice(0, index).flat();
    return [
      {
        name: `arrows-${room}`,
        severity: 'error',
        comment: `${room}/ imports ${left.length === 0 ? 'no other room' : `only ${left.join(', ')}`}: the flow goes one way.`,
        from: { path: `^src/${room}/`, pathNot: tests },
        to: { path: `^src/${any(beyond)}/` },
      },
    ];
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'room-unknown',
      severity: 'error',
      comment: 'Every folder in src/ has its place in the table at the top of this file; without one no wall holds it.',
      from: { path: '^src/[^/]+/', pathNot: `^src/${any([...rows.flat(), ...apart])}/` },
      to: {},
    },
    {
      name: 'sandbox-stands-alone',
      severity: 'error',
      comment: 'The sandbox is the witness against which kedge is tested: sharing code would share mistakes.',
      from: { path: '^src/sandbox/', pathNot: tests },
      to: { path: '^src/', pathNot: '^src/sandbox/' },
    },
    {
      name: 'sandbox-only-at-the-edge',
      severity: 'error',
      comment: 'kedge must not know whether it talks to the sandbox: only cli/, index.ts and tests start one.',
      from: { path: '^src/', pathNot: [...tests, '^src/(?:sandbox|cli)/', '^src/index\\.ts$'] },
      to: { path: '^src/sandbox/' },
    },
    {
      name: 'cli-is-the-edge',
      severity: 'error',
      comment: 'What a command does is a function of a room; cli/ only parses, calls, prints and sets the exit code.',
      from: { path: '^src/sandbox/', pathNot: tests },
      to: { path: '^src/cli/' },
    },
    {
      name: 'index-is-for-users',
      severity: 'error',
      comment: 'src/index.ts loads everything; inside, import the room you mean (a command loads only what it uses).',
      from: { path: '^src/', pathNot: tests },
      to: { path: '^src/index\\.ts$' },
    },
    {
      name: 'no-deep-import',
      severity: 'error',
      comment: "Another room is imported through its index.ts: what that does not name is the room's own business.",
      from: { path: '^src/([^/]+)/' },
      to: {
        path: '^src/[^/]+/',
        pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$', '^src/testing/', '^src/[^/]+/testing/'],
      },
    },
    {
      name: 'no-deep-import-by-index',
      severity: 'error',
      comment: 'src/index.ts names what rooms offer, by way of their index.ts.',
      from: { path: '^src/[^/]+\\.ts$' },
      to: { path: '^src/[^/]+/', pathNot: '^src/[^/]+/index\\.ts$' },
    },
    {
      name: 'pure-no-io',
      severity: 'error',
      comment: 'Same input, same output: no files, network, processes, clock or randomness of its own in these rooms.',
      from: { path: `^src/${any(pureRooms)}/`, pathNot: [...tests, '^src/model/digest\\.ts$'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-digest-only-hashes',
      severity: 'error',
      comment: 'model/digest.ts has node:crypto for createHash and createHmac, which are functions of their input.',
      from: { path: '^src/model/digest\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(?:node:)?crypto$' },
    },
    {
      name: 'pure-no-server',
      severity: 'error',
      comment:
        'HTTP, servers and argument parsing belong to live/, sandbox/ and cli/; types of the client are welcome.',
      from: { path: `^src/${any(pureRooms)}/`, pathNot: tests },
      to: {
        path: 'node_modules/(?:undici|hono|@hono|commander|kafkajs|@fusionauth)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'tests-stay-tests',
      severity: 'error',
      comment: 'What is shipped does not lean on tests, their helpers or anything outside src/.',
      from: { path: '^src/', pathNot: tests },
      to: { path: ['\\.test\\.ts$', '^src/testing/', '^src/[^/]+/testing/', '^(?:test|bench|scripts|test-d)/'] },
    },
    {
      name: 'no-dev-dependency',
      severity: 'error',
      comment: 'A package that src/ imports is in dependencies, or it is missing at the user.',
      from: { path: '^src/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'An import leads somewhere. Built files (dist/, bundle/) are there only after a build and are left out.',
      from: {},
      to: { couldNotResolve: true, pathNot: '(?:^|/)(?:dist|bundle)/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Two files that need each other are one file, or lack a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A file that nobody imports, and that imports nobody, is dead or forgotten.',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: [...tests, '\\.d\\.ts$', '^src/index\\.ts$', '^src/cli/main\\.ts$'],
      },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:test/fixtures/|dist/|bundle/|coverage/)' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
