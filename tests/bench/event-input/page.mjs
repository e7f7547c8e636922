// The page of `event-input`: hands the same events over in each form, many times, in turns.
import { fieldsOf } from '../../../js/src/event-fields.ts';
import { openMemory } from '../../../js/src/memory.ts';
import { data, entities, SCHEMA, structured } from '../track-cost/events.mjs';

/**
 * @typedef {object} FormExports
 * @property {() => void} bench_open
 * @property {(kind: number, buffer: number, size: number, now: number, assemble: number) => number} bench_sized
 * @property {(kind: number, buffer: number, size: number, now: number, assemble: number) => number} bench_separated
 * @property {(kind: number, buffer: number, size: number, now: number, assemble: number) => number} bench_json
 * @property {(index: number, buffer: number, size: number) => void} bench_field
 * @property {(kind: number, count: number, now: number, assemble: number) => number} bench_fields_end
 * @property {() => number} bench_payload
 */

/** Numbers of piste_event. */
const KINDS = { structured: 1, selfDescribing: 2 };
/** @type {Record<keyof typeof KINDS, import('../../../js/src/types.ts').EventOptions>} */
const events = {
  structured: /** @type {import('../../../js/src/types.ts').StructuredEvent} */ (structured(314.15)),
  selfDescribing: /** @type {import('../../../js/src/types.ts').SelfDescribingEvent} */ ({
    schema: SCHEMA,
    data,
    entities,
  }),
};
/** Calls between two looks at the clock. */
const CALLS = 200;
const INPUT_BYTES = 65_536;

/** @param {ArrayBuffer} module */
export async function openForms(module) {
  const { instance } = await WebAssembly.instantiate(module);
  const wasm = /** @type {FormExports & import('../../../js/src/memory.ts').MemoryExports} */ (
    /** @type {unknown} */ (instance.exports)
  );
  wasm.bench_open();
  const memory = openMemory(wasm);
  // Grows the memory as far as it ever will, so that one view of it lasts.
  memory.fields(['x'.repeat(INPUT_BYTES)]);
  const input = wasm.malloc(INPUT_BYTES);
  const now = memory.moment(1_790_000_000_000, 1000);
  const target = new Uint8Array(wasm.memory.buffer, input, INPUT_BYTES);
  return { wasm, memory, input, now, target };
}

/** @typedef {Awaited<ReturnType<typeof openForms>>} Forms */
/** @typedef {keyof typeof KINDS} Kind */
/** Writes a text into the input, gives its size. @typedef {(text: string, target: Uint8Array) => number} Write */

const encoder = new TextEncoder();

/** @type {Write} */
export const byEncoder = (text, target) => encoder.encodeInto(text, target).written;

/** @type {Write} */
export function byLoop(text, target) {
  const length = text.length;
  for (let i = 0; i < length; ++i) {
    const unit = text.charCodeAt(i);
    if (unit > 127) return byEncoder(text, target);
    target[i] = unit;
  }
  return length;
}

/** Up to here the loop wins, as `writing` shows. */
const SHORT = 128;

/** @type {Write} */
const byLength = (text, target) => (text.length < SHORT ? byLoop(text, target) : byEncoder(text, target));

/** @param {Kind} kind */
const textsOf = (kind) => fieldsOf(KINDS[kind], events[kind]);

/** The forms by name; each gives the size of the payload. @param {Forms} forms */
function makeForms({ wasm, memory, input, now, target }) {
  /** @param {Write} write */
  const json =
    (write) =>
    (/** @type {Kind} */ kind, assemble = 1) =>
      wasm.bench_json(KINDS[kind], input, write(JSON.stringify(events[kind]), target), now, assemble);
  /** @param {Write} write */
  const callPerField =
    (write) =>
    (/** @type {Kind} */ kind, assemble = 1) => {
      const texts = textsOf(kind);
      for (let i = 0; i < texts.length; ++i) wasm.bench_field(i, input, write(texts[i] ?? '', target));
      return wasm.bench_fields_end(KINDS[kind], texts.length, now, assemble);
    };
  /** @param {Write} write */
  const separated =
    (write) =>
    (/** @type {Kind} */ kind, assemble = 1) =>
      wasm.bench_separated(KINDS[kind], input, write(textsOf(kind).join('\x1f'), target), now, assemble);
  const sized = (/** @type {Kind} */ kind, assemble = 1) => {
    const size = memory.fields(textsOf(kind));
    return wasm.bench_sized(KINDS[kind], memory.input(), size, now, assemble);
  };
  return {
    'a JSON text of the event, encodeInto': json(byEncoder),
    'a call per field, encodeInto': callPerField(byEncoder),
    'a call per field, loop or encodeInto by length': callPerField(byLength),
    '0x1f-separated text, encodeInto': separated(byEncoder),
    '0x1f-separated text, loop or encodeInto by length': separated(byLength),
    'fields with sizes (ours)': sized,
  };
}

/**
 * Median microseconds of one call, for each task, all tasks in turns.
 * @param {Record<string, () => unknown>} tasks
 * @param {number} rounds
 */
function timeInTurns(tasks, rounds) {
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = -rounds / 3; round < rounds; ++round) {
    for (const [name, task] of Object.entries(tasks)) {
      const start = performance.now();
      for (let i = 0; i < CALLS; ++i) task();
      if (round >= 0) times[name]?.push(((performance.now() - start) * 1000) / CALLS);
    }
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, all]) => [name, all.sort((a, b) => a - b)[all.length >> 1] ?? NaN]),
  );
}

/**
 * The payloads must be the same, whatever the form.
 * @param {Forms} opened
 * @param {ReturnType<typeof makeForms>} forms
 * @param {Kind} kind
 */
function checkPayloads({ wasm, memory }, forms, kind) {
  const payloads = Object.values(forms).map((form) => {
    const size = form(kind);
    return memory.text(wasm.bench_payload(), size);
  });
  if (new Set(payloads).size !== 1 || !payloads[0]?.endsWith('}')) {
    throw new Error(`payloads differ: ${JSON.stringify(payloads)}`);
  }
  return payloads[0].length;
}

/** @param {Forms} opened @param {number} rounds */
function timeForms(opened, rounds) {
  const forms = makeForms(opened);
  return Object.fromEntries(
    /** @type {Kind[]} */ (Object.keys(KINDS)).map((kind) => {
      const bytes = checkPayloads(opened, forms, kind);
      const tasks = (/** @type {number} */ assemble) =>
        Object.fromEntries(Object.entries(forms).map(([name, form]) => [name, () => form(kind, assemble)]));
      return [kind, { bytes, whole: timeInTurns(tasks(1), rounds), crossing: timeInTurns(tasks(0), rounds) }];
    }),
  );
}

const LENGTHS = [4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024];

/** Loop against encodeInto, by length. @param {Forms} opened @param {number} rounds */
function timeWriting({ target }, rounds) {
  return LENGTHS.map((length) => {
    const ascii = 'abcdefgh'.repeat(length / 8 + 1).slice(0, length);
    const latin1 = `${ascii.slice(1)}\u00e9`;
    const twoByte = `${ascii.slice(1)}\u20ac`;
    const tasks = {
      loop: () => byLoop(ascii, target),
      encodeInto: () => byEncoder(ascii, target),
      encodeIntoPart: () => byEncoder(ascii, target.subarray(1)),
      encodeIntoLatin1: () => byEncoder(latin1, target),
      encodeIntoTwoByte: () => byEncoder(twoByte, target),
    };
    return { length, ...timeInTurns(tasks, rounds) };
  });
}

/** Everything. @param {string} url of the module @param {number} rounds */
async function timeAll(url, rounds) {
  if (!crossOriginIsolated) throw new Error('the page is not isolated: its clock is too coarse');
  const opened = await openForms(await (await fetch(url)).arrayBuffer());
  return { forms: timeForms(opened, rounds), writing: timeWriting(opened, rounds) };
}

/** @typedef {typeof timeAll} TimeAll */

Object.assign(globalThis, { timeAll });
