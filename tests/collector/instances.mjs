// Instances of the schemas that the collector carries: one that is full and valid of each, and variations of it.

const UUID = 'f3e1b5a2-6f5c-4f0e-9a51-0a4a3a1c2b7d';
const TIME = '2026-01-02T03:04:05.678Z';
const AD = { zoneId: 'z', bannerId: 'b', campaignId: 'c', advertiserId: 'a', costModel: 'cpm', cost: 0.5 };
const CART = { sku: 's', name: 'n', category: 'c', unitPrice: 9.5, quantity: 2, currency: 'EUR' };
const FIELD = { formId: 'f', elementId: 'e', nodeName: 'INPUT', elementClasses: ['a'], value: 'v' };
const ITEM = { schema: 'iglu:com.acme/a/jsonschema/1-0-0', data: { a: 1 } };

/** By name and version. @type {Readonly<Record<string, object>>} */
export const FULL = {
  'payload_data 1-0-4': [{ e: 'pv', tv: 'js-1', p: 'web', eid: UUID, ttm: '1', ti_nm: 'n', co: '{}' }],
  'unstruct_event 1-0-0': ITEM,
  'contexts 1-0-0': [ITEM, ITEM],
  'web_page 1-0-0': { id: UUID },
  'client_session 1-0-2': {
    userId: UUID,
    sessionId: UUID,
    eventIndex: 1,
    sessionIndex: 1,
    previousSessionId: null,
    storageMechanism: 'COOKIE_1',
    firstEventId: UUID,
    firstEventTimestamp: TIME,
  },
  'browser_context 2-0-0': {
    viewport: '1x1',
    documentSize: '1x1',
    resolution: '1x1',
    colorDepth: 24,
    devicePixelRatio: 1.5,
    cookiesEnabled: true,
    online: true,
    browserLanguage: 'en',
    documentLanguage: 'en',
    webdriver: false,
    deviceMemory: 8,
    hardwareConcurrency: 4,
    tabId: UUID,
  },
  'application 1-0-0': { version: '1' },
  'activity_metrics 1-0-0': { mouseDistance: 1, scrollDistance: 1, keyPresses: 1, clicks: 1, touches: 1 },
  'link_click 1-0-1': {
    targetUrl: 'u',
    elementId: 'e',
    elementClasses: ['a'],
    elementTarget: 't',
    elementContent: 'c',
  },
  'screen_view 1-0-0': { name: 'n', id: 'i' },
  'ad_impression 1-0-0': { impressionId: 'i', targetUrl: 'u', ...AD },
  'ad_click 1-0-0': { clickId: 'c', impressionId: 'i', targetUrl: 'u', ...AD },
  'ad_conversion 1-0-0': {
    conversionId: 'c',
    campaignId: 'c',
    advertiserId: 'a',
    category: 'c',
    action: 'a',
    property: 'p',
    initialValue: 1,
    costModel: 'cpa',
    cost: 1,
  },
  'social_interaction 1-0-0': { action: 'a', network: 'n', target: 't' },
  'add_to_cart 1-0-0': CART,
  'remove_from_cart 1-0-0': CART,
  'change_form 1-0-0': { ...FIELD, type: 'text' },
  'focus_form 1-0-0': { ...FIELD, elementType: 'text' },
  'submit_form 1-0-0': {
    formId: 'f',
    formClasses: ['a'],
    elements: [{ name: 'n', value: 'v', nodeName: 'SELECT', type: 'email' }],
  },
  'site_search 1-0-0': { terms: ['a', 'b'], filters: { a: 'b', c: true }, totalResults: 1, pageResults: 1 },
  'consent_withdrawn 1-0-0': { all: true },
  'consent_granted 1-0-0': { expiry: TIME },
  'consent_document 1-0-0': { id: 'i', version: '1', name: 'n', description: 'd' },
  'consent_preferences 1-0-0': {
    eventType: 'allow_all',
    basisForProcessing: 'consent',
    consentUrl: 'https://example.com/privacy',
    consentVersion: '1',
    consentScopes: ['necessary'],
    domainsApplied: ['example.com'],
    gdprApplies: null,
  },
  'cmp_visible 1-0-0': { elapsedTime: 1 },
};

/** Lengths on both sides of every bound that the specifications name. */
const LENGTHS = [20, 21, 36, 37, 60, 61, 128, 255, 256, 512, 1024, 4096, 4097, 10_000, 10_001, 65_535, 65_536];

/** What each member is replaced by. `undefined` takes it away. */
const VALUES = [
  ...[undefined, null, true, false, 0, 1, -1, 1.5, 1000, 1001, 1e6, 2147483647, 2147483648, 1e300],
  ...[
    '',
    'x',
    '1x1',
    '1x',
    '-1x1',
    'iglu:a',
    UUID,
    UUID.toUpperCase(),
    UUID.slice(1),
    '0123456789abcdef',
    TIME,
    '2026-01-02',
  ],
  ...[
    'SQLITE',
    'COOKIE_3',
    'FLASH_LSO',
    'COOKIE_2',
    'cpc',
    'CPC',
    'TEXTAREA',
    'BUTTON',
    'input',
    'datetime',
    'week',
    'checkbox',
  ],
  ...LENGTHS.map((length) => '1'.repeat(length)),
  ...[[], [''], ['x'], [1], [null], ['x'.repeat(4097)], {}, { a: 'x' }, { a: true }, { a: 1 }, { a: null }, ITEM],
];

/** @param {unknown} value @returns {value is Record<string, unknown>} An array as well: its indices are its keys. */
const hasMembers = (value) => typeof value === 'object' && value !== null;

/** A copy with one member replaced. @param {unknown} base @param {string} key @param {unknown} value */
function changed(base, key, value) {
  const copy = structuredClone(base);
  if (!hasMembers(copy)) return value;
  if (Array.isArray(copy) && value === undefined) copy.splice(Number(key), 1);
  else if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
}

/**
 * Every instance that comes of replacing one part of a valid one, at any depth, and those with a member too much.
 * @param {unknown} base
 * @param {string[]} moreKeys Members to try that the base does not have.
 * @returns {Generator<unknown>}
 */
export function* variations(base, moreKeys = []) {
  yield* VALUES.filter((value) => value !== undefined);
  if (!hasMembers(base)) return;
  for (const key of Object.keys(base)) {
    for (const inner of [undefined, ...variations(base[key])]) yield changed(base, key, inner);
  }
  if (Array.isArray(base)) return;
  for (const key of ['anything', ...moreKeys]) {
    if (Object.hasOwn(base, key)) continue;
    for (const value of VALUES) yield changed(base, key, value);
  }
}
