// The README and docs/: every block is in a language that a test executes, links lead somewhere, JSON is JSON, C runs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { blocksIn, blocksOf, nameOf, pages, ROOT } from './blocks.mjs';

// `text` is for what is not a program of its own.
const LANGUAGES = ['ts', 'html', 'sh', 'c', 'json', 'text'];

test('every block says its language, and it is one that is executed', () => {
  for (const block of pages().flatMap(blocksOf)) {
    assert.ok(LANGUAGES.includes(block.language), `${nameOf(block)}: "${block.language}"`);
  }
});

test('JSON in docs is JSON, and the example ledger adds up', () => {
  for (const block of blocksIn('json')) {
    const { accepted, delivered, pending, rejected, dropped } = JSON.parse(block.code);
    const sum = (/** @type {Record<string, number>} */ counts) => Object.values(counts).reduce((a, b) => a + b, 0);
    assert.equal(accepted, delivered + pending + sum(rejected) + sum(dropped), nameOf(block));
  }
});

test('C in docs compiles without a warning and runs against libpiste', () => {
  const folder = mkdtempSync(join(tmpdir(), 'piste-docs-'));
  try {
    const library = join(ROOT, 'build/dev/native');
    for (const block of blocksIn('c')) {
      writeFileSync(join(folder, 'block.c'), block.code);
      const flags = ['-std=c11', '-Wall', '-Wextra', '-Wpedantic', '-Werror', '-fsanitize=address,undefined'];
      const link = [`-I${join(ROOT, 'core/include')}`, `-L${library}`, `-Wl,-rpath,${library}`, '-lpiste'];
      execFileSync('gcc', [...flags, 'block.c', '-o', 'block', ...link], { cwd: folder, stdio: 'pipe' });
      const printed = execFileSync('./block', { cwd: folder, encoding: 'utf8' });
      assert.match(printed, /^POST https:\/\/collector\.example\.com\/com\.snowplowanalytics\.snowplow\/tp2\n\{/);
      JSON.parse(printed.slice(printed.indexOf('\n')));
    }
    assert.ok(blocksIn('c').length > 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('commands in docs exist, and each is executed by a step of tests/all.sh or here', () => {
  const steps = readFileSync(join(ROOT, 'tests/all.sh'), 'utf8');
  const scripts = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;
  for (const block of blocksIn('sh')) {
    for (const command of block.code.trim().split('\n')) {
      const [program = '', ...words] = command.split(' ');
      if (command === 'npm install piste') continue; // tests/install does that with the packed package
      if (program === './tests/all.sh') {
        const names = words.filter((word) => word !== '--list');
        for (const name of names) assert.match(steps, new RegExp(`^${name} +\\|`, 'm'), nameOf(block));
      } else if (program === './examples/demo.sh') {
        assert.ok(existsSync(join(ROOT, program)), nameOf(block));
        assert.ok(
          words.every((word) => ['--headless'].includes(word)),
          nameOf(block),
        );
      } else if (program === 'npm' && words[0] === 'run') {
        const script = words.find((word) => word !== 'run' && !word.startsWith('-')) ?? '';
        assert.ok(script in scripts, `${nameOf(block)}: ${command}`);
      } else {
        assert.fail(`${nameOf(block)}: nobody executes "${command}"`);
      }
    }
  }
});

test('links between pages lead to what is there', () => {
  for (const path of pages()) {
    const text = readFileSync(path, 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '');
    for (const [, target = ''] of text.matchAll(/\]\(([^)]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [file = '', anchor] = target.split('#');
      const to = file ? join(dirname(path), file) : path;
      assert.ok(existsSync(to), `${path}: ${target}`);
      if (anchor) assert.ok(anchorsOf(to).includes(anchor), `${path}: ${target}`);
    }
  }
});

/** The anchors of a page's headings. @param {string} path */
const anchorsOf = (path) =>
  [...readFileSync(path, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
