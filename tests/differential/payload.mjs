// Payloads with the JSON in them read: entities and self-describing events as they are, not as their text.

/** Of base64url without padding; anything else is no base64url. @param {string} text */
function unpacked(text) {
  if (!/^[\w-]*$/.test(text)) throw new Error(`not base64url: ${text}`);
  return Buffer.from(text, 'base64url').toString('utf8');
}

/** @param {string} text @returns {unknown} */
const plain = (text) => JSON.parse(text);
/** @param {string} text @returns {unknown} */
const coded = (text) => JSON.parse(unpacked(text));

const READERS = new Map([
  ['ue_pr', plain],
  ['co', plain],
  ['ue_px', coded],
  ['cx', coded],
]);

/** @param {Record<string, unknown>} payload @returns {Record<string, unknown>} */
export const decodePayload = (payload) =>
  Object.fromEntries(
    Object.entries(payload).map(([key, value]) => {
      if (typeof value !== 'string') return [key, { 'not a string': value }];
      // Sent at a time of its own in each run.
      if (key === 'stm') return [key, /^\d{13}$/.test(value) ? '<sent>' : value];
      return [key, READERS.get(key)?.(value) ?? value];
    }),
  );
