// The id of an event in its row: in JSON or in a query, whatever else the row says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Action, EventKind, Field, Key, Status } from '../../js/src/constants.ts';
import { eventIdOf } from '../../js/src/row.ts';
import { realEngine } from './piste-wasm.ts';

const ID = '0b5e8a4e-2b7f-4d0c-9d2e-5a1f6c7d8e90';
const DECOY = '00000000-0000-4000-8000-000000000000';
const HEAD = '-111700000000000';

test('the id in a row for POST', () => {
  assert.equal(eventIdOf(`2p${HEAD}{"e":"pv","eid":"${ID}","p":"web"}\n`), ID);
});

test('the id in a row for GET', () => {
  assert.equal(eventIdOf(`2g${HEAD}e=pv&eid=${ID}&p=web\n`), ID);
});

test('each kind of row has its own notation: that of the other is text of the site', () => {
  assert.equal(eventIdOf(`2p${HEAD}{"url":"/?a=1&eid=${DECOY}","eid":"${ID}"}\n`), ID);
  assert.equal(eventIdOf(`2g${HEAD}e=se&se_ca="eid":"${DECOY}"&eid=${ID}\n`), ID);
});

test('a row without an id, or with a piece of one, has none', () => {
  for (const row of [
    '',
    '2',
    '2p',
    'nonsense',
    `2p${HEAD}{"e":"pv"}\n`,
    `2g${HEAD}e=pv\n`,
    `2p${HEAD}{"eid":"0b5e"}\n`,
  ]) {
    assert.equal(eventIdOf(row), undefined, row);
  }
});

for (const method of ['post', 'get']) {
  for (const base64 of ['0', '1']) {
    test(`rows of the core say the id that is sent: ${method}, base64 ${base64}`, () => {
      const engine = realEngine();
      engine.set(Key.Collector, 'https://c.example');
      engine.set(Key.Method, method);
      engine.set(Key.Base64, base64);
      engine.set(Key.PageUrl, `https://shop.example/?"eid":"${DECOY}"&eid=${DECOY}`);
      const title = `"eid":"${DECOY}"&eid=${DECOY}`;
      assert.equal(engine.track(EventKind.PageView, [title, '', '', '', ''], 1_700_000_000_000, 1), Status.Ok);
      const rows: (string | undefined)[] = [];
      const sent: string[] = [];
      for (let action = engine.next(); action > Action.Wait; action = engine.next()) {
        if (action === Action.Store) rows.push(eventIdOf(engine.text(Field.Row)));
        if (action !== Action.Send) continue;
        const body = engine.text(Field.Body);
        if (body) sent.push(...(JSON.parse(body) as { data: { eid: string }[] }).data.map(({ eid }) => eid));
        else sent.push(new URL(engine.text(Field.Url)).searchParams.get('eid') ?? '');
      }
      assert.equal(rows.length, 1);
      assert.match(rows[0] ?? '', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
      assert.notEqual(rows[0], DECOY);
      assert.deepEqual(rows, sent);
    });
  }
}
