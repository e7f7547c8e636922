// Payloads: the same calls give the same as with the peer, but for what each test of a difference names.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as peer from '@snowplow/tracker-core';
import { base64url } from '../../../js/src/full/base64url.ts';
import type { Payload, PayloadBuilder } from '../../../js/src/full/payload-builder.ts';
import { createPayloadBuilder, payloadJsonProcessor } from '../../../js/src/full/payload-builder.ts';

const CONTEXTS = 'iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0';
const entity = (n: number) => ({ schema: 'iglu:com.acme/step/jsonschema/1-0-0', data: { n, text: 'größe ✓ 😀' } });
const contexts = (...data: unknown[]): Payload => ({ schema: CONTEXTS, data });
const event = { schema: 'iglu:com.acme/event/jsonschema/1-0-0', data: { é: '>>>???' } };

type Run = (builder: PayloadBuilder) => void;
const addCx = (builder: PayloadBuilder, ...data: unknown[]): void => builder.addJson('cx', 'co', contexts(...data));

/** What both make of the same calls; what was built last, and the JSON that they say they have. */
function both(run: Run, base64: boolean) {
  const mine = createPayloadBuilder();
  mine.withJsonProcessor(payloadJsonProcessor(base64));
  const theirs = peer.payloadBuilder();
  theirs.withJsonProcessor(peer.payloadJsonProcessor(base64));
  return [mine, theirs as unknown as PayloadBuilder].map((builder) => {
    run(builder);
    const json = structuredClone(builder.getJson());
    return { entries: Object.entries(builder.build()), json, later: builder.getJson().length };
  });
}

const ODD = [null, undefined, '', 0, false, NaN, 'text', {}, []];

describe('the same calls give the same payload as with the peer, key for key', () => {
  const rows: [what: string, run: Run][] = [
    ['nothing', () => {}],
    ['values of every kind', (builder) => ODD.forEach((value, i) => builder.add(`k${i}`, value))],
    [
      'a key that is set again keeps its place',
      (builder) => {
        for (const [key, value] of [
          ['a', 1],
          ['b', 2],
          ['a', 3],
          ['b', ''],
          ['c', 4],
        ] as const)
          builder.add(key, value);
      },
    ],
    [
      'a dictionary',
      (builder) => {
        builder.add('b', 1);
        builder.addDict({ a: 1, b: 2, none: null, empty: '', zero: 0 });
      },
    ],
    ['no dictionary', (builder) => [null, undefined, {}].forEach((dict) => builder.addDict(dict as never))],
    ['inherited keys', (builder) => builder.addDict(Object.create({ inherited: 1 }) as Payload)],
    ['an event', (builder) => builder.addJson('ue_px', 'ue_pr', event)],
    [
      'JSON that is none or has nothing',
      (builder) => {
        for (const json of [...ODD, 'text', 1, true, Symbol('s')]) builder.addJson('ue_px', 'ue_pr', json as never);
      },
    ],
    ['a list', (builder) => builder.addJson('xx', 'xo', [1, 2] as never)],
    [
      'two events: the last one counts',
      (builder) => {
        builder.addJson('ue_px', 'ue_pr', event);
        builder.addJson('ue_px', 'ue_pr', { ...event, schema: 'second' });
      },
    ],
    ['entities', (builder) => addCx(builder, entity(1), entity(2))],
    [
      'entities several times',
      (builder) => {
        addCx(builder, entity(1));
        addCx(builder, entity(2), entity(3));
        addCx(builder, entity(4));
      },
    ],
    ['single entities', (builder) => [3, 1, 2].forEach((n) => builder.addContextEntity(entity(n)))],
    [
      'both: single ones come last',
      (builder) => {
        builder.addContextEntity(entity(1));
        addCx(builder, entity(2));
        builder.addContextEntity(entity(3));
        addCx(builder, entity(4));
      },
    ],
    [
      'entities before an event, which is written first',
      (builder) => {
        addCx(builder, entity(1));
        builder.addJson('ue_px', 'ue_pr', event);
        builder.add('e', 'ue');
      },
    ],
    [
      'built twice',
      (builder) => {
        builder.addJson('ue_px', 'ue_pr', event);
        addCx(builder, entity(1));
        builder.build();
        builder.add('late', 1);
      },
    ],
    [
      'entities after it was built',
      (builder) => {
        addCx(builder, entity(1));
        builder.build();
        builder.addContextEntity(entity(2));
        builder.build();
        addCx(builder, entity(3), entity(4));
        builder.addContextEntity(entity(5));
      },
    ],
    [
      'the first entities after it was built',
      (builder) => {
        builder.add('e', 'pv');
        builder.build();
        builder.addContextEntity(entity(1));
      },
    ],
    [
      'an event after it was built with one',
      (builder) => {
        builder.addJson('ue_px', 'ue_pr', event);
        builder.build();
        builder.addJson('ue_px', 'ue_pr', { ...event, schema: 'second' });
      },
    ],
    [
      'the live payload',
      (builder) => {
        builder.add('a', 1);
        builder.getPayload().b = '';
        delete builder.build().a;
      },
    ],
  ];
  for (const [what, run] of rows)
    for (const base64 of [false, true])
      test(`${what}${base64 ? ', base64' : ''}`, () => {
        const [mine, theirs] = both(run, base64);
        assert.deepEqual(mine, theirs);
      });
});

/** The entities of a payload that was built. */
const entitiesOf = ({ co, cx }: Payload): unknown => {
  const text = cx ? Buffer.from(cx as string, 'base64url').toString() : (co as string);
  return JSON.parse(text) as unknown;
};
const create = (base64 = false): PayloadBuilder => {
  const builder = createPayloadBuilder();
  builder.withJsonProcessor(payloadJsonProcessor(base64));
  return builder;
};

test('without a processor JSON is not written, but it waits for one', () => {
  const builder = createPayloadBuilder();
  builder.add('e', 'ue');
  builder.addJson('ue_px', 'ue_pr', event);
  builder.addContextEntity(entity(1));
  assert.deepEqual(builder.build(), { e: 'ue' });
  assert.deepEqual(builder.getJson(), [{ keyIfEncoded: 'ue_px', keyIfNotEncoded: 'ue_pr', json: event }]);
  builder.withJsonProcessor(payloadJsonProcessor(false));
  assert.deepEqual(Object.keys(builder.build()), ['e', 'ue_pr', 'co']);
});

test('a site’s own processor is given what waits', () => {
  const builder = createPayloadBuilder();
  builder.withJsonProcessor((own, json, entities) => {
    own.add('json', json.splice(0).length);
    own.add('entities', entities.splice(0).length);
  });
  builder.addJson('cx', 'co', contexts(entity(1)));
  builder.addContextEntity(entity(2));
  assert.deepEqual(builder.build(), { json: 1, entities: 1 });
  assert.deepEqual(builder.build(), { json: 0, entities: 0 }, 'nothing waits any more');
});

for (const base64 of [false, true])
  test(`what was given is not changed, which the peer does to entities${base64 ? ', base64' : ''}`, () => {
    const given = [contexts(entity(1)), contexts(entity(2))];
    const before = structuredClone(given);
    const builder = create(base64);
    for (const one of given) builder.addJson('cx', 'co', one);
    assert.deepEqual(entitiesOf(builder.build()), contexts(entity(1), entity(2)));
    assert.deepEqual(given, before);
    const theirs = peer.payloadBuilder();
    theirs.withJsonProcessor(peer.payloadJsonProcessor(base64));
    for (const one of given) theirs.addJson('cx', 'co', one);
    theirs.build();
    assert.notDeepEqual(given, before);
  });

describe('other than with the peer', () => {
  test('entities are added to those that were built in the other encoding', () => {
    const builder = create(true);
    builder.add('co', JSON.stringify(contexts(entity(1))));
    builder.addContextEntity(entity(2));
    const { cx } = builder.build();
    assert.equal(cx, base64url(JSON.stringify(contexts(entity(1), entity(2)))));
  });

  test('entities that were built and cannot be read are none', () => {
    for (const built of ['no JSON', '1', 'null', '{"data":1}'] as const) {
      const builder = create();
      builder.add('co', built);
      builder.addContextEntity(entity(2));
      assert.deepEqual(entitiesOf(builder.build()), contexts(entity(2)), built);
    }
  });

  test('the wrapping of entities is always the same, and one without any is not written', () => {
    const builder = create();
    builder.addJson('cx', 'co', { schema: 'iglu:com.acme/own/jsonschema/1-0-0', data: [] });
    assert.deepEqual(builder.build(), {});
    builder.addJson('cx', 'co', { schema: 'iglu:com.acme/own/jsonschema/1-0-0', data: entity(1), other: 1 });
    assert.deepEqual(entitiesOf(builder.build()), contexts(entity(1)));
  });

  test('JSON may be of any class, or of none', () => {
    class Own {
      readonly a = 1;
    }
    for (const json of [new Own(), Object.assign(Object.create(null) as Payload, { a: 1 })]) {
      const builder = create();
      builder.addJson('xx', 'xo', json as never);
      assert.deepEqual(builder.build(), { xo: '{"a":1}' });
    }
  });

  test('what throws or has no JSON is left out, and the rest is written', () => {
    const bad = (key: string): Payload =>
      Object.defineProperty({ other: 1 }, key, {
        enumerable: false,
        get: () => {
          throw new Error('not loaded');
        },
      });
    const cycle: Payload = { a: 1 };
    cycle.self = cycle;
    const enumerable = {
      get a(): never {
        throw new Error('not loaded');
      },
    };
    const builder = create();
    builder.addDict(enumerable);
    builder.addJson('ax', 'ao', cycle);
    builder.addJson('bx', 'bo', { n: 1n });
    builder.addJson('dx', 'do', enumerable);
    builder.addJson('cx', 'co', bad('data'));
    builder.addJson('fx', 'fo', { toJSON: () => undefined });
    builder.addContextEntity(entity(1));
    assert.deepEqual(builder.build(), { co: JSON.stringify(contexts(entity(1))) });
  });

  test('a processor that throws does no harm', () => {
    const builder = create();
    builder.add('e', 'pv');
    builder.withJsonProcessor(() => {
      throw new Error('the site’s own');
    });
    assert.deepEqual(builder.build(), { e: 'pv' });
  });
});

test('keys that are names of the language’s own do no harm', () => {
  const builder = create();
  builder.addDict(JSON.parse('{"__proto__":{"bad":1},"constructor":"c","e":"pv"}') as Payload);
  builder.add('__proto__', { bad: 1 });
  assert.equal(({} as Payload).bad, undefined);
  assert.deepEqual(Object.entries(builder.build()), [
    ['constructor', 'c'],
    ['e', 'pv'],
  ]);
});
