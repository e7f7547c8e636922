// Consent strings of the IAB's Transparency and Consent Framework, version 2: what their core says. Layout: "Consent
// string and vendor list formats v2", section "The core string".

/** What a consent string says. Purposes and vendors by their numbers in the framework. */
export type TcString = {
  /** Unix ms. */
  createdMs: number;
  updatedMs: number;
  /** Who asked. */
  cmpId: number;
  /** Purposes that the visitor consents to. */
  purposeConsents: readonly number[];
  /** Purposes of which he was told, and has not objected to. That is no consent. */
  purposeLegitimateInterests: readonly number[];
  vendorConsents: readonly number[];
};

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const DECISECOND_MS = 100;
const PURPOSES = 24;

/** Reads bits in their order. Throws past the end. */
const createReader = (text: string) => {
  let at = 0;
  const bit = (): number => {
    const digit = DIGITS.indexOf(text.charAt(at / 6));
    if (at >= text.length * 6 || digit < 0) throw new RangeError();
    return (digit >> (5 - (at++ % 6))) & 1;
  };
  const number = (bits: number): number => {
    let value = 0;
    for (let i = 0; i < bits; ++i) value = value * 2 + bit();
    return value;
  };
  /** Numbers from 1, of the bits that are set. */
  const field = (bits: number): number[] => {
    const set: number[] = [];
    for (let i = 1; i <= bits; ++i) if (bit()) set.push(i);
    return set;
  };
  /** Skipped unless `into` takes them: together no more than there are, or a hostile string would fill the memory. */
  const ranges = (most: number, into?: number[]): void => {
    for (let count = number(12); count > 0; --count) {
      const isRange = bit();
      const first = number(16);
      const last = isRange ? number(16) : first;
      if (first < 1 || last < first || last > most) throw new RangeError();
      if (into && into.length + last - first >= most) throw new RangeError();
      if (into) for (let one = first; one <= last; ++one) into.push(one);
    }
  };
  const vendors = (): number[] => {
    const most = number(16);
    if (!bit()) return field(most);
    const listed: number[] = [];
    ranges(most, listed);
    return [...new Set(listed)];
  };
  return { number, field, ranges, vendors };
};

/** What a consent string says; undefined if it is none of version 2, or is cut off. Never throws. */
export const parseTcString = (text: unknown): TcString | undefined => {
  try {
    const { number, field, ranges, vendors } = createReader((text as string).split('.', 1)[0] as string);
    if (number(6) !== 2) return undefined;
    const createdMs = number(36) * DECISECOND_MS;
    const updatedMs = number(36) * DECISECOND_MS;
    const cmpId = number(12);
    number(12 + 6 + 12); // its version and screen; the language
    number(12 + 6 + 1 + 1); // versions of the list and the policy; whether it is for this site; which texts
    number(12); // special features
    const purposeConsents = field(PURPOSES);
    const purposeLegitimateInterests = field(PURPOSES);
    number(1 + 12); // whether purpose 1 was left out; the publisher's country
    const vendorConsents = vendors();
    vendors();
    // The publisher's restrictions.
    for (let count = number(12); count > 0; --count) {
      number(6 + 2);
      ranges(65_535);
    }
    return { createdMs, updatedMs, cmpId, purposeConsents, purposeLegitimateInterests, vendorConsents };
  } catch {
    return undefined;
  }
};
