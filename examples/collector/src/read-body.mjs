// Reads the body of a request up to a limit. What is beyond is thrown away, not left in the socket: a sender
// that is still writing when the connection closes sees a reset instead of the answer.
import { MAX_DRAINED_BYTES } from './limits.mjs';

/** @typedef {{ bytes: Buffer, length: number, tooLarge: boolean }} Body `length` counts what was thrown away too. */

/** @type {Body} */
export const NO_BODY = { bytes: Buffer.alloc(0), length: 0, tooLarge: false };

/**
 * @param {AsyncIterable<Buffer>} stream
 * @param {number} maxBytes
 * @returns {Promise<Body>}
 * @throws {Error} when the connection ends before the body
 */
export async function readBody(stream, maxBytes) {
  /** @type {Buffer[]} */
  const chunks = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
    else if (length > MAX_DRAINED_BYTES) break;
  }
  return { bytes: Buffer.concat(chunks), length, tooLarge: length > maxBytes };
}
