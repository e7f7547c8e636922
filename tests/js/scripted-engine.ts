// An engine that does what a test says, and keeps what it was called with.
import { Action, Field, Status } from '../../js/src/constants.ts';
import type { Engine } from '../../js/src/engine.ts';

/** An action to be answered by next(), and its fields. */
export interface ScriptedAction {
  action: Action;
  id?: number;
  waitMs?: number;
  row?: string;
  url?: string;
  body?: string;
  anonymous?: boolean;
  keepalive?: boolean;
  timeoutMs?: number;
  lasting?: boolean;
  why?: Status;
  outcome?: number;
  state?: number;
  stateValue?: string;
  stateMaxAgeS?: number;
}

const numberOf = (now: ScriptedAction, field: Field): number => {
  const numbers: Partial<Record<Field, number | undefined>> = {
    [Field.Id]: now.id,
    [Field.WaitMs]: now.waitMs,
    [Field.Anonymous]: +!!now.anonymous,
    [Field.Keepalive]: +!!now.keepalive,
    [Field.TimeoutMs]: now.timeoutMs,
    [Field.Lasting]: +!!now.lasting,
    [Field.Why]: now.why,
    [Field.Outcome]: now.outcome,
    [Field.State]: now.state,
    [Field.StateMaxAgeS]: now.stateMaxAgeS,
  };
  return numbers[field] ?? 0;
};

export class ScriptedEngine implements Engine {
  /** Name and arguments of each call that changes something. */
  readonly calls: unknown[][] = [];
  readonly script: ScriptedAction[];
  /** What the next calls answer, by name. */
  readonly answers: Partial<Record<'set' | 'track' | 'restore' | 'done', Status>> = {};
  /** Names of functions that throw. */
  readonly broken = new Set<string>();
  pings = false;
  /** The ledger, as far as it is not 0. */
  ledger: Partial<Record<Field, number>> = {};
  /** Id of a row that restore() has taken. */
  restoredId = 0;
  #now: ScriptedAction = { action: Action.Idle };

  constructor(...script: ScriptedAction[]) {
    this.script = script;
  }

  /** The calls of one function, without its name. */
  named(name: string): unknown[][] {
    return this.calls.filter((call) => call[0] === name).map((call) => call.slice(1));
  }

  #log<T>(answer: T, name: string, ...values: unknown[]): T {
    if (this.broken.has(name)) throw new Error(`${name} is broken`);
    this.calls.push([name, ...values]);
    return answer;
  }

  /** Not counted as a call: it changes nothing. */
  hash: Engine['hash'] = (scope) => scope.length;
  set: Engine['set'] = (key, value) => this.#log(this.answers.set ?? Status.Ok, 'set', key, value);
  track: Engine['track'] = (kind, fields, wallMs, monoMs) =>
    this.#log(this.answers.track ?? Status.Ok, 'track', kind, fields, wallMs, monoMs);
  refuse: Engine['refuse'] = (why) => this.#log(why, 'refuse', why);
  restore: Engine['restore'] = (row) => {
    this.#now = { action: Action.Idle, id: this.restoredId };
    return this.#log(this.answers.restore ?? Status.Ok, 'restore', row);
  };
  signal: Engine['signal'] = (kind) => this.#log(undefined, 'signal', kind);
  setActivity: Engine['setActivity'] = (activeMs, offsets) => this.#log(+this.pings, 'setActivity', activeMs, offsets);
  done: Engine['done'] = (id, outcome, retryAfterMs) =>
    this.#log(this.answers.done ?? Status.Ok, 'done', id, outcome, retryAfterMs);

  next: Engine['next'] = () => {
    this.#now = this.script.shift() ?? { action: Action.Idle };
    return this.#log(this.#now.action, 'next');
  };

  number: Engine['number'] = (field) => {
    if (this.broken.has('number')) throw new Error('number is broken');
    return this.ledger[field] ?? numberOf(this.#now, field);
  };
  text: Engine['text'] = (field) => {
    const texts: Partial<Record<Field, string | undefined>> = {
      [Field.Url]: this.#now.url,
      [Field.Body]: this.#now.body,
      [Field.Row]: this.#now.row,
      [Field.StateValue]: this.#now.stateValue,
    };
    return texts[field] ?? '';
  };
  bytes: Engine['bytes'] = () => new TextEncoder().encode(this.#now.body ?? '');
}
