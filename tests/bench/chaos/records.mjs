// What was seen of one side: which page called when, what the collector got from whom, and how each page ended.

/** How a page ended. @typedef {'closed' | 'navigated' | 'reloaded' | 'renderer killed' | 'browser killed'} Ending */

/** One life of a page: from a load to the next. All times are those of performance.now() here, in ms.
 * @typedef {{ id: string, tab: number, begunAt: number, endedAt: number, ending: Ending | undefined }} PageLife */

/** An event whose call has returned. @typedef {{ at: number, page: string }} Witnessed */

/** A request that the collector read to its end and took. `answered`: as far as it knows.
 * @typedef {{ number: number, at: number, page: string, answered: boolean }} Delivery */

/** An answer may wait so long for its page to read it, in ms. */
const UNREAD_MS = 1_000;

/** Collects them while the browser runs. */
export class Records {
  /** @type {Map<string, PageLife>} */
  pages = new Map();
  /** By event. @type {Map<string, Witnessed>} */
  witnessed = new Map();
  /** By event, as they came. @type {Map<string, Delivery[]>} */
  deliveries = new Map();
  /** Numbers of the requests of whose answers their pages were told. @type {Set<number>} */
  settled = new Set();
  /** When the browser was killed. @type {number[]} */
  browserKills = [];
  /** What trackers told their pages, with how often. @type {Map<string, number>} */
  told = new Map();
  #requests = 0;
  /** Witnessed events of each tab. @type {Map<number, number>} */
  #ofTab = new Map();
  /** The page that each tab has. @type {Map<number, PageLife>} */
  #present = new Map();
  /** @type {{ count: number, resolve: () => void }[]} */
  #waiting = [];

  /** A tab loads a page: gives it a name. @param {number} tab */
  begin(tab) {
    const id = `t${tab}p${this.pages.size}`;
    const life = { id, tab, begunAt: performance.now(), endedAt: Infinity, ending: undefined };
    this.pages.set(id, life);
    this.#present.set(tab, life);
    return id;
  }

  /** The present page of a tab begins to end. @param {number} tab @param {Ending} ending @param {number} [at] */
  end(tab, ending, at = performance.now()) {
    const life = this.#present.get(tab);
    if (!life || life.ending) return;
    life.ending = ending;
    life.endedAt = at;
  }

  /** @param {string} page @param {number} from @param {number} to */
  witness(page, from, to) {
    const tab = this.pages.get(page)?.tab ?? -1;
    for (let number = from; number <= to; ++number)
      this.witnessed.set(`${page}-${number}`, { at: performance.now(), page });
    this.#ofTab.set(tab, this.countOf(tab) + to - from + 1);
    const count = this.witnessed.size;
    this.#waiting = this.#waiting.filter((one) => one.count > count || one.resolve());
  }

  /** Of the events that a tab has tracked, how many are known. @param {number} tab */
  countOf(tab) {
    return this.#ofTab.get(tab) ?? 0;
  }

  /** Resolves when so many events are witnessed. @param {number} count @returns {Promise<void>} */
  reached(count) {
    if (this.witnessed.size >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  /** The collector takes a request of `page`. @param {string} page @param {readonly string[]} labels */
  deliver(page, labels) {
    const delivery = { number: ++this.#requests, at: performance.now(), page, answered: false };
    for (const label of labels) this.deliveries.set(label, [...(this.deliveries.get(label) ?? []), delivery]);
    return delivery;
  }

  /** The collector cuts all connections: what it has just answered may not have been read. */
  cut() {
    const since = performance.now() - UNREAD_MS;
    for (const deliveries of this.deliveries.values()) {
      for (const one of deliveries) if (one.at > since) one.answered = false;
    }
  }

  /** @param {string} what */
  tell(what) {
    this.told.set(what, (this.told.get(what) ?? 0) + 1);
  }
}
