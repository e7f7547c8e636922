// Every case through every runner: each must do what the case expects, and all must print the same bytes.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { differences, excerpt } from './expectation.mjs';
import { faults } from './form.mjs';
import { runners } from './runners.mjs';
import { readCases, run } from './transcripts.mjs';

const leastCases = 60;
const files = readCases();

for (const [path, file] of files) {
  describe(basename(path), () => {
    /** @type {Map<string, Map<string, string[]>>} */
    const printed = new Map();
    before(() => {
      for (const runner of runners) printed.set(runner.name, run(runner, path));
    });

    for (const one of file.cases) {
      test(`${one.name} (${one.rule})`, () => {
        const all = runners.map(({ name }) => printed.get(name)?.get(one.name) ?? []);
        runners.forEach(({ name }, i) => {
          const found = differences(file, one, all[i] ?? []);
          assert.ok(found.length === 0, `${name}, ${found.map(excerpt).join('\n')}`);
          assert.ok(isDeepStrictEqual(all[i], all[0]), `${name} and ${runners[0]?.name} print different bytes`);
        });
      });
    }
  });
}

test('the cases have the form that the README gives', () => {
  assert.deepEqual([...files.values()].flatMap(faults), []);
});

test('no two cases of a file share a name', () => {
  for (const [path, { cases }] of files) {
    assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length, path);
  }
});

test('there are as many cases as there should be', () => {
  const count = [...files.values()].reduce((sum, { cases }) => sum + cases.length, 0);
  assert.ok(count >= leastCases, `${count} cases`);
});
