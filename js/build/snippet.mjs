// The loader snippet of the tag as pages have it: one line, minified, for browsers far older than the tag itself.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../src/snowplow/tag');

/** @typedef {{ url?: string, name?: string, names?: string }} Choices */

/** What stands in the snippet for the site to change. @param {Choices} [choices] */
export async function snippet({ url = '/sp.js', name = 'snowplow', names = 'GlobalSnowplowNamespace' } = {}) {
  const given = [url, name, names].map((text) => JSON.stringify(text)).join(', ');
  const result = await build({
    stdin: {
      contents: `import { loadTag } from './snippet.ts';\nloadTag(window, document, ${given});`,
      resolveDir: folder,
    },
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2017',
    charset: 'ascii',
    legalComments: 'none',
    write: false,
  });
  return result.outputFiles[0]?.text.trim() ?? '';
}
