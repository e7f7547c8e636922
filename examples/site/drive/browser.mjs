// Starts headless Chromium, for a visitor who reaches this machine and nothing else.
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const EXECUTABLE = '/usr/bin/chromium';
const ARGUMENTS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

/** How long anything in the page may take: long, for a machine with other things to do. */
const PATIENCE_MS = 30_000;

/** @param {URL} url */
const isElsewhere = ({ hostname }) => hostname !== '127.0.0.1';

/**
 * @param {import('@playwright/test').LaunchOptions} [more]
 * @returns {Promise<import('@playwright/test').Browser>}
 */
export function startBrowser(more) {
  if (!existsSync(EXECUTABLE)) throw new Error(`there is no ${EXECUTABLE}: run tests/support/setup.sh headless`);
  // Signals are the demo's to handle: it has servers to end as well.
  const handle = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  return chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS, ...handle, ...more });
}

/**
 * A visitor for whom every other site is an empty page.
 * @param {import('@playwright/test').Browser} browser
 * @param {boolean} [hasSignal] With Global Privacy Control, which Chromium itself does not know.
 */
export async function newVisitor(browser, hasSignal = false) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  context.setDefaultTimeout(PATIENCE_MS);
  if (hasSignal) {
    await context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  }
  const elsewhere = { contentType: 'text/html', body: '<title>Elsewhere</title>' };
  await context.route(isElsewhere, (route) => route.fulfill(elsewhere));
  return context;
}
