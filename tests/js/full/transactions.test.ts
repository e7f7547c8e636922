// Orders and what is in them, as they reach the collector.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Status } from '../../../js/src/constants.ts';
import { transactions } from '../../../js/src/full/features.ts';
import type { TransactionEvent, TransactionItemEvent } from '../../../js/src/full/types.ts';
import { namesOf } from '../snowplow/fake-site.ts';
import { openFull, step } from './fake-full.ts';

const order: TransactionEvent = {
  orderId: 'o-1',
  total: 20.5,
  affiliation: 'web',
  tax: 1.5,
  shipping: 0,
  city: 'Chur',
  state: 'GR',
  country: 'CH',
  currency: 'CHF',
};
const item: TransactionItemEvent = {
  orderId: 'o-1',
  sku: 's-1',
  price: 10.25,
  name: 'Skis',
  category: 'sport',
  quantity: 2,
  currency: 'CHF',
};

describe('of an order', () => {
  test('every field goes out under the name of the protocol, a zero included', async (t) => {
    const orders = transactions();
    const { sent } = openFull(t, [orders]);
    orders.track({ ...order, entities: [step(1)], trueTimestamp: 5 });
    orders.trackItem(item);
    const [first, second] = await sent();
    const { e, tr_id, tr_tt, tr_af, tr_tx, tr_sh, tr_ci, tr_st, tr_co, tr_cu, ttm } = first ?? {};
    assert.deepEqual(
      [e, tr_id, tr_tt, tr_af, tr_tx, tr_sh, tr_ci, tr_st, tr_co, tr_cu, ttm],
      ['tr', 'o-1', '20.5', 'web', '1.5', '0', 'Chur', 'GR', 'CH', 'CHF', '5'],
    );
    assert.deepEqual(namesOf(first), ['step', 'web_page']);
    const { ti_id, ti_sk, ti_pr, ti_nm, ti_ca, ti_qu, ti_cu } = second ?? {};
    assert.deepEqual(
      [second?.e, ti_id, ti_sk, ti_pr, ti_nm, ti_ca, ti_qu, ti_cu],
      ['ti', 'o-1', 's-1', '10.25', 'Skis', 'sport', '2', 'CHF'],
    );
  });

  test('what is not given is left out', async (t) => {
    const orders = transactions();
    const { sent } = openFull(t, [orders]);
    orders.track({ orderId: 'o', total: 1 });
    const [event = {}] = await sent();
    assert.deepEqual(
      Object.keys(event).filter((name) => name.startsWith('tr_')),
      ['tr_id', 'tr_tt'],
    );
  });

  test('what lacks a field that it must have, or cannot be read, is refused', async (t) => {
    const orders = transactions();
    const { sent, problems, tracker, run } = openFull(t, [orders]);
    const broken = {
      get orderId(): never {
        throw new Error('of the site');
      },
    };
    orders.track({ orderId: 'o' } as never);
    orders.trackItem({ orderId: 'o', sku: 's', price: 'dear' } as never);
    orders.track(broken as never);
    orders.track(undefined as never);
    assert.deepEqual(await sent(), []);
    await run();
    assert.deepEqual(problems.map(({ code }) => code).sort(), [
      Status.MissingField,
      Status.InvalidNumber,
      Status.Unserialisable,
      Status.Unserialisable,
    ]);
    assert.equal(tracker.stats().accepted, 4);
  });
});
