import { block, code, escapeHtml, folded, markdown, pathCode, pathLink, quiet, table } from './html.js';
import { indexStyle } from './index-style.js';

/** What the index page shows. */
export interface IndexPage {
  /** As the reader wrote it: `http://127.0.0.1:9011`, without a slash at the end. */
  readonly url: string;
  /** The version it is like, such as `1.69.0`. */
  readonly fusionauth: string;
  readonly search: string;
  readonly licensed: boolean;
  /** The API key, only if everybody knows it anyway. */
  readonly publicKey: string | undefined;
  readonly calls: readonly IndexedCall[];
  /** What the reader looks for among the calls; empty: all of them. */
  readonly wanted: string;
  readonly kinds: readonly IndexedKind[];
  readonly switches: readonly IndexedSwitch[];
  /** What came with later versions, oldest first. */
  readonly later: readonly LaterPart[];
}

/** A call of FusionAuth's API, and how it is answered: as FusionAuth does, 501, or 404 since the version came before it. */
export interface IndexedCall {
  readonly method: string;
  readonly path: string;
  /** Methods of the official client that make it. */
  readonly names: readonly string[];
  readonly answered: 'emulated' | 'later' | 'unsupported';
}

/** A kind of object, and how many there are. */
export interface IndexedKind {
  readonly label: string;
  readonly count: number;
  /** What lists them: `/api/tenant`. Absent: no call does. */
  readonly path?: string;
}

export interface IndexedSwitch {
  readonly name: string;
  readonly value: string;
  /** What it can stand at, default first. */
  readonly choices: readonly string[];
  /** Where the version puts it, if it differs from one version to the next. */
  readonly ofVersion: string | undefined;
  /** Markdown with nothing but `code` in it. */
  readonly meaning: string;
}

/** Something that the version does not have yet. */
export interface LaterPart {
  readonly since: string;
  /** Markdown with nothing but `code` in it. */
  readonly what: string;
}

/** Calls of the control plane that a person may want; a GET can be followed as a link. */
const controlCalls = [
  ['GET', 'requests', 'what was asked, counted by method and path; DELETE forgets it'],
  ['GET', 'events', 'what webhooks were told and what they answered; DELETE forgets it'],
  ['GET', 'faults', 'what goes wrong; POST adds a fault, DELETE takes them away'],
  ['GET', 'switches', 'the switches; POST changes them'],
  ['GET', 'snapshot', 'everything there is, secrets included; PUT puts it back'],
  ['POST', 'reset', 'back to the fresh install'],
  ['POST', 'settle', 'answered when nothing is under way any more'],
  ['POST', 'admin', 'a call as an administrator makes it, with an entry in the audit log'],
  ['POST', 'webhook-test', 'sends a test event to a webhook'],
] as const;

/** What a browser can open without a key. */
const openPaths = ['/.well-known/jwks.json', '/.well-known/openid-configuration', '/api/status'] as const;

const documents = [
  ['docs/sandbox.md', 'what is emulated and what is not, versions, events, search, faults, snapshots, Docker'],
  ['docs/sandbox-calls.md', 'every call, as in the list above'],
  ['docs/real-fusionauth.md', 'how to hold a real server against what the sandbox does'],
] as const;

/** How long the words that the reader looks for may be. */
export const longestWanted = 200;

/** The page for a person who opens the sandbox in a browser: one HTML document that needs nothing besides itself. */
export function renderIndexPage(page: IndexPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>kedge sandbox</title>
<link rel="icon" href="data:,">
<style>${indexStyle}</style>
</head>
<body>
<main>
<h1>kedge sandbox</h1>
<p>A server in memory that answers as FusionAuth does: for trying, for testing and for CI. It is not FusionAuth’s, has none of
its code, and is no place for real users or passwords.</p>
${facts(page)}
<nav aria-label="On this page">
${sections.map(({ id, title }) => `<a href="#${id}">${title}</a>`).join('\n')}
</nav>
${sections.map(({ id, title, body }) => `<section id="${id}">\n<h2>${title}</h2>\n${body(page)}\n</section>`).join('\n')}
</main>
</body>
</html>
`;
}

const sections: readonly {
  readonly id: string;
  readonly title: string;
  readonly body: (page: IndexPage) => string;
}[] = [
  { id: 'use', title: 'Use it', body: useSection },
  { id: 'objects', title: 'What there is', body: kindSection },
  { id: 'calls', title: 'Calls', body: callSection },
  { id: 'switches', title: 'Switches', body: switchSection },
  { id: 'control', title: 'Control plane', body: controlSection },
  { id: 'more', title: 'Read more', body: documentSection },
];

function facts(page: IndexPage): string {
  const changed = changedSwitches(page).length;
  const { calls, later } = page;
  const emulated = calls.filter(({ answered }) => answered === 'emulated').length;
  const lines: readonly (readonly [string, string])[] = [
    ['URL', code(page.url)],
    ['API key', page.publicKey === undefined ? 'the one that it was started with' : code(page.publicKey)],
    ['Like', `FusionAuth ${escapeHtml(page.fusionauth)}, no full emulation`],
    [
      'Calls',
      `${emulated} of ${calls.length}; ${later.length === 0 ? '' : 'later ones are answered 404, '}the others 501`,
    ],
    ['Search engine', escapeHtml(page.search)],
    ['Licence', page.licensed ? 'licensed: all features' : 'none: licensed features are refused'],
    ['Switches', changed === 0 ? 'all at their default' : `${changed} not at the default`],
  ];
  return `<dl>\n${lines.map(([name, html]) => `<dt>${name}</dt><dd>${html}</dd>`).join('\n')}\n</dl>`;
}

function useSection(page: IndexPage): string {
  const key = page.publicKey === undefined ? 'process.env.API_KEY' : `'${page.publicKey}'`;
  const client = `import { FusionAuthClient } from '@fusionauth/typescript-client';

const client = new FusionAuthClient(${key}, '${page.url}');
const { response } = await client.retrieveTenants();`;
  return `<p>On the command line:</p>
${block(`curl -H "Authorization: ${page.publicKey ?? '$API_KEY'}" ${page.url}/api/tenant`)}
<p>With the official client:</p>
${block(client)}
<p>In a test, a server of its own on a free port:</p>
${block(testExample)}
<p>A browser has no API key to show, but can open ${openPaths.map((path) => pathLink(path)).join(', ')}.</p>`;
}

const testExample = `import { startSandbox } from 'kedge/sandbox';

const sandbox = await startSandbox();
// … your test, against sandbox.url with sandbox.apiKey …
await sandbox.close();`;

function kindSection({ kinds }: IndexPage): string {
  const rows = kinds.map(({ label, count, path }) => [
    escapeHtml(label),
    count === 0 ? quiet('0') : String(count),
    path === undefined ? quiet('no call lists them') : pathCode(`GET ${path}`),
  ]);
  return `<p>How many objects of each kind, and the call that lists them.</p>
${table('counted', ['Kind', 'Count', 'Call'], rows)}`;
}

function callSection({ calls, wanted, fusionauth }: IndexPage): string {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const found = calls.filter((call) => {
    const text = `${call.method} ${call.path} ${call.names.join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const rows = found.map((call) => [
    pathCode(`${call.method} ${call.path}`),
    answerOf(call, fusionauth),
    escapeHtml(call.names.join(', ')),
  ]);
  const list = table('stacked', ['Call', 'Answer', 'Methods of the client'], rows);
  return `<p>Every call that FusionAuth’s own client makes, or that its documentation has for what is emulated.</p>
<form action="/#calls" role="search">
<label for="wanted">Find a call by its path or method</label>
<input id="wanted" name="calls" type="search" maxlength="${longestWanted}" value="${escapeHtml(wanted)}" autocomplete="off"
 spellcheck="false">
<button>Find</button>
</form>
${words.length === 0 ? folded(`All ${calls.length} calls`, list, false) : foundCalls(wanted, found.length, list)}`;
}

function foundCalls(wanted: string, count: number, list: string): string {
  const said = count === 0 ? 'No call matches' : `${count} ${count === 1 ? 'call matches' : 'calls match'}`;
  return `<p>${said} <q>${escapeHtml(wanted)}</q>. <a href="/#calls">Show all</a></p>${count === 0 ? '' : `\n${list}`}`;
}

function answerOf({ answered }: IndexedCall, version: string): string {
  if (answered === 'emulated') return 'emulated';
  return answered === 'later' ? quiet(`404 on ${version}`) : quiet('501');
}

function switchSection(page: IndexPage): string {
  const changed = changedSwitches(page);
  const { switches, later, fusionauth } = page;
  const parts = [
    `<p>A switch is something that nobody outside FusionAuth knows for sure, or that differs between servers. ${
      changed.length === 0 ? 'All stand at their default.' : 'Not at their default:'
    }</p>`,
    ...(changed.length === 0 ? [] : [switchTable(changed, fusionauth)]),
    folded(`All ${switches.length} switches`, switchTable(switches, fusionauth), false),
  ];
  if (later.length > 0) {
    const rows = later.map(({ since, what }) => [escapeHtml(since), markdown(what)]);
    const what = `What came after ${fusionauth} and is not here`;
    parts.push(folded(what, table('stacked', ['Since', 'What came'], rows), false));
  }
  return parts.join('\n');
}

function changedSwitches({ switches }: IndexPage): readonly IndexedSwitch[] {
  return switches.filter(({ value, choices }) => value !== choices[0]);
}

function switchTable(switches: readonly IndexedSwitch[], version: string): string {
  const rows = switches.map(({ name, value, choices, ofVersion, meaning }) => {
    const others = choices.filter((choice) => choice !== value).join(', ');
    const why = value === ofVersion && value !== choices[0] ? `as on ${version}, ` : '';
    return [code(name), `<strong>${escapeHtml(value)}</strong> ${quiet(`${why}or ${others}`)}`, markdown(meaning)];
  });
  return table('stacked', ['Switch', 'Stands at', 'What it decides'], rows);
}

function controlSection(): string {
  const rows = controlCalls.map(([method, name, meaning]) => {
    const path = `/__sandbox/${name}`;
    return [method === 'GET' ? pathLink(path, `GET ${path}`) : pathCode(`${method} ${path}`), escapeHtml(meaning)];
  });
  return `<p>Calls about the sandbox itself. They need no key and are not counted.</p>
${table('stacked', ['Call', 'What it does'], rows)}`;
}

function documentSection(): string {
  const items = documents.map(([name, what]) => `<li>${code(name)}: ${escapeHtml(what)}</li>`);
  return `<p>In kedge’s repository, and in its npm package:</p>
<ul>
${items.join('\n')}
</ul>`;
}
