// Consent: for which purposes the visitor lets data be used. Names, sources and listeners are kept here; what follows
// from them the core decides.
import { attempt } from '../ports/local-rows.ts';
import { INITIAL, isState } from './decisions.ts';
import type {
  Consent,
  ConsentDecision,
  ConsentDecisions,
  ConsentListener,
  ConsentOptions,
  ConsentState,
} from './types.ts';

/** The purposes that are always there, by the number that the core knows them by. */
const KNOWN = ['necessary', 'analytics', 'marketing'];
/** As the core. */
const MOST_PURPOSES = 8;

const LETTERS: Readonly<Record<ConsentState, string>> = { granted: 'g', denied: 'd', unknown: 'u' };
const POLICIES = { hold: 'h', anonymise: 'a', refuse: 'r' };

/** Who is told. */
export interface KeeperCalls {
  /** There is a new text of Key.Consent. `isDecidedHere`: see ConsentTaker. */
  changed: (text: string, isDecidedHere: boolean) => void;
  /** A name that is no purpose, or a state that is none. */
  invalid: (what: unknown) => void;
  nowMs: () => number;
}

export interface ConsentKeeper extends Omit<Consent, 'set'> {
  /** Of Key.Consent. */
  text(): string;
  /** As the core knows it; undefined: no such purpose. */
  numberOf(purpose: unknown): number | undefined;
  /** Unknown if there is no such purpose. */
  stateOf(purpose: string): ConsentState;
  /** Takes decisions. Gives whether anything has changed. `isDecidedHere`: default true. */
  apply(states: unknown, source?: unknown, isDecidedHere?: boolean): boolean;
  /** Asks anew what is known at the start, if a function tells. */
  askAgain(): void;
}

/** What becomes of events, as Key.Consent has it. A word that is none must not let anything pass. */
const policyOf = ({ ifUnknown = 'hold', ifDenied }: ConsentOptions): string =>
  (Object.hasOwn(POLICIES, ifUnknown) ? POLICIES[ifUnknown] : 'h') + (ifDenied === 'anonymise' ? 'a' : 'r');

/** What the site has kept of a purpose: a state, or what get() gave once. */
const keptOf = (said: unknown): Partial<Record<keyof ConsentDecision, unknown>> =>
  attempt(() => (typeof said === 'object' ? { ...said } : { state: said }), {});

/** What is said, with `otherwise` where it does not tell its source and time; undefined: it is no decision. `isKept`:
 * it may be what get() gave. */
const decisionOf = (
  said: unknown,
  otherwise: Omit<ConsentDecision, 'state'>,
  isKept: boolean,
): ConsentDecision | undefined => {
  const { state, decidedMs, source } = isKept ? keptOf(said) : { state: said };
  if (!isState(state)) return undefined;
  const atMs = Number.isFinite(decidedMs) ? (decidedMs as number) : otherwise.decidedMs;
  return {
    state,
    source: typeof source === 'string' ? source : otherwise.source,
    decidedMs: state === 'unknown' ? undefined : atMs,
  };
};

/** What the site says is known. */
const initialOf = ({ initial }: ConsentOptions): object =>
  attempt(() => ({ ...(typeof initial === 'function' ? initial() : initial) }), {});

/** Keeps the decisions of one visitor on one page. */
export const createKeeper = (options: ConsentOptions, { changed, invalid, nowMs }: KeeperCalls): ConsentKeeper => {
  const names = [...new Set([...KNOWN, ...attempt(() => [...(options.purposes ?? [])].map(String), [])])];
  for (const name of names.splice(MOST_PURPOSES)) invalid(name);
  const decisions = new Map<string, ConsentDecision>(
    names.map((name) => [name, { state: 'unknown', decidedMs: undefined, source: undefined }]),
  );
  const listeners = new Set<ConsentListener>();
  const stateOf = (name: string | undefined): ConsentState => decisions.get(name as string)?.state ?? 'unknown';
  const get = (): ConsentDecisions => Object.fromEntries([...decisions].map(([name, one]) => [name, { ...one }]));

  /** Gives whether any state is another. */
  const decide = (states: unknown, source: string | undefined, isKept = false): boolean => {
    const isObject = typeof states === 'object' && states !== null;
    const pairs = isObject && attempt(() => Object.entries({ ...states }), undefined);
    if (!pairs) invalid(states);
    let isNews = false;
    for (const [name, said] of pairs || []) {
      const known = decisions.get(name);
      const decision = decisionOf(said, { source, decidedMs: nowMs() }, isKept);
      if (!known || !decision) invalid({ [name]: said });
      else if (decision.state !== known.state || decision.source !== known.source) {
        isNews ||= decision.state !== known.state;
        decisions.set(name, decision);
      }
    }
    return isNews;
  };

  const text = (): string => policyOf(options) + names.map((name) => LETTERS[stateOf(name)]).join('');

  const tell = (isDecidedHere: boolean): void => {
    changed(text(), isDecidedHere);
    for (const listener of [...listeners]) attempt(() => listener(get(), isDecidedHere), undefined);
  };

  decide({ necessary: 'granted', ...initialOf(options) }, INITIAL, true);
  return {
    get,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    text,
    numberOf(purpose) {
      const number = names.indexOf(purpose as string);
      return number < 0 ? undefined : number;
    },
    stateOf,
    apply(states, source, isDecidedHere = true) {
      const isNews = decide(states, source === undefined ? undefined : attempt(() => String(source as string), ''));
      if (isNews) tell(isDecidedHere);
      return isNews;
    },
    askAgain() {
      if (typeof options.initial !== 'function') return;
      const other = Object.entries(initialOf(options)).filter(([name, said]) => keptOf(said).state !== stateOf(name));
      if (decide(Object.fromEntries(other), INITIAL, true)) tell(false);
    },
  };
};
