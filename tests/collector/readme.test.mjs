// What the collector's README shows is true: its commands and its program run, its options and members exist.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as h from './harness.mjs';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const README = readFileSync(new URL('../../examples/collector/README.md', import.meta.url), 'utf8');
const skip = spawnSync('curl', ['--version']).status === 0 ? false : 'there is no curl here';

/** @param {string} language @returns {string[]} */
function blocks(language) {
  return [...README.matchAll(/^```(.+)\n([^]*?)^```$/gm)].flatMap(([, name, text = '']) =>
    name === language ? [text] : [],
  );
}

for (const block of blocks('sh curl')) {
  test(`works: ${block.split('\n')[0]}`, { skip }, async (t) => {
    const collector = await h.startCollector(t);
    for (const command of block.trim().split('\n')) {
      const here = command.replaceAll('http://127.0.0.1:9090', collector.url).replace('curl', 'curl -sS --fail');
      await run('bash', ['-c', here], { encoding: 'buffer' });
    }
    const bad = collector.store.events({ verdict: 'bad' });
    assert.deepEqual(bad, []);
  });
}

test('the program runs', async () => {
  const [program = ''] = blocks('js');
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: ROOT });
  assert.equal(stdout, `1 { e: 'pv', p: 'web', tv: 'test' }\n`);
});

test('the event shown has the members of a real one, and its reason is what is said of it', async (t) => {
  const collector = await h.startCollector(t);
  const shown = JSON.parse(blocks('json')[0] ?? '');
  const headers = { 'content-type': 'application/json', origin: shown.request.origin };
  await h.post(collector, [shown.payload], { headers });
  const real = h.newest(collector);
  assert.deepEqual(Object.keys(real).sort(), Object.keys(shown).sort());
  assert.deepEqual(Object.keys(real.request).sort(), Object.keys(shown.request).sort());
  assert.deepEqual([real.reasons, real.decoded, real.payload], [shown.reasons, shown.decoded, shown.payload]);
  assert.equal(real.request.bytes, shown.request.bytes);
});

test('every option of the program is told', async () => {
  const { stdout } = await run(process.execPath, ['examples/collector/main.mjs', '--help'], { cwd: ROOT });
  for (const [option = ''] of stdout.matchAll(/--[a-z-]+/g)) {
    assert.ok(option === '--help' || README.includes(`\`${option}`), option);
  }
});
