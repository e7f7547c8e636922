// How the end-to-end tests run: headless Chromium of the system, a collector and a site for each worker.
import { defineConfig } from '@playwright/test';

export const CHROMIUM = '/usr/bin/chromium';
/** What each browser is started with: nothing of its own going on in the background. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: '.',
  outputDir: '../../build/browser',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: !!process.env['CI'],
  reporter: [['list']],
  use: { launchOptions: { executablePath: CHROMIUM, args: CHROMIUM_ARGS } },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
});
