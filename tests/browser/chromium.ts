// Chromium as visitors have it: windows that can be hidden, a back/forward cache, prerendering, sudden death. Not
// started by Playwright, whose pages all count as seen, always, and are never put away.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { CHROMIUM, CHROMIUM_ARGS } from './playwright.config.ts';

/** One running browser. Its windows share one profile. */
export interface Visitor {
  /** A page in a window of its own. */
  open(url?: string): Promise<Page>;
  /** Ends the renderer of a page without a word to it. */
  crash(page: Page): Promise<void>;
  /** Ends the browser and all of its processes without a word. */
  kill(): Promise<void>;
  /** Closes all pages that were opened. */
  closePages(): Promise<void>;
}

/** An empty profile, and what takes it away. */
export const makeProfile = (): { path: string; remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'piste-browser-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) };
};

const debuggingAddress = async (stderr: Readable): Promise<string> => {
  let said = '';
  for await (const chunk of stderr) {
    said += String(chunk);
    const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
    if (address) return address;
  }
  throw new Error(`Chromium did not start: ${said}`);
};

/** Ends a browser and all that it has started, without a word: one process group, which is this test's own. */
export const killGroup = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await exited;
};

/** Starts Chromium on a profile, as the leader of a process group, with a first page. All names under `.test` are
 * loopback, and, being plain http, no secure contexts. */
export const spawnChromium = (profile: string, url: string, ...more: string[]): ChildProcess =>
  spawn(
    CHROMIUM,
    [
      ...CHROMIUM_ARGS,
      '--headless',
      '--host-resolver-rules=MAP *.test 127.0.0.1',
      `--user-data-dir=${profile}`,
      ...more,
      url,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );

/** Starts Chromium so that it can be driven. */
export const startChromium = async (profile: string): Promise<Visitor> => {
  const child = spawnChromium(profile, 'about:blank', '--remote-debugging-port=0');
  const { stderr } = child;
  if (!stderr) throw new Error('Chromium has no stderr');
  const browser = await chromium.connectOverCDP(await debuggingAddress(stderr), { noDefaults: true });
  stderr.resume();
  const [context] = browser.contexts();
  if (!context) throw new Error('Chromium has no default context');
  const control = await browser.newBrowserCDPSession();
  const opened: Page[] = [];
  const openWindow = async (): Promise<Page> => {
    const coming = context.waitForEvent('page');
    await control.send('Target.createTarget', { url: 'about:blank', newWindow: true });
    const page = await coming;
    opened.push(page);
    return page;
  };
  // One after the other: a page that comes up does not say who asked for it.
  let last: Promise<unknown> = Promise.resolve();
  return {
    async open(url) {
      const opening = last.then(openWindow, openWindow);
      last = opening;
      const page = await opening;
      if (url) await page.goto(url);
      return page;
    },
    async crash(page) {
      const session = await context.newCDPSession(page);
      const crashed = page.waitForEvent('crash');
      session.send('Page.crash').catch(() => {}); // nobody is left to answer
      await crashed;
    },
    kill: () => killGroup(child),
    async closePages() {
      await Promise.all(opened.splice(0).map((page) => page.close()));
    },
  };
};

const setWindowState = async (page: Page, windowState: 'minimized' | 'normal'): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  const { windowId } = await session.send('Browser.getWindowForTarget');
  await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
  await session.detach();
  const hidden = windowState === 'minimized';
  await page.waitForFunction((wanted) => document.hidden === wanted, hidden, { polling: 20 });
};

/** The visitor puts the window of this page away. */
export const hide = (page: Page): Promise<void> => setWindowState(page, 'minimized');
/** The visitor looks at the page again. */
export const show = (page: Page): Promise<void> => setWindowState(page, 'normal');
