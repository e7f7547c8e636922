// Each TypeScript block of the README and docs/ is a whole program: it compiles against the package's types, and runs
// in Chromium, where its events must arrive at a collector, valid.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from '@playwright/test';
import { build } from 'esbuild';
import ts from 'typescript';
import { createCollector } from '../../examples/collector/src/collector.mjs';
import { blocksIn, nameOf, ROOT } from './blocks.mjs';

const ARGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const blocks = blocksIn('ts');

/** @type {import('@playwright/test').Browser} */
let browser;
const collector = createCollector();
before(async () => {
  await collector.start();
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS });
});
after(async () => {
  await browser.close();
  await collector.close();
});

/** Runs a script in a page of its own, whose requests to the example collector reach ours. @param {string} script */
async function run(script) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const noise = [];
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(error.message));
  await page.route('https://collector.example.com/**', async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const answer = await route.fetch({ url: collector.url + pathname + search });
    await route.fulfill({ response: answer });
  });
  await page.route('https://site.example.com/**', (route) =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ contentType: 'text/javascript', body: script })
      : route.fulfill({ contentType: 'text/html', body: '<!doctype html><script type="module" src="/s.js"></script>' }),
  );
  const seen = collector.store.counts().lastSeq;
  await page.goto('https://site.example.com/');
  for (let i = 0; i < 100 && collector.store.counts().lastSeq === seen; ++i) await page.waitForTimeout(50);
  await page.unrouteAll({ behavior: 'wait' });
  await page.close();
  return { noise, events: collector.store.events({ since: seen }) };
}

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
