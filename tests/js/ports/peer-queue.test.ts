// What the peer has left in localStorage: it is taken, once, and only what was taken goes from there.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { newInMemoryEventStore } from '@snowplow/tracker-core';
import { Status } from '../../../js/src/constants.ts';
import { payloadOf } from '../../../js/src/full/row-text.ts';
import { takePeerQueue } from '../../../js/src/ports/peer-queue.ts';
import { shareGlobals, START_MS, stopTime } from '../fake-globals.ts';
import { deniedStorage, FakeStorage } from '../fake-storage.ts';

const KEY = 'snowplowOutQueue_sp';
const item = (eid: string, svrAnon = false) => ({ payload: { e: 'pv', eid, cd: 24, vid: 1 }, svrAnon });

/** A page with that text under the peer's key. Rows are taken as long as `answer` gives what is not 0. */
function open(t: TestContext, text: string | undefined, answer: (eid: string) => number = () => 7) {
  stopTime(t);
  const localStorage = new FakeStorage();
  if (text !== undefined) localStorage.rows.set(KEY, text);
  shareGlobals(t, { localStorage });
  const seen = { rows: [] as string[], adopted: 0 };
  const take = (): void =>
    takePeerQueue('sp', {
      take: (row) => {
        const id = answer(payloadOf(row).eid ?? '');
        if (id) seen.rows.push(row);
        return id;
      },
      adopted: () => void ++seen.adopted,
    });
  take();
  return { seen, take, left: localStorage.rows.get(KEY), rows: localStorage.rows };
}

test('each event is offered as a row, its numbers as text, and nothing is left', (t) => {
  const { seen, rows, take } = open(t, JSON.stringify([item('a'), item('b', true)]));
  const json = (eid: string): string => `{"e":"pv","eid":"${eid}","cd":"24","vid":"1"}\n`;
  const taken = `1${1e13 + START_MS}`;
  assert.deepEqual(seen, { rows: [`2p-${taken}${json('a')}`, `2pa${taken}${json('b')}`], adopted: 1 });
  assert.equal(rows.size, 0);
  take();
  assert.equal(seen.rows.length, 2);
});

test('it is read as the peer writes it', async (t) => {
  const store = newInMemoryEventStore({ events: [item('a'), item('b', true)] });
  assert.equal(open(t, JSON.stringify(await store.getAll())).seen.rows.length, 2);
});

test('what there is no room for stays, and is as it was', (t) => {
  const { seen, left } = open(t, JSON.stringify([item('a'), item('b'), item('c')]), (eid) => +(eid !== 'b'));
  assert.deepEqual([seen.rows.length, left], [2, JSON.stringify([item('b')])]);
});

test('if nothing is taken nothing is written, and nobody is told', (t) => {
  const text = `${JSON.stringify([item('a')])} `;
  const { seen, left } = open(t, text, () => 0);
  assert.deepEqual([seen.adopted, left], [0, text]);
});

test('an event that the core has no use for goes, too: it has said so', (t) => {
  const { seen, rows } = open(t, JSON.stringify([item('a')]), () => -Status.Expired);
  assert.deepEqual([seen.adopted, rows.size], [1, 0]);
});

test('what is no event stays where it is', (t) => {
  const strange = [null, 1, 'x', [], {}, { payload: null }, { payload: 'x' }, { payload: { e: 'pv' } }, { eid: 'a' }];
  const { seen, left } = open(t, JSON.stringify([...strange, item('a')]));
  assert.deepEqual([seen.rows.length, left], [1, JSON.stringify(strange)]);
});

test('what can be read but not be written does not keep what was taken', (t) => {
  const deep = '['.repeat(1e5) + ']'.repeat(1e5);
  const { seen, left } = open(t, `[${JSON.stringify(item('a'))},${deep}]`);
  assert.deepEqual([seen.rows.length, left], [1, '[]']);
});

for (const text of [undefined, '', 'null', '[]', '{}', '5', '"[]"', '[', '{"length":1}', `${'['.repeat(1e5)}`]) {
  test(`a queue that reads ${text?.slice(0, 20) ?? 'nothing at all'} is none, and stays`, (t) => {
    const { seen, left } = open(t, text);
    assert.deepEqual([seen, left], [{ rows: [], adopted: 0 }, text]);
  });
}

test('the queue of another tracker is left alone', (t) => {
  const { rows } = open(t, '[]');
  rows.set('snowplowOutQueue_other', JSON.stringify([item('a')]));
  takePeerQueue('sp', { take: () => assert.fail(), adopted: () => assert.fail() });
  assert.equal(rows.size, 2);
});

test('a localStorage that is denied has no queue', (t) => {
  shareGlobals(t, { localStorage: deniedStorage() });
  takePeerQueue('sp', { take: () => assert.fail(), adopted: () => assert.fail() });
});
