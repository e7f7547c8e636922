// The verdict of `chaos`: what counts as lost, as young, and as sent again without need.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERASED_ON_DISK_MS, judge, STARTING_MS, YOUNG_MS } from './judge.mjs';
import { Records } from './records.mjs';

/** Records with pages `a`, `b` … of which each has tracked one event, at 1,000 ms. @param {number} [count] */
function recordsOf(count = 1) {
  const records = new Records();
  const pages = Array.from({ length: count }, (_, tab) => {
    const page = records.begin(tab);
    records.witness(page, 0, 0);
    return page;
  });
  for (const life of records.pages.values()) life.begunAt = 0;
  for (const one of records.witnessed.values()) one.at = 1_000;
  return { records, page: pages[0] ?? '', other: pages[1] ?? '', label: `${pages[0]}-0` };
}

/**
 * The collector takes `label` from `page`.
 * @param {Records} records
 * @param {string} label
 * @param {string} page
 * @param {{ at: number, answered?: boolean, settled?: boolean }} how
 */
function deliver(records, label, page, { at, answered = true, settled = true }) {
  const delivery = records.deliver(page, [label]);
  Object.assign(delivery, { at, answered });
  if (answered && settled) records.settled.add(delivery.number);
}

/** @param {Records} records */
const countsOf = (records) => {
  const { accepted, delivered, lost, duplicates, unexplained_duplicates: unexplained, young } = judge(records);
  return { accepted, delivered, lost, duplicates, unexplained, young };
};

const once = { accepted: 1, delivered: 1, lost: 0, duplicates: 0, unexplained: 0, young: 0 };

test('an event that arrived once is delivered, and one that did not is lost', () => {
  const { records, page, label } = recordsOf(2);
  deliver(records, label, page, { at: 1_100 });
  assert.deepEqual(countsOf(records), { ...once, accepted: 2, lost: 1 });
});

test('an event that was acknowledged must not be sent again, by whomever', () => {
  for (const sender of ['page', 'other']) {
    const { records, page, other, label } = recordsOf(2);
    deliver(records, label, page, { at: 1_100 });
    deliver(records, label, sender === 'page' ? page : other, { at: 1_200 });
    records.end(0, 'navigated', 1_150);
    assert.deepEqual(countsOf(records), { ...once, accepted: 2, lost: 1, duplicates: 1, unexplained: 1 }, sender);
  }
});

test('an event whose answer was lost may be sent again', () => {
  const { records, page, label } = recordsOf();
  deliver(records, label, page, { at: 1_100, answered: false });
  deliver(records, label, page, { at: 1_200 });
  assert.deepEqual(countsOf(records), { ...once, duplicates: 1 });
});

test('what a page knew of was answered, though the connection was cut then', () => {
  for (const [settled, unexplained] of /** @type {const} */ ([
    [true, 1],
    [false, 0],
  ])) {
    const { records, page, label } = recordsOf();
    deliver(records, label, page, { at: performance.now(), settled });
    records.cut();
    deliver(records, label, page, { at: performance.now() + 1 });
    assert.deepEqual(countsOf(records), { ...once, duplicates: 1, unexplained });
  }
});

test('an event whose page ended before it knew the answer may be sent again, but not before that end', () => {
  for (const [endedAt, unexplained] of /** @type {const} */ ([
    [1_150, 0],
    [1_250, 1],
  ])) {
    const { records, page, other, label } = recordsOf(2);
    deliver(records, `${other}-0`, other, { at: 1_050 });
    deliver(records, label, page, { at: 1_100, settled: false });
    deliver(records, label, other, { at: 1_200 });
    records.end(0, 'closed', endedAt);
    assert.deepEqual(countsOf(records), { ...once, accepted: 2, delivered: 2, duplicates: 1, unexplained });
  }
});

test('a request of a page that is gone counts as sent before its end, however late it arrives', () => {
  const { records, page, other, label } = recordsOf(2);
  deliver(records, `${other}-0`, other, { at: 1_050 });
  records.end(0, 'closed', 1_100);
  deliver(records, label, other, { at: 1_200 });
  deliver(records, label, page, { at: 1_300, settled: false });
  assert.deepEqual(countsOf(records), { ...once, accepted: 2, delivered: 2, duplicates: 1 });
});

test('each of several deliveries needs its own excuse', () => {
  const { records, page, label } = recordsOf();
  deliver(records, label, page, { at: 1_100, answered: false });
  deliver(records, label, page, { at: 1_200 });
  deliver(records, label, page, { at: 1_300 });
  assert.deepEqual(countsOf(records), { ...once, duplicates: 2, unexplained: 1 });
});

test('what was acknowledged may come again when the browser was killed before the disk knew', () => {
  for (const [killedAfter, unexplained] of /** @type {const} */ ([
    [ERASED_ON_DISK_MS - 1, 0],
    [ERASED_ON_DISK_MS + 1, 1],
  ])) {
    const { records, page, label } = recordsOf();
    deliver(records, label, page, { at: 1_100 });
    records.browserKills.push(1_100 + killedAfter);
    deliver(records, label, page, { at: 1_200 + killedAfter });
    assert.deepEqual(countsOf(records), { ...once, duplicates: 1, unexplained });
  }
});

test('a browser that is killed afterwards explains no repeat', () => {
  const { records, page, label } = recordsOf();
  deliver(records, label, page, { at: 1_100 });
  deliver(records, label, page, { at: 1_200 });
  records.browserKills.push(9_000);
  assert.deepEqual(countsOf(records), { ...once, duplicates: 1, unexplained: 1 });
});

test('an event is young, and not accepted, only if the browser was killed right after it', () => {
  for (const [killedAt, young] of /** @type {const} */ ([
    [1_000 + YOUNG_MS - 1, 1],
    [1_000 + YOUNG_MS, 0],
    // The witness heard of it later.
    [999, 1],
  ])) {
    const { records } = recordsOf();
    records.browserKills.push(killedAt);
    assert.deepEqual(countsOf(records), { ...once, accepted: 1 - young, delivered: 0, lost: 1 - young, young });
  }
});

test('a page that was loaded after the browser was killed has no young events', () => {
  const { records } = recordsOf();
  for (const life of records.pages.values()) life.begunAt = 500;
  records.browserKills.push(400);
  assert.deepEqual(countsOf(records), { ...once, delivered: 0, lost: 1 });
});

test('a renderer that is killed while its page starts makes its events young, and a closed tab does not', () => {
  for (const [ending, endedAt, young] of /** @type {const} */ ([
    ['renderer killed', 900 + STARTING_MS - 1, 1],
    ['renderer killed', 900 + STARTING_MS, 0],
    ['closed', 1_001, 0],
  ])) {
    const { records } = recordsOf();
    for (const life of records.pages.values()) life.begunAt = 900;
    records.end(0, ending, endedAt);
    assert.deepEqual(countsOf(records), { ...once, accepted: 1 - young, delivered: 0, lost: 1 - young, young });
  }
});

test('a killed renderer excuses no loss', () => {
  const { records } = recordsOf();
  records.end(0, 'renderer killed', 1_001);
  assert.deepEqual(countsOf(records), { ...once, delivered: 0, lost: 1 });
});
