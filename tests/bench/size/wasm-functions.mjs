// Which function takes how many bytes of a module that has its names.

const CUSTOM_SECTION = 0;
const IMPORT_SECTION = 2;
const CODE_SECTION = 10;
const FUNCTION_NAMES = 1;
const HEADER_BYTES = 8;
const SECTION_NAMES = 'custom type import function table memory global export start element code data data-count'.split(
  ' ',
);

/** Reads a module from front to back. */
class Reader {
  /** @param {Uint8Array} bytes @param {number} [at] */
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get ended() {
    return this.at >= this.bytes.length;
  }

  byte() {
    return this.bytes[this.at++] ?? 0;
  }

  /** An unsigned LEB128. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  }

  /** As many bytes as the number before them says. */
  block() {
    const size = this.number();
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  text() {
    return new TextDecoder().decode(this.block());
  }
}

/** @param {Uint8Array} bytes @returns {{ id: number, content: Uint8Array }[]} */
function sectionsOf(bytes) {
  const reader = new Reader(bytes, HEADER_BYTES);
  const sections = [];
  while (!reader.ended) sections.push({ id: reader.byte(), content: reader.block() });
  return sections;
}

/** @param {Uint8Array} content of the code section */
function bodySizes(content) {
  const reader = new Reader(content);
  return Array.from({ length: reader.number() }, () => reader.block().length);
}

/** Names by index, if `content` is the name section. @param {Uint8Array} content @returns {Map<number, string>} */
function functionNames(content) {
  const reader = new Reader(content);
  const names = new Map();
  if (reader.text() !== 'name') return names;
  while (!reader.ended) {
    const kind = reader.byte();
    const part = new Reader(reader.block());
    if (kind !== FUNCTION_NAMES) continue;
    for (let left = part.number(); left > 0; --left) names.set(part.number(), part.text());
  }
  return names;
}

/**
 * The bytes of each function's body, largest first, and of each section that is not code. Only for modules that import
 * nothing, as ours: then the n-th body is function n.
 * @param {Uint8Array} bytes
 */
export function wasmBreakdown(bytes) {
  const sections = sectionsOf(bytes);
  if (sections.some(({ id }) => id === IMPORT_SECTION)) throw new Error('the module imports something');
  const names = new Map(
    sections.filter(({ id }) => id === CUSTOM_SECTION).flatMap((one) => [...functionNames(one.content)]),
  );
  const code = sections.find(({ id }) => id === CODE_SECTION)?.content ?? Uint8Array.of(0);
  const functions = bodySizes(code).map((size, i) => ({ name: names.get(i) ?? `function ${i}`, bytes: size }));
  functions.sort((a, b) => b.bytes - a.bytes);
  const rest = sections
    .filter(({ id }) => id !== CODE_SECTION && id !== CUSTOM_SECTION)
    .map(({ id, content }) => ({ name: SECTION_NAMES[id] ?? `section ${id}`, bytes: content.length }));
  return { functions, sections: rest };
}
