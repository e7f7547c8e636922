// The Transport port: one request, one outcome. No retries, no limits, no decisions.
import type { Status } from '../constants.ts';
import { Outcome } from '../constants.ts';
import { wallNow } from './clock.ts';
import { after, soon } from './timer.ts';

/** A request that the core asks for. */
export interface TransportRequest {
  url: string;
  /** Empty: a GET. Copied during the call. */
  body: Uint8Array<ArrayBuffer>;
  anonymous: boolean;
  keepalive: boolean;
  timeoutMs: number;
  /** What piste_done() says of the answer, once it is told. */
  code?: Status;
}

/** HTTP status or outcome, and how long the collector wants to be left alone, in ms from now; 0 if it does not say. */
export type TransportAnswer = [outcome: number, retryAfterMs: number];

/** Sends requests. The promise never rejects. */
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;

/** What is read of an answer. A site's own fetch may know of no headers. */
type Answer = Pick<Response, 'status'> & Partial<Pick<Response, 'headers'>>;

/** Sends by `send`, which is fetch or does as it does, with the site's further headers and credentials mode; anonymous
 * requests have no credentials: a cookie of the collector would tell who it is. */
export const fetchTransport =
  (credentials: RequestCredentials, headers?: Readonly<Record<string, string>>) =>
  async (
    { url, body, anonymous, keepalive, timeoutMs }: TransportRequest,
    send: (url: string, init: RequestInit) => Promise<Answer> = fetch,
  ): Promise<TransportAnswer> => {
    const abort = new AbortController();
    // Not ended by the answer: whatever a collector says besides its status is of no use, and what of it has not come
    // by then is never loaded. To cancel at once would show each request as failed in the browser's tools.
    after(timeoutMs, () => abort.abort());
    try {
      const post = body.length;
      const response = await send(url, {
        credentials: anonymous ? 'omit' : credentials,
        body: post ? body : null,
        method: post ? 'POST' : 'GET',
        keepalive,
        signal: abort.signal,
        headers: {
          ...headers,
          ...(post && { 'Content-Type': 'application/json; charset=UTF-8' }),
          ...(anonymous && { 'SP-Anonymous': '*' }),
        },
      });
      const retryAfter = response.headers?.get('Retry-After') as string;
      // Seconds or a date (RFC 9110, section 10.2.3).
      return [response.status, +retryAfter * 1000 || Date.parse(retryAfter) - wallNow() || 0];
    } catch {
      // In a task of its own: browsers end the requests of a page that is left, before some of its listeners hear that
      // it is. That is no failure of the collector, and a page that is gone has no further task.
      await new Promise<void>(soon);
      return [Outcome.Offline, 0];
    }
  };
