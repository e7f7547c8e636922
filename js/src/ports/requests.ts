// The Transport port as a site may want it in all detail: by its own fetch, with its own word on what is tried again,
// told to its functions (protocol facts, sections 1.6, 2.1, 2.5 and 2.6).
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
  credentials: RequestCredentials;
  /** Further headers; what the protocol says in one of these names comes before it. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Takes the place of fetch. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Fetched once, before the first request. What comes of it is all the same. */
  cookieExtensionUrl?: string | undefined;
  onRequestSuccess?: ((payloads: Payload[], response: Response) => void) | undefined;
  onRequestFailure?: ((failure: RequestFailure, response?: Response) => void) | undefined;
  /** False: no event is sent twice. */
  retryFailedRequests?: boolean | undefined;
  /** Statuses after which the same events are sent again, also if {@link dontRetryStatusCodes} has them. */
  retryStatusCodes?: readonly number[] | undefined;
  dontRetryStatusCodes?: readonly number[] | undefined;
}

/** Statuses after which the core does not send the same request again: see kFinalStatuses. */
const FINAL = [400, 401, 403, 410, 413, 422];
/** A status that the core takes for the end of the events, and one after which it tries again. */
const REFUSED = 422;
const UNAVAILABLE = 503;
/** How many events alone the core lets be refused until it divides no more: see kMaxRefusals. */
const MOST_REFUSALS = 4;

const isIn = (statuses: readonly number[] | undefined, status: number): boolean =>
  attempt(() => !!statuses?.includes(status), false);

const eidsOf = (body: string): string[] => body.match(/"eid":"[^"]*"/g) ?? [''];

const payloadsOf = (url: string, body: string): Payload[] => {
  const payloads = body
    ? (JSON.parse(body) as { data: Payload[] }).data
    : [payloadOfQuery(url.split('?').pop() as string)];
  for (const payload of payloads) delete payload.stm;
  return payloads;
};

/** What becomes of requests that failed. */
interface RetryRules {
  delivered(): void;
  /** True: all of its events were refused before and are none for the collector any more. */
  isRefused(body: string): boolean;
  /** Gives what the core is told, and whether the events are sent again. */
  failed(outcome: number, body: string): [told: number, willRetry: boolean];
}

const createRetryRules = (options: RequestTransportOptions): RetryRules => {
  const { retryFailedRequests, retryStatusCodes, dontRetryStatusCodes } = options;
  /** The last request whose events must not be sent again. The core divides it all the same, to find a bad one. */
  let refused = '';
  /** Refusals that the core did not divide, since the last delivery. */
  let refusals = 0;

  const divides = (body: string): boolean => {
    const divided = eidsOf(body).length > 1 && refusals < MOST_REFUSALS;
    if (!divided) ++refusals;
    return divided;
  };

  return {
    delivered() {
      refusals = 0;
    },
    isRefused(body) {
      // One that has others among its events is sent as it is: better twice than never.
      const isOld = eidsOf(body).every((eid) => eid && refused.includes(eid));
      if (isOld) divides(body);
      return isOld;
    },
    failed(outcome, body) {
      const isFinal = FINAL.includes(outcome);
      const isWanted = isIn(retryStatusCodes, outcome);
      const never = retryFailedRequests === false || (!isWanted && isIn(dontRetryStatusCodes, outcome));
      if (!never && (isWanted || !isFinal)) return [isFinal ? UNAVAILABLE : outcome, true];
      if (never) refused = body;
      return [isFinal ? outcome : REFUSED, divides(body) && !never];
    },
  };
};

/** Fetch as the site wants it. */
const createSend =
  ({ headers, fetch: ownFetch }: RequestTransportOptions) =>
  (url: string, init: RequestInit): Promise<Response> => {
    const all = new Headers(init.headers);
    for (const [name, value] of Object.entries(headers ?? {})) all.append(name, value);
    return Promise.race([
      (ownFetch ?? fetch)(new Request(url, { ...init, headers: all })),
      // The site's own need not heed the signal.
      new Promise<never>((_, reject) => init.signal?.addEventListener('abort', reject)),
    ]);
  };

/** Sends as the options say. The core is told what it has to do; the site, what was the case. */
export const requestTransport = (options: RequestTransportOptions): Transport => {
  const { cookieExtensionUrl, onRequestSuccess, onRequestFailure } = options;
  const exchange = fetchTransport(options.credentials);
  const send = createSend(options);
  const rules = createRetryRules(options);
  let extension: Promise<unknown> | undefined;

  const tell = (task: () => void): void => soon(() => attempt(task, undefined));

  return async (asked) => {
    const request = { ...asked, body: asked.body.slice() }; // what is asked for is gone when this call returns
    const { url } = request;
    const body = new TextDecoder().decode(request.body);
    if (rules.isRefused(body)) return [REFUSED, 0];
    if (cookieExtensionUrl) {
      const get = { ...request, url: cookieExtensionUrl, body: new Uint8Array(), keepalive: false };
      await (extension ??= exchange(get, send));
    }

    let response: Response | undefined;
    let message = '';
    const [outcome, retryAfterMs] = await exchange(request, async (to, init) => {
      try {
        response = await send(to, init);
        message = response.statusText;
        return { status: response.status, headers: new Headers(response.headers) };
      } catch (cause) {
        response = undefined;
        message = init.signal?.aborted
          ? 'Request timed out'
          : attempt(() => String((cause as Error).message ?? cause), '');
        throw cause;
      }
    });
    const answer = response;
    if (outcome >= 200 && outcome < 300) {
      rules.delivered();
      if (onRequestSuccess) tell(() => onRequestSuccess(payloadsOf(url, body), answer as Response));
      return [outcome, 0];
    }
    const [told, willRetry] = rules.failed(outcome, body);
    if (onRequestFailure) {
      const status = answer && { status: outcome };
      tell(() => onRequestFailure({ events: payloadsOf(url, body), message, willRetry, ...status }, answer));
    }
    return [told, retryAfterMs];
  };
};
