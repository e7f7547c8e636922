// A consent banner of the IAB's framework, as a page sees it.

type Callback = (data: unknown, success?: unknown) => void;

/** What a banner says to its listeners. */
export interface TcData {
  eventStatus?: unknown;
  gdprApplies?: unknown;
  tcString?: unknown;
  purpose?: unknown;
}

export function createCmp() {
  const listeners = new Map<number, Callback>();
  const calls: [command: string, version: number, parameter?: unknown][] = [];
  let last = 0;
  const api = (command: string, version: number, callback: Callback, parameter?: unknown): void => {
    calls.push([command, version, parameter]);
    if (command === 'addEventListener') {
      listeners.set(++last, callback);
      callback({ listenerId: last, eventStatus: undefined, cmpStatus: 'loading' }, true);
    } else if (command === 'removeEventListener') {
      callback(listeners.delete(parameter as number), true);
    } else callback(null, false);
  };
  return {
    api,
    calls,
    listeners,
    say: (data: TcData, success: unknown = true): void => {
      for (const [listenerId, callback] of listeners) callback({ ...data, listenerId }, success);
    },
  };
}

/** Answers to each of the framework's purposes. */
export const consents = (...ids: number[]): { consents: Record<string, boolean> } => ({
  consents: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`${i + 1}`, ids.includes(i + 1)])),
});
