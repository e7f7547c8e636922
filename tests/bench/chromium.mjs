// Starts the system's Chromium, headless, with nothing of its own going on in the background.
import { chromium } from '@playwright/test';

/** What every Chromium of the benchmarks is started with. */
export const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchChromium = () => chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS });
