// Channels between the pages of an origin: messages arrive at once, as copies, at all others of the name.
import type { TestContext } from 'node:test';
import { shareGlobals } from './fake-globals.ts';

/** What the pages of a test say, in order; `open` is the number of channels. `say`: as another page. */
export function openChannels(t: TestContext) {
  const living = new Set<FakeChannel>();
  const said: unknown[] = [];
  const deliver = (name: string, message: unknown, from?: FakeChannel): void => {
    for (const one of [...living])
      if (one !== from && one.name === name) one.onmessage?.({ data: structuredClone(message) });
  };
  class FakeChannel {
    onmessage: ((event: { data: unknown }) => void) | undefined;
    readonly name: string;

    constructor(name: string) {
      this.name = name;
      living.add(this);
    }
    postMessage(message: unknown): void {
      said.push(structuredClone(message));
      deliver(this.name, message, this);
    }
    close(): void {
      living.delete(this);
    }
  }
  shareGlobals(t, { BroadcastChannel: FakeChannel });
  return { said, open: () => living.size, say: (name: string, message: unknown) => deliver(name, message) };
}
