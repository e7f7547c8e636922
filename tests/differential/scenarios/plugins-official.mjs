// Snowplow's own plugins, as they are published: links, buttons, errors and purchases. With ours the two packages that
// they take their functions from are `piste/snowplow-core`.
import * as buttons from 'snowplow-plugin-button-click-tracking';
import * as shop from 'snowplow-plugin-snowplow-ecommerce';
import * as errors from 'snowplow-plugin-error-tracking';
import * as links from 'snowplow-plugin-link-click-tracking';
import { define, GIVEN_MS, thing } from '../scenario.mjs';

const LINKS = `<a id="plain" href="https://b.example/p?a=1#x">Plain <b>text</b></a>
<a id="classes" class=" buy  now " target="_blank" href="/here">Here</a>
<a id="denied" class="quiet" href="/quiet">Quiet</a>
<a id="mail" href="mailto:ann@shop.example">Mail</a><a id="none">Nowhere</a><a href="ftp://files.example/@x">Files</a>
<map name="m"><area id="area" alt="Area" href="https://b.example/area"></map>
<svg><a id="svg" class="drawn" href="/svg"><text>Drawn</text></a></svg><p id="text">No link</p>`;

const BUTTONS = `<button id="plain">Plain</button><button name="named" class="a b"> Two <b>words</b> </button>
<button data-sp-button-label="labelled">Other</button><button></button><input type="button" value="Input">
<input type="submit" value="Submit"><button class="quiet">Quiet</button><p>No button</p>`;

/** Clicks on each element, which leads nowhere. @param {string} selector */
const click = (selector) => {
  document.addEventListener('click', (event) => event.preventDefault());
  for (const element of document.querySelectorAll(selector)) {
    element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true }));
  }
};

const LINK = 'a, area, b, p, text';
const BUTTON = 'button, input, b, p';

/** @param {string} name @param {string} body @param {NonNullable<import('../scenario.mjs').Step['run']>} run */
const onPage = (name, body, run) => ({ name: `plugins-official: ${name}`, steps: [{ visit: '/', body, run }] });

const product = { id: 'p1', category: 'skis/long', price: 99.5, currency: 'EUR', name: 'größe ✓', quantity: 2 };
const sold = { transaction_id: 't1', revenue: 200, currency: 'EUR', payment_method: 'card', products: [product] };

export const scenarios = define([
  onPage('links, all of them', LINKS, ({ trackPageView }, { start }) => {
    start('sp', { plugins: [links.LinkClickTrackingPlugin()], contexts: { session: true } });
    links.enableLinkClickTracking();
    trackPageView();
    click(LINK);
  }),
  onPage('links, with their content and entities', LINKS, (_, { start }) => {
    start('sp', { plugins: [links.LinkClickTrackingPlugin()] });
    const own = (/** @type {Element} */ element) => thing('link', { name: element.id });
    links.enableLinkClickTracking({ trackContent: true, context: [thing('each'), own] });
    click(LINK);
  }),
  {
    ...onPage('links, by the lists of their classes', LINKS, (_, { start }) => {
      const plugin = links.LinkClickTrackingPlugin();
      for (const id of ['sp', 'allowed', 'chosen']) start(id, { plugins: [plugin] });
      links.enableLinkClickTracking({ options: { denylist: ['quiet'] } }, ['sp']);
      links.enableLinkClickTracking({ options: { allowlist: ['buy', 'x'] } }, ['allowed']);
      links.enableLinkClickTracking({ options: { filter: ({ id }) => id === 'plain' } }, ['chosen']);
      click('a:not(#svg), area');
      links.disableLinkClickTracking(['sp']);
      click('#plain');
    }),
    trackers: ['sp', 'allowed', 'chosen'],
  },
  onPage('links, by the middle button', LINKS, (_, { start }) => {
    start('sp', { plugins: [links.LinkClickTrackingPlugin()] });
    links.enableLinkClickTracking({ pseudoClicks: true });
    for (const type of ['mousedown', 'mouseup', 'mouseup'])
      document.querySelector('#plain')?.dispatchEvent(new MouseEvent(type, { bubbles: true, button: 1 }));
  }),
  onPage('links, by hand', LINKS, (_, { start }) => {
    start('sp', { plugins: [links.LinkClickTrackingPlugin()] });
    const element = /** @type {HTMLAnchorElement} */ (document.querySelector('#classes'));
    links.trackLinkClick({ element, trackContent: true, timestamp: GIVEN_MS });
    const event = { targetUrl: 'https://c.example/', elementId: '', elementClasses: [] };
    links.trackLinkClick({ ...event, context: [thing('own')], timestamp: { type: 'ttm', value: GIVEN_MS } });
    links.trackLinkClick(event, ['nobody', 'sp']);
  }),
  onPage('buttons, all of them', BUTTONS, ({ trackPageView }, { start }) => {
    start('sp', { plugins: [buttons.ButtonClickTrackingPlugin()] });
    buttons.enableButtonClickTracking();
    trackPageView();
    click(BUTTON);
    buttons.disableButtonClickTracking();
    click(BUTTON);
  }),
  onPage('buttons, some of them, with entities', BUTTONS, (_, { start }) => {
    start('sp', { plugins: [buttons.ButtonClickTrackingPlugin()] });
    const own = (/** @type {Element} */ element) => thing('button', { name: element.nodeName });
    const context = [own, () => null, thing('each')];
    buttons.enableButtonClickTracking({ filter: { denylist: ['quiet'] }, context, defaultLabel: 'nothing' });
    click(BUTTON);
    buttons.trackButtonClick({ label: 'by hand', classes: [], context: [thing('own')] });
  }),
  onPage('what they see of the page', BUTTONS, (_, { start, note }) => {
    const { sharedState } = start('sp');
    note('read', [sharedState.hasLoaded, sharedState.registeredOnLoadHandlers]);
  }),
  onPage('errors, by themselves', '<img id="i" alt="">', (_, { start }) => {
    start('sp', { plugins: [errors.ErrorTrackingPlugin()] });
    errors.enableErrorTracking({
      filter: (event) => !('message' in event) || event.message !== 'ignored',
      contextAdder: ({ type }) => [thing('error', { name: type })],
      context: [thing('each')],
    });
    const error = Object.assign(new Error('of the page'), { stack: 'Error: of the page\n at 5:6' });
    const place = { filename: 'https://shop.example/a.js', lineno: 5, colno: 6 };
    for (const message of ['of the page', 'ignored', 'x'.repeat(3000), ''])
      window.dispatchEvent(new ErrorEvent('error', { message, error, ...place }));
    window.dispatchEvent(new ErrorEvent('error', { message: 'bare' }));
    document.querySelector('#i')?.dispatchEvent(new Event('error'));
  }),
  onPage('errors, by hand', '', (_, { start }) => {
    start('sp', { plugins: [errors.ErrorTrackingPlugin()] });
    errors.trackError({ message: 'größe ✓', filename: 'a.js', lineno: 0, colno: 2, context: [thing('own')] });
    const error = Object.assign(new Error('e'), { stack: 's'.repeat(9000) });
    errors.trackError({ message: 'm', error, timestamp: GIVEN_MS });
  }),
  onPage('purchases', '', ({ trackPageView }, { start }) => {
    start('sp', { plugins: [shop.SnowplowEcommercePlugin()] });
    trackPageView();
    shop.setPageType({ type: 'product', language: 'EN' });
    shop.setEcommerceUser({ id: 'u1', is_guest: false });
    shop.trackProductView(product);
    shop.trackAddToCart({ products: [product], total_value: 199, currency: 'EUR', cart_id: 'c1' });
    shop.trackRemoveFromCart({ products: [product], total_value: 0, currency: 'EUR' });
    shop.trackProductListView({ products: [product, { ...product, id: 'p2' }], name: 'list' });
    shop.trackProductListClick({ product, name: 'list' });
    shop.trackPromotionView({ id: 'promo', name: 'n', product_ids: ['p1'], position: 1 });
    shop.trackPromotionClick({ id: 'promo', slot: 's' });
    shop.trackCheckoutStep({ step: 1, account_type: 'guest checkout', marketing_opt_in: false });
    shop.trackTransaction({ ...sold, context: [thing('own')], timestamp: GIVEN_MS });
    shop.trackRefund({ transaction_id: 't1', currency: 'EUR', refund_amount: 20, products: [product] });
    shop.trackTransactionError({ error_code: 'E1', error_type: 'hard', transaction: sold });
    trackPageView();
  }),
  {
    ...onPage('purchases, of one tracker of two', '', (_, { start }) => {
      const plugin = shop.SnowplowEcommercePlugin();
      for (const id of ['sp', 'other']) start(id, { plugins: [plugin], encodeBase64: true });
      shop.setPageType({ type: 'cart' }, ['other']);
      shop.trackProductView(product, ['other']);
      shop.trackProductView(product);
    }),
    trackers: ['sp', 'other'],
  },
]);
