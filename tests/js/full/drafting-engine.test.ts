// Drafts against the real piste.wasm: they wait for their payload, and what is taken is what was written of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Action, EventKind, Field, Key, MAX_EVENT_BYTES, Outcome, Signal, Status } from '../../../js/src/constants.ts';
import type { DraftingEngine, RareExports } from '../../../js/src/full/drafting-engine.ts';
import { createDraftingEngine } from '../../../js/src/full/drafting-engine.ts';
import { statsOf } from '../../../js/src/stats.ts';
import { wasmExports } from '../piste-wasm.ts';

const NO_MORE = ['', '', '', ''];
const CART = ['cart', 'add', 'größe 😀', '', '1.5', ...NO_MORE];

/** An engine that has a collector. */
function ready(exports = wasmExports() as RareExports): DraftingEngine {
  const engine = createDraftingEngine(exports);
  assert.equal(engine.set(Key.Collector, 'https://collector.example'), Status.Ok);
  return engine;
}

type Event = Record<string, string>;
const draftOf = (engine: DraftingEngine): Event => JSON.parse(engine.text(Field.Draft)) as Event;
const ledger = (engine: DraftingEngine) => {
  const { accepted, pending, dropped } = statsOf((field) => engine.number(field), 'wasm');
  return { accepted, pending, dropped };
};

/** The requests that are due; rows are kept. */
function requests(engine: DraftingEngine): { url: string; body: string }[] {
  engine.signal(Signal.Flush);
  const found: { url: string; body: string }[] = [];
  let action: Action;
  while ((action = engine.next()) > Action.Wait) {
    if (action === Action.Store) engine.done(engine.number(Field.Id), Outcome.Ok, 0);
    if (action === Action.Send)
      found.push({ url: engine.text(Field.Url), body: Buffer.from(engine.bytes(Field.Body)).toString() });
  }
  return found;
}

const eventsOf = (engine: DraftingEngine): Event[] =>
  requests(engine).flatMap(({ body }) => (JSON.parse(body) as { data: Event[] }).data);

test('a draft is no event yet: it can be read, and neither is it counted nor sent', () => {
  const engine = ready();
  assert.equal(engine.draft(EventKind.Structured, CART, 1_700_000_000_123, 50), Status.Ok);
  const { e, se_la, se_va, dtm, eid } = draftOf(engine);
  assert.deepEqual([e, se_la, se_va, dtm], ['se', 'größe 😀', '1.5', '1700000000123']);
  assert.match(eid ?? '', /^[\da-f]{8}-[\da-f]{4}-4/);
  assert.deepEqual(ledger(engine), { accepted: 0, pending: 0, dropped: {} });
  assert.deepEqual(requests(engine), []);
});

test('what is committed is sent as it was written', () => {
  const engine = ready();
  engine.draft(EventKind.Structured, CART, 1_700_000_000_123, 50);
  const changed = { ...draftOf(engine), se_la: 'größer ✓', mine: '"\\' };
  assert.equal(engine.commit(JSON.stringify(changed)), Status.Ok);
  assert.deepEqual(ledger(engine), { accepted: 1, pending: 1, dropped: {} });
  const [{ stm, ...sent } = {}, ...rest] = eventsOf(engine);
  assert.deepEqual([sent, rest], [changed, []]);
  assert.ok(stm);
});

test('what is committed goes into a query when the method is get', () => {
  const engine = ready();
  engine.set(Key.Method, 'get');
  engine.draft(EventKind.PageView, ['', ...NO_MORE], 1_700_000_000_123, 50);
  assert.equal(engine.commit(`e=pv&eid=${draftOf(engine).eid}&x=gr%C3%B6%C3%9Fe`), Status.Ok);
  const [{ url } = { url: '' }] = requests(engine);
  assert.equal(new URL(url).searchParams.get('x'), 'größe');
});

test('the core puts no keys of its own into an event of another kind but those that every event has', () => {
  const engine = ready();
  assert.equal(engine.draft(EventKind.Other, NO_MORE, 1_700_000_000_123, 50), Status.Ok);
  const { e, eid, dtm } = draftOf(engine);
  assert.deepEqual([e, eid?.length, dtm], [undefined, 36, '1700000000123']);
});

test('entities and data of a draft are never base64', () => {
  const engine = ready();
  engine.set(Key.Base64, '1');
  const schema = 'iglu:com.acme/step/jsonschema/1-0-0';
  const entities = JSON.stringify([{ schema, data: {} }]);
  engine.draft(EventKind.SelfDescribing, [schema, '{"a":1}', entities, '', '', ''], 1_700_000_000_123, 50);
  const draft = draftOf(engine);
  assert.deepEqual(JSON.parse(draft.ue_pr ?? ''), {
    schema: 'iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0',
    data: { schema, data: { a: 1 } },
  });
  assert.match(draft.co ?? '', /step/);
  assert.deepEqual([draft.ue_px, draft.cx], [undefined, undefined]);
});

test('there is one draft at a time, and it is committed once', () => {
  const engine = ready();
  assert.equal(engine.commit('{"e":"pv"}'), Status.MalformedEvent, 'there is none');
  engine.draft(EventKind.PageView, ['first', ...NO_MORE], 1, 1);
  engine.draft(EventKind.PageView, ['second', ...NO_MORE], 1, 1);
  assert.equal(draftOf(engine).page, 'second');
  assert.equal(engine.commit(engine.text(Field.Draft)), Status.Ok);
  assert.equal(engine.commit('{"e":"pv"}'), Status.MalformedEvent, 'it was taken');
  assert.deepEqual(
    eventsOf(engine).map(({ page }) => page),
    ['second'],
  );
});

test('an entity that is added to a draft is asked for', () => {
  const engine = ready();
  const kinds = (): string[] => {
    const rows: string[] = [];
    for (let action = engine.next(); action > Action.Wait; action = engine.next())
      if (action === Action.Store) rows.push(engine.text(Field.Row).slice(0, 4));
    return rows;
  };
  assert.equal(engine.guard('0'), false, 'there is no draft');
  engine.set(Key.Consent, 'hrggd');
  engine.draft(EventKind.PageView, ['', ...NO_MORE], 1, 1);
  assert.deepEqual([engine.guard('2'), engine.guard('none'), engine.guard('0')], [false, false, true]);
  assert.equal(engine.commit(engine.text(Field.Draft)), Status.Ok);
  assert.deepEqual(kinds(), ['2p-5']);
});

test('a draft without a payload is not taken', () => {
  const engine = ready();
  engine.draft(EventKind.PageView, ['', ...NO_MORE], 1, 1);
  assert.equal(engine.commit(''), Status.MalformedEvent);
  assert.deepEqual(requests(engine), []);
});

test('the mistakes that track() refuses are refused of a draft', () => {
  const engine = ready();
  assert.equal(engine.draft(EventKind.Structured, ['', '', '', '', '', ...NO_MORE], 1, 1), Status.MissingField);
  const title = 'a'.repeat(MAX_EVENT_BYTES + 1);
  assert.equal(engine.draft(EventKind.PageView, [title, ...NO_MORE], 1, 1), Status.TooLarge);
  assert.deepEqual(ledger(engine), { accepted: 2, pending: 0, dropped: { invalid: 1, too_large: 1 } });
  engine.signal(Signal.Close);
  assert.equal(engine.draft(EventKind.PageView, ['', ...NO_MORE], 1, 1), Status.Closed);
});

test('events are still tracked and rows restored as by any engine, between drafts and their payloads', () => {
  const engine = ready();
  engine.draft(EventKind.PageView, ['draft', ...NO_MORE], 1, 1);
  assert.equal(engine.track(EventKind.PageView, ['tracked', ...NO_MORE], 1, 1), Status.Ok);
  assert.equal(engine.restore('no row of ours'), Status.UnreadableRow);
  assert.deepEqual(
    eventsOf(engine).map(({ page }) => page),
    ['tracked'],
  );
});

test('a call that throws leaves the others as they are', () => {
  const exports = wasmExports() as RareExports;
  let isBroken = true;
  const engine = ready({
    ...exports,
    // eslint-disable-next-line @typescript-eslint/naming-convention -- the name is that of piste.h
    piste_draft: (...values) => {
      if (isBroken) throw new WebAssembly.RuntimeError('unreachable');
      return exports.piste_draft(...values);
    },
  });
  const fields = ['after', ...NO_MORE];
  assert.throws(() => engine.draft(EventKind.PageView, fields, 1, 1), WebAssembly.RuntimeError);
  assert.equal(engine.track(EventKind.PageView, fields, 1, 1), Status.Ok, 'this is no draft');
  isBroken = false;
  assert.equal(ledger(engine).accepted, 1);
  assert.equal(engine.draft(EventKind.PageView, fields, 1, 1), Status.Ok);
  assert.equal(ledger(engine).accepted, 1);
});
