// The calls of an engine against the real piste.wasm: texts go in, actions and the ledger come out.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import {
  ABI_VERSION,
  Action,
  EventKind,
  Field,
  Key,
  MAX_EVENT_BYTES,
  Outcome,
  Signal,
  Status,
} from '../../js/src/constants.ts';
import { createWasmEngine, type WasmExports } from '../../js/src/engine-wasm.ts';
import type { Engine } from '../../js/src/engine.ts';
import { statsOf } from '../../js/src/stats.ts';
import type { Stats } from '../../js/src/types.ts';
import { realEngine, wasmExports } from './piste-wasm.ts';

const NO_MORE = ['', '', '', ''];

/** An engine that has a collector. */
function ready(): Engine {
  const engine = realEngine();
  assert.equal(engine.set(Key.Collector, 'https://collector.example'), Status.Ok);
  return engine;
}

const ledger = (engine: Engine): Stats => statsOf((field) => engine.number(field), 'wasm');

/** Asks until there is nothing more to do; rows are kept, requests stay under way. */
function drain(engine: Engine) {
  const seen = {
    rows: [] as string[],
    erased: [] as number[],
    sent: [] as { id: number; url: string; body: string }[],
    last: Action.Idle as Action,
  };
  let action: Action;
  while ((action = seen.last = engine.next()) > Action.Wait) {
    const id = engine.number(Field.Id);
    if (action === Action.Erase) seen.erased.push(id);
    if (action === Action.Store) {
      seen.rows.push(engine.text(Field.Row));
      engine.done(id, Outcome.Ok, 0);
    }
    if (action === Action.Send) {
      const body = Buffer.from(engine.bytes(Field.Body)).toString();
      seen.sent.push({ id, url: engine.text(Field.Url), body });
    }
  }
  return seen;
}

const eventsOf = (body = '{"data":[]}'): Record<string, string>[] =>
  (JSON.parse(body) as { data: Record<string, string>[] }).data;

test('an event becomes a row and a request, and its answer ends both', () => {
  const engine = ready();
  const fields = ['cart', 'add', 'größe 😀', '', '1.5', ...NO_MORE];
  assert.equal(engine.track(EventKind.Structured, fields, 1_700_000_000_123, 50), Status.Ok);
  const first = drain(engine);
  const [sent] = first.sent;
  const [event = {}] = eventsOf(sent?.body);
  assert.equal(first.rows.length, 1);
  assert.equal(sent?.url, 'https://collector.example/com.snowplowanalytics.snowplow/tp2');
  assert.deepEqual([event.e, event.se_la, event.se_va, event.dtm], ['se', 'größe 😀', '1.5', '1700000000123']);
  assert.match(event.eid ?? '', /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  assert.equal(engine.done(sent?.id ?? 0, 200, 0), Status.Ok);
  assert.equal(drain(engine).erased.length, 1);
  assert.deepEqual([ledger(engine).delivered, ledger(engine).pending], [1, 0]);
});

test('settings are bounded by the core, and its status comes back', () => {
  const engine = realEngine();
  assert.equal(engine.set(Key.Method, 'brieftaube'), Status.InvalidValue);
  assert.equal(engine.set(Key.AppId, 'shop'), Status.Ok);
  assert.equal(engine.set(Key.Count, ''), Status.InvalidArgument);
});

test('the hash of a scope is the beginning of its SHA-1, as the Snowplow browser tracker has it', () => {
  const engine = realEngine();
  assert.equal(engine.hash('example.com/'), 0x8809);
  for (const scope of ['', 'a', 'localhost/', 'bücher.example/größe/😀', 'x'.repeat(1000)]) {
    const expected = createHash('sha1').update(scope).digest().readUInt16BE();
    assert.equal(engine.hash(scope), expected, scope);
  }
});

test('each mistake has its status and its place in the ledger', () => {
  const engine = ready();
  const track = (kind: EventKind, ...own: string[]): Status => engine.track(kind, [...own, ...NO_MORE], 1, 1);
  assert.equal(track(EventKind.Structured, '', '', '', '', ''), Status.MissingField);
  assert.equal(track(EventKind.Structured, 'a', 'b', '', '', 'NaN'), Status.InvalidNumber);
  assert.equal(track(EventKind.Count, ''), Status.InvalidArgument);
  assert.equal(engine.refuse(Status.Unserialisable), Status.Unserialisable);
  const { accepted, pending, dropped } = ledger(engine);
  assert.deepEqual([accepted, pending, dropped], [4, 0, { invalid: 3, unserialisable: 1 }]);
});

test('an event that is too large is refused, by its characters or by its bytes', () => {
  const engine = ready();
  const view = (title: string): Status => engine.track(EventKind.PageView, [title, ...NO_MORE], 1, 1);
  assert.equal(view('a'.repeat(2_000_000)), Status.TooLarge);
  assert.equal(view('€'.repeat(MAX_EVENT_BYTES / 2)), Status.TooLarge);
  // Five fields have sizes of four bytes each.
  assert.equal(view('a'.repeat(MAX_EVENT_BYTES - 20)), Status.Ok);
  assert.deepEqual([ledger(engine).accepted, ledger(engine).dropped], [3, { too_large: 2 }]);
});

test('an event that is too large is not even copied', () => {
  const wasm = wasmExports();
  const engine = createWasmEngine(wasm);
  const before = wasm.memory.buffer.byteLength;
  engine.track(EventKind.PageView, ['a'.repeat(2_000_000), ...NO_MORE], 1, 1);
  assert.equal(wasm.memory.buffer.byteLength, before);
});

test('a row that one engine gave out is taken by the next', () => {
  const engine = ready();
  engine.track(EventKind.PageView, ['Skis', ...NO_MORE], Date.now(), 1);
  const [row = ''] = drain(engine).rows;
  const next = ready();
  assert.equal(next.restore(row), Status.Ok);
  const id = next.number(Field.Id);
  assert.equal(next.restore('no row of ours'), Status.UnreadableRow);
  const again = drain(next);
  assert.equal(again.sent.length, 1);
  assert.equal(eventsOf(again.sent[0]?.body)[0]?.page, 'Skis');
  assert.deepEqual([ledger(next).restored, ledger(next).stored, ledger(next).dropped], [2, 1, { unreadable: 1 }]);
  next.done(again.sent[0]?.id ?? 0, 200, 0);
  assert.deepEqual(drain(next).erased, [id]);
});

test('a row that is older than 30 days has expired', () => {
  const engine = ready();
  engine.track(EventKind.PageView, ['', ...NO_MORE], Date.now() - 31 * 86_400_000, 1);
  const [row = ''] = drain(engine).rows;
  const next = ready();
  assert.equal(next.restore(row), Status.Expired);
  assert.deepEqual([ledger(next).accepted, ledger(next).dropped], [1, { expired: 1 }]);
});

test('no answer makes it wait; Retry-After says how long', () => {
  const engine = ready();
  engine.track(EventKind.PageView, ['', ...NO_MORE], Date.now(), 1);
  engine.done(drain(engine).sent[0]?.id ?? 0, 503, 120_000);
  assert.equal(drain(engine).last, Action.Idle, 'it has asked for the right to try');
  engine.signal(Signal.ProbeGranted);
  assert.equal(drain(engine).last, Action.Wait);
  const waitMs = engine.number(Field.WaitMs);
  assert.ok(waitMs > 100_000 && waitMs <= 130_000, `${waitMs} ms`);
});

test('signals reach the core: when the page is left, requests are kept alive; a closed tracker takes nothing', () => {
  const engine = ready();
  engine.track(EventKind.PageView, ['', ...NO_MORE], 1, 1);
  engine.signal(Signal.Leaving);
  let action: Action;
  while ((action = engine.next()) === Action.Store) engine.done(engine.number(Field.Id), Outcome.Ok, 0);
  assert.equal(action, Action.Send);
  assert.equal(engine.number(Field.Keepalive), 1);
  assert.equal(engine.number(Field.TimeoutMs), 5000);
  engine.signal(Signal.Close);
  assert.equal(engine.track(EventKind.PageView, ['', ...NO_MORE], 1, 1), Status.Closed);
});

test('activity becomes a page ping when one is due', (t) => {
  let nowMs = 0;
  t.mock.method(performance, 'now', () => nowMs);
  const engine = ready();
  engine.set(Key.PingFirstMs, '10000');
  engine.set(Key.PingEveryMs, '5000');
  engine.track(EventKind.PageView, ['', ...NO_MORE], 1, 0);
  drain(engine);
  assert.equal(engine.setActivity(0, [0, 0, 0, 0]), 0, 'it is not due yet');
  nowMs = 10_000;
  assert.equal(engine.setActivity(9000, [1, 2, 3, 400]), 1);
  const stats = ledger(engine);
  assert.deepEqual([stats.accepted, stats.pending], [2, 2]);
});

test('ten thousand events make the memory grow, and none is lost unseen', () => {
  const engine = ready();
  const label = 'ä'.repeat(500);
  for (let i = 0; i < 10_000; ++i) engine.track(EventKind.Structured, ['a', 'b', label, '', `${i}`, ...NO_MORE], i, i);
  const { accepted, pending, dropped } = ledger(engine);
  assert.equal(accepted, 10_000);
  assert.equal(pending + (dropped.queue_full ?? 0), 10_000);
  const { sent } = drain(engine);
  assert.equal(eventsOf(sent[0]?.body)[0]?.se_la, label);
});

test('a wasm of another version, or one without memory, gives no engine', () => {
  const answering = (name: string, answer: number): WasmExports => ({ ...wasmExports(), [name]: () => answer });
  assert.throws(() => createWasmEngine(answering('piste_abi_version', ABI_VERSION + 1)), RangeError);
  assert.throws(() => createWasmEngine(answering('piste_create', 0)), RangeError);
});
