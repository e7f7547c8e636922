// docs/compatibility.md is what the cases give, and tells of a case that does not hold.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { makeJudge, PAGE, pageOf, reasonOf } from './compatibility.mjs';
import { readCases } from './transcripts.mjs';

const judge = makeJudge();

test('the page is what the cases give: node tests/conformance/compatibility.mjs writes it', () => {
  assert.equal(readFileSync(PAGE, 'utf8'), pageOf(readCases(), judge));
});

test('every case holds on some build, and on no build it does not', () => {
  for (const [path, file] of readCases()) {
    for (const one of file.cases) assert.doesNotMatch(judge(path, file, one), /^$|\*/, `${path}: ${one.name}`);
  }
});

test('a case that expects something else is told of', () => {
  const [path, file] = [...readCases()].find(([, { needs }]) => !needs) ?? [''];
  const one = file?.cases[0];
  assert.ok(file && one);
  const wrong = { ...one, steps: [...one.steps, { next: true, expect: [{ send: 99 }] }] };
  assert.equal(judge(path, file, wrong), '**not native**, **not wasm**, **not face wasm**, **not lean wasm**');
});

test('the numbers of sections are left out, those of RFCs and limits stay', () => {
  const rules = {
    '2.5: 200–299': '200–299',
    '2.3 step 1, 2.4 (d): the flag is frozen per event': 'the flag is frozen per event',
    '1.1, 1.2 steps 1 to 7: key order': 'key order',
    '1.4: contexts wrapper; 5.1': 'contexts wrapper',
    'RFC 9110, 10.2.3; limits.h': 'RFC 9110, 10.2.3; limits.h',
    '3.4: Math.round': 'Math.round',
    '2.5: 413; 9: continue': '413; continue',
  };
  for (const [rule, reason] of Object.entries(rules)) assert.equal(reasonOf(rule), reason);
});
