// The ledger as sites see it, out of the numbers that the core gives.
import { Field } from './constants.ts';
import type { Stats } from './types.ts';

/** In the order of the fields from {@link Field.Rejected400} on. */
const STATUSES = '400 401 403 410 413 422';
/** In the order of the fields from {@link Field.DroppedInvalid} on. */
const REASONS = 'invalid too_large unserialisable queue_full closed unreadable evicted expired denied no_memory';

/** Makes the statistics of what `read` gives. */
export const statsOf = (read: (field: Field) => number, engine: Stats['engine']): Stats => {
  const counts = (names: string, first: Field, all: boolean): Record<string, number> =>
    Object.fromEntries(
      names
        .split(' ')
        .map((name, i): [string, number] => [name, read(first + i)])
        .filter(([, count]) => all || count),
    );
  return {
    ...counts('accepted restored delivered', Field.Accepted, true),
    ...counts('pending stored inFlight failures retryInMs', Field.Pending, true),
    rejected: counts(STATUSES, Field.Rejected400, false),
    dropped: counts(REASONS, Field.DroppedInvalid, false),
    engine,
  } as Stats;
};
