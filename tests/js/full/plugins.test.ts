// What becomes of a draft: which plugin is asked when, in what order its entities stand, and how it is written.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Payload, PayloadBuilder } from '../../../js/src/full/payload-builder.ts';
import type { Additions, Plugin } from '../../../js/src/full/plugins.ts';
import { finished, payloadText } from '../../../js/src/full/plugins.ts';
import type { SelfDescribingJson } from '../../../js/src/types.ts';

const entity = (name: string): SelfDescribingJson => ({ schema: `iglu:com.acme/${name}/jsonschema/1-0-0`, data: {} });
const SESSION: SelfDescribingJson = {
  schema: 'iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2',
  data: {},
};
const contexts = (data: unknown[]): string => JSON.stringify({ schema: 'iglu:contexts', data });
const unstructured = (schema: string): string =>
  JSON.stringify({ schema: 'iglu:unstruct', data: { schema, data: {} } });

const VIEW = { e: 'pv', url: 'https://shop.example/', eid: 'id', tv: 'piste', p: 'web', dtm: '1', vp: '1x1', sid: 's' };

const finish = (draft: Payload, additions: Partial<Additions> = {}): Payload | undefined =>
  finished(JSON.stringify(draft), {
    pairs: {},
    plugins: [],
    early: 0,
    globalEntities: () => [],
    base64: false,
    guarding: (process) => process,
    ...additions,
  });

/** The names of the entities, in order. */
const namesOf = (payload: Payload | undefined): string[] =>
  (JSON.parse((payload?.co as string | undefined) ?? '{"data":[]}') as { data: SelfDescribingJson[] }).data.map(
    ({ schema }) => schema.split('/')[1] ?? '',
  );

const fail = (): never => {
  throw new Error('the plugin’s own');
};

describe('keys', () => {
  test('a draft that nobody changes stays as it is, in its order', () => {
    const draft = { ...VIEW, ue_pr: unstructured('iglu:a'), co: contexts([entity('a')]) };
    const made = finish(draft) ?? {};
    assert.deepEqual(Object.keys(made), Object.keys(draft));
    const { co, ...rest } = draft;
    assert.deepEqual({ ...made, co: undefined }, { ...rest, co: undefined });
    assert.deepEqual(namesOf(made), ['a'], co);
  });

  test('pairs take the place of the event’s own; further ones come before the page’s, empty ones do nothing', () => {
    const made = finish(VIEW, { pairs: { e: 'xx', sid: 'other', mine: 1, tv: '', eid: null } }) ?? {};
    assert.deepEqual(
      Object.entries(made),
      Object.entries({
        e: 'xx',
        url: VIEW.url,
        eid: 'id',
        tv: 'piste',
        p: 'web',
        dtm: '1',
        sid: 'other',
        mine: 1,
        vp: '1x1',
      }),
    );
  });

  test('an event of a kind that the core does not know brings its keys, which come first, and its JSON', () => {
    const { e, url, ...common } = VIEW;
    const json = [{ keyIfEncoded: 'ue_px', keyIfNotEncoded: 'ue_pr', json: { data: { schema: 'iglu:own', data: 1 } } }];
    const schemas: string[] = [];
    const made = finish(common, {
      own: { pairs: { e: 'ue', url, eid: 'mine' }, json },
      globalEntities: ({ eventType, eventSchema }) => {
        schemas.push(eventType, eventSchema);
        return [];
      },
    });
    assert.deepEqual(Object.keys(made ?? {}).slice(0, 3), ['e', 'url', 'eid'], e);
    assert.equal(made?.eid, 'id');
    assert.equal(made?.ue_pr, JSON.stringify(json[0]?.json));
    assert.deepEqual(schemas, ['ue', 'iglu:own']);
  });

  test('with base64 JSON goes under its other keys', () => {
    const { ue_pr, ue_px, co, cx } =
      finish({ ...VIEW, ue_pr: unstructured('iglu:a'), co: contexts([entity('a')]) }, { base64: true }) ?? {};
    assert.deepEqual([ue_pr, co], [undefined, undefined]);
    assert.equal(Buffer.from(ue_px as string, 'base64url').toString(), unstructured('iglu:a'));
    assert.match(Buffer.from(cx as string, 'base64url').toString(), /com\.acme\/a/);
  });
});

describe('entities', () => {
  const plugins: Plugin[] = [
    { contexts: () => [entity('early1'), entity('early2')] },
    { contexts: () => [entity('late')], beforeTrack: (builder) => builder.addContextEntity(entity('before')) },
  ];
  const all: Partial<Additions> = {
    plugins,
    early: 1,
    application: entity('application'),
    globalEntities: () => [entity('global')],
  };

  test('stand in their order; the session’s comes last of those that are there before plugins change the event', () => {
    const made = finish({ ...VIEW, co: contexts([entity('own1'), entity('own2'), SESSION]) }, all);
    assert.deepEqual(namesOf(made), [
      'own1',
      'own2',
      'early1',
      'early2',
      'application',
      'late',
      'global',
      'client_session',
      'before',
    ]);
  });

  test('are the same without those of the core and without a session', () => {
    const rest = ['early1', 'early2', 'application', 'late', 'global', 'before'];
    assert.deepEqual(namesOf(finish(VIEW, all)), rest);
    assert.deepEqual(namesOf(finish({ ...VIEW, co: contexts([entity('own')]) }, all)), ['own', ...rest]);
  });

  test('the lists of plugins are not changed', () => {
    const list = Object.freeze([entity('a')]);
    assert.deepEqual(namesOf(finish(VIEW, { plugins: [{ contexts: () => list }], early: 1 })), ['a']);
  });

  test('of the site may be anything', () => {
    for (const odd of [null, 1, {}, { schema: 1 }, []]) {
      const made = finish({ ...VIEW, co: contexts([odd]) }, { plugins });
      assert.deepEqual((JSON.parse(made?.co as string) as { data: unknown[] }).data[0], odd);
    }
  });
});

describe('global entities', () => {
  const seen = (draft: Payload, additions: Partial<Additions> = {}) => {
    let event: unknown;
    finish(draft, { ...additions, globalEntities: (given) => ((event = given), []) });
    return event;
  };

  test('see the event up to its time and with its pairs, but neither the page nor the visitor', () => {
    const { vp, sid, ...known } = VIEW;
    assert.deepEqual(seen(VIEW), { event: known, eventType: 'pv', eventSchema: '' }, vp + sid);
    assert.deepEqual(seen(VIEW, { pairs: { mine: 1, p: 'app' } }), {
      event: { ...known, mine: 1, p: 'app' },
      eventType: 'pv',
      eventSchema: '',
    });
    assert.deepEqual(seen({ e: 'pv', ttm: '1', vp: '1x1' }), {
      event: { e: 'pv', ttm: '1' },
      eventType: 'pv',
      eventSchema: '',
    });
  });

  test('see the schema of what describes itself, if it has one', () => {
    const schemaOf = (event: string): unknown =>
      (seen({ e: 'ue', ue_pr: event }) as { eventSchema: unknown }).eventSchema;
    assert.equal(schemaOf(unstructured('iglu:a')), 'iglu:a');
    for (const event of ['{"data":{"x":1}}', '{"x":1}', '{"data":null}']) assert.equal(schemaOf(event), '', event);
  });

  test('do not change the event by what they are given', () => {
    const made = finish(VIEW, { globalEntities: ({ event }) => (Object.assign(event, { e: 'changed' }), []) });
    assert.deepEqual(made, VIEW);
  });
});

describe('plugins', () => {
  /** A plugin that writes down what it is asked. */
  const listening = (name: string, heard: string[], verdict?: unknown): Plugin => ({
    contexts: () => (heard.push(`${name} contexts`), []),
    beforeTrack: () => void heard.push(`${name} before`),
    filter: () => (heard.push(`${name} filter`), verdict),
    afterTrack: () => void heard.push(`${name} after`),
  });

  test('all are asked the first thing before any is asked the next; afterTrack is for whoever hands it over', () => {
    const heard: string[] = [];
    assert.ok(finish(VIEW, { plugins: [listening('a', heard), listening('b', heard)], early: 1 }));
    assert.deepEqual(heard, ['a contexts', 'b contexts', 'a before', 'b before', 'a filter', 'b filter']);
  });

  test('false alone drops the event, and nobody is asked after that', () => {
    for (const verdict of [undefined, null, 0, '', true, Promise.resolve(false)])
      assert.ok(finish(VIEW, { plugins: [listening('a', [], verdict)] }));
    const heard: string[] = [];
    const plugins = [listening('a', heard), listening('b', heard, false), listening('c', heard)];
    assert.equal(finish(VIEW, { plugins }), undefined);
    assert.deepEqual(
      heard.filter((what) => what.endsWith('filter')),
      ['a filter', 'b filter'],
    );
  });

  test('change the event, and filters see it as it goes out, with all its entities', () => {
    let filtered: unknown;
    const made = finish(VIEW, {
      plugins: [
        {
          contexts: () => [entity('a')],
          beforeTrack(builder) {
            builder.add('p', 'app');
            builder.addDict({ mine: 1 });
            builder.addContextEntity(entity('b'));
          },
          filter: (payload) => void (filtered = structuredClone(payload)),
        },
      ],
    });
    assert.deepEqual(filtered, made);
    assert.deepEqual([made?.p, made?.mine, namesOf(made)], ['app', 1, ['a', 'b']]);
  });

  test('may build the event themselves: what is added after that is there, too', () => {
    for (const base64 of [false, true]) {
      const made = finish(VIEW, {
        base64,
        plugins: [
          { contexts: () => [entity('a')], beforeTrack: (builder) => void builder.build() },
          { beforeTrack: (builder) => builder.addContextEntity(entity('b')) },
        ],
      });
      const co = base64 ? Buffer.from(made?.cx as string, 'base64url').toString() : made?.co;
      assert.deepEqual(namesOf({ co }), ['a', 'b']);
    }
  });

  test('that throw are as if they were not there, and a filter that throws drops nothing', () => {
    const bad: Plugin = { contexts: fail, beforeTrack: fail, filter: fail };
    const good: Plugin = { contexts: () => [entity('a')], beforeTrack: (builder) => builder.add('mine', 1) };
    const made = finish(VIEW, { plugins: [bad, good, bad], early: 2 });
    assert.deepEqual([made?.mine, namesOf(made)], [1, ['a']]);
  });

  test('of any shape do no harm', () => {
    const bads = [
      null,
      1,
      {},
      { contexts: 1, beforeTrack: {}, filter: '' },
      { contexts: () => 5 },
      { contexts: () => null },
    ];
    assert.deepEqual(finish(VIEW, { plugins: bads as never, early: 3 }), VIEW);
  });

  test('that spoil the builder do no harm to what the core has made', () => {
    const spoils: ((builder: PayloadBuilder) => void)[] = [
      (builder) => builder.withJsonProcessor(fail),
      (builder) =>
        builder.addJson('cx', 'co', {
          x: 1,
          get data() {
            return fail();
          },
        }),
      (builder) => void Object.assign(builder, { build: fail }),
    ];
    for (const beforeTrack of spoils) assert.equal(finish(VIEW, { plugins: [{ beforeTrack }] })?.eid, 'id');
  });
});

describe('a payload is written', () => {
  test('as JSON whose values are all text', () => {
    assert.equal(
      payloadText({ e: 'se', se_va: 12, on: true, zero: 0 }, false),
      '{"e":"se","se_va":"12","on":"true","zero":"0"}',
    );
  });

  test('as a query, encoded, with its entities last', () => {
    const payload = { e: 'pv', co: '{"é":1}', page: 'a&b=c d', n: 12 };
    assert.equal(payloadText(payload, true), 'e=pv&page=a%26b%3Dc%20d&n=12&co=%7B%22%C3%A9%22%3A1%7D');
    assert.equal(payloadText({ cx: 'YQ', e: 'pv' }, true), 'e=pv&cx=YQ');
    assert.equal(payloadText({ 'a&b': '1' }, true), 'a%26b=1');
  });

  test('without what is empty or cannot be written', () => {
    const odd = {
      none: undefined,
      nil: null,
      empty: '',
      list: [],
      bare: Object.create(null) as unknown,
      bad: { toString: fail },
    };
    assert.equal(payloadText({ ...odd, e: 'pv' }, false), '{"e":"pv"}');
    assert.equal(payloadText({ ...odd, half: '\ud83d', sign: Symbol('s'), e: 'pv' }, true), 'e=pv');
  });
});
