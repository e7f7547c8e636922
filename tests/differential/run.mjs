// Runs one scenario in a fresh context of the browser and gives all that could be seen of it, as it was.
import { Arrivals } from './arrivals.mjs';
import { stateOf } from './stored.mjs';
import { startSite } from './site.mjs';

/** @typedef {import('./scenario.mjs').Scenario} Scenario */
/** @typedef {import('./scenario.mjs').Step} Step */
/** @typedef {import('./programs.mjs').Side} Side */
/** @typedef {typeof globalThis & import('./page-program.mjs').PageGlobals} Globals */

/**
 * One page, from its visit to the next one.
 * @typedef {object} PageSeen
 * @property {import('./site.mjs').Asked[]} asked
 * @property {[string, unknown][]} notes
 * @property {number} errors that nobody caught
 * @property {import('./stored.mjs').Stored} [stored]
 */

/**
 * @typedef {object} Seen
 * @property {PageSeen[]} pages
 * @property {number} port of the site
 * @property {number} from where the page's clock stood at first, in ms
 */

/** @typedef {object} Plan
 * @property {Scenario} scenario
 * @property {{ first: Side, second: Side }} sides
 * @property {Record<Side, string>} programs
 * @property {string} [fault]
 */

/** So much of the page's time passes whenever something is waited for, in steps: timers of the library need it. */
const WAIT_MS = 2000;
const STEP_MS = 100;
/** No more at once, as the network has its own time: libraries give a request some seconds. */
const STRIDE_MS = 2000;

/** The browser's tab of one run. */
class Run {
  /** @type {PageSeen[]} */
  pages = [];
  arrivals = new Arrivals();
  /** Requests of the browser that have not ended. */
  #open = new Set();
  #errors = 0;
  #marks = 0;
  #onRequest = (/** @type {object} */ request) => void this.#open.add(request);
  #onEnd = (/** @type {object} */ request) => {
    this.#open.delete(request);
    this.arrivals.stir();
  };
  #onError = () => void ++this.#errors;

  /**
   * @param {Plan} plan
   * @param {import('@playwright/test').BrowserContext} context
   * @param {import('@playwright/test').Page} page
   * @param {Awaited<ReturnType<typeof startSite>>} site
   */
  constructor(plan, context, page, site) {
    this.plan = plan;
    this.context = context;
    this.page = page;
    this.site = site;
    page.on('request', this.#onRequest);
    page.on('requestfinished', this.#onEnd);
    page.on('requestfailed', this.#onEnd);
    page.on('pageerror', this.#onError);
  }

  /** @param {Step} step */
  async visit({ visit = '/', host = 'localhost', referrer, title = 'Basket', body = '', by = 'first' }) {
    const { plan, site, page } = this;
    site.state.document = { script: plan.programs[plan.sides[by]], title, body };
    await page.goto(`http://${host}:${site.port}${visit}`, referrer === undefined ? {} : { referer: referrer });
  }

  /** @param {number} step */
  perform(step) {
    const { plan, site } = this;
    const place = {
      scenario: plan.scenario.name,
      step,
      collector: site.collector,
      ...(plan.fault !== undefined && { fault: plan.fault }),
    };
    return this.page.evaluate((one) => /** @type {Globals} */ (globalThis).differential.perform(one), place);
  }

  /** @returns {import('./scenario.mjs').Outside} */
  outside() {
    const { page, context, arrivals } = this;
    return {
      page,
      context,
      pass: (ms) => this.#pass(ms),
      skip: async (ms) => {
        // Timers of no length, and the requests that they begin, are of the time before.
        await this.#pass(WAIT_MS);
        await this.#rest();
        await page.clock.fastForward(ms);
      },
      arrive: (count) => this.#wait(`${count} events`, () => arrivals.events().length >= count),
      refuse: (count) => this.#wait(`${count} refusals`, () => arrivals.refused() >= count),
    };
  }

  /**
   * Waits while the page's time passes: as much as ever, unless nothing comes even then.
   * @param {string} what
   * @param {() => boolean} holds
   * @param {() => Promise<void>} [urge]
   */
  async #wait(what, holds, urge) {
    let left = WAIT_MS;
    await this.arrivals.until(what, holds, async () => {
      // The network has its own time.
      if (this.#open.size) return;
      left -= STEP_MS;
      await this.page.clock.runFor(STEP_MS);
      await urge?.();
    });
    await this.#pass(left);
    await this.#rest();
  }

  /** @param {number} ms */
  async #pass(ms) {
    for (let left = ms; left > 0; left -= STRIDE_MS) {
      await this.#rest();
      await this.page.clock.runFor(Math.min(left, STRIDE_MS));
    }
  }

  #rest() {
    return this.arrivals.until('the end of all requests', () => this.#open.size === 0);
  }

  /** Waits until all that this page tracked has arrived, by an event after it. */
  async #settle() {
    const { page, arrivals } = this;
    const { trackers = ['sp'] } = this.plan.scenario;
    const label = `${++this.#marks}`;
    await page.evaluate(
      ([one, names]) => /** @type {Globals} */ (globalThis).differential.mark(one, names),
      /** @type {[string, string[]]} */ ([label, trackers]),
    );
    const isHere = (/** @type {string} */ tracker) =>
      arrivals.events().some((one) => one['tna'] === tracker && one['se_ca'] === 'marker' && one['se_ac'] === label);
    await this.#wait(
      `marker ${label} of ${trackers.join()}`,
      () => trackers.every(isHere),
      () => page.evaluate((names) => /** @type {Globals} */ (globalThis).differential.flush(names), trackers),
    );
  }

  /** The tab goes on without it. */
  close() {
    this.page.off('request', this.#onRequest);
    this.page.off('requestfinished', this.#onEnd);
    this.page.off('requestfailed', this.#onEnd);
    this.page.off('pageerror', this.#onError);
  }

  /** The page is over: what has come of it. @param {boolean} leave */
  async end(leave) {
    if (!leave) await this.#settle();
    const notes = await this.page.evaluate(() => {
      // Chromium writes cookies after the script that set them has gone on; who reads them waits for that.
      void document.cookie;
      return /** @type {Globals} */ (globalThis).differential.takeNotes();
    });
    const stored = leave ? undefined : await stateOf(this.context, this.page);
    if (leave) {
      await this.page.goto('about:blank');
      await this.#rest();
    }
    this.pages.push({ asked: this.arrivals.take(), notes, errors: this.#errors, ...(stored && { stored }) });
    this.#errors = 0;
  }
}

/** @param {Run} run */
async function walk(run) {
  /** @type {Step | undefined} */
  let visited;
  for (const [i, step] of run.plan.scenario.steps.entries()) {
    if (step.visit !== undefined) {
      if (visited) await run.end(visited.leave ?? false);
      await run.visit(step);
      visited = step;
    }
    if (step.answers) run.site.state.answers = [...step.answers];
    if (step.run) await run.perform(i);
    await step.drive?.(run.outside());
  }
  await run.end(visited?.leave ?? false);
}

/**
 * @param {import('./tabs.mjs').Tabs} tabs
 * @param {Plan} plan
 * @returns {Promise<Seen>}
 */
export async function runScenario(tabs, plan) {
  const { init } = plan.scenario;
  /** @type {Run | undefined} */
  let run;
  const site = await startSite((asked) => run?.arrivals.hear(asked));
  const tab = init ? await tabs.open() : await tabs.take(`http://localhost:${site.port}`);
  try {
    if (init !== undefined) await tab.page.addInitScript(init);
    run = new Run(plan, tab.context, tab.page, site);
    await walk(run);
    run.close();
    if (!init) await tabs.giveBack(tab);
    return { pages: run.pages, port: site.port, from: tab.from };
  } catch (cause) {
    await tab.context.close();
    throw cause;
  } finally {
    if (init) await tab.context.close();
    site.close();
  }
}
