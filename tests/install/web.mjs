// What a bundle needs to show that it works: a server for its files, a collector, and headless Chromium.
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { createCollector } from '../../examples/collector/src/collector.mjs';

/** @typedef {import('./project.mjs').Owner} Owner */

const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
});

const ARGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

/** Chromium, for as long as its owner. @param {Owner} owner */
export async function openBrowser(owner) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS });
  owner.after(() => browser.close());
  return browser;
}

/** Serves the files below a folder. @param {Owner} owner @param {string} folder */
export async function serve(owner, folder) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join(folder, pathname);
    const found = TYPES[extname(pathname)] !== undefined && existsSync(file);
    response.writeHead(found ? 200 : 404, { 'Content-Type': TYPES[extname(pathname)] ?? 'text/plain' });
    response.end(found ? readFileSync(file) : '');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  owner.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
}

/** A collector on a free port. @param {Owner} owner */
export async function openCollector(owner) {
  const collector = createCollector();
  await collector.start();
  owner.after(() => collector.close());
  return collector;
}

/**
 * Opens a page, whose `window.ledger` is what flush() promised, and gives that and everything that was seen meanwhile.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 */
export async function visit(browser, url) {
  const page = await browser.newPage();
  const seen = { said: /** @type {string[]} */ ([]), requests: /** @type {string[]} */ ([]) };
  page.on('console', (message) => seen.said.push(message.text()));
  page.on('pageerror', (error) => seen.said.push(error.message));
  page.on('request', (request) => seen.requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await page.goto(url);
  const stats = await page.evaluate(() => /** @type {any} */ (window).ledger);
  await page.close();
  return { ...seen, stats };
}
