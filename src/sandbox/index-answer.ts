import { createHash } from 'node:crypto';

import { emulatedCalls } from './emulated-calls.js';
import { longestWanted, renderIndexPage, type IndexedKind, type IndexPage } from './index-page.js';
import { indexStyle } from './index-style.js';
import type { Instance, Kind } from './kind.js';
import { isLicensed } from './licence.js';
import { isNewerPath } from './quirks/newer-parts.js';
import { newcomers, switchesOf } from './quirks/registry.js';
import { routesOf } from './routes.js';
import { switchChoices, switchMeaning, switchNames } from './switches.js';
import { isAtLeast } from './version.js';

/** What the index page is made of. */
export interface IndexParts {
  readonly instance: Instance;
  readonly kinds: readonly Kind[];
  /** The API key, only if everybody knows it anyway. */
  readonly publicKey: string | undefined;
}

/** The page runs nothing, loads nothing, sends its form to nobody else and is framed by nobody. */
const policy = [
  "default-src 'none'",
  'img-src data:',
  `style-src 'sha256-${createHash('sha256').update(indexStyle).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The index page, for whoever reads `/` and asks for HTML by name, as browsers do; undefined for any other request, that
 * of a client that takes anything, too.
 */
export function answerIndex(request: Request, parts: IndexParts): Response | undefined {
  if (!['GET', 'HEAD'].includes(request.method) || !asksForHtml(request)) return undefined;
  const { pathname, origin, searchParams } = new URL(request.url);
  if (pathname !== '/') return undefined;
  const wanted = (searchParams.get('calls') ?? '').trim().slice(0, longestWanted);
  const html = new TextEncoder().encode(renderIndexPage(indexPageOf({ url: origin, wanted }, parts)));
  return new Response(request.method === 'HEAD' ? null : html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(html.byteLength),
      'content-security-policy': policy,
      'cache-control': 'no-store',
      vary: 'accept',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  });
}

/** `text/html` that is not refused with `q=0`. Source: RFC 9110, 12.5.1. */
function asksForHtml(request: Request): boolean {
  const ranges = (request.headers.get('accept') ?? '').toLowerCase().split(',');
  return ranges.some((range) => /^\s*text\/html\s*(?:;|$)/.test(range) && !/;\s*q=0(?:\.0*)?\s*(?:;|$)/.test(range));
}

function indexPageOf(asked: Pick<IndexPage, 'url' | 'wanted'>, { instance, kinds, publicKey }: IndexParts): IndexPage {
  const { fusionauth, search, switches, store } = instance;
  const ofVersion = switchesOf(fusionauth);
  return {
    ...asked,
    fusionauth,
    search,
    publicKey,
    licensed: isLicensed(instance),
    calls: emulatedCalls(kinds).map(({ method, path, names, emulated }) => {
      const later = emulated && isNewerPath(path, fusionauth);
      return { method, path, names, answered: later ? 'later' : emulated ? 'emulated' : 'unsupported' };
    }),
    kinds: kinds
      .filter((kind) => !isNewerPath(kind.path, fusionauth))
      .map((kind) => indexedKind(kind, store.count(kind.name)))
      .filter(({ count, path }) => count > 0 || path !== undefined)
      .toSorted((left, right) => left.label.localeCompare(right.label, 'en')),
    switches: switchNames.map((name) => ({
      name,
      value: switches[name],
      choices: switchChoices(name),
      ofVersion: ofVersion[name],
      meaning: switchMeaning(name),
    })),
    later: newcomers.filter(({ since }) => !isAtLeast(fusionauth, since)).map(({ since, what }) => ({ since, what })),
  };
}

function indexedKind(kind: Kind, count: number): IndexedKind {
  const path = listPath(kind);
  return { label: kind.label, count, ...(path === undefined ? {} : { path }) };
}

/** The call that shows all objects of a kind, if there is one that asks for nothing more. */
function listPath(kind: Kind): string | undefined {
  if (kind.operations.includes('list') || kind.ids === 'one') return kind.path;
  const search = `${kind.path}/search`;
  if (!routesOf(kind).some(({ method, path }) => method === 'GET' && path === search)) return undefined;
  return kind.searchIndex === undefined ? search : `${search}?queryString=*`;
}
