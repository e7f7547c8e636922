// The ways to leave a page right after events were tracked on it, and how its visitor comes back.

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./browsers.mjs').Visit} Visit */
/** @typedef {typeof globalThis & import('./page.mjs').OnPage} Window */

/**
 * @typedef {object} Scene
 * @property {Visit} visit
 * @property {Page} page
 * @property {string} url of the page
 * @property {string} elsewhere
 * @property {number} events
 * @property {() => void} holdScript from here on the page's script does not load
 * @property {() => void} giveScript
 */

/**
 * @typedef {object} Exit
 * @property {string} what
 * @property {(scene: Scene) => Promise<unknown>} leave tracks the events and leaves, until the page cannot do more
 * @property {(scene: Scene) => unknown} comeBack loads a page with the same tracker
 */

/** Longest wait until a page that is hidden knows, in ms. */
const HIDING_LIMIT_MS = 10_000;

/** @param {Scene} scene */
const track = ({ page, events }) =>
  page.evaluate((count) => /** @type {Window} */ (globalThis).exitBench.track(count), events);

/** In a new window. @param {Scene} scene */
async function visitAnew({ visit, url }) {
  const page = await visit.openWindow();
  await page.goto(url);
}

/** How a page counts. @param {Page} page */
export const visibility = (page) => page.evaluate(() => document.visibilityState);

/** Tracks and hides; returns as soon as the page knows. @param {Scene} scene */
async function trackAndHide(scene) {
  await track(scene);
  await scene.visit.hide(scene.page);
  // Asked again and again, not by a timer of the page: hidden pages have theirs once a second.
  const untilMs = performance.now() + HIDING_LIMIT_MS;
  while ((await visibility(scene.page)) !== 'hidden') {
    if (performance.now() > untilMs) throw new Error(`not hidden after ${HIDING_LIMIT_MS} ms`);
  }
}

/** Tracks, and leaves in the same task. @param {Scene} scene @param {string} to empty: reloads */
async function trackAndGo({ page, events }, to) {
  const gone = page.waitForEvent('framenavigated');
  const leave = (/** @type {{ count: number, address: string }} */ { count, address }) => {
    /** @type {Window} */ (globalThis).exitBench.track(count);
    if (address) location.href = address;
    else location.reload();
  };
  // The answer is lost with the page if that is quick.
  await Promise.all([gone, page.evaluate(leave, { count: events, address: to }).catch(() => {})]);
}

/** @type {Record<string, Exit>} */
export const exits = {
  close: {
    what: 'the tab is closed, immediately after',
    leave: async (scene) => {
      await track(scene);
      await scene.page.close();
    },
    comeBack: visitAnew,
  },
  navigate: {
    what: 'to a page of another site, in the same task',
    leave: (scene) => trackAndGo(scene, scene.elsewhere),
    comeBack: visitAnew,
  },
  reload: {
    what: 'in the same task; at once: before the new page has its script',
    leave: (scene) => {
      scene.holdScript();
      return trackAndGo(scene, '');
    },
    comeBack: ({ giveScript }) => giveScript(),
  },
  background: {
    what: 'the window is hidden and stays so, while the page lives on',
    leave: trackAndHide,
    comeBack: visitAnew,
  },
  kill: {
    what: 'the window is hidden, then the process of the page is killed',
    leave: async (scene) => {
      await trackAndHide(scene);
      await scene.visit.kill(scene.page);
    },
    comeBack: visitAnew,
  },
};
