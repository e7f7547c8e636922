// The comparison itself: whatever is changed in what a case expects, the case fails.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { test } from 'node:test';
import { differences, isBalanced, readLine } from './expectation.mjs';
import { faults } from './form.mjs';
import { runnersFor } from './runners.mjs';
import { readCases, run } from './transcripts.mjs';

/** @typedef {import('./expectation.mjs').Case} Case */

/** Changes to one value: none of them means the same. @param {any} value @returns {any[]} */
function variants(value) {
  if (typeof value === 'string') return value === '' ? ['!'] : [`${value}!`, value.slice(1)];
  if (typeof value === 'number') return [value + 1];
  if (typeof value === 'boolean') return [!value];
  if (value === null) return [0];
  if (Array.isArray(value)) return arrayVariants(value);
  return objectVariants(value);
}

/** @param {any[]} list */
function arrayVariants(list) {
  const changed = list.flatMap((one, i) => variants(one).map((variant) => list.with(i, variant)));
  return list.length > 0 ? [...changed, list.slice(1), [...list, list.at(-1)]] : changed;
}

/** @param {Record<string, any>} object */
function objectVariants(object) {
  return Object.keys(object).flatMap((key) => variants(object[key]).map((variant) => ({ ...object, [key]: variant })));
}

/** The case with each change to what one of its steps expects. @param {Case} one */
function wrongCases(one) {
  return one.steps.flatMap((step, i) => {
    if (step.restart !== undefined) return [];
    const changed = step.expect === undefined ? ['CLOSED', 'INTERNAL'] : variants(step.expect);
    return changed.map((expect) => ({ i, wrong: { ...one, steps: one.steps.with(i, { ...step, expect }) } }));
  });
}

const files = readCases();

for (const [path, file] of files) {
  test(`every change to what ${basename(path)} expects is noticed`, () => {
    const [able] = runnersFor(file);
    assert.ok(able);
    const printed = run(able, path);
    for (const one of file.cases) {
      const lines = (printed.get(one.name) ?? []).map(readLine);
      const first = file.before?.length ?? 0;
      for (const { i, wrong } of wrongCases(one)) {
        const found = differences(file, wrong, lines, first + i);
        assert.ok(found.length > 0, `${one.name}: passes although it expects ${JSON.stringify(wrong.steps)}`);
      }
    }
  });
}

/** A case of one request, with the payload that it expects. @param {object} payload */
const postCase = (payload) => ({
  name: 'one',
  rule: 'none',
  steps: [{ next: true, expect: [{ send: 2, payloads: [payload] }] }],
});

test('the order of keys counts', () => {
  const schema = 'iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4';
  const body = `{"schema":"${schema}","data":[{"e":"pv","p":"web"}]}`;
  const url = 'https://c.test/com.snowplowanalytics.snowplow/tp2';
  const actions = [{ send: 2, url, body, anonymous: 0, keepalive: 1, timeout_ms: 5000 }];
  const line = JSON.stringify({ case: 'one', step: 0, call: 'next', actions });
  const file = { about: '', cases: [] };
  assert.deepEqual(differences(file, postCase({ e: 'pv', p: 'web' }), [readLine(line)]), []);
  assert.equal(differences(file, postCase({ p: 'web', e: 'pv' }), [readLine(line)]).length, 1);
  assert.equal(differences(file, postCase({ e: 'pv' }), [readLine(line)]).length, 1);
});

test('a line too few and a line too many are noticed', () => {
  const line = JSON.stringify({ case: 'one', step: 0, call: 'set', status: 'OK' });
  const one = { name: 'one', rule: 'none', steps: [{ set: {} }] };
  const file = { about: '', cases: [one] };
  assert.deepEqual(differences(file, one, [readLine(line)]), []);
  assert.equal(differences(file, one, []).length, 1);
  assert.equal(differences(file, one, [readLine(line), readLine(line)]).length, 1);
});

test('a ledger that does not add up is noticed', () => {
  const ledger = { accepted: 3, delivered: 1, pending: 1, rejected: { 400: 1 }, dropped: {} };
  assert.ok(isBalanced(JSON.stringify(ledger)));
  assert.ok(!isBalanced(JSON.stringify({ ...ledger, accepted: 4 })));
  assert.ok(!isBalanced(JSON.stringify({ ...ledger, accepted: 1, pending: -1 })));
});

test('a misspelt member, a missing expectation and two calls in one step are noticed', () => {
  const file = (/** @type {object} */ step) => ({
    cases: [{ name: 'one', rule: 'none', steps: [{ set: {}, expect: 'OK' }, step] }],
  });
  assert.deepEqual(faults(file({ next: true, expect: ['idle'] })), []);
  assert.equal(faults(file({ next: true, expect: ['idle'], wallms: 1 })).length, 1);
  assert.equal(faults(file({ next: true, expect: [{ send: 1, bodi: '' }] })).length, 1);
  assert.equal(faults(file({ next: true, expect: ['idel'] })).length, 1);
  assert.equal(faults(file({ next: true })).length, 1);
  assert.equal(faults(file({ next: true, stats: true, expect: ['idle'] })).length, 1);
});
