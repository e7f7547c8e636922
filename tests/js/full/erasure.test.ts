// Erasure: who withdraws consent is asked to be forgotten, under the ids that he had, once, and gets a receipt.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Registry } from '../../../examples/collector/src/registry.mjs';
import { createConsent } from '../../../js/src/consent/create.ts';
import { ERASURE_SCHEMA } from '../../../js/src/full/erasure.ts';
import { erasure } from '../../../js/src/full/features.ts';
import type { ErasureOptions, ErasureReceipt, FullOptions } from '../../../js/src/full/types.ts';
import { openChannels } from '../fake-channels.ts';
import type { Event } from '../snowplow/fake-site.ts';
import { openMaker } from './fake-full.ts';

const registry = new Registry();
registry.addFolder(new URL('../../../docs/schemas', import.meta.url).pathname);

interface Request {
  schema: string;
  data: Record<string, unknown>;
}

function open(t: TestContext, options: Partial<FullOptions> = {}, own: ErasureOptions = {}) {
  const site = openMaker(t);
  const channels = openChannels(t);
  const consent = createConsent();
  const receipts: ErasureReceipt[] = [];
  const features = [erasure({ onReceipt: (receipt) => void receipts.push(receipt), ...own })];
  const tracker = site.make(features, { identity: 'cookie', consent, ...options });
  const requests = async (): Promise<{ event: Event; request: Request }[]> =>
    (await site.sent())
      .filter(({ ue_pr: json }) => json)
      .map((event) => ({ event, request: (JSON.parse(event.ue_pr as string) as { data: Request }).data }));
  return { ...site, channels, consent, tracker, receipts, requests };
}

test('what was known of him goes with the request, without ids of its own, and then nobody knows him', async (t) => {
  const { consent, tracker, page, sent, requests, receipts, wait } = open(t);
  consent.set({ analytics: 'granted' });
  tracker.setUserId('ann');
  tracker.trackPageView();
  const [view] = await sent();
  const withdrawnMs = Date.now();
  consent.set({ analytics: 'denied' }, 'banner');
  const [{ event, request } = assert.fail('no request'), ...others] = await requests();
  await wait(1);
  assert.deepEqual(others, []);
  const [receipt] = receipts;
  assert.deepEqual(receipt, {
    id: request.data['receipt'],
    requestedMs: withdrawnMs,
    visitorId: view?.duid,
    userId: 'ann',
    eventsErased: 0,
  });
  assert.match(receipt.id, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  assert.deepEqual(request, {
    schema: ERASURE_SCHEMA,
    data: {
      receipt: receipt.id,
      requestedAt: new Date(withdrawnMs).toISOString(),
      visitorId: view?.duid,
      sessionId: view?.sid,
      userId: 'ann',
      eventsErased: 0,
    },
  });
  assert.deepEqual(registry.errors(ERASURE_SCHEMA, request.data, true), []);
  assert.deepEqual([event.duid, event.sid, event.uid, page.document.cookie], [undefined, undefined, undefined, '']);
});

test('events that were destroyed are counted in it; his other pages ask for nothing', async (t) => {
  const { consent, tracker, sent, requests, receipts, channels } = open(t);
  consent.set({ analytics: 'granted' });
  tracker.trackPageView();
  await sent();
  for (let i = 0; i < 3; ++i) tracker.trackStructured({ category: 'c', action: 'a' });
  consent.set({ analytics: 'denied' });
  const [{ request } = assert.fail('no request')] = await requests();
  assert.deepEqual([request.data['eventsErased'], receipts[0]?.eventsErased], [3, 3]);
  consent.set({ analytics: 'granted' });
  tracker.trackPageView();
  await sent();
  channels.say('piste/consent', { states: { analytics: 'denied' }, source: 'banner' });
  assert.deepEqual([consent.get()['analytics']?.state, await requests(), receipts.length], ['denied', [], 1]);
});

test('he is known by what an earlier visit has kept, too, before anything is tracked', async (t) => {
  const first = open(t);
  first.consent.set({ analytics: 'granted' });
  first.tracker.trackPageView();
  const [view] = await first.sent();
  first.tracker.close();
  const consent = createConsent({ initial: { analytics: 'granted' } });
  first.make([erasure()], { identity: 'cookie', namespace: 'second', consent });
  await first.sent();
  consent.set({ analytics: 'denied' });
  const [{ request } = assert.fail('no request')] = await first.requests();
  assert.deepEqual([request.data['visitorId'], request.data['sessionId']], [view?.duid, view?.sid]);
});

test('of whom nothing is known nothing is asked; nor twice', async (t) => {
  const { consent, tracker, requests, receipts, sent } = open(t);
  tracker.trackPageView();
  consent.set({ analytics: 'denied' });
  assert.deepEqual([await requests(), receipts], [[], []]);
  consent.set({ analytics: 'granted' });
  tracker.trackPageView();
  await sent();
  consent.set({ analytics: 'denied' });
  consent.set({ analytics: 'denied' }, 'again');
  consent.set({ marketing: 'denied' });
  assert.equal((await requests()).length, 1);
});

test('a schema of the site’s own; one who throws in onReceipt harms nobody', async (t) => {
  const schema = 'iglu:com.acme/erase/jsonschema/1-0-0';
  const onReceipt = (): void => {
    throw new Error('the site’s own mistake');
  };
  const { consent, tracker, requests, sent, problems } = open(t, { identity: 'local' }, { schema, onReceipt });
  consent.set({ analytics: 'granted' });
  tracker.trackPageView();
  await sent();
  consent.set({ analytics: 'denied' });
  const [{ request } = assert.fail('no request')] = await requests();
  assert.deepEqual([request.schema, problems], [schema, []]);
});

test('a tracker without consent has nobody who could withdraw it', async (t) => {
  const { tracker, requests } = open(t, { consent: undefined });
  tracker.trackPageView();
  assert.deepEqual(await requests(), []);
});
