// Which source file takes how many bytes of the default entry, minified.
import { build } from 'esbuild';
import { root } from '../build.mjs';
import { fromSources } from '../bundles.mjs';

/**
 * Largest first. The entry is bundled from its sources here, as dist/index.js no longer knows where its parts came
 * from.
 */
export async function scriptBreakdown() {
  const { metafile } = await build({
    entryPoints: ['js/src/index.ts'],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    ...fromSources(),
    metafile: true,
    write: false,
    outdir: 'out',
    logLevel: 'error',
  });
  const [output] = Object.values(metafile.outputs);
  return Object.entries(output?.inputs ?? {})
    .map(([name, { bytesInOutput }]) => ({ name, bytes: bytesInOutput }))
    .sort((a, b) => b.bytes - a.bytes);
}
