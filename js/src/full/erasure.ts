// Asks for the erasure of what was collected of a visitor who has withdrawn his consent, under the ids that he had.
import { EventKind } from '../constants.ts';
import { wallNow } from '../ports/clock.ts';
import { randomUuid } from '../ports/random.ts';
import type { FullHost } from './full-host.ts';
import { textOf } from './full-host.ts';
import type { ErasureOptions, ErasureReceipt } from './types.ts';

/** The schema of the event: docs/schemas has it. */
export const ERASURE_SCHEMA = 'iglu:piste/erasure_request/jsonschema/1-0-0';

/** As the schema allows. */
const MOST_CHARACTERS = 255;

const deniedOf = (host: FullHost): number => host.stats().dropped['denied'] ?? 0;

/** To be called while the visitor is still known: gives what is to be called when he is forgotten. Undefined if there
 * was nothing by which he was known. */
export type BeginErasure = (host: FullHost) => (() => void) | undefined;

export const erasureBy =
  ({ schema = ERASURE_SCHEMA, onReceipt }: ErasureOptions): BeginErasure =>
  (host) => {
    const known = host.session();
    const userId = textOf(host.userId).slice(0, MOST_CHARACTERS) || undefined;
    if (!known && !userId) return undefined;
    const before = deniedOf(host);
    return () => {
      const eventsErased = deniedOf(host) - before;
      const { userId: visitorId, sessionId } = known ?? {};
      const receipt: ErasureReceipt = { id: randomUuid(), requestedMs: wallNow(), visitorId, userId, eventsErased };
      const data = {
        receipt: receipt.id,
        requestedAt: new Date(receipt.requestedMs).toISOString(),
        visitorId,
        sessionId,
        userId,
        eventsErased,
      };
      host.trackNow(EventKind.SelfDescribing, { schema, data, purpose: 'necessary' });
      host.site.tell(onReceipt, receipt);
    };
  };
