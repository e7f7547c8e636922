// Drafts that were held: gone on with before anything else that there is to do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Action } from '../../../js/src/constants.ts';
import type { DraftingEngine } from '../../../js/src/full/drafting-engine.ts';
import type { FullHost } from '../../../js/src/full/full-host.ts';
import { withHeldDrafts } from '../../../js/src/full/held-drafts.ts';
import { ScriptedEngine } from '../scripted-engine.ts';

test('each is gone on with, and what comes then is done', (t) => {
  const scripted = new ScriptedEngine(
    { action: Action.Draft, id: 1 },
    { action: Action.Draft, id: 2 },
    { action: Action.Store, id: 3 },
  );
  const engine = scripted as unknown as DraftingEngine;
  const host = {} as FullHost;
  const goOn = t.mock.fn();
  const heedful = withHeldDrafts(engine, host, goOn);
  assert.deepEqual([heedful.next(), goOn.mock.callCount()], [Action.Store, 2]);
  assert.deepEqual(goOn.mock.calls[0]?.arguments, [engine, host]);
  assert.deepEqual([heedful.next(), goOn.mock.callCount()], [Action.Idle, 2]);
});
