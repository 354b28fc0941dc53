import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A place in a document as editors count: from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The YAML language server that editors run, over stdio as they run it, and without the network. */
export interface LanguageServer {
  /** Opens a document. @returns what the server has against it. */
  readonly open: (uri: string, text: string) => Promise<readonly string[]>;
  /** What it offers at a place, by label. */
  readonly complete: (uri: string, position: Position) => Promise<readonly string[]>;
  /** What it says of a place; empty for nothing. */
  readonly hover: (uri: string, position: Position) => Promise<string>;
  readonly close: () => void;
}

/** kedge's tags, as docs/editors.md gives them to an editor. */
const customTags = [
  ...['!var', '!sub', '!env', '!secret', '!file', '!unset'].map((tag) => `${tag} scalar`),
  ...['!append', '!remove', '!only', '!atLeast'].map((tag) => `${tag} sequence`),
  ...['!only', '!atLeast'].map((tag) => `${tag} mapping`),
];
const settings: Readonly<Record<string, unknown>> = {
  yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false }, schemas: {}, customTags },
};

export async function startLanguageServer(): Promise<LanguageServer> {
  const module = createRequire(import.meta.url).resolve('yaml-language-server/package.json');
  const process_ = spawn(process.execPath, [join(dirname(module), 'bin/yaml-language-server'), '--stdio']);
  const diagnostics = new Map<string, (found: readonly string[]) => void>();
  const rpc = openRpc(process_, (method, params) => {
    if (method === 'workspace/configuration')
      return params.items.map(({ section }: { section: string }) => settings[section] ?? {});
    if (method === 'textDocument/publishDiagnostics')
      diagnostics.get(params.uri)?.(
        params.diagnostics.map((one: any) => `${one.range.start.line + 1}: ${one.message}`),
      );
    return null;
  });
  await rpc.request('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      workspace: { configuration: true },
      textDocument: { completion: {}, hover: { contentFormat: ['markdown'] }, publishDiagnostics: {} },
    },
  });
  rpc.notify('initialized', {});
  rpc.notify('workspace/didChangeConfiguration', { settings });
  return {
    open: (uri, text) => {
      const found = new Promise<readonly string[]>((resolve) => diagnostics.set(uri, resolve));
      rpc.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
      return found;
    },
    complete: async (uri, position) => {
      const answer = await rpc.request('textDocument/completion', { textDocument: { uri }, position });
      return (answer?.items ?? answer ?? []).map((item: { label: string }) => item.label);
    },
    hover: async (uri, position) => {
      const answer = await rpc.request('textDocument/hover', { textDocument: { uri }, position });
      return answer?.contents?.value ?? '';
    },
    close: () => process_.kill(),
  };
}

interface Rpc {
  /** Any JSON: the assertions of a test are the types of what it reads. */
  readonly request: (method: string, params: unknown) => Promise<any>;
  readonly notify: (method: string, params: unknown) => void;
}

/** JSON-RPC with the headers of the Language Server Protocol. `handle` answers what the server asks. */
function openRpc(child: ChildProcessWithoutNullStreams, handle: (method: string, params: any) => unknown): Rpc {
  const waiting = new Map<number, (answer: unknown) => void>();
  let buffer = Buffer.alloc(0);
  let last = 0;
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const receive = (message: any): void => {
    if (message.method === undefined) waiting.get(message.id)?.(message.result);
    else if (message.id === undefined) handle(message.method, message.params);
    else send({ id: message.id, result: handle(message.method, message.params) });
  };
  child.stdout.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end).toString())?.[1]);
      if (buffer.length < end + 4 + length) return;
      const text = buffer.subarray(end + 4, end + 4 + length).toString();
      buffer = buffer.subarray(end + 4 + length);
      receive(JSON.parse(text));
    }
  });
  return {
    notify: (method, params) => send({ method, params }),
    request: (method, params) => {
      const id = (last += 1);
      send({ id, method, params });
      return new Promise((resolve) => waiting.set(id, resolve));
    },
  };
}
