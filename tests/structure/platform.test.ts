// Where this checkout's glue reaches the platform, and that another place is found.
import test from 'node:test';
import { checkPlatform } from './platform.ts';
import { checkout, expectFindings, expectNone } from './findings.ts';

test('only ports, plugins and the driver reach the platform', () => {
  expectNone(checkPlatform(checkout));
});

test('each use of the platform elsewhere is found, by its meaning and not by its letters', () => {
  const bad = [
    '// Date.now() in a comment, "fetch" in a text',
    'const at = Date.now();',
    'const dice = Math.random() + Math.max(1, 2);',
    'export const later = (go: () => void) => setTimeout(go, at);',
    'const title = document.title;',
    'globalThis.fetch("x");',
    'const store = { localStorage };',
    'export const now = new Date();',
    'const send = fetch;',
  ].join('\n');
  const good = [
    'import { fetch } from "./port.ts";',
    'interface Ports { document: string; now(): number; fetch: typeof globalThis.fetch }',
    'export function run(ports: Ports, navigator: string) {',
    '  return ports.document + navigator + fetch + { window: 1 }.window + new Date(5);',
    '}',
  ].join('\n');
  expectFindings(
    checkPlatform,
    { 'js/src/tracker.ts': bad, 'js/src/load.ts': good, 'js/src/ports/clock.ts': bad, 'js/src/driver.ts': bad },
    [
      ':2: Date.now',
      ':3: Math.random',
      ':4: setTimeout',
      ':5: document',
      ':6: globalThis.fetch',
      ':7: localStorage',
      ':8: new Date()',
      ':9: fetch',
    ],
  );
});
