// The Random port.

/** Fills an array with random numbers. */
export const fillRandom = (numbers: Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): void => {
  crypto.getRandomValues(numbers);
};

/** Eight hexadecimal digits. Not `crypto.randomUUID()`: browsers have none on plain http. */
export const randomName = (): string => {
  const number = new Uint32Array(1);
  fillRandom(number);
  return ((number[0] as number) + 2 ** 32).toString(16).slice(1);
};

/** A UUID of version 4, in lower case. */
export const randomUuid = (): string => {
  // The upper two bits say which UUIDs this is one of, as does the digit 4 (RFC 9562, sections 4.1 and 5.4).
  const third = ((parseInt(randomName(), 16) >>> 2) + 2 ** 31).toString(16);
  return (randomName() + randomName() + third + randomName()).replace(/^(.{8})(.{4}).(.{3})(.{4})/, '$1-$2-4$3-$4-');
};
