// How the collector starts and ends: as a library, and as a program.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as h from './harness.mjs';
import { createCollector } from '../../examples/collector/src/collector.mjs';

const MAIN = fileURLToPath(new URL('../../examples/collector/main.mjs', import.meta.url));

/** @param {string[]} args */
function run(args) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [outStream, errStream] = [child.stdout.setEncoding('utf8'), child.stderr.setEncoding('utf8')];
  const texts = Promise.all([outStream.toArray(), errStream.toArray()]);
  const ended = once(child, 'exit').then(async ([code]) => {
    const [out, err] = await texts;
    return { code, out: out.join(''), err: err.join('') };
  });
  return { child, ended };
}

test('two collectors live side by side', async (t) => {
  const [one, other] = [await h.startCollector(t), await h.startCollector(t)];
  await h.post(one, [h.pageView()]);
  assert.notEqual(one.url, other.url);
  assert.deepEqual([one.store.counts().good, other.store.counts().good], [1, 0]);
});

test('closing ends open streams and idle connections, and can be done twice', async () => {
  const collector = createCollector();
  await collector.start();
  const stream = await fetch(`${collector.url}/api/stream`);
  await h.post(collector, [h.pageView()]);
  const idle = await h.openSocket(collector);
  idle.resume();
  const closed = once(idle, 'close');
  await Promise.all([collector.close(), collector.close()]);
  assert.match(await stream.text(), /event: stored/);
  await closed;
  await assert.rejects(fetch(`${collector.url}/health`), TypeError);
});

test('closing answers what is delayed and ends what hangs', async () => {
  const collector = createCollector();
  await collector.start();
  await h.api(collector, 'faults', { delayMs: 600_000, count: 1 });
  const delayed = h.post(collector, [h.pageView()]);
  await h.storeReaches(collector, () => collector.store.counts().good === 1);
  await h.api(collector, 'faults', { hang: true, count: 1 });
  const hanging = assert.rejects(h.post(collector, [h.pageView()]), TypeError);
  await h.faultTaken(collector);
  await collector.close();
  assert.equal((await delayed).status, 200);
  await hanging;
});

test('closing does not wait for a body that never ends', async () => {
  const collector = createCollector();
  await collector.start();
  const socket = await h.openSocket(collector);
  socket.write('POST /a/b HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n');
  await once(socket, 'data');
  const closed = once(socket, 'close');
  await collector.close();
  await closed;
});

test('a collector that was never started can be closed', async () => {
  await createCollector().close();
});

test('options that make no sense are refused', () => {
  for (const options of [{ port: -1 }, { port: NaN }, { keep: 0 }, { maxBodyBytes: 0.5 }, { postPaths: ['a/b'] }]) {
    assert.throws(() => createCollector(options), RangeError, JSON.stringify(options));
  }
});

test('the program prints its address, nothing else, and ends on a signal', async () => {
  const { child, ended } = run(['--port', '0', '--keep', '5', '--post-path', '/collect', '--allow-unknown']);
  const [line] = await once(child.stdout, 'data');
  const url = /^Piste collector at (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line)?.[1] ?? '';
  const headers = { 'content-type': h.JSON_TYPE };
  for (const body of [h.envelope([h.pageView()]), '{', 'x'.repeat(6_000_000)]) {
    await (await fetch(`${url}/collect`, { method: 'POST', headers, body })).text();
  }
  const counts = await (await fetch(`${url}/api/counts`)).json();
  assert.deepEqual([counts.good, counts.bad], [1, 2]);
  child.kill('SIGTERM');
  assert.deepEqual(await ended, { code: 0, out: line, err: '' });
});

test('the program says in one line why it cannot start', async (t) => {
  const taken = await h.startCollector(t);
  const inUse = await run(['--port', new URL(taken.url).port]).ended;
  assert.match(inUse.err, /^listen EADDRINUSE.*\n$/);
  assert.equal(inUse.code, 1);
  const wrong = await run(['--port', 'http']).ended;
  assert.match(wrong.err, /^port must be a whole number.*\n$/);
  const unknown = await run(['--prot', '1']).ended;
  assert.match(unknown.err, /Unknown option '--prot'/);
});

test('the program explains itself', async () => {
  const { code, out } = await run(['--help']).ended;
  assert.equal(code, 0);
  for (const option of [
    '--port',
    '--host',
    '--schemas',
    '--allow-unknown',
    '--post-path',
    '--keep',
    '--secure-cookie',
  ]) {
    assert.ok(out.includes(option), option);
  }
});
