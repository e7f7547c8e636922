// The table of fields of docs/privacy.md: it is what the core has, it is complete, and payloads keep to it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readCases } from '../conformance/transcripts.mjs';
import { fieldsOf, PAGE, pageWith, readFields, tableOf } from './privacy-fields.mjs';

/** @typedef {Record<string, unknown>} Payload */

const fields = readFields();
const cases = readCases();

/** All payloads that steps expect. @param {unknown} value @returns {Payload[]} */
function payloadsIn(value) {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(payloadsIn);
  return 'eid' in value && 'e' in value ? [/** @type {Payload} */ (value), ...inner] : inner;
}

test('the page has the table of the core: node tests/docs/privacy-fields.mjs writes it', () => {
  const page = readFileSync(PAGE, 'utf8');
  assert.equal(page, pageWith(page, fields));
});

test('the table has every field of every payload that is proven, and no other', () => {
  const seen = new Set([...cases.values()].flatMap(payloadsIn).flatMap((payload) => Object.keys(payload)));
  assert.deepEqual([...seen].sort(), fields.map(({ key }) => key).sort());
});

test('what is anonymised loses what the table says, and nothing else', () => {
  const [, file] = [...cases].find(([path]) => path.endsWith('consent_anonymised.json')) ?? [];
  const ways = new Map(fields.map(({ key, anonymised }) => [key, anonymised]));
  const pairs = (file?.cases ?? []).filter(({ name }) => name.endsWith('with consent'));
  assert.ok(pairs.length >= 2);
  for (const { name, steps } of pairs) {
    const other = file?.cases.find((one) => one.name === name.replace('with consent', 'anonymised'));
    const [full, bare] = [payloadsIn(steps), payloadsIn(other?.steps)];
    assert.ok(full.length > 0);
    assert.equal(bare.length, full.length);
    full.forEach((payload, i) => {
      const left = Object.keys(payload).filter((key) => ways.get(key) !== 'goes');
      assert.deepEqual(Object.keys(bare[i] ?? {}), left);
      for (const key of left) {
        // Of entities those stay that the site gave this event, and the page view's.
        if (key === 'co' || key === 'cx') continue;
        assert.equal(JSON.stringify(bare[i]?.[key]) !== JSON.stringify(payload[key]), ways.get(key) === 'is_cut', key);
      }
    });
  }
});

test('fields of which the same is said share a row; a line that is none is told of', () => {
  const text = 'PISTE_OTHER("a", stays, "w", "f")\nPISTE_ITEM("b", stays, "w", "f")\nPISTE_ITEM("c", goes, "w", "f")\n';
  const [, , first, second] = tableOf(fieldsOf(text)).split('\n');
  assert.deepEqual([first, second], ['| `a` `b` | w | f | as it is |', '| `c` | w | f | **not sent** |']);
  assert.throws(() => fieldsOf('PISTE_OTHER("a", maybe, "w", "f")'), /not a field/);
  assert.throws(() => pageWith('nothing', fields), /no place/);
});
