// Bundles programs as a site would, ours and the peers' with the same options.
import { join } from 'node:path';
import { build } from 'esbuild';
import { shortNames } from '../../js/build/short-names.mjs';
import { wasmExports } from '../../wasm/exports.mjs';
import { root } from './build.mjs';

/**
 * Bundles a program; `banner` and `footer` stand before and after all of it.
 * @param {string} program source text that imports packages by name
 * @param {{ banner?: string, footer?: string }} [around]
 * @returns {Promise<{ text: string, files: number }>}
 */
export async function bundle(program, { banner = '', footer = '' } = {}) {
  const result = await build({
    stdin: { contents: program, resolveDir: root, sourcefile: 'page.js' },
    bundle: true,
    minify: true,
    format: 'iife',
    legalComments: 'none',
    platform: 'browser',
    // As bundlers resolve for production; `module` is esbuild's own default.
    conditions: ['production', 'module'],
    banner: { js: banner },
    footer: { js: footer },
    absWorkingDir: root,
    outdir: 'out',
    write: false,
    logLevel: 'error',
  });
  return { text: result.outputFiles[0]?.text ?? '', files: result.outputFiles.length };
}

/**
 * How the sources of the default entry are bundled: as js/build/build.mjs does, but with nothing of ours built
 * before.
 */
export function fromSources() {
  const exported = wasmExports(join(root, 'core/include/piste/piste.h'));
  return { mangleProps: /^(piste_\w+|malloc|free)$/, mangleCache: shortNames(exported) };
}

/**
 * The same as bundle(), of our sources and with all names as they are written: for profiles.
 * @param {string} program
 */
export async function readableBundle(program) {
  const result = await build({
    stdin: { contents: program, resolveDir: root, sourcefile: 'page.js' },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    keepNames: false,
    alias: { piste: join(root, 'js/src/index.ts') },
    ...fromSources(),
    absWorkingDir: root,
    write: false,
    logLevel: 'error',
  });
  return result.outputFiles[0]?.text ?? '';
}
