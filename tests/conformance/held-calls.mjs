// What piste.h asks of the host of the lean wasm: calls that were held are kept, and made again after each change of
// consent, on the page that they were made on.

/** @typedef {'PAGE_URL' | 'PAGE_TITLE' | 'PAGE_REFERRER'} PageKey */
/** @typedef {Record<PageKey, Buffer>} Page */
/** @typedef {{ kind: number, event: Buffer, moment: Buffer, page: Page }} HeldCall */

/**
 * @typedef {object} Core one tracker
 * @property {(key: PageKey, value: Buffer) => void} set
 * @property {(kind: number, event: Buffer, moment: Buffer) => number} track gives the status
 * @property {() => Buffer} referrer the text URL, right after a call was held
 */

export class HeldCalls {
  /** @type {HeldCall[]} */ #calls = [];
  /** What the core knows of the page. @type {Page} */
  #page = { PAGE_URL: Buffer.alloc(0), PAGE_TITLE: Buffer.alloc(0), PAGE_REFERRER: Buffer.alloc(0) };
  #core;
  #heldStatus;

  /** @param {Core} core @param {number} heldStatus */
  constructor(core, heldStatus) {
    this.#core = core;
    this.#heldStatus = heldStatus;
  }

  get count() {
    return this.#calls.length;
  }

  /** The core was told this. @param {string} key @param {Buffer} value */
  told(key, value) {
    if (!(key in this.#page)) return;
    if (key === 'PAGE_URL' && this.#page.PAGE_URL.length > 0 && !value.equals(this.#page.PAGE_URL))
      this.#page.PAGE_REFERRER = this.#page.PAGE_URL;
    this.#page[/** @type {PageKey} */ (key)] = value;
  }

  /** A call was held. @param {number} kind @param {Buffer} event @param {Buffer} moment */
  keep(kind, event, moment) {
    this.#calls.push({ kind, event, moment, page: { ...this.#page, PAGE_REFERRER: this.#core.referrer() } });
  }

  /** Consent has changed. */
  release() {
    const now = { ...this.#page };
    for (const call of this.#calls.splice(0)) {
      this.#go(call.page);
      if (this.#core.track(call.kind, call.event, call.moment) === this.#heldStatus) this.#calls.push(call);
    }
    this.#go(now);
  }

  /** @param {Page} page */
  #go(page) {
    for (const key of /** @type {const} */ (['PAGE_URL', 'PAGE_TITLE', 'PAGE_REFERRER'])) {
      if (page[key].equals(this.#page[key])) continue;
      this.#core.set(key, page[key]);
      this.told(key, page[key]);
    }
  }
}
