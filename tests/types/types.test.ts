// What a site writes against the types of the built package: what must compile does, what must not does not.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { compile, marked, resolutions, withoutMarked, type Mistake } from './compile.ts';

const filesIn = (folder: string): string[] =>
  readdirSync(join(import.meta.dirname, folder)).map((name) => join(import.meta.dirname, folder, name));
const good = filesIn('good');
const bad = filesIn('bad');

const say = ({ file, line, message }: Mistake): string => `${basename(file)}:${line}: ${message}`;

/** Lines that should fail and do not, or otherwise; and lines that should not and do. */
function differences(expected: readonly Mistake[], found: readonly Mistake[]): string[] {
  const same = (mark: Mistake, one: Mistake): boolean =>
    mark.file === one.file && mark.line === one.line && one.message.includes(mark.message);
  return [
    ...expected.filter((one) => !found.some((other) => same(one, other))).map((one) => `missing: ${say(one)}`),
    ...found.filter((one) => !expected.some((mark) => same(mark, one))).map((one) => `not expected: ${say(one)}`),
  ];
}

const none = (mistakes: readonly Mistake[]): void => assert.deepEqual(mistakes.map(say), []);

for (const [name, options] of Object.entries(resolutions)) {
  test(`what must compile does: ${name}`, () => none(compile(good, options)));

  test(`what must not compile does not: ${name}`, () => {
    const found = compile(bad, options);
    assert.deepEqual(differences(bad.flatMap(marked), found), []);
  });

  test(`it is those lines alone that do not compile: ${name}`, () => {
    const without = new Map(bad.map((file) => [file, withoutMarked(file)]));
    none(compile(bad, options, without));
  });
}

test('each file that must not compile has lines that say why, and others', () => {
  for (const file of bad) assert.ok(marked(file).length > 3 && withoutMarked(file).includes('createTracker('), file);
});

test('the default entry needs neither the types of the DOM nor those of Node', () => {
  const files = good.filter((file) => !/(wasm|full)-entry\.ts$/.test(file));
  none(compile(files, { ...resolutions.nodenext, lib: ['lib.es2022.d.ts'] }));
});

test('an older target and the oldest library with promises are enough', () => {
  const lib = ['lib.es2018.d.ts', 'lib.dom.d.ts'];
  none(compile(good, { ...resolutions.bundler, target: ts.ScriptTarget.ES2018, lib }));
});

test('a CommonJS file of a server can require it, where Node can', () => {
  const file = join(import.meta.dirname, 'good', 'server.cts');
  const text = "import piste = require('piste');\npiste.createTracker({ collector: '' }).close();\n";
  none(compile([file], resolutions.nodenext ?? {}, new Map([[file, text]])));
});
