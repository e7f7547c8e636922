// The Random port.

/** Fills `bytes`, at most 65,536 of them, with random bytes fit for ids. */
export const fillRandom = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes);

/** Eight random hexadecimal digits. */
export const randomName = (): string => {
  const bytes = new Uint8Array(4);
  fillRandom(bytes);
  return Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join('');
};
