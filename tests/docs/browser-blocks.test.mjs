// Each TypeScript block of the README and docs/ is a whole program: it compiles against the package's types, and runs
// in Chromium, where its events must arrive at a collector, valid.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import ts from 'typescript';
import { blocksIn, nameOf, ROOT } from './blocks.mjs';
import { startBrowser } from './browser.mjs';

const blocks = blocksIn('ts');

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

/** What the page has besides, for blocks that speak to it: a banner whose visitor has answered. */
const BANNER = '<script>Cookiebot = { hasResponse: true, consent: { statistics: true, marketing: false } }</script>';

/** @param {string} script */
const run = (script) =>
  browser.run({ '/': `<!doctype html>${BANNER}<script type="module" src="/s.js"></script>`, '/s.js': script });

test('there are blocks to run', () => assert.ok(blocks.length >= 8));

test('every block compiles against the types of the package', () => {
  const folder = mkdtempSync(join(ROOT, 'build/docs-'));
  try {
    const files = blocks.map((block, i) => {
      const file = join(folder, `block${i}.ts`);
      writeFileSync(file, block.code);
      return file;
    });
    const program = ts.createProgram(files, {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
      types: [],
    });
    const findings = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const block = blocks[files.indexOf(file?.fileName ?? '')];
      return `${block ? nameOf(block) : ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    assert.deepEqual(findings, []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

for (const block of blocks) {
  test(`${nameOf(block)} runs in a browser, and its events are good`, async () => {
    const bundle = await build({
      stdin: { contents: block.code, loader: 'ts', resolveDir: ROOT },
      bundle: true,
      format: 'esm',
      write: false,
    });
    const { noise, events } = await run(bundle.outputFiles[0]?.text ?? '');
    assert.deepEqual(noise, []);
    assert.ok(events.length > 0, 'no event arrived');
    for (const event of events) assert.deepEqual([event.verdict, event.reasons], ['good', []]);
  });
}

test('a block that makes a mistake is found out', async () => {
  const { noise } = await run('throw new Error("on purpose")');
  assert.deepEqual(noise, ['on purpose']);
});
