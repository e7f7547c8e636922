// Which events are good, which are bad, and the reasons given: each row is one event sent over HTTP.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as h from './harness.mjs';

const { SNOWPLOW, UUID, base64Url, contexts, pageView, selfDescribing, unstruct } = h;
const CLICK = { schema: `${SNOWPLOW}/link_click/jsonschema/1-0-1`, data: { targetUrl: 'https://b.example/' } };
const PAGE = { schema: `${SNOWPLOW}/web_page/jsonschema/1-0-0`, data: { id: UUID } };
const ACME = { schema: 'iglu:com.acme/step/jsonschema/1-0-0', data: { any: 'thing' } };

/** @param {string} schema @param {unknown} data */
const wrapped = (schema, data) => JSON.stringify({ schema, data });

/** @type {Array<[name: string, payload: h.Payload]>} */
const good = [
  [
    'a page view with all that a browser says',
    pageView({ vp: '1x2', ds: '1x99999', res: '0x0', cookie: '1', cd: '24' }),
  ],
  ['a page ping with offsets', pageView({ e: 'pp', pp_mix: '-1', pp_max: '10', pp_miy: '0', pp_may: '2147483647' })],
  ['a structured event', pageView({ e: 'se', se_ca: 'c', se_ac: 'a', se_va: '-1.5e3' })],
  ['an order', pageView({ e: 'tr', tr_id: 'o', tr_tt: '20.5', tr_sh: '0', tr_cu: 'CHF' })],
  ['an item of it', pageView({ e: 'ti', ti_id: 'o', ti_sk: 's', ti_pr: '10.25', ti_qu: '2' })],
  ['times before and after', pageView({ dtm: '0', ttm: '253402300799999', stm: '1700000000000' })],
  ['an upper-case event id', pageView({ eid: UUID.toUpperCase() })],
  ['an extension page', pageView({ url: 'chrome-extension://abc/popup.html', refr: 'android-app://com.acme' })],
  ['a self-describing event', selfDescribing(CLICK)],
  ['the same in base64url', pageView({ e: 'ue', ue_px: base64Url(unstruct(CLICK)) })],
  ['entities', pageView({ co: contexts([PAGE, PAGE]) })],
  ['entities in base64url', pageView({ cx: base64Url(contexts([PAGE])) })],
  ['text of every kind', pageView({ page: '日本 🎿 \u0000 \ud800', uid: '__proto__' })],
];

for (const [name, payload] of good) {
  test(`good: ${name}`, async (t) => {
    const collector = await h.startCollector(t);
    await h.post(collector, [payload]);
    const { verdict, reasons } = h.newest(collector);
    assert.deepEqual(reasons, []);
    assert.equal(verdict, 'good');
  });
}

const WIDE = { schema: CLICK.schema, data: { targetUrl: '', elementId: 7, more: 1 } };

/** @type {Array<[name: string, payload: h.Payload, reasons: string[]]>} */
const bad = [
  ['an unknown type', pageView({ e: 'zz' }), ['e is not one of pv, pp, se, ue, tr, ti: "zz"']],
  [
    'an order without a total',
    pageView({ e: 'tr', tr_id: 'o', tr_sh: 'free', ti_qu: '-1' }),
    [
      'ti_qu is not a whole number, not negative: "-1"',
      'tr_sh is not a decimal number: "free"',
      'an event of type tr needs tr_tt',
    ],
  ],
  [
    'an unknown platform',
    pageView({ p: 'fridge' }),
    ['p is not one of web, mob, pc, srv, app, tv, cnsl, iot, headset: "fridge"'],
  ],
  ['an event id that is no UUID', pageView({ eid: 'abc' }), ['eid is not a UUID: "abc"']],
  ['a time in words', pageView({ dtm: 'now' }), ['dtm is not milliseconds since 1970, in digits: "now"']],
  [
    'a time after the year 9999',
    pageView({ stm: '253402300800000' }),
    ['stm is not milliseconds since 1970, in digits: "253402300800000"'],
  ],
  [
    'sizes that are none',
    pageView({ vp: '1X2', ds: '1x', res: '1x-2' }),
    [
      'vp is not a size, WIDTHxHEIGHT: "1X2"',
      'ds is not a size, WIDTHxHEIGHT: "1x"',
      'res is not a size, WIDTHxHEIGHT: "1x-2"',
    ],
  ],
  [
    'a relative URL',
    pageView({ url: '/a', refr: 'b' }),
    ['url is not an absolute URL: "/a"', 'refr is not an absolute URL: "b"'],
  ],
  ['a negative session index', pageView({ vid: '-1' }), ['vid is not a whole number, not negative: "-1"']],
  ['an offset with a fraction', pageView({ pp_mix: '0.5' }), ['pp_mix is not a whole number: "0.5"']],
  [
    'a value in words',
    pageView({ e: 'se', se_ca: 'c', se_ac: 'a', se_va: 'many' }),
    ['se_va is not a decimal number: "many"'],
  ],
  ['a cookie flag in words', pageView({ cookie: 'true' }), ['cookie is not 0 or 1: "true"']],
  [
    'a structured event without category and action',
    pageView({ e: 'se' }),
    ['an event of type se needs se_ca', 'an event of type se needs se_ac'],
  ],
  ['a self-describing event without one', pageView({ e: 'ue' }), ['an event of type ue needs ue_pr or ue_px']],
  ['both forms at once', selfDescribing(CLICK, { ue_px: base64Url(unstruct(CLICK)) }), ['has both ue_pr and ue_px']],
  ['padding', pageView({ cx: `${base64Url(contexts([PAGE]))}=` }), ['cx: base64url with padding']],
  ['plain base64', pageView({ cx: 'ab+/' }), ['cx: not base64url']],
  ['a cut-off base64url', pageView({ cx: 'abcde' }), ['cx: not base64url']],
  [
    'base64url of bytes that are not UTF-8',
    pageView({ cx: Buffer.of(0xff, 0xfe).toString('base64url') }),
    ['cx: not valid UTF-8'],
  ],
  ['no wrapper', pageView({ e: 'ue', ue_pr: '{}' }), ['ue_pr: not an object of "schema" and "data"']],
  [
    'the wrong wrapper',
    pageView({ co: wrapped(PAGE.schema, [PAGE]) }),
    [`co: its schema is not ${SNOWPLOW}/contexts/jsonschema/1-0-0: ${PAGE.schema}`],
  ],
  ['no entities', pageView({ co: contexts([]) }), ['co: must NOT have fewer than 1 items']],
  [
    'an entity without data',
    pageView({ co: contexts([{ schema: PAGE.schema }]) }),
    ["co: /0 must have required property 'data'"],
  ],
  [
    'data against its schema',
    selfDescribing(WIDE),
    [
      `event ${CLICK.schema}: must not have the property "more"`,
      `event ${CLICK.schema}: /elementId must be string`,
      `event ${CLICK.schema}: /targetUrl must NOT have fewer than 1 characters`,
    ],
  ],
  [
    'the second entity',
    pageView({ co: contexts([PAGE, { ...PAGE, data: { id: 'x' } }]) }),
    [`entity 2 ${PAGE.schema}: /id must match format "uuid"`],
  ],
  ['an unknown schema', selfDescribing(ACME), ['unknown schema iglu:com.acme/step/jsonschema/1-0-0']],
  [
    'an entity of an unknown schema',
    pageView({ co: contexts([ACME]) }),
    ['unknown schema iglu:com.acme/step/jsonschema/1-0-0'],
  ],
  [
    'a schema that is no Iglu URI',
    selfDescribing({ ...ACME, schema: 'iglu:a' }),
    ['ue_pr: /schema is not an Iglu URI'],
  ],
];

for (const [name, payload, reasons] of bad) {
  test(`bad: ${name}`, async (t) => {
    const collector = await h.startCollector(t);
    const response = await h.post(collector, [payload]);
    assert.equal(response.status, 200);
    const stored = h.newest(collector);
    assert.deepEqual(stored.reasons, reasons);
    assert.equal(stored.verdict, 'bad');
    assert.equal(stored.kind, 'event');
    assert.deepEqual(stored.payload, payload);
  });
}

test('a bad event leaves the others of its batch good', async (t) => {
  const collector = await h.startCollector(t);
  await h.post(collector, [pageView(), pageView({ eid: '' }), pageView()]);
  assert.deepEqual(
    collector.store.events().map(({ verdict }) => verdict),
    ['good', 'bad', 'good'],
  );
});

test('what can be decoded is decoded, in bad events as well', async (t) => {
  const collector = await h.startCollector(t);
  await h.post(collector, [selfDescribing(ACME, { cx: base64Url(contexts([PAGE])) })]);
  const { decoded, verdict } = h.newest(collector);
  assert.equal(verdict, 'bad');
  assert.deepEqual(decoded, { event: ACME, entities: [PAGE] });
});

test('unknown schemas can be allowed, known ones still count', async (t) => {
  const collector = await h.startCollector(t, { allowUnknownSchemas: true });
  await h.post(collector, [selfDescribing(ACME), selfDescribing(WIDE)]);
  assert.deepEqual(
    collector.store.events().map(({ verdict }) => verdict),
    ['good', 'bad'],
  );
});

/** @type {Array<[name: string, body: string | Uint8Array<ArrayBuffer>, reasons: string[]]>} */
const badEnvelopes = [
  [
    'of another schema',
    wrapped('iglu:a/b/jsonschema/1-0-0', []),
    [`body: its schema is not ${h.PAYLOAD_DATA}: iglu:a/b/jsonschema/1-0-0`],
  ],
  [
    'with a member more',
    JSON.stringify({ schema: h.PAYLOAD_DATA, data: [pageView()], x: 1 }),
    ['body: not an object of "schema" and "data"'],
  ],
  ['without payloads', h.envelope([]), ['payload_data: must NOT have fewer than 1 items']],
  ['with a number', h.envelope([{ ...pageView(), vid: 1 }]), ['payload_data: /0/vid must be string']],
  [
    'with an invented key',
    h.envelope([pageView(), pageView({ mine: '1' })]),
    ['payload_data: /1 must not have the property "mine"'],
  ],
  [
    'without what is required',
    h.envelope([{}]),
    [
      "payload_data: /0 must have required property 'tv'",
      "payload_data: /0 must have required property 'p'",
      "payload_data: /0 must have required property 'e'",
    ],
  ],
];

for (const [name, body, reasons] of badEnvelopes) {
  test(`an envelope ${name} is one bad request`, async (t) => {
    const collector = await h.startCollector(t);
    assert.equal((await h.post(collector, body)).status, 200);
    const stored = h.newest(collector);
    assert.deepEqual(stored.reasons, reasons);
    assert.equal(stored.kind, 'request');
    assert.equal(stored.body, body);
    assert.deepEqual(stored.payload, {});
    assert.equal(collector.store.counts().bad, 1);
  });
}
