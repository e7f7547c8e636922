// How a tracker heeds the visitor's consent. What follows from it the core decides; here is what the core cannot do:
// what is not to be read or opened before the answer, and what is to be taken away with a denial.
import { Action, Key, Status } from '../constants.ts';
import type { ConsentRules, ConsentTaker, JoinableConsent } from '../consent/rules.ts';
import type { ConsentState } from '../consent/types.ts';
import type { Engine } from '../engine.ts';
import { fieldsOf } from '../event-fields.ts';
import { keptDomain } from '../ports/kept-identity.ts';
import { attempt, removeItem } from '../ports/local-rows.ts';
import { hasPage } from '../ports/page.ts';
import { removeEmptyDatabase } from '../ports/row-removal.ts';
import type { RowStorage } from '../ports/storage.ts';
import { prefixOf } from '../ports/storage.ts';
import { forgetTabId } from '../ports/tab-id.ts';
import type { EventOptions, TrackerOptions } from '../types.ts';
import type { DraftingEngine } from './drafting-engine.ts';
import type { FullHost } from './full-host.ts';
import type { WithheldRows } from './withheld-rows.ts';
import { withheldRows } from './withheld-rows.ts';

type VisitorOptions = Pick<TrackerOptions, 'identity' | 'cookies'>;

/** What a host asks of it. */
export interface ConsentPart {
  /** Consent holds it weakly. */
  readonly taker: ConsentTaker;
  identityState(): ConsentState;
  mayIdentify(): boolean;
  /** Whether what is kept of the visitor may be looked at: also if it is to be forgotten, and he has anything there.
   * May set the domain of the cookies. */
  mayOpen(options: VisitorOptions, engine: Engine): boolean;
  fieldsOf(kind: number, event: EventOptions): string[];
  rows(rows: RowStorage): RowStorage;
  /** An engine that knows of each change before it says what to do. */
  heedful(engine: Engine): Engine;
}

/** Of what is no consent: nothing goes, nothing is lost while the page lives. */
const CLOSED: ConsentRules = {
  text: () => 'hr',
  identityState: () => 'unknown',
  fieldsOf,
  purposeOf: () => '',
};

/** `rows`, which call `clean` after what was taken away of them. */
const cleanedUp = (rows: RowStorage, clean: () => void): RowStorage => {
  let isDirty = false;
  return {
    ...rows,
    erase(id) {
      rows.erase(id);
      isDirty = true;
    },
    resume() {
      rows.resume();
      if (isDirty) clean();
      isDirty = false;
    },
  };
};

/** Takes away what only this side knows of. */
const forgetBeside = (namespace = 'piste'): void => {
  forgetTabId();
  removeItem(prefixOf(`${namespace}`)); // a sample of a row that could not be read
  void removeEmptyDatabase();
};

/** Whether what is kept of the visitor may be looked at; see {@link ConsentPart.mayOpen}. */
const mayOpen = (state: ConsentState, options: VisitorOptions, engine: Engine): boolean => {
  if (options.identity !== 'cookie' || state === 'granted') return true;
  const domain = keptDomain(options.cookies ?? {}, (scope) => engine.hash(scope));
  if (domain === undefined) return false;
  options.cookies = { ...options.cookies, domain };
  return true;
};

/** Joins `consent`, which the site gave, before the engine of `host` begins. */
export const createConsentPart = (host: FullHost, consent: unknown): ConsentPart => {
  let rows: WithheldRows | undefined;
  let heard: string | undefined;

  const report = (detail: unknown): void => host.site.report(Status.InvalidValue, 'consent', detail);
  const isDenied = (): boolean => rules.identityState() === 'denied';
  const clean = (): void => {
    if (isDenied() && hasPage()) forgetBeside(host.given.namespace);
  };
  const tell = (engine: Engine, text: string): void => {
    if (text === heard) return;
    heard = text;
    // Before: who is granted goes on with it, and who is denied is forgotten by it.
    host.tellVisitor(engine);
    host.site.report(engine.set(Key.Consent, text), 'configure', 'consent');
  };
  const taker: ConsentTaker = {
    heed(text, isDecidedHere) {
      const ask = isDecidedHere && isDenied() && host.parts.erasure?.(host);
      host.run((engine) => tell(engine, text));
      if (isDenied()) host.forgetHere();
      if (ask) ask();
      host.pump();
      rows?.heed(rules.identityState() !== 'unknown');
      clean();
    },
    invalid: report,
  };
  const joined = attempt(() => (consent as JoinableConsent).join(taker), undefined);
  if (!joined) report(consent);
  const rules = joined ?? CLOSED;
  // In its turn: what follows is for what was known when it happened.
  const first = rules.text();
  host.run((engine) => tell(engine, first));

  return {
    taker,
    identityState: () => rules.identityState(),
    mayIdentify: () => rules.identityState() === 'granted',
    mayOpen: (options, engine) => mayOpen(rules.identityState(), options, engine),
    fieldsOf: (kind, event) => rules.fieldsOf(kind, event),
    rows(own) {
      rows = withheldRows(own, rules.identityState() !== 'unknown');
      return cleanedUp(rows, clean);
    },
    heedful: (engine) => ({
      ...engine,
      next() {
        for (;;) {
          tell(engine, rules.text());
          const action = engine.next();
          if (action !== Action.Draft) return action;
          host.parts.heldDrafts?.(engine as DraftingEngine, host);
        }
      },
    }),
  };
};
