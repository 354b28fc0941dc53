// Runs the suite of test/fusionauth against a real FusionAuth, prints a table and writes fusionauth-report.json.
// Exits 0 when everything is as expected, 2 when something is otherwise, 1 when it could not run. docs/real-fusionauth.md
import { writeFileSync } from 'node:fs';
import { createViteServer } from 'vitest/node';

const word = 'yes-destroy-this-instance';
const file = 'fusionauth-report.json';

/** Where the server is and how to get in, or what is wrong with what was given. */
function settings({ KEDGE_FUSIONAUTH_URL: url, KEDGE_FUSIONAUTH_API_KEY: apiKey, KEDGE_FUSIONAUTH_DESTROY: destroy }) {
  const problems = [];
  if (!url) problems.push('KEDGE_FUSIONAUTH_URL is missing: where the server is, such as http://localhost:9011');
  else if (!/^https?:\/\/[^/?#@]+\/?$/.test(url))
    problems.push('KEDGE_FUSIONAUTH_URL is to be http(s)://host[:port], with no user, path or query');
  if (!apiKey) problems.push('KEDGE_FUSIONAUTH_API_KEY is missing: an unrestricted API key that may manage keys');
  // Said here, for fetch would show the key when it says so.
  else if (!/^[!-~]+$/.test(apiKey)) problems.push('KEDGE_FUSIONAUTH_API_KEY has characters that no header can have');
  if (destroy !== word)
    problems.push(`KEDGE_FUSIONAUTH_DESTROY is not ${word}: all that is on the instance may be lost in a run`);
  return { problems, target: { url: url?.replace(/\/$/, ''), apiKey } };
}

/** The suite is TypeScript: Vite loads it as Vitest does. */
async function loadSuite() {
  const server = await createViteServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const [{ runSuite }, { tableOf }] = [
      await server.ssrLoadModule('/test/fusionauth/suite.ts'),
      await server.ssrLoadModule('/test/fusionauth/table.ts'),
    ];
    return { runSuite, tableOf, close: () => server.close() };
  } catch (cause) {
    await server.close();
    throw cause;
  }
}

const { problems, target } = settings(process.env);
if (problems.length > 0) {
  console.error(['The suite for a real FusionAuth cannot run:', ...problems].join('\n  '));
  process.exitCode = 1;
} else {
  const suite = await loadSuite();
  try {
    const report = await suite.runSuite(target);
    writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
    console.log(suite.tableOf(report));
    console.log(`Written to ${file}.`);
    const allAsExpected = report.findings.every(({ expected, observed }) => expected === observed);
    process.exitCode = allAsExpected && report.leftUndone.length === 0 ? 0 : 2;
  } catch (cause) {
    // What `fetch` says alone is that it failed.
    const why = (cause.cause?.message ?? '').trim();
    const what = why === '' ? cause.message : `the server at KEDGE_FUSIONAUTH_URL does not answer (${why})`;
    console.error(`The suite could not run: ${what}`);
    process.exitCode = 1;
  } finally {
    await suite.close();
  }
}
