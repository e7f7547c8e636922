// Structured events.
import { define, thing } from '../scenario.mjs';

export const scenarios = define([
  {
    name: 'structured: all fields',
    steps: [
      {
        visit: '/',
        run({ trackStructEvent }, { start }) {
          start();
          trackStructEvent({ category: 'shop', action: 'add', label: 'jumper', property: 'blue', value: 12.5 });
        },
      },
    ],
  },
  {
    name: 'structured: only what is needed, and values of all kinds',
    steps: [
      {
        visit: '/',
        run({ trackStructEvent }, { start }) {
          start();
          trackStructEvent({ category: 'c', action: 'a' });
          for (const value of [0, -1, 1e21, 0.1 + 0.2, 1e-7]) trackStructEvent({ category: 'c', action: 'a', value });
        },
      },
    ],
  },
  {
    name: 'structured: empty and odd texts',
    steps: [
      {
        visit: '/',
        run({ trackStructEvent }, { start }) {
          start();
          trackStructEvent({ category: '', action: '', label: '', property: '' });
          trackStructEvent({ category: ' ', action: '日本 🍕', label: '"\\\u0001\n', property: '\ud800' });
        },
      },
    ],
  },
  {
    name: 'structured: many in a row stay in order',
    steps: [
      {
        visit: '/',
        run({ trackStructEvent }, { start }) {
          start();
          for (let i = 0; i < 40; ++i)
            trackStructEvent({ category: 'row', action: `${i}`, context: [thing('n', { i })] });
        },
      },
    ],
  },
]);
