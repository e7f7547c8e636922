// What a browser keeps of its visitor for the site, whoever put it there.

/** How long it may take until what is forgotten is gone. */
const PATIENCE_MS = 30_000;

/** @param {import('@playwright/test').Page} page @returns {Promise<string[]>} As `<where> <name>`, in order. */
async function keptIn(page) {
  const cookies = await page.context().cookies();
  const inPage = await page.evaluate(async () => [
    ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
    ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
    ...(await indexedDB.databases()).map(({ name }) => `IndexedDB ${name}`),
  ]);
  return [...cookies.map(({ name }) => `cookie ${name}`), ...inPage].sort();
}

/**
 * Waits until nothing is kept but this.
 * @param {import('@playwright/test').Page} page @param {string[]} allowed
 */
export async function keepsOnly(page, allowed) {
  const wanted = allowed.toSorted().join(', ');
  let found = '';
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await page.waitForTimeout(100)) {
    found = (await keptIn(page)).join(', ');
    if (found === wanted) return;
  }
  throw new Error(`the browser keeps ${found || 'nothing'}, and should keep ${wanted || 'nothing'}`);
}
