import { parse } from 'yaml';
import { cpuMs, figures } from './figures.mjs';

const { catalog } = await import('../dist/catalog/index.js');
const { createMemorySource, loadEnvironment } = await import('../dist/desired/index.js');
const { diffStates } = await import('../dist/diff/index.js');
const { derivedId } = await import('../dist/model/index.js');
const { makePlan } = await import('../dist/plan/index.js');

const project = '6f1c0e1e-5a0b-4a3e-9d5e-0d9a4c1b2a33';
const tenantId = '11111111-1111-4111-8111-111111111111';

/** The files and the answers of an instance that is in step with them: half applications, half webhooks. */
function repository(objects) {
  const count = objects / 2;
  const name = (index) => `app-${String(index).padStart(5, '0')}`;
  const files = {
    'kedge.yaml': `version: 1\nproject: ${project}\n`,
    'environments/ship/environment.yaml': 'version: 1\ninstance: { url: "http://127.0.0.1:9", apiKey: none }\n',
    'environments/ship/tenants.yaml': `version: 1\ntenants:\n  main: { id: ${tenantId}, name: Main }\n`,
  };
  const chunk = 1000;
  for (let start = 0; start < count; start += chunk) {
    const names = Array.from({ length: Math.min(chunk, count - start) }, (_, index) => name(start + index));
    files[`environments/ship/applications-${start}.yaml`] = `version: 1\napplications:\n${names
      .map(
        (key) =>
          `  ${key}:\n    tenantId: main\n    name: ${key}\n    oauthConfiguration:\n      authorizedRedirectURLs: ["https://${key}.example/callback", "https://${key}.example/silent"]\n      enabledGrants: [authorization_code, refresh_token]\n      logoutURL: https://${key}.example/bye\n    loginConfiguration: { generateRefreshTokens: true }\n`,
      )
      .join('')}`;
    files[`environments/ship/webhooks-${start}.yaml`] = `version: 1\nwebhooks:\n${names
      .map(
        (key) =>
          `  ${key}:\n    url: https://${key}.example/hook\n    connectTimeout: 1000\n    readTimeout: 2000\n    tenantIds: [main]\n    eventsEnabled: { user.create: true, user.delete: true }\n`,
      )
      .join('')}`;
  }
  const id = (kind, key) => derivedId({ namespace: project, kind, key });
  const names = Array.from({ length: count }, (_, index) => name(index));
  const answers = {
    tenant: JSON.stringify([{ ...catalog.kind('tenant').defaults, id: tenantId, name: 'Main' }]),
    application: JSON.stringify(
      names.map((key) => {
        const defaults = structuredClone(catalog.kind('application').defaults);
        Object.assign(defaults.loginConfiguration, { generateRefreshTokens: true });
        Object.assign(defaults.oauthConfiguration, {
          clientId: id('application', key),
          authorizedRedirectURLs: [`https://${key}.example/callback`, `https://${key}.example/silent`],
          enabledGrants: ['authorization_code', 'refresh_token'],
          logoutURL: `https://${key}.example/bye`,
        });
        return {
          ...defaults,
          id: id('application', key),
          tenantId,
          name: key,
          active: true,
        };
      }),
    ),
    webhook: JSON.stringify(
      names.map((key) => ({
        id: id('webhook', key),
        url: `https://${key}.example/hook`,
        connectTimeout: 1000,
        readTimeout: 2000,
        global: false,
        data: {},
        headers: {},
        tenantIds: [tenantId],
        eventsEnabled: { 'user.create': true, 'user.delete': true, 'user.update': false },
      })),
    ),
  };
  return { files, answers };
}

async function plan({ files, answers }) {
  const loaded = await loadEnvironment({
    source: createMemorySource(files),
    environment: 'ship',
    catalog,
    env: {},
    secrets: 'resolve',
    writeKey: false,
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.findings.slice(0, 3)));
  const kinds = new Map(
    catalog.kinds.map(({ kind }) => [
      kind,
      {
        known: true,
        resources: (answers[kind] === undefined ? [] : JSON.parse(answers[kind])).map((body) => ({
          kind,
          id: body.id,
          body,
          detailed: false,
        })),
      },
    ]),
  );
  const live = { serverVersion: '1.69.0', kinds };
  const difference = diffStates({ catalog, desired: loaded.desired, live, hashKey: 'bench' });
  const made = makePlan({
    catalog,
    desired: loaded.desired,
    difference,
    instance: 'http://127.0.0.1:9',
    serverVersion: '1.69.0',
  });
  if (made.changes.length > 0)
    throw new Error(`the plan should be empty: ${JSON.stringify(made.changes[0]).slice(0, 500)}`);
  return made;
}

function bare({ files, answers }) {
  for (const text of Object.values(files)) parse(text);
  for (const text of Object.values(answers)) JSON.parse(text);
}

/** CPU of a whole no-change plan (load, check, diff, plan) against only parsing the same bytes, and how it grows. */
export async function planCpu() {
  const sizes = { 10000: [], 20000: [] };
  const ratios = [];
  const bares = [];
  const repositories = Object.fromEntries(Object.keys(sizes).map((size) => [size, repository(Number(size))]));
  // Once without counting: modules are loaded, schemas compiled, code warmed up.
  await plan(repository(1000));
  bare(repository(1000));
  for (let round = 0; round < 5; round += 1) {
    const bareMs = await cpuMs(() => bare(repositories[10000]));
    for (const size of Object.keys(sizes)) sizes[size].push(await cpuMs(() => plan(repositories[size])));
    bares.push(bareMs);
    ratios.push(sizes[10000].at(-1) / bareMs);
  }
  const growth = sizes[20000].map((time, index) => time / sizes[10000][index]);
  return [
    { what: 'yaml parse + JSON.parse of 10,000 objects', figures: figures(bares, ' ms', 0) },
    { what: 'no-change plan of 10,000 objects', figures: figures(sizes[10000], ' ms', 0) },
    { what: 'plan against parsing the same bytes (budget 3)', figures: figures(ratios, '×', 2) },
    { what: 'time(20k) / time(10k) (budget 2.2)', figures: figures(growth, '×', 2) },
    { what: 'memory of this process afterwards', figures: `${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MB` },
  ];
}
