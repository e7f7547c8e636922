// Rows that are offered to the core: what becomes of each by what it answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Status } from '../../js/src/constants.ts';
import { restoreRow } from '../../js/src/restore-row.ts';
import { createSiteCalls } from '../../js/src/site-calls.ts';
import { stopTime } from './fake-globals.ts';
import { ScriptedEngine } from './scripted-engine.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const row = `2p-111700000000000{"eid":"${ID}"}\n`;

const cases: [code: Status, result: number][] = [
  [Status.Ok, 7],
  [Status.QueueFull, 0],
  [Status.NoMemory, 0],
  [Status.Closed, 0],
  [Status.UnreadableRow, -301],
  [Status.Expired, -204],
  [Status.Denied, -205],
];
for (const [code, result] of cases)
  test(`${code}: ${result}`, (t) => {
    const { tick } = stopTime(t);
    const engine = new ScriptedEngine();
    engine.restoredId = 7;
    engine.answers.restore = code;
    const onDropped = t.mock.fn();
    assert.equal(restoreRow(engine, row, createSiteCalls({ collector: 'c', onDropped })), result);
    tick(1);
    assert.deepEqual(
      onDropped.mock.calls.map(({ arguments: [drop] }) => drop as unknown),
      result < 0 ? [{ code, eventId: ID, status: undefined }] : [],
    );
    assert.deepEqual(engine.named('restore'), [[row]]);
  });
