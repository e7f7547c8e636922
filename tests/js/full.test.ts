// The entry with the full core as it is built: it has what the default entry does not, and is that one otherwise.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { Key, Status } from '../../js/src/constants.ts';
import type * as Entry from '../../js/src/full.ts';
import type { Problem, SelfDescribingJson } from '../../js/src/types.ts';
import { VERSION } from '../../js/src/version.ts';
import { settled } from './fake-globals.ts';
import { answer, openNetwork } from './fake-network.ts';
import { openPage } from './fake-page.ts';

const dist = new URL('../../js/dist/', import.meta.url);
const full = (await import(new URL('full.js', dist).href)) as typeof Entry;
const lean = (await import(new URL('index.js', dist).href)) as typeof Entry;

/** Tracks a page view with the session entity. */
async function trackWith(t: TestContext, entry: typeof Entry) {
  openPage(t);
  const { requests, events } = openNetwork(t, () => answer(200));
  const problems: Problem[] = [];
  const tracker = entry.createTracker({
    collector: 'https://c.example',
    identity: 'memory',
    sessionEntity: true,
    webPage: false,
    onProblem: (problem) => void problems.push(problem),
  });
  tracker.trackPageView();
  const { delivered } = await tracker.flush();
  await settled();
  const session = tracker.session();
  tracker.close();
  return { event: events()[0] ?? {}, delivered, requests, problems, session };
}

test('an event is delivered with the session entity by the engine that is inside', async (t) => {
  const { event, delivered, requests, problems, session } = await trackWith(t, full);
  assert.deepEqual([delivered, requests.length, problems], [1, 1, []]);
  const { data } = JSON.parse(event.co ?? '') as { data: SelfDescribingJson[] };
  assert.deepEqual(
    data.map(({ schema }) => schema),
    ['iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2'],
  );
  const { userId, sessionId, firstEventId, eventIndex } = data[0]?.data as Record<string, unknown>;
  assert.deepEqual([userId, sessionId, firstEventId, eventIndex], [event.duid, event.sid, event.eid, 1]);
  assert.deepEqual(session, { userId, sessionId, sessionIndex: 1, eventIndex: 1 });
});

test('the default entry says that it has none, and sends the event without it', async (t) => {
  const { event, delivered, problems, session } = await trackWith(t, lean);
  assert.deepEqual(problems, [{ code: Status.InvalidValue, during: 'configure', detail: Key.SessionEntity }]);
  assert.deepEqual([delivered, event.co, event.sid], [1, undefined, session?.sessionId]);
});

test('the version is that of package.json', () => {
  assert.equal(full.version, VERSION);
});

test('the file is ASCII, so that no page’s charset can damage it', () => {
  assert.match(readFileSync(new URL('full.js', dist), 'latin1'), /^[\n -~]*$/);
});

test('on a server it is harmless', async () => {
  const tracker = full.createTracker({ collector: 'https://c.example', identity: 'cookie', sessionEntity: true });
  tracker.trackPageView();
  tracker.newSession();
  assert.deepEqual([(await tracker.flush()).accepted, tracker.session()], [1, undefined]);
});
