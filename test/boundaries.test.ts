import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import type { ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Names of the rules that a tree in test/fixtures/boundaries breaks, each once, sorted. */
async function rulesBrokenIn(tree: string): Promise<readonly string[]> {
  const options = await extractDepcruiseOptions(`${root}/.dependency-cruiser.cjs`);
  const { output } = await cruise(
    ['src'],
    { ...options, baseDir: `${root}/test/fixtures/boundaries/${tree}`, validate: true },
    undefined,
    { tsConfig: extractTSConfig(`${root}/tsconfig.json`) },
  );
  // Without an output type, cruise gives its result as an object.
  const { violations } = (output as ICruiseResult).summary;
  return [...new Set(violations.map((violation) => violation.rule.name))].toSorted();
}

describe('a tree that keeps the walls', () => {
  test('breaks no rule', async () => {
    expect(await rulesBrokenIn('clean')).toEqual([]);
  });
});

describe('a tree that breaks a wall is refused by the rule named for it', () => {
  test.each([
    ['sandbox-imports-diff', 'sandbox-stands-alone'],
    ['live-imports-sandbox', 'sandbox-only-at-the-edge'],
    ['model-reads-files', 'pure-no-io'],
    ['plan-draws-ids', 'pure-no-io'],
    ['digest-reads-files', 'pure-digest-only-hashes'],
    ['report-sends', 'pure-no-server'],
    ['diff-imports-live', 'arrows-diff'],
    ['snapshot-imports-live', 'arrows-snapshot'],
    ['model-imports-catalog', 'arrows-model'],
    ['kickstart-reads-files', 'pure-no-io'],
    ['kickstart-imports-apply', 'arrows-kickstart'],
    ['permissions-imports-apply', 'arrows-permissions'],
    ['live-imports-apply', 'arrows-live'],
    ['deep-import', 'no-deep-import'],
    ['deep-import-by-index', 'no-deep-import-by-index'],
    ['unknown-room', 'room-unknown'],
    ['plan-leans-on-testing', 'tests-stay-tests'],
    ['live-imports-index', 'index-is-for-users'],
    ['circle', 'no-circular'],
    ['orphan', 'no-orphans'],
    ['missing-file', 'no-unresolvable'],
    ['dev-dependency', 'no-dev-dependency'],
  ])('%s → %s', async (tree, rule) => {
    expect(await rulesBrokenIn(tree)).toContain(rule);
  });
});
