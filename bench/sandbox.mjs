import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { figures } from './figures.mjs';

const main = fileURLToPath(new URL('../bundle/cli/main.js', import.meta.url));
const index = new URL('../bundle/sandbox/index.js', import.meta.url).href;

const objects = 10_000;
const concurrency = 16;
const rounds = 3;

/** Both say where they listen, and their peak memory in KB when their input ends. */
const sayMemory = `process.stdin.resume().on('end', () => { console.log(process.resourceUsage().maxRSS); process.exit(); });`;
const sandboxServer = (options) => `const { startSandbox } = await import(${JSON.stringify(index)});
  console.log((await startSandbox(${JSON.stringify(options)})).url); ${sayMemory}`;
const echoServer = `const { createServer } = await import('node:http');
  const server = createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(JSON.parse(Buffer.concat(pieces).toString())));
  });
  server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port)); ${sayMemory}`;

/** How long `startSandbox` takes in a process that has loaded it, the first time and then. */
const inProcess = `const { startSandbox } = await import(${JSON.stringify(index)});
  const times = [];
  for (let round = 0; round < 12; round += 1) {
    const start = process.hrtime.bigint();
    const sandbox = await startSandbox();
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
    await sandbox.close();
  }
  console.log(JSON.stringify(times));`;

/** How long the sandbox takes to start, and to take 10,000 objects over HTTP; its peak memory. */
export async function sandbox() {
  return [...(await starts()), ...(await loads())];
}

/** From the start of a process until it says that it listens, and until it has answered; against `node -e 0`. */
async function starts() {
  const times = { bare: [], ready: [], answered: [] };
  for (let round = 0; round < 12; round += 1) {
    times.bare.push(await timed(() => once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit')));
    const start = process.hrtime.bigint();
    const since = () => Number(process.hrtime.bigint() - start) / 1e6;
    const child = spawn(process.execPath, [main, 'sandbox'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface(child.stdout), 'line');
    times.ready.push(since());
    const { status } = await fetch(`${/http:\S+/.exec(line)[0]}/api/status`);
    if (status !== 200) throw new Error(`the sandbox answered ${status}`);
    times.answered.push(since());
    child.kill();
    await once(child, 'exit');
  }
  const ratios = times.ready.map((time, round) => time / times.bare[round]);
  const script = spawn(process.execPath, ['--input-type=module', '-e', inProcess], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const again = JSON.parse(await text(script.stdout));
  return [
    { what: 'node -e 0', figures: figures(times.bare, ' ms') },
    { what: 'kedge sandbox, from start to its ready line (budget 500 ms)', figures: figures(times.ready, ' ms') },
    { what: '  against node -e 0', figures: figures(ratios, '×', 2) },
    { what: '  to its first answer', figures: figures(times.answered, ' ms') },
    { what: 'startSandbox() in one process (budget 500 ms)', figures: figures(again, ' ms') },
  ];
}

async function loads() {
  const works = [
    { name: '10,000 applications', work: applications, budgets: [' (budget 10 s)', ' (budget 1,024 MB)'] },
    { name: '10,000 applications, kept on disk', work: applications, onDisk: true },
    { name: '10,000 entities', work: entities },
    { name: '10,000 entities, kept on disk', work: entities, onDisk: true },
  ];
  const rows = [];
  for (const { name, work, budgets = ['', ''], onDisk = false } of works) {
    const taken = { sandbox: [], echo: [], memory: [] };
    for (let round = 0; round < rounds; round += 1) {
      taken.echo.push((await load(echoServer, work)).seconds);
      const dataDir = onDisk ? await mkdtemp(join(tmpdir(), 'kedge-bench-')) : undefined;
      const { seconds, megabytes } = await load(sandboxServer({ dataDir }), work);
      if (dataDir !== undefined) await rm(dataDir, { recursive: true });
      taken.sandbox.push(seconds);
      taken.memory.push(megabytes);
    }
    const ratios = taken.sandbox.map((seconds, round) => seconds / taken.echo[round]);
    rows.push(
      { what: name + budgets[0], figures: figures(taken.sandbox, ' s', 2) },
      { what: '  against node:http that parses and echoes', figures: figures(ratios, '×', 2) },
      { what: `  peak memory${budgets[1]}`, figures: figures(taken.memory, ' MB', 0) },
    );
  }
  return rows;
}

/** A process of its own, with nothing in it before. */
async function load(server, work) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', server], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const { value: url } = await lines.next();
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const post = (path, body) => send(agent, new URL(path, url), JSON.stringify(body));
  const { before, bodies } = work();
  for (const { path, body } of before) await post(path, body);
  const seconds = (await timed(() => atOnce(bodies, ({ path, body }) => post(path, body)))) / 1000;
  agent.destroy();
  child.stdin.end();
  const { value: kilobytes } = await lines.next();
  return { seconds, megabytes: Number(kilobytes) / 1024 };
}

function applications() {
  const bodies = numbered(objects, (number) => ({
    path: '/api/application',
    body: {
      application: {
        name: `app-${number}`,
        roles: [{ name: 'admin', isSuperRole: true }, { name: 'crew' }],
        oauthConfiguration: {
          authorizedRedirectURLs: [`https://app-${number}.example/callback`],
          enabledGrants: ['authorization_code', 'refresh_token'],
          logoutURL: `https://app-${number}.example/bye`,
        },
      },
    },
  }));
  return { before: [], bodies };
}

function entities() {
  const type = { id: '3c1f1d0a-2f8e-4f0c-9a7c-4c1b7f0f2a11', name: 'Company' };
  const bodies = numbered(objects, (number) => ({
    path: '/api/entity',
    body: { entity: { name: `company-${number}`, data: { berth: number }, type: { id: type.id } } },
  }));
  return { before: [{ path: `/api/entity/type/${type.id}`, body: { entityType: { name: type.name } } }], bodies };
}

function numbered(length, make) {
  return Array.from({ length }, (_, number) => make(number));
}

async function atOnce(items, work) {
  const left = items.values();
  await Promise.all(
    numbered(concurrency, async () => {
      for (const item of left) await work(item);
    }),
  );
}

async function timed(work) {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

async function send(agent, url, body) {
  const headers = {
    authorization: 'kedge-sandbox-api-key',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  const call = request(url, { agent, method: 'POST', headers });
  call.end(body);
  const [response] = await once(call, 'response');
  const answer = await text(response);
  if (response.statusCode !== 200) throw new Error(`${url.pathname}: ${response.statusCode} ${answer}`);
}
