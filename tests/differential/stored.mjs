// What a tracker has left in the browser: cookies with their attributes, and the ids in both kinds of storage.

/**
 * A cookie.
 * @typedef {object} Kept
 * @property {string} value
 * @property {string} domain
 * @property {string} path
 * @property {string} sameSite
 * @property {boolean} secure
 * @property {number} lifetime in s; -1 of one that ends with the browser
 */

/** @typedef {object} Stored
 * @property {Record<string, Kept>} cookies
 * @property {Record<string, string>} local
 * @property {Record<string, string>} session
 */

/** Names of the ids and of the session's marker, whatever stands before; queues are each library's own. */
const IDS = /(?:id|ses)\.[0-9a-f]{4}(?:\.expires)?$/;
const TAB = /^_sp_tab_id$/;
/** Chromium shortens what is longer, by its own clock. */
const LONGEST_S = 399 * 24 * 3600;
/** Lifetimes are compared this exactly: pages take some time. */
const LIFETIME_STEP_S = 10;

/**
 * @param {import('@playwright/test').BrowserContext} context
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<Stored>}
 */
export async function stateOf(context, page) {
  const { now, local, session } = await page.evaluate(() => ({
    now: Date.now(),
    local: { ...localStorage },
    session: { ...sessionStorage },
  }));
  const cookies = (await context.cookies()).map(({ name, value, domain, path, sameSite, secure, expires }) => {
    const seconds = Math.round((expires - now / 1000) / LIFETIME_STEP_S) * LIFETIME_STEP_S;
    const lifetime = expires < 0 ? -1 : Math.min(seconds, LONGEST_S);
    return /** @type {const} */ ([name, { value, domain, path, sameSite, secure, lifetime }]);
  });
  /** @param {Record<string, string>} all @param {RegExp} which */
  const only = (all, which) => Object.fromEntries(Object.entries(all).filter(([name]) => which.test(name)));
  return { cookies: Object.fromEntries(cookies), local: only(local, IDS), session: only(session, TAB) };
}
