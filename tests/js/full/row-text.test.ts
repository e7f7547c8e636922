// Rows that are made outside of the core: their text, what is refused, and that the core takes and sends them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Action, EventKind, Field, Key, Signal, Status } from '../../../js/src/constants.ts';
import type { Engine } from '../../../js/src/engine.ts';
import { isAnonymous, payloadOf, payloadOfQuery, rowOf } from '../../../js/src/full/row-text.ts';
import { realEngine } from '../piste-wasm.ts';

const NOW = 1_700_000_000_123;
const DAY = 86_400_000;
const EID = '11111111-2222-4333-8444-555555555555';
const event = { e: 'pv', eid: EID, dtm: `${NOW - 1000}`, tv: 'js-4.10.1', p: 'web' };

const hostile = new Proxy(
  {},
  {
    get: () => assert.fail(),
    ownKeys: () => assert.fail(),
  },
);

test('a row is a header of 18 characters, the payload, and a newline', () => {
  assert.equal(rowOf(event, false, NOW), `2p-1${1e13 + NOW - 1000}${JSON.stringify(event)}\n`);
});

test('the header has the anonymity; page pings go last and are the first to give way', () => {
  assert.match(rowOf(event, true, NOW) ?? '', /^2pa1/);
  assert.match(rowOf({ ...event, e: 'pp' }, undefined, NOW) ?? '', /^2p-0/);
});

const times: [dtm: unknown, ms: number][] = [
  [`${NOW}`, NOW],
  [NOW - 5, NOW - 5],
  [NOW - 0.5, NOW - 1],
  [NOW - 28 * DAY, NOW - 28 * DAY],
  [NOW - 30 * DAY, NOW],
  [NOW + 1, NOW],
  [-1, NOW],
  ['1e99', NOW],
  ['soon', NOW],
  [null, NOW],
  [undefined, NOW],
];
for (const [dtm, ms] of times) {
  test(`the age of an event with dtm ${String(dtm)} counts from ${ms}`, () => {
    assert.equal(
      rowOf({ ...event, dtm }, false, NOW)
        ?.slice(4)
        .split('{')[0],
      `${1e13 + ms}`,
    );
  });
}

test('all values are text; what is empty or no value is left out, and so is an old time of sending', () => {
  const values = { cd: 24, se_va: 0, on: false, big: 7n, tna: '', uid: null, url: undefined, co: {}, stm: '5' };
  const payload = JSON.parse(rowOf({ eid: EID, ...values }, false, NOW)?.slice(18) ?? '') as unknown;
  assert.deepEqual(payload, { eid: EID, cd: '24', se_va: '0', on: 'false', big: '7' });
});

test('keys of an object’s own kind are keys like any other', () => {
  const payload = JSON.parse(`{"eid":"${EID}","__proto__":"x","constructor":"y"}`) as unknown;
  const row = rowOf(payload, false, NOW) ?? '';
  assert.equal(row.slice(18), `{"eid":"${EID}","__proto__":"x","constructor":"y"}\n`);
  assert.equal(({} as { x?: string }).x, undefined);
});

test('what has no id is no event, nor is what cannot be read or is larger than the core has room for', () => {
  for (const payload of [undefined, null, 1, 'e', [], {}, { e: 'pv' }, { eid: '' }, { eid: {} }, hostile]) {
    assert.equal(rowOf(payload, false, NOW), undefined);
  }
  assert.equal(rowOf({ eid: EID, page: 'x'.repeat(1_000_000) }, false, NOW), undefined);
});

/** The bodies of the requests that the core wants sent now. */
function bodiesOf(engine: Engine): string[] {
  const bodies: string[] = [];
  let action: Action;
  while ((action = engine.next()) > Action.Wait) {
    if (action === Action.Send) bodies.push(Buffer.from(engine.bytes(Field.Body)).toString());
  }
  return bodies;
}

function ready(): Engine {
  const engine = realEngine();
  assert.equal(engine.set(Key.Collector, 'https://c.example'), Status.Ok);
  return engine;
}

test('the core takes such a row, and sends its event', () => {
  const engine = ready();
  const payload = { ...event, dtm: Date.now(), page: 'größe "😀" \ud800\n', cd: 24 };
  assert.equal(engine.restore(rowOf(payload, false, Date.now()) ?? ''), Status.Ok);
  assert.ok(engine.number(Field.Id) > 0);
  const [body = ''] = bodiesOf(engine);
  const { data } = JSON.parse(body) as { data: Record<string, string>[] };
  const { stm, ...sent } = data[0] ?? {};
  assert.deepEqual(sent, { ...payload, dtm: `${payload.dtm}`, cd: '24' });
  assert.match(stm ?? '', /^\d{13}$/);
});

test('the core tells the anonymous from the others: they do not share a request', () => {
  const engine = ready();
  for (const anonymous of [true, false]) engine.restore(rowOf(event, anonymous, Date.now()) ?? '');
  engine.signal(Signal.Leaving);
  assert.equal(bodiesOf(engine).length, 2);
});

test('an old event is sent all the same: it has waited, and nobody knows for how long', () => {
  const engine = ready();
  assert.equal(engine.restore(rowOf({ ...event, dtm: '1' }, false, Date.now()) ?? ''), Status.Ok);
  assert.equal(bodiesOf(engine).length, 1);
});

for (const method of ['post', 'get']) {
  test(`the payload of a row of the core’s is read: ${method}`, () => {
    const engine = ready();
    engine.set(Key.Method, method);
    engine.set(Key.Anonymous, '1');
    engine.track(EventKind.Structured, ['a&b', 'ü + 😀', '', '', '1.5', '', '', '', ''], NOW, 1);
    while (engine.next() !== Action.Store);
    const row = engine.text(Field.Row);
    const { se_ca, se_ac, se_va, eid } = payloadOf(row);
    assert.deepEqual([se_ca, se_ac, se_va, row[1], isAnonymous(row)], ['a&b', 'ü + 😀', '1.5', method[0], true]);
    assert.match(eid ?? '', /^.{36}$/);
  });
}

test('a payload is read from a query, and from one with a mark before it', () => {
  assert.deepEqual(payloadOfQuery('?e=pv&page=a%20b%2B%26'), { e: 'pv', page: 'a b+&' });
  assert.equal(isAnonymous(rowOf(event, false, NOW) ?? ''), false);
});
