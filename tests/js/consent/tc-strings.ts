// Writes consent strings of the framework, bit by bit.

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A vendor section: by one bit each, or as ranges. */
export type Vendors = { most: number; listed?: readonly number[]; ranges?: readonly (readonly [number, number])[] };

export interface TcParts {
  version?: number;
  createdMs?: number;
  updatedMs?: number;
  cmpId?: number;
  consents?: readonly number[];
  interests?: readonly number[];
  vendors?: Vendors;
  vendorInterests?: Vendors;
  restrictions?: readonly { purpose: number; ranges: readonly (readonly [number, number])[] }[];
}

const bits = (value: number, count: number): string => value.toString(2).padStart(count, '0');
const field = (set: readonly number[], count: number): string =>
  Array.from({ length: count }, (_, i) => (set.includes(i + 1) ? '1' : '0')).join('');
const rangesOf = (ranges: readonly (readonly [number, number])[]): string =>
  bits(ranges.length, 12) +
  ranges.map(([a, b]) => (a === b ? `0${bits(a, 16)}` : `1${bits(a, 16)}${bits(b, 16)}`)).join('');
const vendorsOf = ({ most, listed = [], ranges }: Vendors): string =>
  bits(most, 16) + (ranges ? `1${rangesOf(ranges)}` : `0${field(listed, most)}`);

export function makeTcString(parts: TcParts = {}): string {
  const { version = 2, createdMs = 1_700_000_000_000, updatedMs = createdMs, cmpId = 300 } = parts;
  const { consents = [], interests = [], vendors = { most: 0 }, vendorInterests = { most: 0 } } = parts;
  const { restrictions = [] } = parts;
  const text = [
    ...[bits(version, 6), bits(createdMs / 100, 36), bits(updatedMs / 100, 36), bits(cmpId, 12)],
    ...[bits(1, 12), bits(2, 6), bits((4 << 6) | 13, 12), bits(99, 12), bits(4, 6), '10', bits(0, 12)],
    ...[field(consents, 24), field(interests, 24), '0', bits((5 << 6) | 17, 12)],
    ...[vendorsOf(vendors), vendorsOf(vendorInterests), bits(restrictions.length, 12)],
    ...restrictions.map(({ purpose, ranges }) => bits(purpose, 6) + bits(1, 2) + rangesOf(ranges)),
  ].join('');
  const sixes = text.match(/.{1,6}/g) ?? [];
  return sixes.map((six) => DIGITS[parseInt(six.padEnd(6, '0'), 2)]).join('');
}
