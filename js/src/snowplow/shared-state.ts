// What all trackers of a page have in common, as plugins may see it.
import type { SharedState as State } from './types.ts';

/** The state of a page without trackers. */
export class SharedState implements State {
  bufferFlushers: State['bufferFlushers'] = [];
  hasLoaded = false;
  registeredOnLoadHandlers: State['registeredOnLoadHandlers'] = [];
  declare pageViewId?: string;
  declare pageViewUrl?: string;
}
