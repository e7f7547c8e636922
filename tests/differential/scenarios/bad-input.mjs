// Calls that no types would let through: what is sent, and what is thrown.
import { define, thing } from '../scenario.mjs';

/** @typedef {import('../scenario.mjs').Face} Face */
/** The library as a page without types sees it. @typedef {Record<string, (...given: unknown[]) => unknown>} Loose */

const ODD = [undefined, null, 0, 1.5, true, '', 'text', [], {}, () => 1];

/** @param {string} name @param {(face: Loose, page: import('../scenario.mjs').Tools) => void} run */
const odd = (name, run) => ({
  name: `bad input: ${name}`,
  steps: [
    {
      visit: '/',
      /** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
      run(face, page) {
        page.start();
        run(/** @type {Loose} */ (/** @type {unknown} */ (face)), page);
        face.trackStructEvent({ category: 'after', action: 'a' });
      },
    },
  ],
});

/** Calls one function with everything odd. @param {string} name */
const each = (name) =>
  odd(`${name} of anything`, (face, { attempt }) => {
    ODD.forEach((value, i) => attempt(`${i}`, () => face[name]?.(value)));
  });

export const scenarios = define([
  each('trackPageView'),
  each('trackStructEvent'),
  each('trackSelfDescribingEvent'),
  each('setUserId'),
  each('setDocumentTitle'),
  each('enableActivityTracking'),
  each('addGlobalContexts'),
  odd('fields of structured events', (face, { attempt }) => {
    ODD.forEach((value, i) =>
      attempt(`${i}`, () =>
        face['trackStructEvent']?.({ category: value, action: value, label: value, property: value, value }),
      ),
    );
  }),
  odd('times', (face, { attempt }) => {
    [null, '2020', {}, { type: 'ttm' }, { type: 'x', value: 1 }].forEach((timestamp, i) =>
      attempt(`${i}`, () => face['trackStructEvent']?.({ category: 'c', action: `${i}`, timestamp })),
    );
  }),
  odd('self-describing events without a part', (face, { attempt }) => {
    [{}, { event: {} }, { event: { schema: 'iglu:a.b/c/jsonschema/1-0-0' } }, { event: { data: { a: 1 } } }].forEach(
      (event, i) => attempt(`${i}`, () => face['trackSelfDescribingEvent']?.(event)),
    );
  }),
  odd('data that refers to itself', (face, { attempt }) => {
    /** @type {Record<string, unknown>} */
    const data = { a: 1 };
    data['self'] = data;
    attempt('event', () => face['trackSelfDescribingEvent']?.({ event: thing('cyclic', data) }));
  }),
  odd('keys that mean something to the language', (face, { attempt, note }) => {
    const data = JSON.parse('{"__proto__":{"polluted":1},"constructor":2,"toString":3}');
    attempt('event', () =>
      face['trackSelfDescribingEvent']?.({ event: thing('keys', data), context: [thing('keys', data)] }),
    );
    note('polluted', 'polluted' in {});
  }),
  {
    name: 'bad input: a referrer in the query that cannot be decoded',
    // Of the first one it is not said that there is one.
    trackers: ['other'],
    steps: [
      {
        visit: '/?referrer=%E0%A4%A',
        run({ trackPageView }, { start, attempt }) {
          attempt('start', () => void start());
          history.replaceState({}, '', '/');
          start('other');
          trackPageView({}, ['other']);
        },
      },
    ],
  },
  odd('titles that are objects', (face, { attempt }) => {
    attempt('text', () => face['trackPageView']?.({ title: { text: 'Of a link' } }));
    attempt('number', () => face['trackPageView']?.({ title: 7 }));
  }),
]);
