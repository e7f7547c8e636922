// The Transport port: one request, one outcome. No retries, no limits, no decisions.
import { Outcome } from '../constants.ts';
import { after } from './timer.ts';

/** A request that the core asks for. */
export interface TransportRequest {
  url: string;
  /** Empty: a GET. Copied during the call. */
  body: Uint8Array<ArrayBuffer>;
  anonymous: boolean;
  keepalive: boolean;
  timeoutMs: number;
}

/** HTTP status or outcome, and the header `Retry-After`, unread. */
export type TransportAnswer = [outcome: number, retryAfter: string];

/** Sends requests. The promise never rejects. */
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;

/** Sends by fetch, with the site's further headers and credentials mode. */
export const fetchTransport =
  (credentials: RequestCredentials, headers?: Readonly<Record<string, string>>): Transport =>
  async ({ url, body, anonymous, keepalive, timeoutMs }) => {
    const abort = new AbortController();
    const cancel = after(timeoutMs, () => abort.abort());
    try {
      const post = body.length > 0;
      const response = await fetch(url, {
        method: post ? 'POST' : 'GET',
        body: post ? body : null,
        headers: {
          ...headers,
          ...(post && { 'Content-Type': 'application/json; charset=UTF-8' }),
          ...(anonymous && { 'SP-Anonymous': '*' }),
        },
        credentials,
        keepalive,
        signal: abort.signal,
      });
      // Whatever a collector says besides its status is of no use: do not load it, and do not mind if it broke off.
      response.body?.cancel().catch(() => {});
      return [response.status, response.headers.get('Retry-After') ?? ''];
    } catch {
      return [Outcome.Offline, ''];
    } finally {
      cancel();
    }
  };
