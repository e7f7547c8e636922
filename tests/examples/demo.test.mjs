// The program behind demo.sh: it finds ports, says where it is, and leaves nothing behind when it ends.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import * as h from './harness.mjs';

/**
 * The demo, ended with the test.
 * @param {import('node:test').TestContext} t
 * @param {string[]} options
 */
function startDemo(t, options) {
  const demo = spawn(process.execPath, [`${h.SITE}demo.mjs`, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => demo.kill('SIGKILL'));
  const said = { text: '' };
  for (const stream of [demo.stdout, demo.stderr]) stream.on('data', (chunk) => void (said.text += chunk));
  const exited = once(demo, 'exit').then(([code]) => /** @type {number | null} */ (code));
  /** @returns {Promise<string[]>} The addresses that it prints. */
  const urls = async () => {
    while (!said.text.includes('Ctrl-C')) await Promise.race([once(demo.stdout, 'data'), exited]);
    return said.text.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
  };
  return { demo, said, exited, urls };
}

/** A server in the way, until the test ends. @param {import('node:test').TestContext} t @param {number} port */
async function occupy(t, port) {
  const server = createServer();
  t.after(() => void server.close());
  server.listen(port, '127.0.0.1');
  await Promise.race([once(server, 'listening'), once(server, 'error')]);
  return server.address();
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  test(`${signal} ends both servers`, async (t) => {
    const { demo, exited, urls } = startDemo(t, ['--collector-port', '0', '--site-port', '0']);
    const [site = '', collector = ''] = await urls();
    assert.equal((await fetch(site)).status, 200);
    assert.equal((await fetch(`${collector}/health`)).status, 200);
    demo.kill(signal);
    assert.equal(await exited, 0);
    await assert.rejects(fetch(site));
    await assert.rejects(fetch(collector));
  });
}

test('ports that are taken are passed over', async (t) => {
  await occupy(t, 9090);
  await occupy(t, 8080);
  const { urls } = startDemo(t, []);
  const [site = '', collector = ''] = await urls();
  assert.ok(Number(new URL(site).port) > 8080);
  assert.ok(Number(new URL(collector).port) > 9090);
});

test('a port that was asked for is not passed over', async (t) => {
  const address = await occupy(t, 0);
  const port = typeof address === 'object' && address ? address.port : 0;
  const { exited, said } = startDemo(t, ['--site-port', String(port), '--collector-port', '0']);
  assert.equal(await exited, 1);
  assert.equal(said.text, `port ${port} is taken; choose another one\n`);
});

test('an option that does not exist is refused', async (t) => {
  const { exited, said } = startDemo(t, ['--heedless']);
  assert.equal(await exited, 1);
  assert.match(said.text, /--heedless/);
});
