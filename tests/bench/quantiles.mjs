// The value that a part of all measurements does not exceed.

/**
 * The quantile of readings of a clock that ticks every `tick`: readings of one value are taken as spread evenly over
 * the tick around it, so that the result is finer than the clock. With `tick` 0: the plain quantile.
 * @param {readonly number[]} values
 * @param {number} part
 * @param {number} [tick]
 */
export function quantile(values, part, tick = 0) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = part * sorted.length;
  const value = sorted[Math.min(sorted.length - 1, Math.floor(place))] ?? NaN;
  const near = (/** @type {number} */ other) => Math.abs(other - value) < tick / 2;
  const below = tick ? sorted.findIndex(near) : 0;
  const equal = tick ? sorted.filter(near).length : 1;
  return tick ? value - tick / 2 + (tick * (place - below)) / equal : value;
}

/** @param {readonly number[]} values @param {number} [tick] */
export const median = (values, tick) => quantile(values, 0.5, tick);

/** Rounded to `digits` after the point. @param {number} value @param {number} [digits] */
export const rounded = (value, digits = 2) => Number(value.toFixed(digits));

/** `a-b`: the least and the greatest. @param {readonly number[]} values @param {number} [digits] */
export const spread = (values, digits = 1) =>
  `${Math.min(...values).toFixed(digits)}-${Math.max(...values).toFixed(digits)}`;
