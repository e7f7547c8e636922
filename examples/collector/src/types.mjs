// The shapes that the parts of the collector hand to each other. Types only.

/**
 * A self-describing JSON as it was decoded: nothing about it is certain yet.
 * @typedef {{ schema: string, data: unknown }} SelfDescribing
 */

/**
 * What a payload's JSON fields hold.
 * @typedef {object} Decoded
 * @property {SelfDescribing | null} event The self-describing event (`ue_pr`, `ue_px`); null for other events.
 * @property {SelfDescribing[]} entities The entities (`co`, `cx`).
 */

/**
 * An event, or a request from which no event could be taken, with the verdict on it.
 * @typedef {object} Judged
 * @property {'event' | 'request'} kind
 * @property {'good' | 'bad'} verdict
 * @property {string[]} reasons Why it is bad; empty when it is good.
 * @property {Record<string, string>} payload As received; empty for a bad request.
 * @property {Decoded} decoded
 * @property {string} [body] The beginning of a bad request's body.
 */

/**
 * The request that brought an event. Shared by all events of one batch.
 * @typedef {object} RequestFacts
 * @property {string} method
 * @property {string} path Without the query string.
 * @property {boolean} anonymous Whether it had the header `SP-Anonymous`.
 * @property {string | null} origin
 * @property {number} bytes Of the body; of the query string for a GET.
 * @property {string | null} networkUserId From the cookie, or the one just given out; null when anonymous.
 * @property {string | null} ip Null when anonymous.
 * @property {Record<string, string>} headers Without the cookie, and without addresses when anonymous.
 */

/** @typedef {Judged & { seq: number, receivedAt: string, request: RequestFacts }} StoredEvent */

export {};
