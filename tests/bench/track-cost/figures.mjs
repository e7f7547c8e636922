// What the readings of all rounds say. Medians are taken over all of them together: what the machine did besides then
// weighs alike on both sides, where the median round of one side need not be that of the other.
import { CLOCK_TICK_US } from '../page-server.mjs';
import { median, quantile, rounded, spread } from '../quantiles.mjs';

/** @typedef {import('./harness.mjs').Times} Times */
/** The readings of one case in one round, by side. @typedef {Record<'ours' | 'peer' | 'nothing', Times>} Readings */
/** @typedef {{ p50: number, p99: number, call: number }} Figures */

/**
 * What is left when the cost of timing nothing is taken off.
 * @param {Times} times
 * @param {Times} nothing
 * @returns {Figures}
 */
function figuresOf(times, nothing) {
  const p50 = (/** @type {number[]} */ values) => median(values, CLOCK_TICK_US);
  const harness = p50(nothing.all);
  const whole = p50(times.all) - harness;
  if (!(whole > 0)) throw new Error(`an event cannot cost ${whole} µs: too few were timed`);
  return {
    p50: whole,
    p99: quantile(times.all, 0.99, CLOCK_TICK_US) - harness,
    call: p50(times.call) - p50(nothing.call),
  };
}

/** @param {Readings} readings */
const sidesOf = ({ ours, peer, nothing }) => ({ ours: figuresOf(ours, nothing), peer: figuresOf(peer, nothing) });

/** @param {Readings[]} rounds @param {keyof Readings} side @returns {Times} */
const together = (rounds, side) => ({
  all: rounds.flatMap((round) => round[side].all),
  call: rounds.flatMap((round) => round[side].call),
});

/** One case, as it stands in the JSON. @param {Readings[]} rounds */
export function summary(rounds) {
  const sides = {
    ours: together(rounds, 'ours'),
    peer: together(rounds, 'peer'),
    nothing: together(rounds, 'nothing'),
  };
  const { ours, peer } = sidesOf(sides);
  return {
    ours_us: { p50: rounded(ours.p50), p99: rounded(ours.p99) },
    peer_us: { p50: rounded(peer.p50), p99: rounded(peer.p99) },
    ratio_p50: rounded(ours.p50 / peer.p50, 3),
    call_us: { ours: rounded(ours.call), peer: rounded(peer.call) },
  };
}

export const HEAD = ['', 'ours p50', '', 'p99', 'peer p50', '', 'p99', 'ratio', '', 'ours call', 'peer call'];

/**
 * One case, as it stands in the table, with how far the rounds differ.
 * @param {string} title
 * @param {Readings[]} rounds
 */
export function row(title, rounds) {
  const { ours_us: ours, peer_us: peer, ratio_p50: ratio, call_us: call } = summary(rounds);
  const each = rounds.map(sidesOf);
  const of = (/** @type {(one: ReturnType<typeof sidesOf>) => number} */ pick, digits = 1) =>
    spread(each.map(pick), digits);
  return [
    title,
    ours.p50.toFixed(1),
    of((one) => one.ours.p50),
    ours.p99.toFixed(1),
    peer.p50.toFixed(1),
    of((one) => one.peer.p50),
    peer.p99.toFixed(1),
    ratio.toFixed(3),
    of((one) => one.ours.p50 / one.peer.p50, 3),
    call.ours.toFixed(1),
    call.peer.toFixed(1),
  ];
}
