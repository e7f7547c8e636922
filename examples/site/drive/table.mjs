// The events that arrived, as a table for a terminal.
import { describe } from './describe.mjs';

const WIDEST = 60;

/** @param {string} text */
const cut = (text) => (text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text);

/** @param {import('./describe.mjs').StoredEvent} event */
function row(event) {
  const { type, what, page } = describe(event);
  const { se_la, se_pr } = event.payload;
  const { eventType } = /** @type {{ eventType?: string }} */ (event.decoded.event?.data ?? {});
  const details = [se_la, se_pr, eventType].filter(Boolean).join(' ');
  return [String(event.seq), event.verdict, type, cut(details ? `${what}: ${details}` : what), page];
}

/** @param {import('./describe.mjs').StoredEvent[]} events */
export function eventTable(events) {
  const rows = [['#', 'verdict', 'type', 'what', 'page'], ...events.map(row)];
  const widths = [0, 1, 2, 3, 4].map((i) => Math.max(...rows.map((cells) => cells[i]?.length ?? 0)));
  const line = (/** @type {string[]} */ cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  ');
  return rows.map((cells) => `  ${line(cells)}`.trimEnd()).join('\n');
}
