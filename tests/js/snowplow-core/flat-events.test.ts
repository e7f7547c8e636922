// Flat events: what the peer's builders make, key by key, whatever the members are.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as peer from '@snowplow/tracker-core';
import * as ours from '../../../js/src/snowplow-core/flat-events.ts';
import { eventsOf, NO_EVENTS, outcome } from './both.ts';

const page = ['pageUrl', 'pageTitle', 'referrer'];
const members: Record<keyof typeof ours, string[]> = {
  buildPageView: page,
  buildPagePing: [...page, 'minXOffset', 'maxXOffset', 'minYOffset', 'maxYOffset'],
  buildStructEvent: ['category', 'action', 'label', 'property', 'value'],
  buildEcommerceTransaction: [
    ...['orderId', 'total', 'affiliation', 'tax', 'shipping'],
    ...['city', 'state', 'country', 'currency'],
  ],
  buildEcommerceTransactionItem: ['orderId', 'sku', 'price', 'name', 'category', 'quantity', 'currency'],
};

for (const [name, all] of Object.entries(members) as [keyof typeof ours, string[]][]) {
  test(`${name} gives the payload that the peer's gives`, () => {
    for (const event of [...eventsOf(all), ...NO_EVENTS])
      assert.deepEqual(outcome(ours[name], event), outcome(peer[name], event), JSON.stringify(event));
  });

  test(`${name} has a key for each member`, () => {
    const event = Object.fromEntries(all.map((member) => [member, member.endsWith('Offset') ? '7' : member]));
    const payload = ours[name](event as never).getPayload();
    assert.equal(Object.keys(payload).length, all.length + 1);
  });
}

describe('the protocol', () => {
  test('has no offsets of 0, but values of 0', () => {
    assert.deepEqual(ours.buildPagePing({ minXOffset: 0, maxXOffset: -3 }).build(), { e: 'pp', pp_max: '-3' });
    const event = { category: 'c', action: 'a', value: 0 };
    assert.deepEqual(ours.buildStructEvent(event).build(), { e: 'se', se_ca: 'c', se_ac: 'a', se_va: '0' });
  });
});
