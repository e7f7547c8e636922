// Payloads and JSON for plugins: the same calls give what the peer's core gives, but for what each test names.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as peer from '@snowplow/tracker-core';
import * as ours from '../../../js/src/snowplow-core/json.ts';
import type { PayloadBuilder } from '../../../js/src/snowplow/tracker-core/types.ts';
import { eventsOf, ODD, randomOf } from './both.ts';

const CONTEXTS = 'iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0';
const entity = (n: number) => ({ schema: 'iglu:com.acme/step/jsonschema/1-0-0', data: { n, text: 'größe ✓ 😀' } });
const event = { schema: 'iglu:com.acme/event/jsonschema/1-0-0', data: { é: '>>>???' } };

type Core = Pick<typeof ours, 'payloadBuilder' | 'payloadJsonProcessor'>;
const cores = [ours, peer as unknown as Core];

/** Things that a plugin can do to an event. */
const steps: ((builder: PayloadBuilder, n: number) => unknown)[] = [
  (builder, n) => builder.add(`k${n % 3}`, ODD[n % ODD.length]),
  (builder, n) => builder.addDict({ [`k${n % 4}`]: n, none: null }),
  (builder) => builder.addJson('ue_px', 'ue_pr', event),
  (builder, n) => builder.addJson('cx', 'co', { schema: CONTEXTS, data: [entity(n), entity(n + 1)] }),
  (builder, n) => builder.addContextEntity(entity(n)),
  (builder) => builder.build(),
  (builder, n) => builder.addJson(`x${n}`, `o${n}`, ODD[n % ODD.length] as never),
];

/** What a plugin sees after the steps that a seed chooses. */
function played({ payloadBuilder, payloadJsonProcessor }: Core, seed: number): unknown {
  const random = randomOf(seed);
  const builder = payloadBuilder();
  if (seed % 5) builder.withJsonProcessor(payloadJsonProcessor(seed % 2 === 0));
  for (let i = random(12); i >= 0; --i) steps[random(steps.length)]?.(builder, random(100));
  const count = builder.getJson().length;
  return [JSON.stringify(builder.build()), JSON.stringify(builder.getPayload()), count];
}

test('five hundred events that plugins put together are those of the peer, to the byte', () => {
  for (let seed = 1; seed <= 500; ++seed) {
    const [mine, theirs] = cores.map((core) => played(core, seed));
    assert.deepEqual(mine, theirs, `seed ${seed}`);
  }
});

describe('the JSON processor', () => {
  /** What one of ours makes of an entity for the payload that is there. */
  const further = (payload: Record<string, unknown>, base64 = false): Record<string, unknown> => {
    const builder = ours.payloadBuilder();
    builder.addDict(payload);
    builder.withJsonProcessor(ours.payloadJsonProcessor(base64));
    builder.addContextEntity(entity(1));
    return builder.build();
  };

  for (const base64 of [false, true]) {
    test(`keeps an entity where what was there is no JSON (base64: ${base64}); the peer's throws`, () => {
      const [key = ''] = Object.keys(further({}, base64));
      assert.deepEqual(further({ [key]: 'no JSON' }, base64), further({}, base64));
    });

    test(`leaves out what is no JSON, and keeps the rest (base64: ${base64}); the peer's throws`, () => {
      const endless: Record<string, unknown> = {};
      endless.self = endless;
      const builder = ours.payloadBuilder();
      builder.withJsonProcessor(ours.payloadJsonProcessor(base64));
      builder.addJson('ue_px', 'ue_pr', endless);
      builder.addContextEntity(entity(1));
      assert.deepEqual(builder.build(), further({}, base64));
    });
  }

  test("changes no list that was handed in; the peer's does", () => {
    const own = { schema: CONTEXTS, data: [entity(1)] };
    const builder = ours.payloadBuilder();
    builder.withJsonProcessor(ours.payloadJsonProcessor(false));
    builder.addJson('cx', 'co', own);
    builder.addContextEntity(entity(2));
    builder.build();
    assert.deepEqual(own.data, [entity(1)]);
  });
});

test('isJson and isNonEmptyJson say what the peer says', () => {
  const bare = [null, { a: 1 }].map((prototype) => Object.create(prototype) as object);
  const objects = [...bare, new Map(), new (class A {})(), () => 1, Symbol('s')];
  for (const value of [...ODD, ...objects] as never[]) {
    assert.equal(ours.isJson(value), peer.isJson(value), String(typeof value));
    assert.equal(ours.isNonEmptyJson(value), peer.isNonEmptyJson(value), String(typeof value));
  }
});

test('removeEmptyProperties leaves what the peer leaves', () => {
  const inherited = Object.create({ theirs: 1, none: null }, { own: { value: 2, enumerable: true } }) as object;
  const inputs = [...eventsOf(['a', 'b', 'c'], 50), ...ODD, inherited] as Record<string, unknown>[];
  for (const input of inputs)
    for (const exempt of [undefined, {}, { a: true }, { b: true, c: false, d: true }]) {
      const [mine, theirs] = [ours, peer].map((core) => core.removeEmptyProperties(input, exempt));
      assert.deepEqual(mine, theirs);
      assert.notEqual(mine, input);
    }
});
