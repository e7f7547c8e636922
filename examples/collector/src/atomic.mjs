// Decides whether the plain fields of a payload have the form that a Snowplow pipeline asks of them.

/** @typedef {Record<string, string>} Payload */
/** @typedef {(value: string) => boolean} Test */

const PLATFORMS = ['web', 'mob', 'pc', 'srv', 'app', 'tv', 'cnsl', 'iot', 'headset'];
const EVENT_TYPES = ['pv', 'pp', 'se', 'ue', 'tr', 'ti'];
const INT_MAX = 2_147_483_647;
/** The last millisecond of the year 9999: later ones have no timestamp in the warehouse. */
const LAST_MS = 253_402_300_799_999;

/** @type {Test} */
export const isUuid = (value) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
/** @type {Test} */
const isTimestamp = (value) => /^\d{1,15}$/.test(value) && Number(value) <= LAST_MS;
/** @type {Test} */
const isInt = (value) => /^-?\d{1,10}$/.test(value) && Math.abs(Number(value)) <= INT_MAX;
/** @type {Test} */
const isCount = (value) => isInt(value) && !value.startsWith('-');
/** @type {Test} */
const isSize = (value) => /^\d+x\d+$/.test(value) && value.split('x').every(isCount);
/** @type {Test} */
const isNumber = (value) => /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value) && Number.isFinite(Number(value));
/** @type {Test} */
const isFlag = (value) => value === '0' || value === '1';
/** @type {Test} */
const isUrl = (value) => URL.canParse(value);

/** @type {ReadonlyArray<[keys: string[], test: Test, wanted: string]>} */
const FORMS = [
  [['e'], (value) => EVENT_TYPES.includes(value), `one of ${EVENT_TYPES.join(', ')}`],
  [['p'], (value) => PLATFORMS.includes(value), `one of ${PLATFORMS.join(', ')}`],
  [['eid', 'sid'], isUuid, 'a UUID'],
  [['dtm', 'ttm', 'stm'], isTimestamp, 'milliseconds since 1970, in digits'],
  [['vp', 'ds', 'res'], isSize, 'a size, WIDTHxHEIGHT'],
  [['url', 'refr'], isUrl, 'an absolute URL'],
  [['vid', 'cd', 'ti_qu'], isCount, 'a whole number, not negative'],
  [['pp_mix', 'pp_max', 'pp_miy', 'pp_may'], isInt, 'a whole number'],
  [['se_va', 'tr_tt', 'tr_tx', 'tr_sh', 'ti_pr'], isNumber, 'a decimal number'],
  [['cookie'], isFlag, '0 or 1'],
];

/** @type {Readonly<Record<string, ReadonlyArray<string>>>} Alternatives are joined by a bar. */
const REQUIRED = {
  se: ['se_ca', 'se_ac'],
  ue: ['ue_pr|ue_px'],
  tr: ['tr_id', 'tr_tt'],
  ti: ['ti_id', 'ti_sk', 'ti_pr'],
};

/** @type {ReadonlyArray<[string, string]>} */
const EXCLUSIVE = [
  ['ue_pr', 'ue_px'],
  ['co', 'cx'],
];

/** @param {Payload} payload */
function wrongForms(payload) {
  return FORMS.flatMap(([keys, test, wanted]) =>
    keys.flatMap((key) => {
      const value = payload[key];
      return value === undefined || test(value) ? [] : [`${key} is not ${wanted}: ${JSON.stringify(value)}`];
    }),
  );
}

/** @param {Payload} payload */
function missingFields(payload) {
  const required = Object.hasOwn(REQUIRED, payload['e'] ?? '') ? REQUIRED[payload['e'] ?? ''] : [];
  return (required ?? [])
    .filter((keys) => !keys.split('|').some((key) => payload[key] !== undefined))
    .map((keys) => `an event of type ${payload['e']} needs ${keys.replace('|', ' or ')}`);
}

/**
 * @param {Payload} payload One that agrees with payload_data.
 * @returns {string[]} Reasons why it is bad.
 */
export function atomicErrors(payload) {
  const both = EXCLUSIVE.filter(([plain, encoded]) => plain in payload && encoded in payload);
  return [
    ...wrongForms(payload),
    ...missingFields(payload),
    ...both.map(([plain, encoded]) => `has both ${plain} and ${encoded}`),
  ];
}
