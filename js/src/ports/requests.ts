// The Transport port as a site may want it in all detail: by its own fetch, told to its functions (protocol facts,
// sections 1.6, 2.1, 2.5 and 2.6). What is tried again the core decides, and says.
import { payloadOfQuery } from '../full/row-text.ts';
import { attempt } from './local-rows.ts';
import { soon } from './timer.ts';
import type { Transport } from './transport.ts';
import { fetchTransport } from './transport.ts';

type Payload = Record<string, unknown>;

/** A request that failed. */
export type RequestFailure = {
  /** Without the time of sending. */
  events: Payload[];
  /** None: there was no answer. */
  status?: number;
  /** Of the status, or of the error. */
  message?: string;
  /** Whether the events are sent again. */
  willRetry: boolean;
};

/** How requests are sent, and to whom it is told. */
export interface RequestTransportOptions {
  /** Default `include`. */
  credentials?: RequestCredentials | undefined;
  /** Anonymous requests have these credentials, too. */
  keepsCredentials?: boolean | undefined;
  /** Further headers; what the protocol says in one of these names comes before it. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Takes the place of fetch. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Fetched once, before the first request. What comes of it is all the same. */
  cookieExtensionUrl?: string | undefined;
  onRequestSuccess?: ((payloads: Payload[], response: Response) => void) | undefined;
  onRequestFailure?: ((failure: RequestFailure, response?: Response) => void) | undefined;
}

const payloadsOf = (url: string, body: Uint8Array): Payload[] => {
  const payloads = body.length
    ? (JSON.parse(new TextDecoder().decode(body)) as { data: Payload[] }).data
    : [payloadOfQuery(url.split('?').pop() as string)];
  for (const payload of payloads) delete payload.stm;
  return payloads;
};

/** Sends as the options say. */
export const requestTransport = (options: RequestTransportOptions): Transport => {
  const { cookieExtensionUrl, onRequestSuccess, onRequestFailure, credentials = 'include' } = options;
  const exchange = fetchTransport(credentials);
  let extension: Promise<unknown> | undefined;

  /** Fetch as the site wants it. */
  const send = (url: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.append(name, value);
    return Promise.race([
      (options.fetch ?? fetch)(
        new Request(url, { ...init, ...(options.keepsCredentials && { credentials }), headers }),
      ),
      // The site's own need not heed the signal.
      new Promise<never>((_, reject) => init.signal?.addEventListener('abort', reject)),
    ]);
  };

  return async (asked) => {
    const { url } = asked;
    let { body } = asked;
    // What is asked for is gone when this call returns.
    if (cookieExtensionUrl || onRequestSuccess || onRequestFailure) body = body.slice();
    if (cookieExtensionUrl) {
      const get = { ...asked, url: cookieExtensionUrl, body: new Uint8Array(), keepalive: false };
      await (extension ??= exchange(get, send));
    }
    let response: Response | undefined;
    let message = '';
    const answer = await exchange({ ...asked, body }, async (to, init) => {
      try {
        response = await send(to, init);
        message = response.statusText;
        return response;
      } catch (cause) {
        message = init.signal?.aborted ? 'Request timed out' : String((cause as Error).message ?? cause);
        throw cause;
      }
    });
    const [status] = answer;
    const tell = (): void => {
      if (status >= 200 && status < 300) return onRequestSuccess?.(payloadsOf(url, body), response as Response);
      const heard = status > 0 && { status };
      onRequestFailure?.({ events: payloadsOf(url, body), message, willRetry: !asked.code, ...heard }, response);
    };
    soon(() => attempt(tell, undefined)); // by then the core has heard of it, too
    return answer;
  };
};
