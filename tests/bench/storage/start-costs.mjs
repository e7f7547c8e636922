// What storage costs a page that starts: each question is asked once, in a new tab, of a profile that knows the site.
import { inPage, openPage, processOf, withBrowser, withProfile } from './browsers.mjs';
import { mainThreadUs } from './processes.mjs';

/** Milliseconds: on the page's main thread, until the call returned, until the answer. @typedef {{ cpu: number, call:
 * number, done: number }} Answer */
/** By question. @typedef {Record<string, Answer[]>} Answers */

const QUESTIONS = [
  'nothing',
  'localStorage',
  'localStorageReadAll',
  'open',
  'openNew',
  'openReadAll',
  'databases',
  'lockIfAvailable',
  'lockHeld',
];
/** What is asked as the first of a browser that has just started, too. */
const FIRST = ['localStorage', 'open', 'databases'];

/** @param {string} profile @param {import('@playwright/test').BrowserContext} context @param {string} origin
 * @param {string} question @returns {Promise<Answer>} */
async function answer(profile, context, origin, question) {
  const page = await openPage(context, origin);
  const pid = await processOf(profile, page);
  await inPage(page, 'once', 'nothing');
  const before = mainThreadUs(pid);
  const { call, done } = await inPage(page, 'once', question);
  const cpu = mainThreadUs(pid) - before;
  await page.close();
  return { cpu: cpu / 1000, call: call / 1000, done: done / 1000 };
}

/**
 * A profile on which the site has left so many rows in each storage.
 * @template T
 * @param {import('./browsers.mjs').Field} field
 * @param {number} rows
 * @param {(profile: string) => Promise<T>} task
 */
const withRows = ({ browser, origin }, rows, task) =>
  withProfile(async (profile) => {
    await withBrowser(browser, profile, async (context) => inPage(await openPage(context, origin), 'fill', rows));
    return task(profile);
  });

/**
 * New tabs of a running browser; the order changes from browser to browser.
 * @param {import('./browsers.mjs').Field} field
 * @param {number} rows
 * @param {number} samples
 */
export const measureStarts = (field, rows, samples) =>
  withRows(field, rows, (profile) =>
    withBrowser(field.browser, profile, async (context) => {
      // Whatever the browser starts for the first tab that stores anything is measured elsewhere.
      await inPage(await openPage(context, field.origin), 'countRows');
      /** @type {Answers} */
      const answers = Object.fromEntries(QUESTIONS.map((name) => [name, []]));
      for (let i = 0; i < samples; ++i) {
        for (const name of i % 2 ? [...QUESTIONS].reverse() : QUESTIONS) {
          answers[name]?.push(await answer(profile, context, field.origin, name));
        }
      }
      return answers;
    }),
  );

/** The same in a browser that has just started. @param {import('./browsers.mjs').Field} field @param {number} rows
 * @param {number} samples */
export const measureFirstStarts = (field, rows, samples) =>
  withRows(field, rows, async (profile) => {
    /** @type {Answers} */
    const answers = Object.fromEntries(FIRST.map((name) => [name, []]));
    for (let i = 0; i < samples; ++i) {
      for (const name of FIRST) {
        const one = await withBrowser(field.browser, profile, (context) =>
          answer(profile, context, field.origin, name),
        );
        answers[name]?.push(one);
      }
    }
    return answers;
  });
