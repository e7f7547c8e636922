// A collector that is not there: keeps what fetch is called with, and answers as a test says.
import type { TestContext } from 'node:test';
import { shareGlobals } from './fake-globals.ts';

/** A call of fetch. The body is copied during the call, as browsers do: later changes of its memory do not count. */
export interface FakeRequest {
  url: string;
  init: RequestInit;
  headers: Record<string, string>;
  /** As text; undefined if there is none. */
  body: string | undefined;
}

/** The part of a Response that the transport reads. */
export interface FakeAnswer {
  status: number;
  headers: Headers;
  body: object | null;
}

export const answer = (status: number, headers: Record<string, string> = {}): FakeAnswer => ({
  status,
  headers: new Headers(headers),
  body: null,
});

const textOf = (body: unknown): string | undefined =>
  body instanceof Uint8Array ? Buffer.from(body).toString() : undefined;

/** Every request is answered by `respond`, whose throwing is a fetch that throws. */
export function openNetwork(t: TestContext, respond: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>) {
  const network = {
    requests: [] as FakeRequest[],
    respond,
    /** The events of all requests, in order. */
    events: () =>
      network.requests.flatMap(
        ({ body }) => (JSON.parse(body ?? '{"data":[]}') as { data: Record<string, string>[] }).data,
      ),
  };
  const fetch = (url: string, init: RequestInit): unknown => {
    const request = { url, init, headers: init.headers as Record<string, string>, body: textOf(init.body) };
    network.requests.push(request);
    return network.respond(request);
  };
  shareGlobals(t, { fetch });
  return network;
}
