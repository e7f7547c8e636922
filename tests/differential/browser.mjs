// Starts the one Chromium in which all scenarios run.
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const EXECUTABLE = '/usr/bin/chromium';

export const hasChromium = existsSync(EXECUTABLE);

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Names with several labels, for cookies of a root domain.
  '--host-resolver-rules=MAP *.test 127.0.0.1, MAP localhost 127.0.0.1',
];

export const launch = () => chromium.launch({ executablePath: EXECUTABLE, args: ARGS });
