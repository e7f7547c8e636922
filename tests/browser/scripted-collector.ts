// A collector that answers each request as the test says, and remembers every one of them.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What one request gets. `drop`: the connection is destroyed; `hang`: it stays open without an answer. */
export type Answer = 'drop' | 'hang' | { status?: number; headers?: Record<string, string>; body?: Buffer };

/** A request with events, as it came. */
export interface Asked {
  path: string;
  bytes: number;
  /** Unix time in ms. */
  at: number;
  events: Record<string, string>[];
  /** What it got; nothing until then. */
  status?: number;
}

export interface ScriptedCollector {
  url: string;
  /** Decides on each request; may take its time. */
  answer: (asked: Asked) => Answer | Promise<Answer>;
  asked: Asked[];
  /** The events of all requests that were answered 2xx, in order. */
  taken(): Record<string, string>[];
  /** The most requests with events that were ever under way at one time. */
  mostAtOnce: number;
  close(): Promise<void>;
}

const readText = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  request.setEncoding('utf8');
  for await (const part of request) text += part;
  return text;
};

const allowOrigin = (request: IncomingMessage, response: ServerResponse): void => {
  response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Access-Control-Allow-Headers', 'Content-Type, SP-Anonymous');
  response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
  response.setHeader('Access-Control-Max-Age', '600');
};

const respond = async (response: ServerResponse, answer: Answer, asked: Asked): Promise<void> => {
  if (answer === 'drop') return void response.destroy();
  if (answer === 'hang') return void (await once(response, 'close'));
  const { status = 200, headers = {}, body = 'ok' } = answer;
  asked.status = status;
  response.writeHead(status, headers).end(body);
};

/** Starts it on a free port of loopback; it takes everything. */
export const startScriptedCollector = async (): Promise<ScriptedCollector> => {
  let underWay = 0;
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    allowOrigin(request, response);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    collector.mostAtOnce = Math.max(collector.mostAtOnce, ++underWay);
    response.on('close', () => --underWay);
    const text = await readText(request);
    const { data } = JSON.parse(text) as { data: Record<string, string>[] };
    const asked: Asked = { path: request.url ?? '', bytes: Buffer.byteLength(text), at: Date.now(), events: data };
    collector.asked.push(asked);
    await respond(response, await collector.answer(asked), asked);
  };
  // Whoever is killed ends his requests half way.
  const server = createServer((request, response) => void take(request, response).catch(() => response.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const collector: ScriptedCollector = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: () => ({}),
    asked: [],
    taken: () => collector.asked.flatMap(({ status = 0, events }) => (status >= 200 && status < 300 ? events : [])),
    mostAtOnce: 0,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return collector;
};
