// Runs the cases of one file through piste.wasm and prints what happened, one JSON per step; see README.md.
// Uses nothing but WebAssembly's own interface, so that it proves the module and not our JavaScript around it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readEnums } from '../abi/header.mjs';
import { HeldCalls } from './held-calls.mjs';

/** @typedef {Record<string, any>} Step */
/** @typedef {{ address: number, size: number }} Block */

const wallStartMs = 1_700_000_000_000;
const mostActions = 100_000;
const sizeBytes = 4;
const momentBytes = 32;
const build = process.env.PISTE_BUILD ?? fileURLToPath(new URL('../../build', import.meta.url));

const enums = readEnums();
const eventFields = {
  PAGE_VIEW: ['title'],
  STRUCTURED: ['category', 'action', 'label', 'property', 'value'],
  SELF_DESCRIBING: ['schema', 'data'],
  PAGE_PING: ['title', 'least_x', 'greatest_x', 'least_y', 'greatest_y'],
  TRANSACTION: ['order', 'affiliation', 'total', 'tax', 'shipping', 'city', 'state', 'country', 'currency'],
  TRANSACTION_ITEM: ['order', 'sku', 'name', 'category', 'price', 'quantity', 'currency'],
};

const paths = process.argv.slice(2);
const flavour = ['lean', 'face'].find((name) => paths[0] === `--${name}`);
if (flavour) paths.shift();

const module = new WebAssembly.Module(readFileSync(`${build}/wasm/piste${flavour ? `-${flavour}` : ''}.wasm`));
const instantiate = () => new WebAssembly.Instance(module, {});
/** The one that is called. The lean flavour has one tracker, so there each has an instance of its own. */
let instance = instantiate();
const memory = () => /** @type {WebAssembly.Memory} */ (instance.exports.memory);

/** @type {(name: string, ...values: number[]) => number} */
function call(name, ...values) {
  const target = /** @type {unknown} */ (instance.exports[name]);
  if (typeof target !== 'function') throw new Error(`piste.wasm does not export ${name}`);
  return target(...values);
}

/**
 * The value of a name of `type` in piste.h, without prefix; a number stands for itself.
 * @param {string} type
 * @param {string} prefix
 * @param {string | number} name
 */
function valueOf(type, prefix, name) {
  const value = enums[type]?.[`${prefix}${name}`] ?? Number(name);
  if (!Number.isInteger(value)) throw new Error(`${type} has no ${name}`);
  return value;
}

const claimProbe = valueOf('piste_action', 'PISTE_ACTION_', 'CLAIM_PROBE');
const draftHeld = valueOf('piste_action', 'PISTE_ACTION_', 'DRAFT');
const heldStatus = valueOf('piste_status', 'PISTE_', 'HELD');
const probeGranted = valueOf('piste_signal_kind', 'PISTE_SIGNAL_', 'PROBE_GRANTED');

/** @param {number} status */
function statusName(status) {
  const found = Object.entries(enums.piste_status ?? {}).find(([, value]) => value === status);
  return found ? found[0].slice('PISTE_'.length) : String(status);
}

/** The bytes of a text of the case; see README.md, "Texts". Null: the null pointer. */
/** @type {(value: any, rows: Map<number, string>) => Buffer | null} */
function readText(value, rows) {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (value.$hex !== undefined) return Buffer.from(value.$hex, 'hex');
  if (value.$repeat !== undefined) {
    const once = readText(value.$repeat, rows) ?? Buffer.alloc(0);
    return Buffer.concat(Array.from({ length: value.times }, () => once));
  }
  if (value.$join !== undefined) {
    return Buffer.concat(value.$join.map((/** @type {unknown} */ part) => readText(part, rows)));
  }
  if (value.$row !== undefined) return Buffer.from(rows.get(value.$row) ?? '', 'utf8');
  return value.$null !== undefined ? null : Buffer.from(JSON.stringify(value), 'utf8');
}

/** A copy of what stands in the memory. @type {(address: number, size: number) => Buffer} */
const bytesAt = (address, size) => Buffer.from(new Uint8Array(memory().buffer).slice(address, address + size));

/** One case under way: the trackers, the time, and what a host remembers. */
class Run {
  /** @type {Map<number, { tracker: number, home: WebAssembly.Instance, held: HeldCalls }>} */ trackers = new Map();
  /** @type {Map<number, string>} */ rows = new Map();
  /** @type {Block[]} */ blocks = [];
  atMs = 0;
  eventCount = 0;

  /** Performs a step and gives its answer. @param {Step} step */
  perform(step) {
    if (step.at !== undefined) this.atMs = step.at;
    const name = Object.keys(handlers).find((known) => step[known] !== undefined);
    const handler = name && handlers[name];
    if (!handler) throw new Error(`a step without a call: ${JSON.stringify(step)}`);
    this.tracker(step); // its instance is where texts are given
    const answer = { call: name, ...handler(this, step) };
    // What went in must not be needed any more: the next block may lie where this one was.
    for (const { address, size } of this.blocks.splice(0)) {
      new Uint8Array(memory().buffer, address, size).fill(0xa5);
      call('free', address);
    }
    return answer;
  }

  close() {
    for (const which of this.trackers.keys()) this.end(which);
  }

  /** @param {Step} step */
  tracker(step) {
    if (step.tracker === null) return 0;
    const which = step.tracker ?? 1;
    const known = this.trackers.get(which);
    if (known) {
      instance = known.home;
      return known.tracker;
    }
    if (flavour === 'lean') instance = instantiate();
    const tracker = call('piste_create');
    this.trackers.set(which, { tracker, home: instance, held: this.holdFor(tracker) });
    return tracker;
  }

  /** What of the step's tracker was held: nothing but by the lean flavour. @param {Step} step */
  held(step) {
    this.tracker(step);
    return this.trackers.get(step.tracker ?? 1)?.held;
  }

  /** @param {number} tracker */
  holdFor(tracker) {
    const give = (/** @type {Buffer} */ bytes) => /** @type {const} */ ([this.give(bytes), bytes.length]);
    return new HeldCalls(
      {
        set: (key, value) => void call('piste_set', tracker, valueOf('piste_key', 'PISTE_KEY_', key), ...give(value)),
        track: (kind, event, moment) => call('piste_track', tracker, kind, ...give(event), this.give(moment)),
        referrer: () => Buffer.from(this.read(tracker, 'URL')),
      },
      heldStatus,
    );
  }

  /** @param {number} which */
  end(which) {
    const known = this.trackers.get(which);
    if (!known) return;
    instance = known.home;
    call('piste_destroy', known.tracker);
    this.trackers.delete(which);
  }

  /** Copies bytes into the wasm until the step ends. @param {Uint8Array} bytes */
  give(bytes) {
    const address = call('malloc', bytes.length);
    if (address === 0) throw new Error('piste.wasm has no memory left');
    new Uint8Array(memory().buffer).set(bytes, address);
    this.blocks.push({ address, size: bytes.length });
    return address;
  }

  /** A text of the step as pointer and size. @param {unknown} value */
  text(value) {
    const bytes = readText(value ?? '', this.rows);
    const size = bytes?.length ?? /** @type {{ $null: number }} */ (value).$null;
    return /** @type {const} */ ([bytes ? this.give(bytes) : 0, size]);
  }

  /** The step's moment. `fresh`: the call may make an event, so its entropy is the number of the event. */
  /** @type {(step: Step, fresh: boolean) => number} */
  moment(step, fresh) {
    if (fresh) this.eventCount += 1;
    const bytes = Buffer.alloc(momentBytes);
    bytes.writeDoubleLE(step.wall_ms ?? wallStartMs + this.atMs, 0);
    bytes.writeDoubleLE(this.atMs, 8);
    if (step.entropy !== undefined) bytes.write(step.entropy, 16, 'hex');
    else if (fresh) bytes.writeUInt32BE(this.eventCount, 28);
    return step.moment === null ? 0 : this.give(bytes);
  }

  /** @type {(step: Step, kind: string | number) => readonly [number, number]} */
  eventBuffer(step, kind) {
    if (step.buffer !== undefined) return this.text(step.buffer);
    const own = eventFields[/** @type {keyof typeof eventFields} */ (kind)] ?? [];
    const texts = [...own, 'entities', 'true_ms', 'device_ms', 'priority'].map((member) => step[member]);
    // What the others do not know is not there for them.
    if ((step.purpose ?? step.guarded) !== undefined) texts.push(step.purpose, ...(step.guarded ?? []).flat());
    const fields = texts.flatMap((text) => {
      const bytes = readText(text ?? '', this.rows) ?? Buffer.alloc(0);
      const size = Buffer.alloc(sizeBytes);
      size.writeUInt32LE(bytes.length);
      return [size, bytes];
    });
    const bytes = Buffer.concat(fields);
    return [this.give(bytes), bytes.length];
  }

  /** A text of the boundary; nothing and the empty text are the same to a host. */
  /** @type {(tracker: number, field: string | number) => string} */
  read(tracker, field) {
    const which = valueOf('piste_field', 'PISTE_FIELD_', field);
    const address = call('piste_text', tracker, which);
    const size = call('piste_text_size', tracker, which);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      new Uint8Array(memory().buffer, address, size),
    );
  }

  /** @type {(tracker: number, field: string | number) => number} */
  number(tracker, field) {
    return call('piste_number', tracker, valueOf('piste_field', 'PISTE_FIELD_', field));
  }

  /** @type {(tracker: number, kind: number) => unknown} */
  action(tracker, kind) {
    const number = (/** @type {string} */ field) => this.number(tracker, field);
    const text = (/** @type {string} */ field) => this.read(tracker, field);
    const forms = [
      () => 'idle',
      () => ({ wait: number('WAIT_MS') }),
      () => ({ store: number('ID'), row: text('ROW'), lasting: number('LASTING') }),
      () => ({ erase: number('ID'), row: text('ROW'), why: statusName(number('WHY')), outcome: number('OUTCOME') }),
      () => ({
        send: number('ID'),
        url: text('URL'),
        body: text('BODY'),
        anonymous: number('ANONYMOUS'),
        keepalive: number('KEEPALIVE'),
        timeout_ms: number('TIMEOUT_MS'),
      }),
      () => 'claim_probe',
      () => 'yield_probe',
      () => ({ set_state: number('STATE'), value: text('STATE_VALUE'), max_age_s: number('STATE_MAX_AGE_S') }),
      () => 'session',
      () => ({ draft: number('ID'), payload: text('DRAFT') }),
    ];
    return forms[kind]?.() ?? { unknown: kind };
  }
}

/** Hands in how the visitor used the page. @type {(run: Run, step: Step) => object} */
function useOf(run, step) {
  const use = step.set_activity;
  const numbers = ['active_ms', 'least_x', 'greatest_x', 'least_y', 'greatest_y'].map((name) => use[name] ?? 0);
  return { tracked: call('piste_set_activity', run.tracker(step), ...numbers, run.moment(step, true)) };
}

/** Gives the ledger's numbers in the shape of the text that only native code has. */
/** @type {(run: Run, step: Step) => object} */
function statsOf(run, step) {
  const tracker = run.tracker(step);
  const count = (/** @type {string} */ field) => Math.trunc(run.number(tracker, field));
  const group = (/** @type {string} */ prefix) => {
    const names = Object.keys(enums.piste_field ?? {}).filter((name) => name.startsWith(`PISTE_FIELD_${prefix}_`));
    const counts = names.map((name) => [
      name.slice(`PISTE_FIELD_${prefix}_`.length).toLowerCase(),
      count(name.slice(12)),
    ]);
    return Object.fromEntries(counts.filter(([, events]) => events !== 0));
  };
  const held = run.held(step)?.count ?? 0;
  const stats = {
    accepted: count('ACCEPTED') + held,
    restored: count('RESTORED'),
    delivered: count('DELIVERED'),
    pending: count('PENDING') + held,
    rejected: group('REJECTED'),
    dropped: group('DROPPED'),
    stored: count('STORED'),
    inFlight: count('IN_FLIGHT'),
    failures: count('FAILURES'),
    retryInMs: count('RETRY_IN_MS'),
  };
  return { stats: JSON.stringify(stats) };
}

/** @type {Record<string, (run: Run, step: Step) => object>} */
const handlers = {
  set(run, step) {
    let status = 0;
    for (const [key, value] of Object.entries(step.set)) {
      const which = valueOf('piste_key', 'PISTE_KEY_', key);
      status = call('piste_set', run.tracker(step), which, ...run.text(value));
      if (status !== 0) break;
      run.held(step)?.told(key, readText(value, run.rows) ?? Buffer.alloc(0));
      if (key === 'CONSENT') run.held(step)?.release();
    }
    return { status: statusName(status) };
  },

  track(run, step) {
    const kind = valueOf('piste_event', 'PISTE_EVENT_', step.track);
    const [address, size] = run.eventBuffer(step, step.track);
    /** @type {Record<string, number>} */
    const statuses = {};
    let last = '';
    for (let left = step.times ?? 1; left > 0; left -= 1) {
      const moment = run.moment(step, true);
      const status = call('piste_track', run.tracker(step), kind, address, size, moment);
      // To be held is to be taken, by the core or by its host.
      last = statusName(status === heldStatus ? 0 : status);
      if (status === heldStatus) run.held(step)?.keep(kind, bytesAt(address, size), bytesAt(moment, momentBytes));
      statuses[last] = (statuses[last] ?? 0) + 1;
    }
    return step.times === undefined ? { status: last } : { statuses };
  },

  /** Makes a draft; the answer has its payload, too. */
  draft(run, step) {
    const kind = valueOf('piste_event', 'PISTE_EVENT_', step.draft);
    const buffer = run.eventBuffer(step, step.draft);
    const status = call('piste_draft', run.tracker(step), kind, ...buffer, run.moment(step, true));
    return { status: statusName(status), payload: run.read(run.tracker(step), 'DRAFT') };
  },

  /** Takes the draft with the payload of the step, or with its own. */
  commit(run, step) {
    const payload = step.commit === 'DRAFT' ? run.read(run.tracker(step), 'DRAFT') : step.commit;
    return {
      status: statusName(call('piste_commit', run.tracker(step), ...run.text(payload), run.moment(step, false))),
    };
  },

  /** Asks for an entity of these purposes. */
  guard: (run, step) => ({ carried: call('piste_guard', run.tracker(step), ...run.text(step.guard)) }),

  refuse(run, step) {
    const why = valueOf('piste_status', 'PISTE_', step.refuse);
    return { status: statusName(call('piste_refuse', run.tracker(step), why)) };
  },

  restore(run, step) {
    const tracker = run.tracker(step);
    const status = call('piste_restore', tracker, ...run.text(step.restore), run.moment(step, false));
    return { status: statusName(status), ...(status === 0 ? { id: run.number(tracker, 'ID') } : {}) };
  },

  signal(run, step) {
    const kind = valueOf('piste_signal_kind', 'PISTE_SIGNAL_', step.signal);
    return { status: statusName(call('piste_signal', run.tracker(step), kind, run.moment(step, false))) };
  },

  set_activity: useOf,

  /**
   * Asks until there is nothing to do, as a host does. Rows are reported as stored at once, and the probe is granted at
   * once, unless the step says otherwise; requests stay under way.
   */
  next(run, step) {
    const { stored = 'OK', probe = 'GRANTED', drafts = 'COMMITTED' } = step;
    const tracker = run.tracker(step);
    const now = run.moment(step, false);
    const actions = [];
    for (let i = 0; i < mostActions; i += 1) {
      const kind = call('piste_next', tracker, now);
      actions.push(run.action(tracker, kind));
      if (kind <= 1) return { actions };
      if (kind === claimProbe && probe === 'GRANTED') call('piste_signal', tracker, probeGranted, now);
      if (kind === draftHeld && drafts === 'COMMITTED')
        call('piste_commit', tracker, ...run.text(run.read(tracker, 'DRAFT')), now);
      if (kind !== 2) continue;
      const id = run.number(tracker, 'ID');
      run.rows.set(id, run.read(tracker, 'ROW'));
      if (stored === 'LATER') continue;
      call('piste_done', tracker, id, valueOf('piste_outcome', 'PISTE_OUTCOME_', stored), 0, now);
    }
    throw new Error('it never ends');
  },

  done(run, step) {
    const outcome = valueOf('piste_outcome', 'PISTE_OUTCOME_', step.outcome);
    const retryAfterMs = Number(step.retry_after_ms ?? 0);
    const status = call('piste_done', run.tracker(step), step.done, outcome, retryAfterMs, run.moment(step, false));
    return { status: statusName(status) };
  },

  hash: (run, step) => ({ hash: call('piste_hash', ...run.text(step.hash)) }),

  stats: statsOf,

  read: (run, step) => ({
    text: run.read(run.tracker(step), step.read),
    number: run.number(run.tracker(step), step.read),
  }),

  /** The page is gone and the next one begins; what was stored is remembered. */
  restart(run, step) {
    run.end(step.tracker ?? 1);
    return {};
  },
};

for (const path of paths) {
  const file = JSON.parse(readFileSync(path, 'utf8'));
  for (const one of file.cases) {
    const run = new Run();
    const steps = [...(file.before ?? []), ...one.steps];
    const lines = steps.map((step, i) => JSON.stringify({ case: one.name, step: i, ...run.perform(step) }));
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    run.close();
  }
}
