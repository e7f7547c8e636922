// The page of `track-cost` as the benchmark's process sees it.

/** @typedef {{ openBench: (configuration: object) => Promise<import('./page.mjs').Bench> }} PageGlobals */

export const PROGRAM = `import './tests/bench/track-cost/page.mjs';`;

export const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Basket - Shop</title></head>
<body><h1>Basket</h1><p>One jumper.</p><script src="/page.js"></script></body></html>`;

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} origin
 * @param {object} configuration of the peer
 */
export async function openBench(browser, origin, configuration) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`in the page: ${error.message}`));
  await page.goto(`${origin}/page.html`);
  const bench = await page.evaluateHandle(
    (given) => /** @type {typeof globalThis & PageGlobals} */ (globalThis).openBench(given),
    configuration,
  );
  return { page, bench };
}
