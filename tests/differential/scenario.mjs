// What a scenario is: a scripted page, or several one after the other in one browser profile.

/** The functions of the library under test. @typedef {typeof import('@snowplow/browser-tracker')} Face */
/** @typedef {import('./page-program.mjs').Tools} Tools */

/** What happens to a request with events: an HTTP status, or a broken connection. @typedef {number | 'drop'} Answer */

/**
 * What a step may do from outside of the page.
 * @typedef {object} Outside
 * @property {import('@playwright/test').Page} page
 * @property {import('@playwright/test').BrowserContext} context
 * @property {(ms: number) => Promise<void>} pass lets the page's time pass, with all its timers
 * @property {(ms: number) => Promise<void>} skip moves the page's time on as sleep does: due timers fire once
 * @property {(count: number) => Promise<void>} arrive until so many events of this page were accepted
 * @property {(count: number) => Promise<void>} refuse until so many requests of this page were not accepted
 */

/**
 * A step is of one kind: a visit, code of the page, code outside of it, or how the collector answers from now on.
 * @typedef {object} Step
 * @property {string} [visit] goes to this path; what was tracked on the page before has arrived by then
 * @property {string} [host] of the visit; default `localhost`
 * @property {string} [referrer] of the visit
 * @property {string} [title] of the document; default `Basket`
 * @property {string} [body] of the document
 * @property {'first' | 'second'} [by] which library this page has, in scenarios of kind `upgrade`
 * @property {boolean} [leave] this page is left as it is, with what it has not yet delivered
 * @property {(face: Face, page: Tools) => void | Promise<void>} [run] in the page; of a visit: once the page has loaded
 * @property {(outside: Outside) => Promise<unknown>} [drive]
 * @property {Answer[]} [answers] of the next requests in turn; the last one stays. At first: 200
 */

/**
 * @typedef {object} Scenario
 * @property {string} name begins with its topic
 * @property {Step[]} steps
 * @property {string[]} [trackers] whose events are awaited at the end of each page; default `['sp']`
 * @property {'shapes' | 'all'} [requests] compares what kinds of requests there were, or each one
 * @property {'upgrade'} [kind] pages are `by` the first or the second library
 * @property {'forward' | 'both'} [ways] of an upgrade: default both
 * @property {string} [init] code that runs in each document before anything else
 */

/** @param {Scenario[]} scenarios */
export const define = (scenarios) => scenarios;

/** Ids that scenarios make up begin like this: they are not masked. */
export const KNOWN_ID = '5eed5eed';

/** @param {number} n */
export const knownId = (n) => `${KNOWN_ID}-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A self-describing JSON of no meaning. @param {string} name @param {Record<string, unknown>} [data] */
export const thing = (name, data = { name }) => ({ schema: `iglu:com.acme/${name}/jsonschema/1-0-0`, data });

/** A moment long ago, in ms: given times are compared, the time of the run is not. */
export const GIVEN_MS = 1_600_000_000_123;
