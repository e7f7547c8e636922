// Offers rows that earlier pages have stored to the core.
import { Field, Status } from './constants.ts';
import type { Engine } from './engine.ts';
import type { SiteCalls } from './site-calls.ts';

/** Gives the id under which the core has taken a row; 0 if it has not, and the negative status with which its event has
 * ended. */
export const restoreRow = (engine: Engine, row: string, site: SiteCalls): number => {
  const code = engine.restore(row);
  if (!code) return engine.number(Field.Id);
  if (code !== Status.UnreadableRow && code !== Status.Expired && code !== Status.Denied) return 0;
  site.ended(() => row, code, 0);
  return -code;
};
