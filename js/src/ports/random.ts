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
