// Turns what comes over the wire into values: query strings, base64url, and JSON that must not be too deep.
// Throws `Error` with a message that can be shown as a reason.
import { MAX_JSON_DEPTH } from './limits.mjs';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @param {Uint8Array} bytes */
export function decodeUtf8(bytes) {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Error('not valid UTF-8');
  }
}

/**
 * Base64url without padding, as trackers write it (RFC 4648 section 5).
 * @param {string} text
 */
export function decodeBase64Url(text) {
  if (text.includes('=')) throw new Error('base64url with padding');
  if (!/^[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 1) throw new Error('not base64url');
  return decodeUtf8(Buffer.from(text, 'base64url'));
}

/**
 * Where the string literal that begins at `start` ends.
 * @param {string} text
 * @param {number} start Of its opening quote.
 */
function endOfString(text, start) {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/**
 * How deep brackets and braces are nested, leaving out those inside strings.
 * @param {string} text
 */
export function jsonDepth(text) {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth);
    else if (char === ']' || char === '}') depth--;
  }
  return deepest;
}

/**
 * @param {string} text
 * @returns {unknown}
 */
export function parseJson(text) {
  if (jsonDepth(text) > MAX_JSON_DEPTH) throw new Error(`JSON nested deeper than ${MAX_JSON_DEPTH} levels`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

/** @param {string} text */
function decodeComponent(text) {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new Error(`broken percent-encoding in the query string: ${text.slice(0, 80)}`);
  }
}

/**
 * The payload of a GET request.
 * @param {string} query Without the question mark.
 * @returns {Record<string, string>} Every key is an own property, `__proto__` as well.
 */
export function decodeQuery(query) {
  /** @type {Map<string, string>} */
  const pairs = new Map();
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    if (equals < 0) throw new Error(`query parameter without a value: ${part.slice(0, 80)}`);
    const key = decodeComponent(part.slice(0, equals));
    if (pairs.has(key)) throw new Error(`query parameter given twice: ${key.slice(0, 80)}`);
    pairs.set(key, decodeComponent(part.slice(equals + 1)));
  }
  return Object.fromEntries(pairs);
}
