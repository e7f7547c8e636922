// Drafts that were held until the visitor had answered.
import { Action } from '../constants.ts';
import type { Engine } from '../engine.ts';
import type { DraftingEngine } from './drafting-engine.ts';
import type { HeldDrafts } from './drafts.ts';
import type { FullHost } from './full-host.ts';

/** An engine that goes on with such drafts before it says what else there is to do. */
export const withHeldDrafts = (engine: DraftingEngine, host: FullHost, goOn: HeldDrafts): Engine => ({
  ...engine,
  next() {
    for (;;) {
      const action = engine.next();
      if (action !== Action.Draft) return action;
      goOn(engine, host);
    }
  },
});
