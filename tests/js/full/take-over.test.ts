// The events that Snowplow's tracker left: taken over, unless nothing is to be kept.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FullHost } from '../../../js/src/full/full-host.ts';
import { takeOver } from '../../../js/src/full/take-over.ts';
import { requestTransport } from '../../../js/src/ports/requests.ts';
import { COLLECTOR, loadFull, openSite } from '../snowplow/fake-site.ts';

for (const storage of ['local', 'memory'] as const) {
  test(`they are ${storage === 'local' ? 'sent' : 'left alone where nothing is to be stored'}`, async (t) => {
    const site = openSite(t);
    const item = { svrAnon: false, payload: { e: 'pv', eid: '5d2b0c53-0d3e-4b6f-8c2c-7a3a4ad0b1aa', p: 'web' } };
    site.page.localStorage.setItem('snowplowOutQueue_sp', JSON.stringify([item]));
    const transport = () => requestTransport({ credentials: 'include' });
    const host = new FullHost(loadFull, { collector: COLLECTOR, storage }, {}, { transport });
    takeOver(host, 'sp');
    assert.deepEqual(
      (await site.sent()).map(({ eid }) => eid),
      storage === 'local' ? [item.payload.eid] : [],
    );
  });
}
