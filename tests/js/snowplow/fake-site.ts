// A site that has the face `piste/snowplow` on the real full core: in a fake page, with a collector that takes all.
import type { TestContext } from 'node:test';
import { createDraftingEngine } from '../../../js/src/full/drafting-engine.ts';
import type { EngineLoader } from '../../../js/src/engine.ts';
import { createSnowplow } from '../../../js/src/snowplow/api.ts';
import type { BrowserTracker, SelfDescribingJson, TrackerConfiguration } from '../../../js/src/snowplow/types.ts';
import { settled, shareGlobals, stopTime } from '../fake-globals.ts';
import { openPage } from '../fake-page.ts';
import { FakeStorage } from '../fake-storage.ts';
import { wasmExports } from '../piste-wasm.ts';

export const COLLECTOR = 'https://collector.example';
export const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

export type Event = Record<string, string>;

export const loadFull: EngineLoader = (ready) => ready(createDraftingEngine(wasmExports() as never));

/** The entities of an event by the names of their schemas, in order. */
export const entitiesOf = (event: Event | undefined): [name: string | undefined, data: unknown][] =>
  event?.co === undefined
    ? []
    : (JSON.parse(event.co) as { data: SelfDescribingJson[] }).data.map(({ schema, data }) => [
        schema.split('/')[1],
        data,
      ]);

export const namesOf = (event: Event | undefined): unknown[] => entitiesOf(event).map(([name]) => name);

/** What the collector got. */
interface Received {
  url: string;
  headers: Headers;
  credentials: RequestCredentials;
  body: Promise<string>;
}

/** A collector that takes all. The full flavour calls fetch with a Request, whose body only the browser knows. */
export function openCollector(t: TestContext) {
  const requests: Received[] = [];
  const fetch = (request: Request): Promise<Response> => {
    const { url, headers, credentials } = request;
    requests.push({ url, headers, credentials, body: request.text() });
    return Promise.resolve(new Response('ok'));
  };
  shareGlobals(t, { fetch });
  /** The events of all requests, in order. */
  const events = async (): Promise<Event[]> => {
    const bodies = await Promise.all(requests.map(({ body }) => body));
    return requests.flatMap(({ url }, i) => {
      const body = bodies[i];
      if (body) return (JSON.parse(body) as { data: Event[] }).data;
      const query = [...new URL(url).searchParams];
      return query.length ? [Object.fromEntries(query)] : [];
    });
  };
  return { requests, events, fetch };
}

/** What is written to the console, by method. */
function hear(t: TestContext) {
  const said: [method: string, ...values: unknown[]][] = [];
  for (const name of ['error', 'warn', 'debug', 'info'] as const)
    t.mock.method(console, name, (...values: unknown[]) => {
      // Node itself says there that mocked timers are an experiment.
      if (!String(values[0]).includes('ExperimentalWarning')) said.push([name, ...values]);
    });
  return said;
}

/** A page whose time stands and that is idle when `run` is called. */
export function openSite(t: TestContext) {
  const { tick } = stopTime(t);
  const page = Object.assign(openPage(t), { sessionStorage: new FakeStorage() });
  shareGlobals(t, { sessionStorage: page.sessionStorage });
  const network = openCollector(t);
  const said = hear(t);
  const snowplow = createSnowplow(loadFull);
  /** Lets everything happen that happens without time, but for what is read every 50 ms. */
  const run = async (): Promise<void> => {
    page.becomeIdle();
    for (let i = 0; i < 3; ++i) {
      tick(20);
      await settled();
    }
  };
  /** So many seconds, in steps. */
  const wait = async (seconds: number): Promise<void> => {
    for (let i = 0; i < seconds * 2; ++i) {
      tick(500);
      await settled();
    }
  };
  const make = (id = 'sp', configuration?: TrackerConfiguration): BrowserTracker =>
    snowplow.newTracker(id, COLLECTOR, configuration) as BrowserTracker;
  /** The events that came since it was called last. */
  const sent = async (): Promise<Event[]> => {
    await run();
    const events = await network.events();
    network.requests.length = 0;
    return events;
  };
  return { page, network, said, snowplow, run, wait, make, sent, tick };
}

export type FakeSite = ReturnType<typeof openSite>;
