// Requests as a site may want them: what they look like, and what the site is told, of what the core decides.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { Key, Outcome, Signal, Status } from '../../../js/src/constants.ts';
import { createDriver } from '../../../js/src/driver.ts';
import { rowOf } from '../../../js/src/full/row-text.ts';
import { requestTransport, type RequestFailure, type RequestTransportOptions } from '../../../js/src/ports/requests.ts';
import type { TransportAnswer, TransportRequest } from '../../../js/src/ports/transport.ts';
import { statsOf } from '../../../js/src/stats.ts';
import { settled, shareGlobals, stopTime } from '../fake-globals.ts';
import { realEngine } from '../piste-wasm.ts';

const POST = 'https://c.example/com.snowplowanalytics.snowplow/tp2';
const EXTENSION = 'https://c.example/cookies';

/** Ids have 36 characters. */
const eidOf = (name: string): string => name.padStart(36, '0');
const event = (name: string) => ({ e: 'pv', eid: eidOf(name) });
const bodyOf = (...names: string[]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify({ schema: 's', data: names.map((name) => ({ ...event(name), stm: '5' })) }));
const post = (...names: string[]): TransportRequest => ({
  url: POST,
  body: bodyOf(...names),
  anonymous: false,
  keepalive: false,
  timeoutMs: 5000,
});
const get = (name: string): TransportRequest => ({
  ...post(),
  url: `https://c.example/i?stm=5&e=pv&eid=${eidOf(name)}&page=a%20%3F%26%2B`,
  body: new Uint8Array(0),
});

type Respond = (request: Request, body: string) => Response | Promise<Response>;

/** A page whose time stands, and a fetch that keeps what it is asked for. */
function open(t: TestContext, options: Partial<RequestTransportOptions> = {}, respond: Respond = () => reply(200)) {
  const { tick } = stopTime(t);
  const seen = {
    requests: [] as Request[],
    bodies: [] as string[],
    successes: [] as [payloads: unknown, response: Response][],
    failures: [] as [failure: RequestFailure, response?: Response | undefined][],
    respond,
  };
  const fetch = async (...all: [Request]): Promise<Response> => {
    const [request] = all;
    assert.equal(all.length, 1);
    seen.requests.push(request);
    const body = await request.clone().text();
    seen.bodies.push(body);
    return seen.respond(request, body);
  };
  shareGlobals(t, { fetch });
  const callbacks: Partial<RequestTransportOptions> = {
    onRequestSuccess: (...told) => void seen.successes.push(told),
    onRequestFailure: (...told) => void seen.failures.push(told),
  };
  const transport = requestTransport({ credentials: 'include', ...callbacks, ...options });
  /** Lets happen what happens without a wait. */
  const turn = async (): Promise<void> => {
    for (let i = 0; i < 3; ++i) {
      await settled();
      tick(1);
    }
    await settled();
  };
  /** `code`: what the core says of the answer. */
  const ask = async (request: TransportRequest, code = Status.Ok): Promise<TransportAnswer | undefined> => {
    let answer: TransportAnswer | undefined;
    void transport(request).then((given) => {
      answer = given;
      request.code = code;
    });
    await turn();
    return answer;
  };
  return { seen, tick, turn, transport, ask };
}

const reply = (status: number, headers = {}): Response => new Response(null, { status, statusText: 'Why', headers });
const offline = (): never => {
  throw new TypeError('Failed to fetch');
};
const silence: Respond = ({ signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

describe('a request', () => {
  test('is one Request: a POST of JSON', async (t) => {
    const { seen, ask } = open(t);
    assert.deepEqual(await ask({ ...post('a'), keepalive: true }), [200, 0]);
    const [{ url, method, credentials, keepalive, headers }] = seen.requests as [Request];
    assert.deepEqual([url, method, credentials, keepalive], [POST, 'POST', 'include', true]);
    assert.deepEqual([...headers], [['content-type', 'application/json; charset=UTF-8']]);
    assert.deepEqual(seen.bodies, [new TextDecoder().decode(bodyOf('a'))]);
  });

  test('without a body is a GET without headers', async (t) => {
    const { seen, ask } = open(t, { credentials: 'omit' });
    await ask(get('a'));
    const [{ url, method, credentials, headers }] = seen.requests as [Request];
    assert.deepEqual([url, method, credentials, [...headers]], [get('a').url, 'GET', 'omit', []]);
  });

  for (const [keepsCredentials, mode] of [
    [undefined, 'omit'],
    [true, 'include'],
  ] as const) {
    test(`that is anonymous has the credentials ${mode}, if it is to keep them: ${keepsCredentials}`, async (t) => {
      const { seen, ask } = open(t, { keepsCredentials });
      await ask({ ...post('a'), anonymous: true });
      assert.equal(seen.requests[0]?.credentials, mode);
    });
  }

  test('has the site’s headers as well; one of the same name is combined', async (t) => {
    const { seen, ask } = open(t, { headers: { Authorization: 'x', 'content-type': 'text/plain' } });
    await ask({ ...post('a'), anonymous: true });
    await ask(get('a'));
    assert.deepEqual(
      [...(seen.requests[0] as Request).headers],
      [
        ['authorization', 'x'],
        ['content-type', 'application/json; charset=UTF-8, text/plain'],
        ['sp-anonymous', '*'],
      ],
    );
    assert.equal(seen.requests[1]?.headers.get('authorization'), 'x');
  });

  test('goes through the site’s own fetch, which is called as a function', async (t) => {
    const self: unknown[] = [];
    const { seen, ask } = open(t, {
      fetch(this: unknown) {
        self.push(this);
        return Promise.resolve(reply(202));
      },
    });
    assert.deepEqual([await ask(post('a')), self, seen.requests.length], [[202, 0], [undefined], 0]);
  });

  test('has its body as it was in the call', async (t) => {
    const { seen, ask } = open(t, { cookieExtensionUrl: EXTENSION });
    const request = post('a');
    const asking = ask(request);
    request.body.fill(0);
    await asking;
    assert.equal(seen.bodies[1], new TextDecoder().decode(bodyOf('a')));
  });

  test('whose answer says when to come again says so to the core', async (t) => {
    const { ask } = open(t, {}, () => reply(503, { 'Retry-After': '7' }));
    assert.deepEqual(await ask(post('a')), [503, 7000]);
  });

  test('ends with its time, also if the site’s fetch does not heed that', async (t) => {
    const { seen, transport, tick, turn } = open(t, { fetch: () => new Promise<never>(() => {}) });
    const sending = transport(post('a'));
    tick(5000);
    await turn();
    assert.deepEqual(await sending, [Outcome.Offline, 0]);
    await turn();
    assert.equal(seen.failures[0]?.[0].message, 'Request timed out');
  });

  test('whose headers or fetch are no good is no answer', async (t) => {
    const { ask } = open(t, { headers: { 'bad header': '\n' } });
    assert.deepEqual(await ask(post('a')), [Outcome.Offline, 0]);
    for (const fetch of [offline, () => undefined, 5] as unknown as [() => Promise<Response>]) {
      const transport = requestTransport({ credentials: 'omit', fetch });
      const asking = transport(post('a'));
      await settled();
      t.mock.timers.tick(1);
      assert.deepEqual(await asking, [Outcome.Offline, 0]);
    }
    t.mock.timers.tick(5000); // that their time is over is nobody's unhandled rejection
    await settled();
  });

  test('whose answer cannot be read has none', async (t) => {
    const { seen, ask } = open(t, { fetch: () => Promise.resolve({ status: 200, headers: 5 } as unknown as Response) });
    assert.deepEqual(await ask(post('a')), [Outcome.Offline, 0]);
    assert.deepEqual(
      [seen.failures.length, 'status' in (seen.failures[0]?.[0] ?? {}), seen.successes.length],
      [1, false, 0],
    );
  });

  test('that fails with whatever has no answer, and the site hears of it', async (t) => {
    const causes = ['text', Symbol('s'), null, undefined, Object.create(null) as object, { message: 'own' }];
    const messages: unknown[] = [];
    for (const cause of causes) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as sites do
      const { seen, ask } = open(t, { fetch: () => Promise.reject(cause) });
      assert.deepEqual(await ask(post('a')), [Outcome.Offline, 0]);
      messages.push(...seen.failures.map(([{ message }]) => message));
      t.mock.timers.reset();
    }
    assert.deepEqual(messages, ['text', 'Symbol(s)', '', '', '', 'own']);
  });

  test('answered by a fetch that knows of no headers has its status', async (t) => {
    const { ask } = open(t, { fetch: () => Promise.resolve({ status: 200 } as Response) });
    assert.deepEqual(await ask(post('a')), [200, 0]);
  });
});

describe('after a request that failed', () => {
  const none = { status: undefined, message: 'Failed to fetch' };
  for (const [outcome, respond, said] of [
    [503, () => reply(503), { status: 503, message: 'Why' }],
    [401, () => reply(401), { status: 401, message: 'Why' }],
    [304, () => reply(304), { status: 304, message: 'Why' }],
    [Outcome.Offline, offline, none],
  ] as [number, Respond, object][]) {
    test(`${outcome} is told as it is: to the core, and to the site with what the core says of it`, async (t) => {
      const { seen, ask } = open(t, {}, respond);
      assert.deepEqual(await ask(post('a')), [outcome, 0]);
      assert.deepEqual(await ask(post('b'), Status.Rejected), [outcome, 0]);
      assert.deepEqual(
        seen.failures.map(([{ status, ...failure }]) => ({ status, ...failure })),
        [
          { ...said, events: [event('a')], willRetry: true },
          { ...said, events: [event('b')], willRetry: false },
        ],
      );
      const isAnswer = outcome > 0;
      assert.deepEqual(
        seen.failures.map(([failure, response]) => ['status' in failure, response?.status]),
        [1, 2].map(() => [isAnswer, isAnswer ? outcome : undefined]),
      );
    });
  }

  test('the site hears of it when the core has', async (t) => {
    const { seen, transport, turn } = open(t, {}, () => reply(500));
    const request = post('a');
    await transport(request);
    assert.equal(seen.failures.length, 0);
    request.code = Status.Rejected;
    await turn();
    assert.equal(seen.failures[0]?.[0].willRetry, false);
  });

  test('a page that is left has no task any more in which its events would be given up', async (t) => {
    const { transport } = open(t, {}, offline);
    let told: unknown;
    void transport(post('a')).then((answer) => (told = answer));
    await settled();
    assert.equal(told, undefined);
  });
});

describe('the site is told', () => {
  test('of what was taken, later, with the payloads as they were before they were sent', async (t) => {
    const { seen, transport, turn } = open(t);
    await transport(post('a', 'b'));
    assert.equal(seen.successes.length, 0);
    await turn();
    const [payloads, response] = seen.successes[0] ?? [];
    assert.deepEqual([payloads, response?.status], [[event('a'), event('b')], 200]);
  });

  test('of GET requests as well', async (t) => {
    const { seen, ask } = open(t, {}, () => reply(200));
    await ask(get('a'));
    seen.respond = () => reply(500);
    await ask(get('a'));
    const payload = { ...event('a'), page: 'a ?&+' };
    assert.deepEqual([seen.successes[0]?.[0], seen.failures[0]?.[0].events], [[payload], [payload]]);
  });

  test('and may throw, to no effect', async (t) => {
    const { ask, seen } = open(t, { onRequestSuccess: offline, onRequestFailure: offline });
    assert.deepEqual(await ask(post('a')), [200, 0]);
    seen.respond = () => reply(500);
    assert.deepEqual(await ask(post('a')), [500, 0]);
  });

  test('or wants to hear nothing: then no body is copied or looked into', async (t) => {
    const parse = t.mock.method(JSON, 'parse');
    const { ask, seen } = open(t, { onRequestSuccess: undefined, onRequestFailure: undefined });
    const request = post('a');
    const copy = t.mock.method(request.body, 'slice');
    await ask(request);
    seen.respond = () => reply(500);
    await ask(request);
    assert.deepEqual([parse.mock.callCount(), copy.mock.callCount()], [0, 0]);
  });

  test('of one kind alone, if it wants to hear of no other', async (t) => {
    const { ask, seen } = open(t, { onRequestFailure: undefined });
    await ask(post('a'));
    seen.respond = () => reply(500);
    await ask(post('a'));
    assert.deepEqual([seen.successes.length, seen.failures.length], [1, 0]);
  });

  test('by the answer itself, of which nobody has read anything yet', async (t) => {
    const { ask, seen } = open(t, {}, () => new Response('thanks'));
    await ask(post('a'));
    assert.equal(await seen.successes[0]?.[1].text(), 'thanks');
  });
});

describe('the cookie extension', () => {
  const options = { cookieExtensionUrl: EXTENSION, headers: { 'X-Site': '1' } };
  const urls = ({ requests }: { requests: Request[] }): string[] => requests.map(({ url }) => url);

  test('is fetched once, before the first request, as the site and the visitor want it', async (t) => {
    const { seen, ask } = open(t, options, ({ url }) => reply(url === EXTENSION ? 500 : 200));
    await Promise.all([ask({ ...post('a'), anonymous: true, keepalive: true }), ask(post('b'))]);
    await ask(post('c'));
    assert.deepEqual(urls(seen), [EXTENSION, POST, POST, POST]);
    const [{ method, credentials, keepalive, headers }] = seen.requests as [Request];
    assert.deepEqual([method, credentials, keepalive, headers.get('x-site')], ['GET', 'omit', false, '1']);
    assert.equal(headers.get('sp-anonymous'), '*');
    assert.deepEqual([seen.successes.length, seen.failures.length], [3, 0]);
  });

  test('is waited for', async (t) => {
    let done = (_: Response): void => {};
    const { seen, ask, turn } = open(t, options, ({ url }) =>
      url === EXTENSION ? new Promise<Response>((resolve) => (done = resolve)) : reply(200),
    );
    await ask(post('a'));
    assert.deepEqual(urls(seen), [EXTENSION]);
    done(reply(200));
    await turn();
    assert.deepEqual(urls(seen), [EXTENSION, POST]);
  });

  test('that does not answer holds up nothing for longer than a request may take, and only once', async (t) => {
    const { seen, ask, tick, turn } = open(t, options, (request, body) =>
      request.url === EXTENSION ? silence(request, body) : reply(200),
    );
    await ask(post('a'));
    tick(5000);
    await turn();
    assert.deepEqual(await ask(post('b')), [200, 0]);
    assert.deepEqual(urls(seen), [EXTENSION, POST, POST]);
    assert.deepEqual([seen.successes.length, seen.failures.length], [2, 0]);
  });

  for (const url of [EXTENSION, 'no url', 'https://']) {
    test(`${url} that cannot be reached loses nothing`, async (t) => {
      const own = { ...options, cookieExtensionUrl: url };
      const { ask } = open(t, own, (request) => (request.url === EXTENSION ? offline() : reply(200)));
      assert.deepEqual(
        [await ask(post('a')), await ask(post('b'))],
        [
          [200, 0],
          [200, 0],
        ],
      );
    });
  }
});

type Rules = Partial<Record<Key, string>>;

/** Lets the real core send events of these names; those in capitals are anonymous, and have requests of their own. */
async function sendWith(t: TestContext, names: string[], respond: Respond, rules: Rules = {}) {
  const opened = open(t, {}, respond);
  const engine = realEngine();
  engine.set(Key.Collector, 'https://c.example');
  for (const [key, value] of Object.entries(rules)) assert.equal(engine.set(+key, value), Status.Ok);
  for (const name of names) engine.restore(rowOf(event(name), name < 'a', Date.now()) ?? '');
  const probe = { claim: () => engine.signal(Signal.ProbeGranted), yield: () => {}, hasten: () => {} };
  const driver = createDriver(engine, undefined, opened.transport, probe, {
    woken() {},
    answered() {},
    ended() {},
    kept() {},
    began() {},
    quiet() {},
    guard: (task) => task(),
  });
  driver.pump();
  for (let i = 0; i < 40; ++i) await opened.turn();
  return { ...opened, engine, driver, ledger: () => statsOf((field) => engine.number(field), 'wasm') };
}

describe('with the core', () => {
  const names = [...'abcdefghijklmnopqrst'];
  const oneOf = (text: string, status: number, otherwise = 200): Respond => {
    const pattern = new RegExp(`0[${text}]"`);
    return (_, body) => reply(pattern.test(body) ? status : otherwise);
  };
  const collectors: [name: string, names: string[], respond: Respond, rules?: Rules][] = [
    ['that wants none of the events', names, () => reply(400)],
    ['that wants none of these', [...'abcDEFGHI'], () => reply(400)],
    ['that wants all but two', names, oneOf('dq', 400)],
    ['that wants all but the first six', names, oneOf('a-f', 413)],
    ['that wants some in between', [...'abcdEFghij'], oneOf('EF', 200, 401)],
    ['that is down for some', [...'abcdefghijKLMN'], oneOf('K-N', 400, 500), { [Key.FinalStatuses]: '500' }],
    ['whose no is final', names, oneOf('d', 400), { [Key.FinalStatuses]: '400' }],
    ['that is down', names, () => reply(500), { [Key.RetryFailed]: '0' }],
    ['that cannot be reached', names, offline, { [Key.RetryFailed]: '0' }],
  ];
  for (const [name, tracked, respond, rules] of collectors) {
    test(`a collector ${name}: what is said to be sent again is, and nothing else`, async (t) => {
      const { seen, ledger } = await sendWith(t, tracked, respond, rules);
      const told = new Map<string, number>();
      for (const [{ events, willRetry }] of seen.failures) {
        const eids = events.map(({ eid }) => eid as string);
        for (const eid of eids) told.set(eid, (told.get(eid) ?? 1) + +willRetry);
      }
      for (const eid of tracked.map(eidOf)) {
        const sent = seen.bodies.filter((body) => body.includes(eid)).length;
        assert.equal(sent, told.get(eid) ?? 1, eid);
      }
      assert.equal(ledger().pending, 0);
    });
  }

  test('what is to be given up is, undivided, with its answer', async (t) => {
    const { seen, ledger } = await sendWith(t, names, () => reply(503), { [Key.FinalStatuses]: '500,503' });
    assert.deepEqual(
      seen.failures.map(([{ status, willRetry, events }]) => [status, willRetry, events.length]),
      [[503, false, names.length]],
    );
    assert.deepEqual([seen.requests.length, ledger().rejected], [1, { 422: names.length }]);
  });

  test('what the site wants sent again is sent until it is taken', async (t) => {
    let count = 0;
    const respond = (): Response => reply(++count < 3 ? 401 : 200);
    const { seen, ledger, tick, turn } = await sendWith(t, ['a'], respond, { [Key.RetriedStatuses]: '401' });
    for (let i = 0; i < 5; ++i) {
      tick(5000);
      await turn();
    }
    assert.deepEqual([seen.requests.length, ledger().rejected], [3, {}]);
    assert.deepEqual(
      seen.failures.map(([{ status, willRetry }]) => [status, willRetry]),
      [
        [401, true],
        [401, true],
      ],
    );
    assert.equal(seen.successes.length, 1);
  });

  test('a refusal after the page was put away ends nothing: its events go out again, and so it is said', async (t) => {
    let answer = (_: Response): void => {};
    const { seen, engine, driver, turn } = await sendWith(
      t,
      ['a'],
      () => new Promise((resolve) => (answer = resolve)),
      {
        [Key.KeepaliveTaken]: '60000',
      },
    );
    const first = answer;
    engine.signal(Signal.Away);
    engine.set(Key.KeepaliveTaken, '0');
    driver.pump();
    first(reply(400));
    await turn();
    assert.deepEqual([seen.failures[0]?.[0].willRetry, seen.requests.length], [true, 2]);
  });
});
