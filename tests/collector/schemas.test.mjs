// The schemas that the collector carries, and those that a user brings.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { createCollector, SCHEMAS } from '../../examples/collector/src/collector.mjs';
import { Registry } from '../../examples/collector/src/registry.mjs';
import * as h from './harness.mjs';
import { FULL } from './instances.mjs';

const STEP = 'iglu:com.acme/step/jsonschema/1-0-0';
const IGLU_META = 'http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#';
const schema = { type: 'object', properties: { step: { type: 'integer' } }, required: ['step'] };

/**
 * A folder of schemas that goes with the test.
 * @param {import('node:test').TestContext} t
 * @param {Record<string, unknown>} files Text as it is, the rest as JSON.
 */
function folderOf(t, files) {
  const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** @param {h.Collector} collector @param {unknown} data @param {string} [uri] */
async function reasonsFor(collector, data, uri = STEP) {
  await h.post(collector, [h.selfDescribing({ schema: uri, data })]);
  return h.newest(collector).reasons;
}

test('every schema that is carried has an instance that is valid', () => {
  const registry = new Registry();
  registry.addFolder(SCHEMAS);
  const uris = Object.keys(FULL).map((title) => `${h.SNOWPLOW}/${title.replace(' ', '/jsonschema/')}`);
  assert.deepEqual(registry.uris().sort(), uris.sort());
  for (const [index, full] of Object.values(FULL).entries()) {
    const uri = `${h.SNOWPLOW}/${Object.keys(FULL)[index]?.replace(' ', '/jsonschema/')}`;
    assert.deepEqual(registry.errors(uri, full, true), [], uri);
  }
});

test('health events of Piste are known without further ado', async (t) => {
  const collector = await h.startCollector(t);
  const uri = 'iglu:piste/tracker_health/jsonschema/1-0-1';
  const counts = { accepted: 2, restored: 0, delivered: 1, pending: 1, stored: 1, rejected: {}, dropped: {} };
  const state = { inFlight: 0, failures: 0, retryInMs: 0, engine: 'wasm' };
  const redacted = { dropped: 0, masked: 3, hashed: 1 };
  assert.deepEqual(await reasonsFor(collector, { ...counts, ...state }, uri), []);
  assert.deepEqual(await reasonsFor(collector, { ...counts, ...state, redacted }, uri), []);
  assert.deepEqual(await reasonsFor(collector, { ...counts, ...state }, uri.replace('1-0-1', '1-0-0')), []);
  assert.deepEqual(await reasonsFor(collector, { ...counts, ...state, url: '/' }, uri), [
    `event ${uri}: must not have the property "url"`,
  ]);
});

test('a folder of schemas makes its events known', async (t) => {
  const self = { vendor: 'com.acme', name: 'step', format: 'jsonschema', version: '1-0-0' };
  const folder = folderOf(t, {
    'com.acme/step/jsonschema/1-0-0': { $schema: IGLU_META, self, ...schema },
    'com.acme/step/jsonschema/2-0-0.json': { type: 'array' },
    'README.md': 'not a schema',
    'com.acme/.DS_Store': 'nor this',
  });
  const collector = await h.startCollector(t, { schemas: [folder] });
  assert.deepEqual(await reasonsFor(collector, { step: 1 }), []);
  assert.deepEqual(await reasonsFor(collector, { step: 'one' }), [`event ${STEP}: /step must be integer`]);
  assert.deepEqual(await reasonsFor(collector, [], STEP.replace('1-0-0', '2-0-0')), []);
  assert.deepEqual(await reasonsFor(collector, { step: 1 }, STEP.replace('1-0-0', '1-0-1')), [
    'unknown schema iglu:com.acme/step/jsonschema/1-0-1',
  ]);
});

test('a later folder wins over an earlier one and over those carried', async (t) => {
  const path = 'com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0';
  const folder = folderOf(t, { [path]: { type: 'object', maxProperties: 0 } });
  const collector = await h.startCollector(t, { schemas: [folder] });
  const uri = `iglu:${path}`;
  const told = await reasonsFor(collector, { id: h.UUID }, uri);
  assert.deepEqual(told, [`event ${uri}: must NOT have more than 0 properties`]);
});

test('draft 4 is the rule, draft 7 where a schema says so', async (t) => {
  const exclusive = { properties: { n: { type: 'number', minimum: 1, exclusiveMinimum: true } } };
  const constant = { $schema: 'http://json-schema.org/draft-07/schema#', properties: { n: { const: 2 } } };
  const folder = folderOf(t, {
    'com.acme/four/jsonschema/1-0-0': exclusive,
    'com.acme/seven/jsonschema/1-0-0': constant,
  });
  const collector = await h.startCollector(t, { schemas: [folder] });
  const [four, seven] = ['four', 'seven'].map((name) => `iglu:com.acme/${name}/jsonschema/1-0-0`);
  assert.deepEqual(await reasonsFor(collector, { n: 1 }, four), [`event ${four}: /n must be > 1`]);
  assert.deepEqual(await reasonsFor(collector, { n: 1 }, seven), [`event ${seven}: /n must be equal to constant`]);
});

/** @type {Array<[name: string, content: unknown, message: RegExp]>} */
const unusable = [
  ['that is no JSON', '{', /schema .*com\.acme.step.jsonschema.1-0-0: .*JSON/],
  [
    'of another place',
    { self: { vendor: 'x', name: 'y', format: 'jsonschema', version: '1-0-0' } },
    /"self" is not iglu:com\.acme\/step/,
  ],
  ['with an invented type', { type: 'thing' }, /schema is invalid/],
  ['that refers to another', { $ref: 'http://example.com/other' }, /can't resolve reference/],
];

for (const [name, content, message] of unusable) {
  test(`a schema ${name} stops the collector from starting`, (t) => {
    const folder = folderOf(t, { 'com.acme/step/jsonschema/1-0-0': content });
    assert.throws(() => createCollector({ schemas: [folder] }), message);
  });
}

test('a folder that is not there stops the collector from starting', () => {
  assert.throws(() => createCollector({ schemas: ['/nowhere/at/all'] }), /ENOENT/);
});
