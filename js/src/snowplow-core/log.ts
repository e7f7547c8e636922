// The log of plugins. A tracker gives its own to the hook `logger`; how much is said is set for each by itself.
import { createLog } from '../snowplow/log.ts';
import type { TrackerCoreApi } from '../snowplow/plugin-api/types.ts';
import type { LOG_LEVEL as Level, Logger } from '../snowplow/tracker-core/types.ts';

const LogLevel: TrackerCoreApi['LOG_LEVEL'] = { none: 0, error: 1, warn: 2, debug: 3, info: 4 };
type LogLevel = Level;
export { LogLevel as LOG_LEVEL };

export const LOG: Logger = /* @__PURE__ */ createLog();
