// Page pings and activity callbacks, on a clock that only moves when the scenario says so.
import { define, thing } from '../scenario.mjs';

/** Page views are tracked at 0 s; `minimumVisitLength` 10, `heartbeatDelay` 10 if nothing else is said. */
const TIMES = { minimumVisitLength: 10, heartbeatDelay: 10 };

/**
 * Scrolls and waits until the page has been told.
 * @param {import('../scenario.mjs').Outside} outside
 * @param {number} y
 */
const scroll = ({ page }, y) =>
  page.evaluate(
    (top) =>
      new Promise((resolve) => {
        addEventListener('scroll', resolve, { once: true });
        scrollTo(0, top);
      }),
    y,
  );

export const scenarios = define([
  {
    name: 'pings: none without activity',
    steps: [
      {
        visit: '/',
        run({ trackPageView, enableActivityTracking }, { start }) {
          start();
          enableActivityTracking(TIMES);
          trackPageView();
        },
        drive: ({ pass }) => pass(35_000),
      },
    ],
  },
  {
    name: 'pings: with activity, at each heartbeat',
    steps: [
      {
        visit: '/',
        run({ trackPageView, enableActivityTracking }, { start }) {
          start();
          enableActivityTracking(TIMES);
          trackPageView({ title: 'Given', context: [thing('static')] });
        },
        async drive({ page, pass }) {
          await pass(5000);
          await page.mouse.move(10, 10);
          await pass(10_000);
          await page.keyboard.press('a');
          await pass(12_000);
          await page.mouse.click(20, 20);
          await pass(20_000);
        },
      },
    ],
  },
  {
    name: 'pings: how far was scrolled',
    steps: [
      {
        visit: '/',
        run({ trackPageView, enableActivityTracking }, { start }) {
          start();
          enableActivityTracking(TIMES);
          trackPageView();
        },
        async drive(outside) {
          await outside.pass(3000);
          for (const y of [700, 300]) await scroll(outside, y);
          await outside.pass(10_000);
          for (const y of [900, 0]) await scroll(outside, y);
          await outside.pass(18_000);
        },
      },
    ],
  },
  {
    name: 'pings: metrics of activity',
    steps: [
      {
        visit: '/',
        run({ trackPageView, enableActivityTracking }, { start }) {
          start();
          enableActivityTracking({ ...TIMES, activityMetrics: true });
          trackPageView();
        },
        async drive(outside) {
          const { page, pass } = outside;
          await pass(3000);
          for (const [x, y] of /** @type {const} */ ([
            [10, 10],
            [13, 14],
            [113, 14],
          ]))
            await page.mouse.move(x, y);
          await page.mouse.click(113, 14);
          await page.keyboard.press('a');
          for (const y of [100, 250, 200]) await scroll(outside, y);
          await pass(10_000);
          await page.mouse.move(200, 14);
          await page.mouse.move(200, 20);
          await pass(18_000);
        },
      },
    ],
  },
  {
    name: 'pings: activity that the page reports',
    steps: [
      {
        visit: '/',
        run({ trackPageView, enableActivityTracking, updatePageActivity }, { start }) {
          start();
          enableActivityTracking({ minimumVisitLength: 0, heartbeatDelay: 10 });
          trackPageView();
          for (const s of [4, 14, 38]) setTimeout(updatePageActivity, s * 1000);
        },
        drive: ({ pass }) => pass(45_000),
      },
    ],
  },
  {
    name: 'pings: entities are asked for again at each',
    steps: [
      {
        visit: '/',
        run({ trackPageView, enableActivityTracking, updatePageActivity }, { start }) {
          let times = 0;
          start();
          enableActivityTracking({ minimumVisitLength: 0, heartbeatDelay: 10 });
          trackPageView({ context: [thing('static')], contextCallback: () => [thing('dynamic', { times: ++times })] });
          for (const s of [4, 14]) setTimeout(updatePageActivity, s * 1000);
        },
        drive: ({ pass }) => pass(31_000),
      },
    ],
  },
  {
    name: 'pings: to a callback instead',
    steps: [
      {
        visit: '/',
        run({ trackPageView, enableActivityTrackingCallback }, { start, note }) {
          start();
          const callback = (/** @type {unknown} */ data) => note('activity', data);
          enableActivityTrackingCallback({ ...TIMES, activityMetrics: true, callback });
          trackPageView({ context: [thing('static')] });
        },
        async drive(outside) {
          await outside.pass(3000);
          await outside.page.mouse.move(10, 10);
          await scroll(outside, 400);
          await outside.pass(28_000);
        },
      },
    ],
  },
  {
    name: 'pings: and a callback, in their own rhythms',
    steps: [
      {
        visit: '/',
        run({ trackPageView, enableActivityTracking, enableActivityTrackingCallback, updatePageActivity }, page) {
          page.start();
          enableActivityTracking(TIMES);
          const callback = () => page.note('activity');
          enableActivityTrackingCallback({ minimumVisitLength: 5, heartbeatDelay: 15, callback });
          trackPageView();
          for (const s of [1, 8, 12, 17]) setTimeout(updatePageActivity, s * 1000);
        },
        drive: ({ pass }) => pass(38_000),
      },
    ],
  },
  {
    name: 'pings: switched off, and on again',
    steps: [
      {
        visit: '/',
        run({ trackPageView, enableActivityTracking, disableActivityTracking, updatePageActivity }, { start }) {
          start();
          enableActivityTracking({ minimumVisitLength: 0, heartbeatDelay: 10 });
          trackPageView();
          for (const s of [4, 14, 24, 34, 44]) setTimeout(updatePageActivity, s * 1000);
          setTimeout(disableActivityTracking, 15_000);
          setTimeout(() => {
            enableActivityTracking({ minimumVisitLength: 0, heartbeatDelay: 10 });
          }, 25_000);
          setTimeout(() => trackPageView(), 36_000);
        },
        drive: ({ pass }) => pass(57_000),
      },
    ],
  },
  {
    name: 'pings: a second page view begins anew',
    steps: [
      {
        visit: '/',
        run({ trackPageView, enableActivityTracking, updatePageActivity }, { start }) {
          start();
          enableActivityTracking(TIMES);
          trackPageView({ title: 'One', context: [thing('one')] });
          setTimeout(updatePageActivity, 3000);
          setTimeout(() => trackPageView({ title: 'Two', context: [thing('two')] }), 7000);
          setTimeout(updatePageActivity, 12_000);
        },
        drive: ({ pass }) => pass(25_000),
      },
    ],
  },
  {
    name: 'pings: a second page view does not begin anew',
    steps: [
      {
        visit: '/',
        run({ trackPageView, enableActivityTracking, updatePageActivity }, { start }) {
          start('sp', { resetActivityTrackingOnPageView: false });
          enableActivityTracking(TIMES);
          trackPageView({ title: 'One', context: [thing('one')] });
          setTimeout(updatePageActivity, 3000);
          setTimeout(() => trackPageView({ title: 'Two', context: [thing('two')] }), 7000);
          setTimeout(updatePageActivity, 12_000);
        },
        drive: ({ pass }) => pass(25_000),
      },
    ],
  },
  {
    name: 'pings: times that are no whole numbers switch nothing on',
    steps: [
      {
        visit: '/',
        run({ trackPageView, enableActivityTracking, updatePageActivity }, { start }) {
          start();
          enableActivityTracking({ minimumVisitLength: 0, heartbeatDelay: 1.5 });
          trackPageView();
          for (const s of [1, 2, 3]) setTimeout(updatePageActivity, s * 1000);
        },
        drive: ({ pass }) => pass(5000),
      },
    ],
  },
]);
