// The state of consent as an entity, for sites that want it with their events.
import { attempt } from '../ports/local-rows.ts';
import type { Entity } from '../types.ts';
import { isState } from './decisions.ts';
import type { Consent } from './types.ts';

/** The schema of the entity: docs/schemas has it. */
export const CONSENT_SCHEMA = 'iglu:piste/consent_state/jsonschema/1-0-0';

/** As the schema allows. */
const MOST_CHARACTERS = 255;
const MOST_PURPOSES = 32;

const short = (text: string): string => text.slice(0, MOST_CHARACTERS);

/** The schema of what marks an event that was held: docs/schemas has it. */
const HELD_SCHEMA = 'iglu:piste/held/jsonschema/1-0-0';

/** A purpose as a line of Key.HeldNames. */
export const heldName = (purpose: string): string => short(purpose.replaceAll('\n', ' '));

/** Marks an event that is held, for what it is for. */
export const heldEntity = (purpose: string): Entity => ({ schema: HELD_SCHEMA, data: { purpose: short(purpose) } });

/** Undefined if it is no time, or beyond what a date can say. */
const dateOf = (ms: unknown): string | undefined =>
  attempt(() => (typeof ms === 'number' ? new Date(ms).toISOString() : undefined), undefined);

/** What is known of each purpose now. */
export const consentEntity = (consent: Consent): Entity => {
  const purposes = attempt(
    () =>
      Object.entries(consent.get())
        .filter(([, one]) => isState(one.state))
        .map(([purpose, { state, decidedMs, source }]) => ({
          purpose: short(purpose),
          state,
          decidedAt: dateOf(decidedMs),
          source: typeof source === 'string' ? short(source) : undefined,
        })),
    [],
  );
  return { schema: CONSENT_SCHEMA, data: { purposes: purposes.slice(0, MOST_PURPOSES) } };
};
