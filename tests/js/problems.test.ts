// Sentences for people: one for each status of the header, and the name of the option that is meant.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Key, Status } from '../../js/src/constants.ts';
import { describe, explain } from '../../js/src/problems.ts';
import { readEnums } from '../abi/header.mjs';

test('each status of piste.h but OK has a sentence of its own', () => {
  const statuses = Object.values(readEnums().piste_status ?? {}).filter((status) => status !== 0);
  const sentences = statuses.map((code) => describe({ code, during: 'track' }));
  for (const sentence of sentences) assert.match(sentence, /^piste, track: [A-Z].{10,}\.$/);
  assert.equal(new Set(sentences).size, statuses.length);
});

test('a status that is not known is named by its number', () => {
  assert.equal(describe({ code: 777, during: 'send' }), 'piste, send: problem 777');
});

test('a problem with an option names it as the site wrote it', () => {
  const text = describe({ code: Status.InvalidValue, during: 'configure', detail: Key.PingEveryMs });
  assert.match(text, /\(option pagePings\.heartbeatSeconds\)$/);
  assert.match(describe({ code: Status.InvalidValue, during: 'configure', detail: 999 }), /\(option 999\)$/);
  assert.doesNotMatch(describe({ code: Status.Rejected, during: 'send', detail: 400 }), /option/);
});

test('explain says it in the console, as a warning, with the detail', (t) => {
  const warn = t.mock.method(console, 'warn', () => {});
  explain({ code: Status.Rejected, during: 'send', detail: 400 });
  explain({ code: Status.Closed, during: 'track' });
  assert.deepEqual(
    warn.mock.calls.map((call) => call.arguments),
    [
      ['piste, send: The collector refused events for good.', 400],
      ['piste, track: The tracker is closed; the event was dropped.', ''],
    ],
  );
});
