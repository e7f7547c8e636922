// What the tests of the examples share: collector and site on free ports, and a browser if there is one.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createCollector } from '../../examples/collector/src/collector.mjs';
import { startBrowser } from '../../examples/site/drive/browser.mjs';
import { createSite } from '../../examples/site/server/site.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const SITE = fileURLToPath(new URL('../../examples/site/', import.meta.url));

/** For tests that need a browser. */
export const skip = existsSync('/usr/bin/chromium') ? false : 'there is no Chromium here';

/** The site's own build: a fraction of a second. */
export function buildSite() {
  execFileSync('npm', ['run', '--silent', 'build', '-w', 'examples/site'], { cwd: ROOT, stdio: 'pipe' });
}

/** Collector and site, until the test ends. @param {import('node:test').TestContext} t */
export async function startBoth(t) {
  const collector = createCollector({ schemas: [`${SITE}schemas`] });
  t.after(() => collector.close());
  const site = createSite({ collector: await collector.start() });
  t.after(() => site.close());
  return { collector, url: await site.start() };
}

/**
 * A browser, until the test ends.
 * @param {import('node:test').TestContext} t
 * @param {import('@playwright/test').LaunchOptions} [more]
 */
export async function openBrowser(t, more) {
  const browser = await startBrowser(more);
  t.after(() => browser.close());
  return browser;
}

/** How the site keeps an answer. */
export const ANSWER_KEY = 'silvaun-consent';

/**
 * Has the visitor answered on an earlier page. Each page of the context begins with that.
 * @param {import('@playwright/test').BrowserContext} context
 * @param {Record<string, string>} [states]
 * @param {string} [version] Of the privacy page.
 */
export async function answered(context, states = { analytics: 'granted', marketing: 'granted' }, version = '1') {
  const [key, answer] = [ANSWER_KEY, JSON.stringify({ version, atMs: Date.UTC(2026, 0, 2, 3, 4, 5), states })];
  await context.addInitScript(([name = '', text = '']) => localStorage.setItem(name, text), [key, answer]);
}
