// Self-describing events.
import { define, thing } from '../scenario.mjs';

/** @typedef {Record<string, unknown>} Data */

export const scenarios = define([
  {
    name: 'self-describing: data of all kinds',
    steps: [
      {
        visit: '/',
        run({ trackSelfDescribingEvent }, { start }) {
          start();
          const data = {
            text: 'é✓🍕',
            number: 1.5,
            zero: 0,
            no: false,
            nothing: null,
            list: [1, [2], {}],
            deep: { a: { b: '' } },
          };
          trackSelfDescribingEvent({ event: thing('all', data) });
        },
      },
    ],
  },
  {
    name: 'self-describing: what JSON drops or turns into something else',
    steps: [
      {
        visit: '/',
        run({ trackSelfDescribingEvent }, { start }) {
          start();
          /** @type {Data} */
          const data = {
            gone: undefined,
            call: () => 1,
            date: new Date(0),
            nan: NaN,
            list: [undefined],
            own: { toJSON: () => 7 },
          };
          trackSelfDescribingEvent({ event: thing('dropped', data) });
        },
      },
    ],
  },
  {
    name: 'self-describing: empty data',
    steps: [
      {
        visit: '/',
        run({ trackSelfDescribingEvent }, { start }) {
          start();
          trackSelfDescribingEvent({ event: thing('empty', {}) });
        },
      },
    ],
  },
  {
    name: 'self-describing: in base64',
    steps: [
      {
        visit: '/',
        run({ trackSelfDescribingEvent }, { start }) {
          start('sp', { encodeBase64: true });
          trackSelfDescribingEvent({
            event: thing('coded', { k: 'é✓~~?>' }),
            context: [thing('entity', { k: '>>>???' })],
          });
        },
      },
    ],
  },
  {
    name: 'self-describing: data that changes after the call',
    steps: [
      {
        visit: '/',
        run({ trackSelfDescribingEvent }, { start }) {
          start();
          const data = { state: 'before' };
          const entity = thing('entity', { state: 'before' });
          trackSelfDescribingEvent({ event: thing('changing', data), context: [entity] });
          data.state = 'after';
          entity.data['state'] = 'after';
        },
      },
    ],
  },
  {
    name: 'self-describing: several trackers by name',
    trackers: ['a', 'b'],
    steps: [
      {
        visit: '/',
        run({ trackSelfDescribingEvent }, { start }) {
          start('a');
          start('b', { appId: 'other' });
          trackSelfDescribingEvent({ event: thing('of-a') }, ['a']);
          trackSelfDescribingEvent({ event: thing('of-both') });
          trackSelfDescribingEvent({ event: thing('of-b') }, ['b']);
        },
      },
    ],
  },
]);
