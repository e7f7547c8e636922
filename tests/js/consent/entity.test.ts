// The state of consent as an entity: what it says, and that the schema in docs/schemas takes it whatever consent says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Registry } from '../../../examples/collector/src/registry.mjs';
import { CONSENT_SCHEMA, consentEntity, heldEntity } from '../../../js/src/consent/entity.ts';
import { createFakeConsent, hostileConsent } from './fake-consent.ts';
import { garbage } from './garbage.ts';

const registry = new Registry();
registry.addFolder(new URL('../../../docs/schemas', import.meta.url).pathname);
/** As it is sent: a member that is undefined is not there. */
const sent = (data: unknown): { purposes: unknown[] } => JSON.parse(JSON.stringify(data)) as never;
const errors = (data: unknown): string[] => registry.errors(CONSENT_SCHEMA, sent(data), true);

test('it says what is known of each purpose, and its schema takes it', () => {
  const { consent } = createFakeConsent();
  consent.set({ analytics: 'denied' }, 'banner');
  const { schema, data } = consentEntity(consent);
  assert.equal(schema, CONSENT_SCHEMA);
  assert.deepEqual(sent(data), {
    purposes: [
      { purpose: 'necessary', state: 'granted', decidedAt: '1970-01-01T00:00:00.001Z', source: 'initial' },
      { purpose: 'analytics', state: 'denied', decidedAt: '1970-01-01T00:00:00.001Z', source: 'banner' },
      { purpose: 'marketing', state: 'unknown' },
    ],
  });
  assert.deepEqual(errors(data), []);
});

test('the mark of what was held is valid, however long the name of the purpose', () => {
  for (const purpose of ['analytics', 'x'.repeat(1000)]) {
    const { schema, data } = heldEntity(purpose);
    assert.deepEqual(registry.errors(schema, data, true), []);
  }
});

test('the schema refuses what it does not know', () => {
  for (const data of [
    {},
    { purposes: [{ purpose: 'a' }] },
    { purposes: [{ purpose: 'a', state: 'yes' }] },
    { purposes: [{ purpose: 'a', state: 'granted', decidedAt: 'today' }] },
    { purposes: [], more: 1 },
  ]) {
    assert.notDeepEqual(errors(data), [], JSON.stringify(data));
  }
});

test('long names, many purposes and odd times are valid, too', () => {
  const names = Array.from({ length: 40 }, (_, i) => `${i}`.padEnd(300, 'x'));
  const { consent } = createFakeConsent(names);
  consent.set(Object.fromEntries(names.map((name) => [name, 'granted'])), 's'.repeat(1000));
  assert.deepEqual(errors(consentEntity(consent).data), []);
  for (const decidedMs of [NaN, Infinity, -1, 1e20, 'x']) {
    const odd = { ...consent, get: () => ({ a: { state: 'granted', decidedMs, source: undefined } }) };
    const { data } = consentEntity(odd as never);
    assert.deepEqual(errors(data), [], `${decidedMs}`);
    assert.equal(sent(data).purposes.length, 1, 'the state is told all the same');
  }
});

test('consent that throws or says anything gives a valid entity', () => {
  assert.deepEqual(errors(consentEntity(hostileConsent).data), []);
  for (const one of garbage(12, 1000, ['analytics', 'state', 'source', 'decidedMs'])) {
    assert.deepEqual(errors(consentEntity({ ...hostileConsent, get: () => one } as never).data), []);
  }
});
