// Events that others have a say in: when there is a draft at all, and in which form it goes out.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { EventKind } from '../../../js/src/constants.ts';
import { DRAFTING } from '../../../js/src/full/drafts.ts';
import { FullHost } from '../../../js/src/full/full-host.ts';
import { createGlobalEntities } from '../../../js/src/full/global-entities.ts';
import type { HostOptions } from '../../../js/src/full/options.ts';
import { requestTransport } from '../../../js/src/ports/requests.ts';
import { COLLECTOR, loadFull, openSite } from '../snowplow/fake-site.ts';

const schema = 'iglu:com.acme/step/jsonschema/1-0-0';
const LONG = 'b'.repeat(500);

function open(t: TestContext, first: Partial<HostOptions> = {}) {
  const site = openSite(t);
  const globalEntities = createGlobalEntities();
  const make = (options: Partial<HostOptions>) =>
    new FullHost(
      loadFull,
      { collector: COLLECTOR, storage: 'memory', ...options },
      {},
      { ...DRAFTING, globalEntities, transport: () => requestTransport({ credentials: 'include' }) },
    );
  const track = (host: FullHost, action = 'a') => host.trackNow(EventKind.Structured, { category: 'c', action });
  return { ...site, globalEntities, make, host: make(first), track };
}

describe('an event is a draft', () => {
  const isDrafted = (host: FullHost) => DRAFTING.isDrafted(host);

  test('as long as there are plugins, fields or entities for it', (t) => {
    const { host, globalEntities } = open(t);
    assert.equal(isDrafted(host), false);
    host.plugins.push({});
    assert.equal(isDrafted(host), true);
    host.plugins.pop();
    host.pairs.k = undefined;
    assert.equal(isDrafted(host), true);
    delete host.pairs.k;
    for (const entities of [[{ schema, data: {} }], { name: { schema, data: {} } }]) {
      globalEntities.add(entities);
      assert.equal(isDrafted(host), true);
      globalEntities.clear();
      assert.equal(isDrafted(host), false);
    }
  });

  test('if its query may be too long', (t) => {
    const { make } = open(t);
    assert.equal(isDrafted(make({ method: 'get' })), false);
    assert.equal(isDrafted(make({ maxGetBytes: 5 })), false);
    assert.equal(isDrafted(make({ method: 'get', maxGetBytes: 5 })), true);
  });

  test('and who asks makes nothing: it is asked for each event', async (t) => {
    const { host, track, run } = open(t);
    track(host);
    await run();
    const write = t.mock.method(JSON, 'stringify');
    const keys = t.mock.method(Object, 'keys');
    track(host);
    assert.deepEqual([write.mock.callCount(), keys.mock.callCount()], [0, 0]);
  });
});

describe('a GET request', () => {
  for (const [maxGetBytes, paths] of [
    [undefined, ['/i', '/i', '/i']],
    [800, ['/i', '/com.snowplowanalytics.snowplow/tp2', '/i']],
  ] as const) {
    test(`of at most ${maxGetBytes} bytes: what is longer goes by POST`, async (t) => {
      const { host, track, run, wait, network } = open(t, { method: 'get', maxGetBytes });
      track(host);
      track(host, LONG);
      track(host);
      await run();
      await wait(1);
      assert.deepEqual(
        network.requests.map(({ url }) => new URL(url).pathname),
        paths,
      );
      const [, long] = await network.events();
      assert.deepEqual([long?.se_ac, long?.e], [LONG, 'se']);
    });
  }

  test('of exactly as many bytes is one', async (t) => {
    const { make, track, run, wait, network } = open(t);
    /** The length of the query that a long event has; 0: none. */
    const lengthWith = async (maxGetBytes: number): Promise<number> => {
      const host = make({ method: 'get', maxGetBytes });
      track(host, LONG);
      await run();
      await wait(1);
      host.close();
      return new URL(network.requests.at(-1)?.url ?? '').search.replace(/stm=\d+&/, '').length;
    };
    const length = await lengthWith(10_000);
    assert.ok(length > 500);
    assert.deepEqual([await lengthWith(length), await lengthWith(length - 1)], [length, 0]);
  });
});

test('what the core refuses is told once, and is no event', async (t) => {
  const dropped = t.mock.fn();
  const { host, sent, run } = open(t, { plugins: [{}], onDropped: dropped });
  await run();
  assert.equal(host.trackDraft([EventKind.Structured, ['', '', '', '', '', '', '', '', ''], 1, 1]), undefined);
  assert.deepEqual([await sent(), dropped.mock.callCount()], [[], 1]);
});
