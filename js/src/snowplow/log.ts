// Where the face and its plugins say what is wrong. A caller's mistake is said where it is made; all else is silent.
import type { LOG_LEVEL, Logger } from './tracker-core/types.ts';

const PREFIX = 'Snowplow: ';
const WARN = 2;

export const createLog = (): Logger => {
  let most: LOG_LEVEL = WARN;
  const at =
    (level: LOG_LEVEL, say: 'error' | 'warn' | 'debug' | 'info') =>
    (message: string, ...more: unknown[]): void => {
      // eslint-disable-next-line no-console -- as the site has asked for, or by its own mistake
      if (most >= level) console[say](PREFIX + message, ...more.filter((part) => part !== undefined));
    };
  return {
    setLogLevel(level) {
      most = [0, 1, 2, 3, 4].includes(level) ? level : WARN;
    },
    error: at(1, 'error'),
    warn: at(WARN, 'warn'),
    debug: at(3, 'debug'),
    info: at(4, 'info'),
  };
};
