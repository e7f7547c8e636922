// What a tracker of the full flavour can have besides: loaded by those who ask for it alone.
import type { ActivityMetrics } from '../ports/activity-metrics.ts';
import type { BrowserEntity } from '../ports/browser-facts.ts';
import type { RowStorage, StorageEvents } from '../ports/storage.ts';
import type { Transport } from '../ports/transport.ts';
import type { refuses } from '../ports/refusal.ts';
import type { SelfDescribingJson, TrackerOptions } from '../types.ts';
import type { Address } from './address.ts';
import type { BeginErasure } from './erasure.ts';
import type { FullHost } from './full-host.ts';
import type { GlobalEntities } from './global-entities.ts';
import type { createDraftingEngine } from './drafting-engine.ts';
import type { Drafts, HeldDrafts } from './drafts.ts';

/** Told when the second clock finds the visitor active. */
export type ActivityListener = (
  entities: SelfDescribingJson[],
  offsets: readonly [number, number, number, number],
  metrics: ActivityMetrics | undefined,
) => void;

/** Each may be missing, and added until the engine begins. */
export interface Parts {
  /** Where the page is, if not where the browser says. */
  address?: Address | undefined;
  /** Whether others have a say in the next event. */
  isDrafted?: ((host: FullHost) => boolean) | undefined;
  /** Lets them change it. */
  drafts?: Drafts | undefined;
  /** Goes on with a draft that was held. Only with {@link drafts}. */
  heldDrafts?: HeldDrafts | undefined;
  /** For drafts. */
  createEngine?: typeof createDraftingEngine | undefined;
  /** Only with {@link drafts}. */
  globalEntities?: GlobalEntities | undefined;
  /** Goes with each event. */
  browser?: BrowserEntity | undefined;
  refuses?: typeof refuses | undefined;
  listener?: ActivityListener | undefined;
  /** Where events survive the page, in place of our own storage. */
  rows?: ((events: StorageEvents) => RowStorage) | undefined;
  /** Only with consent. */
  erasure?: BeginErasure | undefined;
  transport?: ((options: Pick<TrackerOptions, 'credentials' | 'headers'>) => Transport) | undefined;
}
