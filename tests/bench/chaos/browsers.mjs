// The browsers on a profile that outlives them.
import { existsSync } from 'node:fs';
import { chromium, firefox } from '@playwright/test';
import { ARGS } from '../chromium.mjs';

/** @typedef {{ name: string, path: string, canKillRenderers: boolean,
 *   launch: (profile: string) => Promise<import('@playwright/test').BrowserContext> }} BrowserKind */

const CHROMIUM = '/usr/bin/chromium';
const FIREFOX = '/usr/bin/firefox-esr';

/** @type {Record<string, BrowserKind>} */
export const browsers = {
  chromium: {
    name: 'chromium',
    path: CHROMIUM,
    canKillRenderers: true,
    launch: (profile) => chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: ARGS }),
  },
  firefox: {
    name: 'firefox',
    path: FIREFOX,
    // To its driver the whole browser is then gone.
    canKillRenderers: false,
    launch: (profile) => firefox.launchPersistentContext(profile, { channel: 'moz-firefox', executablePath: FIREFOX }),
  },
};

/** @param {string} name */
export function browserNamed(name) {
  const found = browsers[name];
  if (!found) throw new Error(`--browser is one of ${Object.keys(browsers).join(', ')}`);
  if (!existsSync(found.path)) throw new Error(`${name} is not installed: there is no ${found.path}`);
  return found;
}
