// Makes of src what users run: three entries and the parts that they share, instead of hundreds of modules that Node would
// look for, read and link at every start. The packages that kedge depends on stay outside: they are npm's to install.
import { rmSync } from 'node:fs';
import { rolldown } from 'rolldown';

rmSync('bundle', { recursive: true, force: true });
const bundle = await rolldown({
  input: { index: 'src/index.ts', 'cli/main': 'src/cli/main.ts', 'sandbox/index': 'src/sandbox/index.ts' },
  platform: 'node',
  external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('src/'),
});
await bundle.write({
  dir: 'bundle',
  entryFileNames: '[name].js',
  // Two folders deep, as the modules of src and dist are: `../../package.json` and `../../schemas` mean the same from all.
  chunkFileNames: 'parts/[name].js',
  sourcemap: true,
});
await bundle.close();
