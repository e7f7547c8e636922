// Consent as a tracker keeps it, with a record of what was said to it.
import type {
  Consent,
  ConsentDecision,
  ConsentDecisions,
  ConsentListener,
  ConsentStates,
} from '../../../js/src/consent/types.ts';

export function createFakeConsent(names: readonly string[] = ['necessary', 'analytics', 'marketing']) {
  const unknown = { state: 'unknown', decidedMs: undefined, source: undefined } as const;
  const decisions = new Map<string, ConsentDecision>(names.map((name) => [name, { ...unknown }]));
  const listeners = new Set<ConsentListener>();
  const calls: [states: ConsentStates, source: string | undefined][] = [];
  const get = (): ConsentDecisions => Object.fromEntries([...decisions].map(([name, one]) => [name, { ...one }]));
  const consent: Consent = {
    set(states, source) {
      calls.push([states, source]);
      let isNews = false;
      for (const [name, state] of Object.entries(states)) {
        const known = decisions.get(name);
        if (!known) continue;
        isNews ||= known.state !== state;
        decisions.set(name, { state, source, decidedMs: state === 'unknown' ? undefined : calls.length });
      }
      if (isNews) for (const listener of [...listeners]) listener(get());
    },
    get,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  consent.set({ necessary: 'granted' }, 'initial');
  calls.length = 0;
  return {
    consent,
    calls,
    listeners,
    /** State and source of analytics, then of marketing. */
    said: () => ['analytics', 'marketing'].map((name) => `${get()[name]?.state} ${get()[name]?.source}`),
  };
}

/** Consent of which every method throws. */
export const hostileConsent = {
  set: () => {
    throw new Error('set');
  },
  get: () => {
    throw new Error('get');
  },
  onChange: () => {
    throw new Error('onChange');
  },
} as unknown as Consent;
