// Decides whether each event of a request is good or bad, and says why.
import { atomicErrors } from './atomic.mjs';
import { decodeBase64Url, decodeQuery, decodeUtf8, parseJson } from './decode.mjs';
import * as limits from './limits.mjs';

/** @typedef {import('./types.mjs').Judged} Judged */
/** @typedef {import('./types.mjs').Decoded} Decoded */
/** @typedef {import('./types.mjs').SelfDescribing} SelfDescribing */

const SNOWPLOW = 'iglu:com.snowplowanalytics.snowplow';
export const PAYLOAD_DATA = `${SNOWPLOW}/payload_data/jsonschema/1-0-4`;
const UNSTRUCT_EVENT = `${SNOWPLOW}/unstruct_event/jsonschema/1-0-0`;
const CONTEXTS = `${SNOWPLOW}/contexts/jsonschema/1-0-0`;
const IGLU_URI = /^iglu:[\w.-]+\/[\w-]+\/[\w-]+\/\d+-\d+-\d+$/;
const BODY_TYPES = ['application/json', 'text/plain'];

/** @param {unknown} value @returns {value is SelfDescribing} */
function isSelfDescribing(value) {
  if (typeof value !== 'object' || value === null || !('schema' in value) || !('data' in value)) return false;
  return typeof value.schema === 'string' && Object.keys(value).length === 2;
}

/** @param {string} text */
const shorten = (text) =>
  text.length > limits.MAX_REASON_LENGTH ? `${text.slice(0, limits.MAX_REASON_LENGTH)}…` : text;

/** @param {string[]} reasons */
function capped(reasons) {
  const kept = reasons.slice(0, limits.MAX_REASONS).map(shorten);
  if (reasons.length > kept.length) kept.push(`and ${reasons.length - kept.length} more`);
  return kept;
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * A request from which no event could be taken.
 * @param {string[]} reasons
 * @param {string} [body]
 * @returns {Judged}
 */
export function badRequest(reasons, body = '') {
  return {
    kind: 'request',
    verdict: 'bad',
    reasons: capped(reasons),
    payload: {},
    decoded: { event: null, entities: [] },
    body: body.slice(0, limits.MAX_BODY_EXCERPT),
  };
}

export class Judge {
  #registry;
  #allowUnknown;

  /**
   * @param {import('./registry.mjs').Registry} registry
   * @param {boolean} allowUnknown
   */
  constructor(registry, allowUnknown) {
    this.#registry = registry;
    this.#allowUnknown = allowUnknown;
  }

  /**
   * @param {Uint8Array} body
   * @param {string | undefined} contentType
   * @returns {Judged[]} One per event, or one bad request.
   */
  body(body, contentType) {
    const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const excerpt = Buffer.from(body.subarray(0, limits.MAX_BODY_EXCERPT)).toString('utf8');
    try {
      if (body.length === 0) throw new Error('the request has no body');
      if (!BODY_TYPES.includes(type)) throw new Error(`content type ${JSON.stringify(type)} is not JSON`);
      const text = decodeUtf8(body);
      return this.#envelope(parseJson(text), text.length);
    } catch (error) {
      return [badRequest([`body: ${messageOf(error)}`], excerpt)];
    }
  }

  /**
   * @param {string} query Without the question mark.
   * @returns {Judged[]} Exactly one.
   */
  query(query) {
    try {
      const payload = decodeQuery(query);
      const errors = this.#errors(PAYLOAD_DATA, [payload], query.length);
      if (errors.length === 0) return [this.#event(payload)];
      const reasons = errors.map((error) => `payload: ${error.replace(/^\/0 ?/, '')}`);
      return [badRequest(reasons, query)];
    } catch (error) {
      return [badRequest([messageOf(error)], query)];
    }
  }

  /** @param {unknown} envelope @param {number} length Of its text. @returns {Judged[]} */
  #envelope(envelope, length) {
    if (!isSelfDescribing(envelope)) throw new Error('not an object of "schema" and "data"');
    if (envelope.schema !== PAYLOAD_DATA) throw new Error(`its schema is not ${PAYLOAD_DATA}: ${envelope.schema}`);
    const errors = this.#errors(PAYLOAD_DATA, envelope.data, length);
    if (errors.length > 0) {
      const excerpt = JSON.stringify(envelope).slice(0, limits.MAX_BODY_EXCERPT);
      return [
        badRequest(
          errors.map((error) => `payload_data: ${error}`),
          excerpt,
        ),
      ];
    }
    return /** @type {Record<string, string>[]} */ (envelope.data).map((payload) => this.#event(payload));
  }

  /** @param {Record<string, string>} payload @returns {Judged} */
  #event(payload) {
    const reasons = atomicErrors(payload);
    const decoded = this.#decode(payload, reasons);
    const verdict = reasons.length === 0 ? 'good' : 'bad';
    return { kind: 'event', verdict, reasons: capped(reasons), payload, decoded };
  }

  /** @param {Record<string, string>} payload @param {string[]} reasons Added to. @returns {Decoded} */
  #decode(payload, reasons) {
    const event = this.#wrapped(payload, ['ue_pr', 'ue_px'], UNSTRUCT_EVENT, reasons);
    const entities = this.#wrapped(payload, ['co', 'cx'], CONTEXTS, reasons);
    /** @type {Decoded} */
    const decoded = {
      event: isSelfDescribing(event) ? event : null,
      entities: Array.isArray(entities) ? entities.filter(isSelfDescribing) : [],
    };
    if (decoded.event) this.#check('event', decoded.event, reasons);
    decoded.entities.forEach((entity, index) => this.#check(`entity ${index + 1}`, entity, reasons));
    return decoded;
  }

  /**
   * The data inside a wrapper, undefined when there is none.
   * @param {Record<string, string>} payload
   * @param {[plain: string, encoded: string]} keys
   * @param {string} wrapper
   * @param {string[]} reasons Added to.
   * @returns {unknown}
   */
  #wrapped(payload, [plain, encoded], wrapper, reasons) {
    const key = payload[plain] === undefined ? encoded : plain;
    const value = payload[key];
    if (value === undefined) return undefined;
    try {
      const text = key === encoded ? decodeBase64Url(value) : value;
      const json = parseJson(text);
      if (!isSelfDescribing(json)) throw new Error('not an object of "schema" and "data"');
      if (json.schema !== wrapper) throw new Error(`its schema is not ${wrapper}: ${json.schema}`);
      reasons.push(...this.#errors(wrapper, json.data, text.length).map((error) => `${key}: ${error}`));
      return json.data;
    } catch (error) {
      reasons.push(`${key}: ${messageOf(error)}`);
      return undefined;
    }
  }

  /** @param {string} what @param {SelfDescribing} json @param {string[]} reasons Added to. */
  #check(what, { schema, data }, reasons) {
    // Of a schema that is no Iglu URI, the wrapper's own schema has told.
    if (reasons.length > limits.ENOUGH_REASONS || !IGLU_URI.test(schema)) return;
    if (!this.#registry.has(schema)) {
      if (!this.#allowUnknown) reasons.push(`unknown schema ${schema}`);
    } else {
      const length = JSON.stringify(data)?.length ?? 0;
      reasons.push(...this.#errors(schema, data, length).map((error) => `${what} ${schema}: ${error}`));
    }
  }

  /** @param {string} uri @param {unknown} instance @param {number} length */
  #errors(uri, instance, length) {
    return this.#registry.errors(uri, instance, length <= limits.MAX_LENGTH_FOR_ALL_ERRORS);
  }
}
