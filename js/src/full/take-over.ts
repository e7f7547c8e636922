// Takes over the events that a tracker of Snowplow's has left, if anything is to be kept beyond the page.
import { takePeerQueue } from '../ports/peer-queue.ts';
import type { FullHost } from './full-host.ts';

export const takeOver = (host: FullHost, trackerId: string): void => {
  if (host.given.storage !== 'memory')
    host.run((engine) =>
      takePeerQueue(trackerId, { take: (row) => host.take(engine, row), adopted: () => host.taken() }),
    );
};
