import { defineConfig } from 'vitest/config';

/** Rooms whose every branch a test can reach without a server; `npm run coverage` holds them to it. */
const pureRooms = ['model', 'catalog', 'desired', 'diff', 'plan', 'report', 'pull', 'snapshot', 'kickstart'];

const jsonReport = process.env['KEDGE_TEST_REPORT'];

export default defineConfig({
  test: {
    projects: [
      // Two hundred files that load the same modules: they keep nothing in them, and share them.
      { extends: true, test: { name: 'sandbox', include: ['src/sandbox/**/*.test.ts'], isolate: false } },
      {
        extends: true,
        test: { name: 'rooms', include: ['src/**/*.test.ts'], exclude: ['src/sandbox/**'], isolate: false },
      },
      {
        extends: true,
        test: { name: 'kedge', include: ['test/**/*.test.ts'], exclude: ['test/fixtures/**'], isolate: false },
      },
    ],
    // Stories close what they start. Files share two processes, and what these have loaded and compiled.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    allowOnly: false,
    reporters: jsonReport === undefined ? ['default'] : ['default', ['json', { outputFile: jsonReport }]],
    coverage: {
      provider: 'v8',
      include: pureRooms.map((room) => `src/${room}/**/*.ts`),
      exclude: ['**/*.test.ts', '**/testing/**', '**/index.ts', '**/*.generated.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      reportsDirectory: 'coverage',
      thresholds: { branches: 95 },
    },
  },
});
