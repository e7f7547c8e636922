// Every case through every runner: each must do what the case expects, and all must print the same bytes.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { differences, excerpt, readLine } from './expectation.mjs';
import { faults } from './form.mjs';
import { runnersFor } from './runners.mjs';
import { readCases, run } from './transcripts.mjs';

/** @typedef {import('./runners.mjs').Runner} Runner */

const leastCases = 400;
const files = readCases();

for (const [path, file] of files) {
  describe(basename(path), () => {
    const able = runnersFor(file);
    // Not in a hook: what fails there cancels the cases, and a missing build must fail each of them.
    /** @type {Map<string, Map<string, string[]>>} */
    const printed = new Map();
    const printedBy = (/** @type {Runner} */ runner) => {
      const lines = printed.get(runner.name) ?? run(runner, path);
      printed.set(runner.name, lines);
      return lines;
    };

    for (const one of file.cases) {
      test(`${one.name} (${one.rule})`, () => {
        assert.ok(able.length > 0, `no runner can ${[file.needs].flat().join(' and ')}`);
        const all = able.map((runner) => printedBy(runner).get(one.name) ?? []);
        able.forEach(({ name }, i) => {
          const found = differences(file, one, (all[i] ?? []).map(readLine));
          assert.ok(found.length === 0, `${name}, ${found.map(excerpt).join('\n')}`);
          assert.ok(isDeepStrictEqual(all[i], all[0]), `${name} and ${able[0]?.name} print different bytes`);
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
