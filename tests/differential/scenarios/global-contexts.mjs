// Global contexts: entities that go with many events.
import { define, thing } from '../scenario.mjs';

/** @typedef {import('../scenario.mjs').Face} Face */

/** One event of each kind. @param {Face} face */
const trackAll = ({ trackPageView, trackStructEvent, trackSelfDescribingEvent }) => {
  trackPageView();
  trackStructEvent({ category: 'c', action: 'a' });
  trackSelfDescribingEvent({ event: thing('bought') });
  trackSelfDescribingEvent({ event: { schema: 'iglu:org.other.web/seen/jsonschema/2-1-3', data: { a: 1 } } });
};

/** @param {string} name @param {(face: Face, page: import('../scenario.mjs').Tools) => void} run */
const one = (name, run) => ({
  name: `global contexts: ${name}`,
  steps: [
    {
      visit: '/',
      /** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
      run(face, page) {
        page.start();
        run(face, page);
      },
    },
  ],
});

export const scenarios = define([
  one('plain ones and named ones, in order', (face) => {
    face.addGlobalContexts({ named: thing('named') });
    face.addGlobalContexts([thing('first'), thing('second')]);
    face.addGlobalContexts([thing('first')]);
    trackAll(face);
  }),
  one('generators', (face) => {
    face.addGlobalContexts([
      () => thing('none'),
      (event) => thing('told', { kind: event?.eventType, schema: event?.eventSchema }),
      () => [thing('several', { n: 1 }), thing('several', { n: 2 })],
      () => {
        throw new Error('of the page');
      },
      () => undefined,
      () => /** @type {ReturnType<typeof thing>} */ ({}),
    ]);
    trackAll(face);
  }),
  one('what generators see', (face, { note }) => {
    face.addGlobalContexts([
      ({ event } = { event: {}, eventType: '', eventSchema: '' }) => {
        note('keys', Object.keys(event).sort());
        return undefined;
      },
    ]);
    trackAll(face);
  }),
  one('filters', (face) => {
    face.addGlobalContexts([
      [({ eventType } = { event: {}, eventType: '', eventSchema: '' }) => eventType === 'pv', thing('views')],
      [() => true, [thing('one'), () => thing('two')]],
      [() => false, thing('never')],
      [
        () => {
          throw new Error('of the page');
        },
        thing('never'),
      ],
    ]);
    trackAll(face);
  }),
  one('rules', (face) => {
    face.addGlobalContexts([
      [{ accept: ['iglu:com.acme/*/jsonschema/*-*-*'] }, thing('acme')],
      [{ accept: 'iglu:com.acme/bought/jsonschema/1-0-0' }, thing('bought')],
      [
        { accept: ['iglu:com.acme/*/jsonschema/*-*-*'], reject: ['iglu:com.acme/bought/jsonschema/*-*-*'] },
        thing('other'),
      ],
      [{ accept: ['iglu:org.other.web/seen/jsonschema/2-*-*'] }, [thing('seen'), () => thing('seen-too')]],
      [{ accept: ['iglu:*.acme/bought/jsonschema/1-0-0'] }, thing('invalid')],
    ]);
    trackAll(face);
  }),
  one('rules that only reject', (face) => {
    face.addGlobalContexts([[{ reject: ['iglu:com.acme/*/jsonschema/*-*-*'] }, thing('rest')]]);
    trackAll(face);
  }),
  one('rules with a vendor of any kind', (face) => {
    face.addGlobalContexts([[{ accept: ['iglu:org.other.*/seen/jsonschema/*-*-*'] }, thing('any')]]);
    trackAll(face);
  }),
  one('taken away', (face) => {
    const generator = () => thing('made');
    face.addGlobalContexts([thing('stays'), thing('goes'), generator, thing('goes')]);
    face.addGlobalContexts({ a: thing('a'), b: thing('b') });
    face.trackPageView();
    face.removeGlobalContexts([thing('goes'), generator, 'a']);
    face.trackPageView();
    face.addGlobalContexts({ b: thing('b', { new: true }) });
    face.trackPageView();
    face.clearGlobalContexts();
    face.trackPageView();
  }),
  one('not valid ones', (face) => {
    const odd = /** @type {Parameters<Face['addGlobalContexts']>[0]} */ (
      /** @type {unknown} */ ([
        {},
        null,
        'text',
        1,
        { schema: 1, data: {} },
        { schema: 'a' },
        [],
        [1, 2],
        thing('good'),
      ])
    );
    face.addGlobalContexts(odd);
    trackAll(face);
  }),
]);
